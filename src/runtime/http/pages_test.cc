#include "http/pages.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "http/internal/test_server.h"

namespace onsale::http {
namespace {

using env::FileError;

class ReadFile final : public env::File {
  public:
    explicit ReadFile(std::string content) : content_(std::move(content)) {}
    env::FileResult<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
        const auto piece = std::string_view(content_).substr(offset, out.size());
        std::ranges::copy(std::as_bytes(std::span(piece)), out.begin());
        return piece.size();
    }
    env::FileResult<void> write_at(std::uint64_t, std::span<const std::byte>) override {
        return base::Unexpected{FileError::refused};
    }
    env::FileResult<void> truncate(std::uint64_t) override {
        return base::Unexpected{FileError::refused};
    }
    env::FileResult<void> sync() override { return {}; }
    env::FileResult<std::uint64_t> size() override { return content_.size(); }
    env::FileResult<void> allocate(std::uint64_t) override { return {}; }

  private:
    std::string content_;
};

// Files by their whole path; what is a prefix of one is a folder.
class FilesInMemory final : public env::Files {
  public:
    std::map<std::string, std::string> contents;

    env::FileResult<std::unique_ptr<env::File>> open(const std::string& path,
                                                     env::OpenMode) override {
        const auto found = contents.find(path);
        if (found == contents.end()) return base::Unexpected{FileError::not_found};
        return std::unique_ptr<env::File>(std::make_unique<ReadFile>(found->second));
    }
    env::FileResult<std::vector<std::string>> list(const std::string& folder) override {
        std::set<std::string> names;
        for (const auto& [path, content] : contents) {
            if (!path.starts_with(folder + "/")) continue;
            const auto rest = path.substr(folder.size() + 1);
            names.insert(rest.substr(0, rest.find('/')));
        }
        if (names.empty()) return base::Unexpected{FileError::not_found};
        return std::vector<std::string>(names.begin(), names.end());
    }
    env::FileResult<bool> exists(const std::string& path) override {
        return contents.contains(path);
    }
    env::FileResult<void> remove(const std::string&) override { return {}; }
    env::FileResult<void> rename(const std::string&, const std::string&) override { return {}; }
    env::FileResult<void> create_folders(const std::string&) override { return {}; }
    env::FileResult<void> sync_folder(const std::string&) override { return {}; }
    env::FileResult<std::uint64_t> free_bytes(const std::string&) override { return 0U; }
    env::FileResult<std::unique_ptr<env::File>> lock(const std::string&) override {
        return base::Unexpected{FileError::locked};
    }
};

class PagesTest : public testing::Test {
  protected:
    void SetUp() override {
        files.contents = {{"/web/index.html", "<p>start"},
                          {"/web/index.html.br", "packed by br"},
                          {"/web/index.html.gz", "packed by gz"},
                          {"/web/assets/app-B7dK20aQ.js", std::string(100'000, 'j')},
                          {"/web/sw.js", "worker"},
                          {"/secret", "of the machine"}};
        auto loaded = Pages::load(files, "/web");
        ASSERT_TRUE(loaded.has_value());
        pages = std::shared_ptr<Pages>(std::move(*loaded));
        server.router.set_fallback([this](const Request& request) { return pages->find(request); });
        server.router.add(test::route(Method::post, "/api/do", [](const Request&, Responder to) {
            to.send(test::text_response("done"));
        }));
        server.start();
    }

    test::Answer get(const std::string& path, const std::string& headers = "") {
        test::Peer peer(server);
        return peer.ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }

    FilesInMemory files;
    std::shared_ptr<Pages> pages;
    test::TestServer server;
};

TEST_F(PagesTest, hashed_names_stay_for_ever_and_others_are_asked_for) {
    const auto asset = get("/assets/app-B7dK20aQ.js");
    EXPECT_EQ(asset.status, 200);
    EXPECT_EQ(asset.body, std::string(100'000, 'j'));
    EXPECT_EQ(asset.headers.at("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(asset.headers.at("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(asset.headers.at("Content-Security-Policy"), kPagesPolicy);
    EXPECT_EQ(get("/sw.js").headers.at("Cache-Control"), "no-cache");
}

TEST_F(PagesTest, takes_the_variant_that_the_browser_understands) {
    EXPECT_EQ(get("/index.html").body, "<p>start");
    EXPECT_EQ(get("/index.html", "Accept-Encoding: gzip\r\n").body, "packed by gz");
    const auto best = get("/index.html", "Accept-Encoding: gzip, deflate, br\r\n");
    EXPECT_EQ(best.body, "packed by br");
    EXPECT_EQ(best.headers.at("Content-Encoding"), "br");
    const auto again =
        get("/index.html",
            "Accept-Encoding: gzip, br\r\nIf-None-Match: " + best.headers.at("ETag") + "\r\n");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(get("/index.html.gz").status, 404);
}

TEST_F(PagesTest, a_browser_that_goes_to_an_address_of_the_page_gets_the_page) {
    const std::string kBrowser = "Accept: text/html,*/*\r\n";
    EXPECT_EQ(get("/", kBrowser).body, "<p>start");
    EXPECT_EQ(get("/console/sessions/12", kBrowser).body, "<p>start");
    EXPECT_EQ(get("/console").status, 404);
    EXPECT_EQ(get("/gone.js", kBrowser).status, 404);
    EXPECT_EQ(get("/api/v9/none", kBrowser).status, 404);
    EXPECT_EQ(get("/api/do", kBrowser).status, 405);
    test::Peer peer(server);
    EXPECT_EQ(peer.ask("POST /console HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").status,
              404);
}

TEST_F(PagesTest, no_path_leads_out) {
    for (const char* path : {"/../secret", "/assets/../../secret", "/%2e%2e/secret", "//secret",
                             "/assets/%2e%2e%2f%2e%2e%2fsecret", "/..%5csecret"}) {
        EXPECT_EQ(get(path).status, 404) << path;
    }
}

TEST_F(PagesTest, without_an_index_there_are_no_pages) {
    files.contents = {{"/web/app.js", "x"}};
    EXPECT_FALSE(Pages::load(files, "/web").has_value());
    EXPECT_FALSE(Pages::load(files, "/nowhere").has_value());
}

}  // namespace
}  // namespace onsale::http
