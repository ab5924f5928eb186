// /api/v1/shows: shows with their sessions, for everybody from ready-made pages.
#include <utility>

#include "shop/internal/resources.h"
#include "shop/offers.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

constexpr std::size_t kSessionsShownMax = 100;

struct ShowSessionBody {
    std::uint64_t id = 0;
    std::string starts_at;
    std::string ends_at;
    std::optional<TextBody> venue;
    std::optional<TextBody> notice;
    std::string state;  // upcoming, current, cancelled
    bool cancelled = false;
    std::optional<TextBody> cancel_reason;
    std::vector<TierBody> tiers;
    std::vector<CampaignBody> campaigns;
};
BOOST_DESCRIBE_STRUCT(ShowSessionBody, (),
                      (id, starts_at, ends_at, venue, notice, state, cancelled, cancel_reason,
                       tiers, campaigns))
struct ShowDetailBody {
    std::uint64_t id = 0;
    TextBody name;
    TextBody description;
    std::optional<TextBody> venue;
    std::optional<TextBody> notice;
    std::optional<std::string> picture;
    NamedBody organiser;
    std::string state;  // on_sale, upcoming, none
    std::string changed_at;
    std::vector<ShowSessionBody> sessions;  // that have not ended, the next one first, at most 100
};
BOOST_DESCRIBE_STRUCT(ShowDetailBody, (),
                      (id, name, description, venue, notice, picture, organiser, state, changed_at,
                       sessions))

void list(Call call) {
    if (answer_from_shelf(call)) return;
    const auto state = call.request.query_value("state").value_or("all");
    if (state != "on_sale" && state != "upcoming" && state != "all")
        return call.fail_field("state", "is not on_sale, upcoming or all");
    auto query = offer_query(call);
    if (!query) return;
    if (!query->after.empty() && !parse_id(query->after))
        return call.fail_field("after", "is not `next` of a former page");
    if (state == "on_sale") query->state = OfferState::current;
    if (state == "upcoming") query->state = OfferState::upcoming;
    const Api& api = call.api;
    const bool pack = query->text.empty();
    answer_page(
        std::move(call), query->key("shows"), [&] { return http::to_json(show_page(api, *query)); },
        pack);
}

ShowSessionBody session_body(const catalog::SessionEntry& session, const Present& present) {
    ShowSessionBody body;
    body.id = session.definition->id.value();
    body.starts_at = base::to_rfc3339(session.definition->starts_at);
    body.ends_at = base::to_rfc3339(session.definition->ends_at);
    body.venue = optional_text(session.shown_venue());
    body.notice = optional_text(session.shown_notice());
    body.state = state_of(session, present.now);
    body.cancelled = session.status.cancelled;
    body.cancel_reason = optional_text(session.cancel_reason);
    for (const auto& tier : session.tiers) body.tiers.push_back(tier_body(session, tier, present));
    for (const auto& campaign : session.campaigns)
        body.campaigns.push_back(campaign_body(session, campaign, present));
    return body;
}

std::string show_json(const Api& api, catalog::ShowId id) {
    const auto present = present_of(api);
    const auto directory = api.context.catalog.directory();
    const auto* show = directory->listing().find_show(id);
    if (show == nullptr) return "{}";
    const auto summary = show_summary(*directory, *show, present.now);
    ShowDetailBody body;
    body.id = summary.id;
    body.name = summary.name;
    body.description = summary.description;
    body.venue = summary.venue;
    body.notice = optional_text(show->show->notice);
    body.picture = summary.picture;
    body.organiser = summary.organiser;
    body.state = summary.state;
    body.changed_at = base::to_rfc3339(show->show->changed_at);
    for (const auto& session : show->sessions) {
        if (present.now >= session->definition->ends_at) continue;
        if (body.sessions.size() == kSessionsShownMax) break;
        body.sessions.push_back(session_body(*session, present));
    }
    return http::to_json(body);
}

void detail(Call call) {
    if (answer_from_shelf(call)) return;
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::show_unknown);
    const catalog::ShowId id(*number);
    if (call.api.context.catalog.directory()->find_show(id) == nullptr)
        return call.fail(Code::show_unknown);
    const Api& api = call.api;
    answer_page(std::move(call), "show/" + std::to_string(id.value()),
                [&] { return show_json(api, id); });
}

http::Operation show_operation(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "shows";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"show", "Number of the show", true, R"({"type":"integer","format":"int64"})"}};
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"show_unknown"};
    return operation;
}

}  // namespace

void add_show_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listShows";
    list_operation.tag = "shows";
    list_operation.summary = "Shows, by their number";
    list_operation.query_parameters = {
        {"query", "Part of the name of show, organiser, venue or campaign", false},
        {"state", "all when absent", false,
         R"({"type":"string","enum":["on_sale","upcoming","all"]})"},
        {"organiser", "Number of an organiser", false, R"({"type":"integer","format":"int64"})"},
        {"after", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<ShowPageBody>();
    list_operation.errors = {"invalid_field"};

    add_route(router, api, RouteId::list_shows, std::move(list_operation), list);
    add_route(router, api, RouteId::get_show,
              show_operation("getShow", "A show with its sessions, tiers and campaigns",
                             http::schema_of<ShowDetailBody>()),
              detail);
}

}  // namespace onsale::shop
