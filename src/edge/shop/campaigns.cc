// /api/v1/campaigns: what is on, for everybody, from ready-made pages.
#include <utility>

#include "answers/json_text.h"
#include "shop/internal/order_answers.h"
#include "shop/internal/resources.h"
#include "shop/offers.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

// What the ready-made page of a campaign ends with. A person's own part takes its place.
constexpr std::string_view kNotJoined = R"(,"joined":false})";

void list(Call call) {
    if (answer_from_shelf(call)) return;
    const auto state = call.request.query_value("state").value_or("current");
    if (state != "current" && state != "upcoming")
        return call.fail_field("state", "is not current or upcoming");
    auto query = offer_query(call);
    if (!query) return;
    if (!query->after.empty() && !parse_place(query->after))
        return call.fail_field("after", "is not `next` of a former page");
    query->state = state == "current" ? OfferState::current : OfferState::upcoming;
    const Api& api = call.api;
    const bool pack = query->text.empty();
    answer_page(
        std::move(call), query->key("campaigns"),
        [&] { return http::to_json(campaign_page(api, *query)); }, pack);
}

std::string detail_json(const Api& api, domain::CampaignId id) {
    const auto directory = api.context.catalog.directory();
    const auto session = directory->session_of(id);
    if (!session) return "{}";
    std::string json =
        http::to_json(campaign_body(*session, *session->find_campaign(id), present_of(api)));
    json.pop_back();
    return json.append(kNotJoined);
}

std::string key_of(domain::CampaignId id) {
    return "campaign/" + std::to_string(id.value());
}

// The page without its end, and what the person has to do with the campaign behind it.
void send_joined(Call call, const domain::Order& order, const tickets::IssuedTickets& tickets) {
    const auto id = order.campaign;
    const auto page = call.api.pages.get(key_of(id), [&] { return detail_json(call.api, id); });
    std::string json = *page.ready->plain;
    if (json.ends_with(kNotJoined)) json.resize(json.size() - kNotJoined.size());
    json += R"(,"joined":true,"order":)";
    append_order(json, order, &tickets);
    json += '}';
    call.send(200, std::move(json));
}

void detail(Call call) {
    if (call.subject == 0 && answer_from_shelf(call)) return;
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::campaign_unknown);
    const domain::CampaignId id(*number);
    // Unknown numbers are not cached: they would push out the pages that people look at.
    if (call.api.context.catalog.directory()->find_campaign(id) == nullptr)
        return call.fail(Code::campaign_unknown);
    const Api& api = call.api;
    if (call.subject == 0) {
        return answer_page(std::move(call), key_of(id), [&] { return detail_json(api, id); });
    }
    const auto person = call.person();
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.joined(
        person, id, home, [call = std::move(call), id](std::optional<domain::Order> order) mutable {
            if (order) return with_tickets(std::move(call), *order, send_joined);
            const auto page =
                call.api.pages.get(key_of(id), [&] { return detail_json(call.api, id); });
            call.send(200, *page.ready->plain);
        });
}

}  // namespace

void add_campaign_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listCampaigns";
    list_operation.tag = "campaigns";
    list_operation.summary = "Campaigns that are open now, or that open next";
    list_operation.query_parameters = {
        {"state", "current when absent", false,
         R"({"type":"string","enum":["current","upcoming"]})"},
        {"query", "Part of the name of campaign, show, organiser or venue", false},
        {"organiser", "Number of an organiser", false, R"({"type":"integer","format":"int64"})"},
        {"after", "`next` of the former page", false},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<CampaignPageBody>();
    list_operation.errors = {"invalid_field"};

    http::Operation detail_operation;
    detail_operation.id = "getCampaign";
    detail_operation.tag = "campaigns";
    detail_operation.summary =
        "A campaign; with a login also whether one has joined, and the order";
    detail_operation.path_parameters = {
        {"campaign", "Number of the campaign", true, R"({"type":"integer","format":"int64"})"}};
    detail_operation.response_schema_json =
        R"({"allOf":[)" + http::schema_of<CampaignBody>() +
        R"(,{"type":"object","required":["joined"],"properties":{"joined":{"type":"boolean"},"order":)" +
        http::schema_of<OrderBody>() + "}}]}";
    detail_operation.errors = {"campaign_unknown", "token_invalid", "token_expired"};

    add_route(router, api, RouteId::list_campaigns, std::move(list_operation), list);
    add_route(router, api, RouteId::get_campaign, std::move(detail_operation), detail);
}

}  // namespace onsale::shop
