// /api/v1/sessions: sessions as those see them who sell: a list, and one with everything in it and
// its stock. For staff, each their own organisers'.
#include <algorithm>
#include <utility>

#include "answers/json_text.h"
#include "backstage/internal/resources.h"
#include "boxoffice/box_office.h"
#include "gate/ownership.h"
#include "shop/offers.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

struct SessionRowBody {
    std::uint64_t id = 0;
    NamedBody organiser;
    NamedBody show;
    std::string starts_at;
    std::string ends_at;
    std::string state;  // upcoming, current, ended, cancelled
    std::optional<TextBody> venue;
    bool refund_allowed = false;  // the same as of one session, below
    std::int64_t refund_until_hours = 0;
    std::string refund_fee_percent;
    bool refund_review = true;
    std::string refund_second_review_from;
    std::string late_payment;
};
BOOST_DESCRIBE_STRUCT(SessionRowBody, (),
                      (id, organiser, show, starts_at, ends_at, state, venue, refund_allowed,
                       refund_until_hours, refund_fee_percent, refund_review,
                       refund_second_review_from, late_payment))
struct SessionPageBody {
    std::vector<SessionRowBody> sessions;
    std::optional<std::uint64_t> next;  // `before` of the next page
};
BOOST_DESCRIBE_STRUCT(SessionPageBody, (), (sessions, next))
struct SessionPoolBody {
    std::uint64_t pool = 0;
    std::string kind;  // count, codes
    std::uint64_t capacity = 0;
    std::uint64_t free = 0;
    std::uint64_t held = 0;
    std::uint64_t sold = 0;
    std::uint64_t withdrawn = 0;
};
BOOST_DESCRIBE_STRUCT(SessionPoolBody, (), (pool, kind, capacity, free, held, sold, withdrawn))
struct SessionTierBody {
    std::uint64_t id = 0;
    TextBody name;
    std::optional<TextBody> description;
    std::uint64_t pool = 0;
    MoneyBody price;
    bool on_sale = true;
    std::optional<std::string> valid_from;
    std::optional<std::string> valid_until;
    std::string changed_at;
};
BOOST_DESCRIBE_STRUCT(SessionTierBody, (),
                      (id, name, description, pool, price, on_sale, valid_from, valid_until,
                       changed_at))
struct SessionCampaignBody {
    std::uint64_t id = 0;
    TextBody name;
    std::optional<TextBody> description;
    std::optional<std::string> picture;
    std::string opens_at;
    std::string closes_at;
    std::string state;
    bool one_per_person = false;
    std::uint32_t tickets_per_order = 0;  // 0: the site's limit
    std::int64_t hold_minutes = 0;
    std::vector<std::uint64_t> tiers;
    std::string changed_at;
};
BOOST_DESCRIBE_STRUCT(SessionCampaignBody, (),
                      (id, name, description, picture, opens_at, closes_at, state, one_per_person,
                       tickets_per_order, hold_minutes, tiers, changed_at))
struct SessionDetailBody {
    std::uint64_t id = 0;
    NamedBody organiser;
    NamedBody show;
    std::string starts_at;
    std::string ends_at;
    std::string state;
    std::optional<TextBody> venue;   // the session's own, else the show's
    std::optional<TextBody> notice;  // likewise
    std::optional<TextBody> cancel_reason;
    std::uint32_t orders_per_person = 0;
    std::uint32_t tickets_per_person = 0;
    bool sale_ends_at_start = false;
    bool refund_allowed = false;
    std::int64_t refund_until_hours = 0;  // before the start
    std::string refund_fee_percent;       // "2.50"
    bool refund_review = true;
    std::string refund_second_review_from;  // "500.00"; "0.00": never
    std::string late_payment;               // refund, same, same_or_better
    std::string changed_at;
    std::vector<SessionPoolBody> pools;
    std::vector<SessionTierBody> tiers;
    std::vector<SessionCampaignBody> campaigns;
};
BOOST_DESCRIBE_STRUCT(SessionDetailBody, (),
                      (id, organiser, show, starts_at, ends_at, state, venue, notice, cancel_reason,
                       orders_per_person, tickets_per_person, sale_ends_at_start, refund_allowed,
                       refund_until_hours, refund_fee_percent, refund_review,
                       refund_second_review_from, late_payment, changed_at, pools, tiers,
                       campaigns))

bool is_found(const catalog::SessionEntry& session, const std::string& text) {
    if (text.empty()) return true;
    for (const auto& campaign : session.campaigns) {
        if (campaign.search.find(text) != std::string::npos) return true;
    }
    return std::to_string(session.definition->id.value()) == text;
}

std::string text_of(domain::LatePayment late) {
    switch (late) {
        case domain::LatePayment::refund:
            return "refund";
        case domain::LatePayment::same:
            return "same";
        case domain::LatePayment::same_or_better:
            return "same_or_better";
    }
    return {};
}

template <class Body>
void put_terms(const domain::Session& session, Body& body) {
    const domain::RefundPolicy& refunds = session.refunds;
    body.refund_allowed = refunds.allowed;
    body.refund_until_hours =
        refunds.until_before_start.count_ms() / base::Duration::hours(1).count_ms();
    body.refund_fee_percent = hundredths_text(refunds.fee_basis_points);
    body.refund_review = refunds.reviewed;
    body.refund_second_review_from = hundredths_text(refunds.second_review_from_minor);
    body.late_payment = text_of(session.late_payment);
}

SessionRowBody row_of(const catalog::SessionEntry& session, base::Timestamp now) {
    SessionRowBody row{session.definition->id.value(),
                       {session.organiser->id.value(), text_body(session.organiser->name)},
                       {session.show->id.value(), text_body(session.show->name)},
                       base::to_rfc3339(session.definition->starts_at),
                       base::to_rfc3339(session.definition->ends_at),
                       state_of(session, now),
                       optional_text(session.shown_venue())};
    put_terms(*session.definition, row);
    return row;
}

void list(Call call) {
    const auto query = offer_query(call);
    if (!query) return;
    const auto before = number_query(call, {"before", domain::kIdMax + 1, 1, domain::kIdMax});
    if (!before) return;
    const auto state = call.request.query_value("state").value_or(std::string());
    const bool known = state.empty() || state == "upcoming" || state == "current" ||
                       state == "ended" || state == "cancelled";
    if (!known) return call.fail_field("state", "is not upcoming, current, ended or cancelled");
    const auto now = call.api.context.clock.wall_now();
    const auto own = organisers_of(call);
    const auto is_own = [&](catalog::OrganiserId id) {
        return !own || std::ranges::find(*own, id.value()) != own->end();
    };
    const auto directory = call.api.context.catalog.directory();
    const auto& all = directory->listing().sessions;
    SessionPageBody page;
    for (auto place = all.rbegin(); place != all.rend(); ++place) {
        const auto& session = **place;
        const auto organiser = session.organiser->id;
        const bool wanted = session.definition->id.value() < *before &&
                            (query->organiser == 0 || organiser.value() == query->organiser) &&
                            (state.empty() || state_of(session, now) == state) &&
                            is_own(organiser) && is_found(session, query->text);
        if (!wanted) continue;
        if (page.sessions.size() == query->limit) {
            page.next = page.sessions.back().id;
            break;
        }
        page.sessions.push_back(row_of(session, now));
    }
    call.send(200, http::to_json(page));
}

SessionTierBody tier_of(const catalog::TierEntry& tier) {
    SessionTierBody body;
    body.id = tier.rules.id.value();
    body.name = text_body(tier.name);
    body.description = optional_text(tier.description);
    body.pool = tier.rules.pool.value();
    body.price = {tier.rules.price.minor, std::string(to_string(tier.rules.price.currency))};
    body.on_sale = tier.rules.on_sale;
    if (tier.valid_from) body.valid_from = base::to_rfc3339(*tier.valid_from);
    if (tier.valid_until) body.valid_until = base::to_rfc3339(*tier.valid_until);
    body.changed_at = base::to_rfc3339(tier.changed_at);
    return body;
}

SessionCampaignBody campaign_of(const catalog::CampaignEntry& campaign, base::Timestamp now) {
    const domain::Campaign& rules = campaign.rules;
    SessionCampaignBody body;
    body.id = rules.id.value();
    body.name = text_body(campaign.name);
    body.description = optional_text(campaign.description);
    body.picture = picture_url(campaign.picture);
    body.opens_at = base::to_rfc3339(rules.opens_at);
    body.closes_at = base::to_rfc3339(rules.closes_at);
    body.state = state_of(campaign, now);
    body.one_per_person = rules.one_per_person;
    body.tickets_per_order = rules.tickets_per_order;
    body.hold_minutes = rules.hold_time.count_ms() / base::Duration::minutes(1).count_ms();
    for (const auto tier : rules.tiers) body.tiers.push_back(tier.value());
    body.changed_at = base::to_rfc3339(campaign.changed_at);
    return body;
}

// Of any pools that have id, kind and count: the box office's or the projection's.
template <class Pools>
void send_detail(Call call, const catalog::SessionEntry& session, const Pools& pools) {
    const auto now = call.api.context.clock.wall_now();
    auto row = row_of(session, now);
    SessionDetailBody body;
    body.id = row.id;
    body.organiser = std::move(row.organiser);
    body.show = std::move(row.show);
    body.starts_at = std::move(row.starts_at);
    body.ends_at = std::move(row.ends_at);
    body.state = std::move(row.state);
    body.venue = std::move(row.venue);
    body.notice = optional_text(session.shown_notice());
    body.cancel_reason = optional_text(session.cancel_reason);
    body.orders_per_person = session.definition->orders_per_person;
    body.tickets_per_person = session.definition->tickets_per_person;
    body.sale_ends_at_start = session.definition->sale_ends_at_start;
    put_terms(*session.definition, body);
    body.changed_at = base::to_rfc3339(session.changed_at);
    for (const auto& pool : pools) {
        const bool codes = pool.kind == domain::PoolKind::codes;
        const domain::StockCount& count = pool.count;
        body.pools.push_back({pool.pool.value(), codes ? "codes" : "count", count.capacity,
                              count.free, count.held, count.sold, count.withdrawn});
    }
    for (const auto& tier : session.tiers) body.tiers.push_back(tier_of(tier));
    for (const auto& campaign : session.campaigns)
        body.campaigns.push_back(campaign_of(campaign, now));
    call.send(200, http::to_json(body));
}

// The rows of a session that memory has let go of.
void send_retired(Call call, catalog::SharedSession session) {
    auto& reader = call.api.context.stock_reader;
    env::Executor& home = call.home();
    const auto id = session->definition->id;
    reader.pools(id, home,
                 [owed = std::make_shared<Call>(std::move(call)),
                  session](const stock::StockReader::Pools& rows) {
                     if (!rows) return owed->fail(rows.error());
                     send_detail(std::move(*owed), *session, *rows);
                 });
}

// Stock from the box office's memory, so that it shows every order that was answered before.
void detail(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    const auto session =
        number ? call.api.context.catalog.directory()->find_session(domain::SessionId(*number))
               : nullptr;
    if (session == nullptr || session->removed) return call.fail(Code::session_unknown);
    auto& engine = call.api.context.engine;
    env::Executor& home = call.home();
    const auto id = session->definition->id;
    // Shared, since a read may run more than once.
    auto owed = std::make_shared<Call>(std::move(call));
    auto read = [owed, session, id](const boxoffice::BoxOffice& office, base::Timestamp) {
        return env::Task([owed, session, stock = office.stock_of(id)] {
            if (stock.empty()) return send_retired(std::move(*owed), session);
            send_detail(std::move(*owed), *session, stock);
        });
    };
    engine.read(engine.shard_of(id), home, std::move(read));
}

}  // namespace

void add_session_list_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listSessions";
    list_operation.tag = "sessions";
    list_operation.summary =
        "Sessions of the organisers that one acts for, the newest number first";
    list_operation.query_parameters = {
        {"query", "The number, or part of the name of campaign, show, organiser or venue", false},
        {"state", "All when absent", false,
         R"({"type":"string","enum":["upcoming","current","ended","cancelled"]})"},
        {"organiser", "Number of an organiser", false, R"({"type":"integer","format":"int64"})"},
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<SessionPageBody>();
    list_operation.errors = {"staff_only", "invalid_field"};
    http::Operation detail_operation;
    detail_operation.id = "getSession";
    detail_operation.tag = "sessions";
    detail_operation.summary = "A session with its pools, tiers and campaigns";
    detail_operation.path_parameters = {
        {"session", "Number of the session", true, R"({"type":"integer","format":"int64"})"}};
    detail_operation.response_schema_json = http::schema_of<SessionDetailBody>();
    detail_operation.errors = {"staff_only", "session_unknown", "busy"};
    add_route(router, api, RouteId::list_sessions, std::move(list_operation), list);
    add_route(router, api, RouteId::get_session, std::move(detail_operation), detail);
}

}  // namespace onsale::backstage
