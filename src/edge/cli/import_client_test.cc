#include "cli/import_client.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "env/posix/environment.h"

namespace onsale::cli {
namespace {

// A server by a script: answers in order, and remembers what was asked.
class ScriptedClient final : public http::Client {
  public:
    base::Result<http::ClientResponse, http::ClientError> call(
        const http::ClientRequest& request) override {
        requests.push_back(request);
        if (answers.empty()) return base::Unexpected{http::ClientError::unreachable};
        auto answer = answers.front();
        answers.erase(answers.begin());
        return answer;
    }
    std::vector<http::ClientRequest> requests;
    std::vector<http::ClientResponse> answers;
};

std::string view(const std::string& state, const std::string& more = "") {
    return R"({"import":7,"state":")" + state +
           R"(","created_at":"2026-01-01T00:00:00.000Z","files":[{"name":"c.toml","bytes":3}],)" +
           R"("done":1,"total":4,"sessions":1,"codes":3,"mistakes":[)" + more + "]";
}

class ImportClientTest : public testing::Test {
  protected:
    ImportClientTest() { std::filesystem::create_directories(folder_); }
    ~ImportClientTest() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    void put(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
    }
    base::Result<ImportResult, std::string> run(ImportMode mode) {
        return client_.run({{"c.toml", "abc"}, {"券 码.csv", std::string(5 << 20, 'x')}}, mode);
    }
    [[nodiscard]] std::vector<std::string> asked() const {
        std::vector<std::string> all;
        for (const auto& request : http_.requests) {
            all.push_back(std::string(http::to_string(request.method)) + " " +
                          request.url.substr(std::string("http://server/api/v1").size()));
        }
        return all;
    }

    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    const std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) /
        ("onsale_" + std::to_string(environment_->entropy().next_u64()));
    ScriptedClient http_;
    int waits_ = 0;
    std::vector<std::string> told_;
    ServerClient server_{http_, "http://server", "token", [this](base::Duration) { ++waits_; }};
    ImportClient client_{
        server_,
        [this](const std::string& what, std::uint64_t done, std::uint64_t all) {
            told_.push_back(what + " " + std::to_string(done) + "/" + std::to_string(all));
        },
        [this](base::Duration) { ++waits_; }};
};

TEST_F(ImportClientTest, sends_pieces_starts_and_waits) {
    http_.answers = {{201, {}, R"({"import":7})"},
                     {204, {}, ""},
                     {204, {}, ""},
                     {503, {}, "{}"},
                     {204, {}, ""},
                     {202, {}, R"({"import":7})"},
                     {200, {}, view("checking") + "}"},
                     {200, {}, view("running") + "}"},
                     {200, {}, view("done") + R"(,"outcome":"accepted"})"}};
    const auto result = run(ImportMode::carry_out);
    ASSERT_TRUE(result.has_value()) << result.error();
    EXPECT_EQ(result->state, "done");
    EXPECT_EQ(result->outcome, "accepted");
    EXPECT_EQ(result->codes, 3U);
    const std::string file = "PUT /imports/7/files/%E5%88%B8%20%E7%A0%81.csv?offset=";
    EXPECT_EQ(asked(), (std::vector<std::string>{
                           "POST /imports", "PUT /imports/7/files/c.toml?offset=0", file + "0",
                           file + "4194304", file + "4194304", "POST /imports/7/start",
                           "GET /imports/7", "GET /imports/7", "GET /imports/7"}));
    EXPECT_EQ(waits_, 3);
    EXPECT_EQ(told_.back(), "running 1/4");
}

TEST_F(ImportClientTest, mistakes_are_sentences_and_nothing_is_left_behind) {
    http_.answers = {
        {201, {}, R"({"import":7})"},
        {204, {}, ""},
        {204, {}, ""},
        {204, {}, ""},
        {202, {}, R"({"import":7})"},
        {200,
         {},
         view("faulty",
              R"({"file":"c.toml","line":3,"column":9,"message":{"zh":"错","en":"wrong"},)"
              R"("remedy":{"zh":"改","en":"mend it"}})") +
             "}"},
        {204, {}, ""}};
    const auto result = run(ImportMode::check_only);
    ASSERT_TRUE(result.has_value()) << result.error();
    EXPECT_EQ(result->state, "faulty");
    EXPECT_EQ(result->mistakes, std::vector<std::string>{"c.toml:3:9: wrong; mend it"});
    EXPECT_EQ(asked()[4], "POST /imports/7/check");
    EXPECT_EQ(asked().back(), "DELETE /imports/7");
}

TEST_F(ImportClientTest, without_a_server_it_says_so) {
    const auto result = run(ImportMode::carry_out);
    ASSERT_FALSE(result.has_value());
    EXPECT_NE(result.error().find("no server answers at http://server"), std::string::npos);
}

TEST_F(ImportClientTest, files_that_a_campaign_names_come_along) {
    put("c.toml", "sessions_file = \"rows.csv\"\n");
    put("rows.csv", "a,b\n");
    put("more.csv", "x\n");
    const auto path = [this](const char* name) { return (folder_ / name).string(); };
    auto files = gather_files(environment_->files(), {path("c.toml"), path("more.csv")});
    ASSERT_TRUE(files.has_value()) << files.error();
    ASSERT_EQ(files->size(), 3U);
    EXPECT_EQ((*files)[1].name, "rows.csv");
    EXPECT_EQ((*files)[1].text, "a,b\n");
    EXPECT_FALSE(gather_files(environment_->files(), {path("missing.toml")}).has_value());
    put("c.toml", "sessions_file = \"../rows.csv\"\n");
    files = gather_files(environment_->files(), {path("c.toml")});
    ASSERT_TRUE(files.has_value());
    EXPECT_EQ(files->size(), 1U);
}

}  // namespace
}  // namespace onsale::cli
