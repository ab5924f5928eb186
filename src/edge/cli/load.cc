#include "cli/load.h"

#include <algorithm>
#include <utility>

#include <boost/describe/class.hpp>

#include "cli/code_file.h"
#include "cli/internal/campaign_check.h"
#include "http/described.h"
#include "vault/limits.h"

namespace onsale::cli {
namespace {

using base::Unexpected;

struct SetUpAnswer {
    std::uint64_t session = 0;
    std::string outcome;
};
BOOST_DESCRIBE_STRUCT(SetUpAnswer, (), (session, outcome))
struct SealAnswer {
    std::uint64_t list = 0;
    std::uint64_t count = 0;
    std::string digest;
};
BOOST_DESCRIBE_STRUCT(SealAnswer, (), (list, count, digest))

std::string beside(const std::string& path, const std::string& file) {
    const auto end = path.find_last_of('/');
    if (file.starts_with('/') || end == std::string::npos) return file;
    return path.substr(0, end + 1) + file;
}

std::string join(const std::vector<std::string_view>& codes, std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
        text += codes[i];
        text += '\n';
    }
    return text;
}

// Where a code stands is known by itself: it is a piece of its file's text.
std::string place_of(const LoadPlan& plan, std::size_t source, std::size_t code) {
    const std::string& text = plan.texts[source];
    const auto& codes = plan.codes[source];
    const std::string& file = plan.campaign.codes[source].file;
    if (code >= codes.size()) return file;
    const auto line = std::count(text.data(), codes[code].data(), '\n') + 1;
    return file + ":" + std::to_string(line) + ":1";
}

base::Result<void, std::string> send_codes(const LoadPlan& plan, std::size_t source,
                                           ServerClient& server,
                                           const std::function<void(std::uint64_t)>& sent) {
    const auto& codes = plan.codes[source];
    const std::string list =
        "/api/v1/code-lists/" + std::to_string(plan.campaign.codes[source].list);
    std::size_t begin = 0;
    for (std::size_t index = 0; begin < codes.size(); ++index) {
        const std::size_t end = std::min(codes.size(), begin + vault::kCodesPerChunkMax);
        const auto stored =
            server.send({http::Method::put, list + "/chunks/" + std::to_string(index), "text/plain",
                         join(codes, begin, end)});
        if (!stored) {
            const auto& error = stored.error();
            const bool placed = error.line != 0;
            return Unexpected{
                (placed ? place_of(plan, source, begin + error.line - 1) + ": " : std::string()) +
                error.sentence};
        }
        begin = end;
        sent(end);
    }
    const auto sealed = server.send({http::Method::post, list + "/seal", "application/json", {}});
    if (!sealed) return Unexpected{sealed.error().sentence};
    const auto answer = http::parse_body<SealAnswer>(*sealed);
    if (answer && answer->count == codes.size()) return {};
    return Unexpected{"the server has another number of codes in list " +
                      std::to_string(plan.campaign.codes[source].list) +
                      " than the file: use a new list"};
}

}  // namespace

std::uint64_t LoadPlan::code_count() const {
    std::uint64_t count = 0;
    for (const auto& list : codes) count += list.size();
    return count;
}

LoadPlan plan_load(env::Files& files, const std::string& path, Mistakes& mistakes) {
    LoadPlan plan;
    plan.file = path;
    const auto text = env::read_file(files, path);
    if (!text) {
        mistakes.push_back({{path, 0, 0},
                            "cannot be read: " + std::string(env::to_string(text.error())),
                            "check its name and mode"});
        return plan;
    }
    plan.campaign = read_campaign_file(*text, path, mistakes);
    for (const auto& source : plan.campaign.codes) {
        auto codes = source.file.empty()
                         ? env::FileResult<std::string>(Unexpected{env::FileError::not_found})
                         : env::read_file(files, beside(path, source.file));
        if (!codes) {
            mistakes.push_back({source.place,
                                "the file " + source.file + " cannot be read: " +
                                    std::string(env::to_string(codes.error())),
                                "names are beside the campaign file"});
            continue;
        }
        plan.texts.push_back(std::move(*codes));
    }
    if (plan.texts.size() != plan.campaign.codes.size()) return plan;
    CodeReader reader;
    for (std::size_t i = 0; i < plan.texts.size(); ++i) {
        plan.codes.push_back(reader.read(plan.texts[i], plan.campaign.codes[i].file, mistakes));
    }
    return plan;
}

base::Result<LoadResult, std::string> carry_out(const LoadPlan& plan, ServerClient& server,
                                                const LoadProgress& progress) {
    LoadResult result;
    const std::uint64_t all = plan.code_count();
    for (std::size_t i = 0; i < plan.codes.size(); ++i) {
        ONSALE_TRY(send_codes(plan, i, server,
                              [&](std::uint64_t sent) { progress(result.codes + sent, all); }));
        result.codes += plan.codes[i].size();
    }
    const auto set_up = server.send({http::Method::post, "/api/v1/sessions", "application/json",
                                     http::to_json(plan.campaign.body)});
    if (!set_up) {
        const auto& error = set_up.error();
        if (error.field.empty()) return Unexpected{error.sentence};
        const Mistake mistake{
            find_place(plan.campaign.places, error.field, plan.file), error.sentence, {}};
        return Unexpected{to_text(mistake)};
    }
    const auto answer = http::parse_body<SetUpAnswer>(*set_up);
    if (!answer) return Unexpected{"the server answered something unexpected: " + *set_up};
    result.outcome = answer->outcome;
    return result;
}

}  // namespace onsale::cli
