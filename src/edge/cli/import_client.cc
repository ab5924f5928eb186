#include "cli/import_client.h"

#include <algorithm>
#include <utility>

#include <boost/describe/class.hpp>

#include "http/described.h"
#include "imports/campaign_file.h"
#include "imports/limits.h"

namespace onsale::cli {
namespace {

using base::Unexpected;

constexpr auto kPollInterval = base::Duration::milliseconds(200);
const std::string kImports = "/api/v1/imports";

struct Words {
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(Words, (), (zh, en))
struct CreatedAnswer {
    std::uint64_t import = 0;
};
BOOST_DESCRIBE_STRUCT(CreatedAnswer, (), (import))
struct FileAnswer {
    std::string name;
    std::uint64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(FileAnswer, (), (name, bytes))
struct MistakeAnswer {
    std::string file;
    std::uint64_t line = 0;
    std::uint64_t column = 0;
    Words message;
    Words remedy;
};
BOOST_DESCRIBE_STRUCT(MistakeAnswer, (), (file, line, column, message, remedy))
struct ImportAnswer {
    std::uint64_t import = 0;
    std::string state;
    std::string created_at;
    std::vector<FileAnswer> files;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::uint64_t sessions = 0;
    std::uint64_t codes = 0;
    std::vector<MistakeAnswer> mistakes;
    std::optional<std::string> outcome;
    std::optional<Words> trouble;
};
BOOST_DESCRIBE_STRUCT(ImportAnswer, (),
                      (import, state, created_at, files, done, total, sessions, codes, mistakes,
                       outcome, trouble))

std::string name_of(const std::string& path) {
    return path.substr(path.find_last_of('/') + 1);
}

std::string beside(const std::string& path, const std::string& name) {
    const auto end = path.find_last_of('/');
    return end == std::string::npos ? name : path.substr(0, end + 1) + name;
}

std::string encoded(const std::string& name) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : name) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
        if (plain) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kDigits[byte >> 4]);
        out.push_back(kDigits[byte & 15]);
    }
    return out;
}

// "campaign.toml:12:9: price is not an amount of money; write it as 12.50"
std::string text_of(const MistakeAnswer& mistake) {
    std::string text = mistake.file.empty() ? std::string("import") : mistake.file;
    if (mistake.line != 0) text += ":" + std::to_string(mistake.line);
    if (mistake.column != 0) text += ":" + std::to_string(mistake.column);
    return text + ": " + mistake.message.en + "; " + mistake.remedy.en;
}

class Gathering {
  public:
    explicit Gathering(env::Files& files) : files_(files) {}

    base::Result<void, std::string> add_named(const std::string& path) {
        auto text = env::read_file(files_, path);
        if (!text) {
            return Unexpected{path +
                              " cannot be read: " + std::string(env::to_string(text.error())) +
                              "; check its name and mode"};
        }
        const bool campaign = path.ends_with(".toml");
        const auto others = campaign ? imports::files_named_in(*text) : std::vector<std::string>{};
        add(name_of(path), std::move(*text));
        for (const auto& other : others) {
            // A path is a mistake that the server places.
            if (other.find('/') != std::string::npos || has(other)) continue;
            if (auto found = env::read_file(files_, beside(path, other)))
                add(other, std::move(*found));
        }
        return {};
    }
    [[nodiscard]] std::vector<LocalFile> take() { return std::move(found_); }

  private:
    [[nodiscard]] bool has(const std::string& name) const {
        return std::ranges::find(found_, name, &LocalFile::name) != found_.end();
    }
    void add(std::string name, std::string text) {
        if (!has(name)) found_.push_back({std::move(name), std::move(text)});
    }

    env::Files& files_;
    std::vector<LocalFile> found_;
};

}  // namespace

base::Result<std::vector<LocalFile>, std::string> gather_files(
    env::Files& files, const std::vector<std::string>& paths) {
    Gathering gathering(files);
    for (const auto& path : paths) ONSALE_TRY(gathering.add_named(path));
    return gathering.take();
}

ServerResult<void> ImportClient::upload(const std::string& import,
                                        const std::vector<LocalFile>& files) {
    std::uint64_t all = 0;
    for (const auto& file : files) all += file.text.size();
    std::uint64_t sent = 0;
    for (const auto& file : files) {
        const std::string path = kImports + "/" + import + "/files/" + encoded(file.name);
        std::size_t offset = 0;
        do {
            const auto size = std::min(imports::kPieceBytesMax, file.text.size() - offset);
            ONSALE_TRY(server_.send({http::Method::put, path + "?offset=" + std::to_string(offset),
                                     "application/octet-stream", file.text.substr(offset, size)}));
            offset += size;
            sent += size;
            progress_("bytes sent", sent, all);
        } while (offset < file.text.size());
    }
    return {};
}

base::Result<ImportResult, std::string> ImportClient::wait_for_end(const std::string& import) {
    while (true) {
        const auto answer = server_.send({http::Method::get, kImports + "/" + import, {}, {}});
        if (!answer) return Unexpected{answer.error().sentence};
        auto view = http::parse_body<ImportAnswer>(*answer);
        if (!view) return Unexpected{"the server answered something unexpected: " + *answer};
        if (view->state == "checking" || view->state == "running") {
            progress_(view->state, view->done, view->total);
            wait_(kPollInterval);
            continue;
        }
        ImportResult result;
        result.state = view->state;
        result.outcome = view->outcome.value_or("");
        result.sessions = view->sessions;
        result.codes = view->codes;
        if (view->trouble) result.trouble = view->trouble->en;
        for (const auto& mistake : view->mistakes) result.mistakes.push_back(text_of(mistake));
        return result;
    }
}

base::Result<ImportResult, std::string> ImportClient::run(const std::vector<LocalFile>& files,
                                                          ImportMode mode) {
    const auto created = server_.send({http::Method::post, kImports, "application/json", {}});
    if (!created) return Unexpected{created.error().sentence};
    const auto answer = http::parse_body<CreatedAnswer>(*created);
    if (!answer) return Unexpected{"the server answered something unexpected: " + *created};
    const std::string import = std::to_string(answer->import);
    const auto run = [&]() -> base::Result<ImportResult, std::string> {
        const auto sent = upload(import, files);
        if (!sent) return Unexpected{sent.error().sentence};
        const char* verb = mode == ImportMode::check_only ? "/check" : "/start";
        const auto begun =
            server_.send({http::Method::post, kImports + "/" + import + verb, {}, {}});
        // Begun already, by a try whose answer was lost.
        if (!begun && begun.error().code != "import_at_work" && begun.error().code != "import_over")
            return Unexpected{begun.error().sentence};
        return wait_for_end(import);
    };
    auto result = run();
    // What is done has let go of its files; of anything else nobody will want them any more.
    const bool over = result && result->state == "done";
    if (!over) (void)server_.send({http::Method::del, kImports + "/" + import, {}, {}});
    return result;
}

}  // namespace onsale::cli
