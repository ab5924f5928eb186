#include "trial/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <iterator>
#include <thread>

namespace onsale::trial {
namespace {

using base::Unexpected;

constexpr std::uint64_t kLinesPerUpload = 10'000;
constexpr int kTriesMax = 200;
constexpr auto kPause = std::chrono::milliseconds(50);

std::uint64_t number_in(const std::string& body, const char* name) {
    boost::system::error_code error;
    const auto value = boost::json::parse(body, error);
    if (error || !value.is_object()) return 0;
    const auto* field = value.as_object().if_contains(name);
    return field != nullptr && field->is_number() ? field->to_number<std::uint64_t>(error) : 0;
}

}  // namespace

base::Result<std::string, std::string> Stage::send(const Upload& upload) {
    http::ClientRequest request;
    request.method = upload.method;
    request.url = fmt::format("http://127.0.0.1:{}{}", port_, upload.path);
    request.headers = {{"Authorization", "Bearer " + token_}};
    if (!upload.content_type.empty())
        request.headers.push_back({"Content-Type", upload.content_type});
    request.body = upload.body;
    request.deadline = base::Duration::seconds(60);
    request.reach = http::Reach::private_only;
    for (int i = 0; i < kTriesMax; ++i) {
        const auto answer = client_.call(request);
        if (!answer) return Unexpected{fmt::format("{}: no answer", upload.path)};
        if (answer->status / 100 == 2) return answer->body;
        if (answer->status != 503)
            return Unexpected{fmt::format("{}: {} {}", upload.path, answer->status, answer->body)};
        std::this_thread::sleep_for(kPause);
    }
    return Unexpected{fmt::format("{}: the server stays busy", upload.path)};
}

base::Result<People, std::string> Stage::import_people(std::uint64_t count,
                                                       const Progress& progress) {
    // Names have at most 16 characters.
    const auto run = static_cast<std::uint32_t>(next_id_++);
    People people;
    while (people.count < count) {
        const std::uint64_t here = std::min(kLinesPerUpload, count - people.count);
        std::string names;
        for (std::uint64_t i = 0; i < here; ++i)
            fmt::format_to(std::back_inserter(names), "b{:08x}{:07}\n", run, people.count + i);
        ONSALE_TRY_ASSIGN(answer, send({http::Method::post, "/api/v1/people/import", "text/plain",
                                        std::move(names)}));
        const std::uint64_t first = number_in(answer, "first_person");
        if (people.count == 0) people.first = first;
        if (first != people.first + people.count)
            return Unexpected{std::string("somebody else registers people at the same time")};
        people.count += here;
        progress("people", people.count, count);
    }
    return people;
}

base::Result<std::uint64_t, std::string> Stage::load_codes(std::uint64_t count,
                                                           const Progress& progress) {
    const std::uint64_t list = next_id_++;
    for (std::uint64_t done = 0; done < count;) {
        const std::uint64_t here = std::min(kLinesPerUpload, count - done);
        std::string codes;
        for (std::uint64_t i = 0; i < here; ++i)
            fmt::format_to(std::back_inserter(codes), "B{:X}-{:08}\n", list, done + i);
        ONSALE_TRY(
            send({http::Method::put,
                  fmt::format("/api/v1/code-lists/{}/chunks/{}", list, done / kLinesPerUpload),
                  "text/plain", std::move(codes)}));
        done += here;
        progress("codes", done, count);
    }
    ONSALE_TRY(send({http::Method::post, fmt::format("/api/v1/code-lists/{}/seal", list), "", ""}));
    return list;
}

base::Result<std::uint64_t, std::string> Stage::open_session(const Offer& offer,
                                                             const Progress& progress) {
    std::string pool = fmt::format(R"("kind":"count","count":{})", offer.stock);
    if (offer.codes) {
        ONSALE_TRY_ASSIGN(list, load_codes(offer.stock, progress));
        pool = fmt::format(R"("kind":"codes","list":{})", list);
    }
    const std::uint64_t id = next_id_++;
    std::string body = fmt::format(
        R"({{"organiser":{{"id":{2},"name":{{"zh":"测量","en":"Measured"}}}},)"
        R"("show":{{"id":{0},"name":{{"zh":"测量 {0}","en":"Measured {0}"}}}},)"
        R"("session":{{"id":{0},"starts_at":"2098-12-31T12:00:00.000Z",)"
        R"("ends_at":"2098-12-31T15:00:00.000Z","tickets_per_person":1000000}},)"
        R"("pools":[{{"id":{0},{1}}}],)"
        R"("tiers":[{{"id":{0},"name":{{"zh":"券","en":"Voucher"}},"pool":{0}{3}}}],)"
        R"("campaigns":[{{"id":{0},"name":{{"zh":"抢券","en":"Rush"}},)"
        R"("opens_at":"2020-01-01T00:00:00.000Z","closes_at":"2098-12-31T12:00:00.000Z",)"
        R"("tickets_per_order":1,"tiers":[{0}]}}]}})",
        id, pool, organiser_,
        offer.price.empty() ? std::string() : fmt::format(R"(,"price":"{}")", offer.price));
    ONSALE_TRY(send({http::Method::post, "/api/v1/sessions", "application/json", std::move(body)}));
    return id;
}

// Pages follow the journal: what was opened is seen a moment later.
base::Result<void, std::string> Stage::await(std::uint64_t campaign) {
    http::ClientRequest request;
    request.url = fmt::format("http://127.0.0.1:{}/api/v1/campaigns/{}", port_, campaign);
    request.reach = http::Reach::private_only;
    for (int i = 0; i < kTriesMax; ++i) {
        const auto answer = client_.call(request);
        if (answer && answer->status == 200) return {};
        std::this_thread::sleep_for(kPause);
    }
    return Unexpected{fmt::format("campaign {} does not appear", campaign)};
}

base::Result<std::vector<std::uint64_t>, std::string> Stage::open_sale(const Offer& offer,
                                                                       const Progress& progress) {
    std::vector<std::uint64_t> campaigns;
    for (std::uint64_t i = 0; i < offer.sessions; ++i) {
        ONSALE_TRY_ASSIGN(campaign, open_session(offer, progress));
        campaigns.push_back(campaign);
    }
    for (const auto campaign : campaigns) ONSALE_TRY(await(campaign));
    return campaigns;
}

}  // namespace onsale::trial
