#include "main/shadow_site.h"

#include <boost/describe/class.hpp>
#include <string_view>
#include <utility>

#include "http/described.h"
#include "shop/campaign_body.h"

namespace onsale::app {
namespace {

using base::Unexpected;

struct PoolAnswer {
    std::uint64_t pool = 0;
    std::string kind;
    std::uint64_t capacity = 0;
    std::uint64_t free = 0;
    std::uint64_t held = 0;
    std::uint64_t sold = 0;
    std::uint64_t withdrawn = 0;
};
BOOST_DESCRIBE_STRUCT(PoolAnswer, (), (pool, kind, capacity, free, held, sold, withdrawn))
struct PoolsAnswer {
    std::vector<PoolAnswer> pools;
};
BOOST_DESCRIBE_STRUCT(PoolsAnswer, (), (pools))

// Who asks has joined nothing: the person's part of a campaign's page says just this.
constexpr std::string_view kNotJoined = R"(,"joined":false})";

Unexpected<std::string> unreadable(const http::BodyError& error) {
    return Unexpected{"the server on the copy answers something else: " + error.field + " " +
                      error.message};
}

base::Result<std::string, std::string> get(cli::ServerClient& client, const std::string& path) {
    auto answer = client.send({http::Method::get, path, {}, {}});
    if (!answer) return Unexpected{answer.error().sentence};
    return *std::move(answer);
}

}  // namespace

base::Result<Offer, std::string> ShadowSite::offer() {
    ONSALE_TRY_ASSIGN(text, get(person_, "/api/v1/campaigns/" + std::to_string(campaign_)));
    if (text.ends_with(kNotJoined))
        text.replace(text.size() - kNotJoined.size(), kNotJoined.size(), "}");
    const auto body = http::parse_body<shop::CampaignBody>(text);
    if (!body) return unreadable(body.error());
    if (body->cancelled) return Unexpected{std::string("the campaign is cancelled")};
    Offer out;
    out.session = body->session;
    out.name = body->name.en.empty() ? body->name.zh : body->name.en;
    out.tickets_per_order = body->tickets_per_order;
    for (const auto& tier : body->tiers) {
        if (!tier.on_sale) continue;
        out.tiers.push_back(tier.id);
        out.paid = out.paid || tier.price.minor > 0;
    }
    if (out.tiers.empty()) return Unexpected{std::string("the campaign has no tier on sale")};
    return out;
}

base::Result<void, std::string> ShadowSite::set_window(base::Timestamp opens_at,
                                                       base::Timestamp closes_at) {
    const std::string body = R"({"opens_at":")" + base::to_rfc3339(opens_at) +
                             R"(","closes_at":")" + base::to_rfc3339(closes_at) + "\"}";
    const auto answer =
        staff_.send({http::Method::patch, "/api/v1/campaigns/" + std::to_string(campaign_),
                     "application/json", body});
    if (!answer)
        return Unexpected{"the campaign cannot be opened now, even on a copy: " +
                          answer.error().sentence};
    return {};
}

base::Result<Pools, std::string> ShadowSite::pools(std::uint64_t session) {
    ONSALE_TRY_ASSIGN(text, get(staff_, "/api/v1/stock/sessions/" + std::to_string(session)));
    const auto body = http::parse_body<PoolsAnswer>(text);
    if (!body) return unreadable(body.error());
    Pools out;
    for (const auto& pool : body->pools) out[pool.pool] = {pool.free, pool.held + pool.sold};
    return out;
}

std::uint64_t offered(const Pools& before, const Pools& after) {
    std::uint64_t sum = 0;
    for (const auto& [id, pool] : before) {
        const auto found = after.find(id);
        if (found != after.end() && found->second.taken > pool.taken) sum += pool.free;
    }
    return sum;
}

}  // namespace onsale::app
