// /api/v1/campaigns: what is on, for everybody; ready-made pages, good for a tenth of a second.
#include <utility>

#include "api/campaign_body.h"
#include "api/internal/api.h"
#include "api/internal/order_answers.h"
#include "api/json_text.h"

namespace onsale::api {
namespace {

// Keys of the page cache; every other key is a campaign's number.
constexpr std::uint64_t kCurrentPage = 0;
constexpr std::uint64_t kUpcomingPage = domain::kIdMax + 1;

std::string entry_json(const Api& api, const catalog::Directory& directory,
                       const catalog::CampaignEntry& campaign, base::Timestamp now) {
    const auto session = directory.find_session(campaign.session);
    if (!session) return "null";
    return http::to_json(
        campaign_body(*session, campaign, api.context.live_stock.free_of(*session, campaign), now));
}

std::string list_page(const Api& api, std::uint64_t key) {
    const auto now = api.context.clock.wall_now();
    const auto directory = api.context.catalog.directory();
    std::string json = R"({"campaigns":[)";
    bool first = true;
    for (const auto* campaign :
         key == kCurrentPage ? directory->current(now) : directory->upcoming(now)) {
        if (!std::exchange(first, false)) json += ',';
        json += entry_json(api, *directory, *campaign, now);
    }
    return json + "]}";
}

void list(Call call) {
    const auto state = call.request.query_value("state").value_or("current");
    if (state != "current" && state != "upcoming")
        return call.fail_field("state", "is not current or upcoming");
    const std::uint64_t key = state == "current" ? kCurrentPage : kUpcomingPage;
    const auto page = call.api.pages.get(key, [&] { return list_page(call.api, key); });
    call.send(200, *page);
}

// Without the closing brace: what the person has to do with it is added behind.
std::string detail_page(const Api& api, domain::CampaignId id) {
    const auto directory = api.context.catalog.directory();
    const auto* campaign = directory->find_campaign(id);
    if (campaign == nullptr) return {};
    std::string json = entry_json(api, *directory, *campaign, api.context.clock.wall_now());
    json.pop_back();
    return json;
}

void send_joined(Call call, const domain::Order& order, const tickets::IssuedTickets& tickets) {
    const auto id = order.campaign;
    const auto page = call.api.pages.get(id.value(), [&] { return detail_page(call.api, id); });
    std::string json = *page + R"(,"joined":true,"order":)";
    append_order(json, order, &tickets);
    json += '}';
    call.send(200, std::move(json));
}

void detail(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::campaign_unknown);
    const domain::CampaignId id(*number);
    // Unknown numbers are not cached: they would push out the pages that people look at.
    if (call.api.context.catalog.directory()->find_campaign(id) == nullptr)
        return call.fail(Code::campaign_unknown);
    const auto page = call.api.pages.get(id.value(), [&] { return detail_page(call.api, id); });
    if (call.subject == 0) return call.send(200, *page + R"(,"joined":false})");
    const auto person = call.person();
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.joined(person, id, home,
                   [call = std::move(call), page](std::optional<domain::Order> order) mutable {
                       if (order) return with_tickets(std::move(call), *order, send_joined);
                       call.send(200, *page + R"(,"joined":false})");
                   });
}

}  // namespace

void add_campaign_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listCampaigns";
    list_operation.tag = "campaigns";
    list_operation.summary = "Campaigns that are open now, or that open next";
    list_operation.query_parameters = {{"state", "current when absent", false,
                                        R"({"type":"string","enum":["current","upcoming"]})"}};
    list_operation.response_schema_json =
        R"({"type":"object","required":["campaigns"],"properties":{"campaigns":{"type":"array","items":)" +
        http::schema_of<CampaignBody>() + "}}}";
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

    router.add({http::Method::get, "/api/v1/campaigns", std::move(list_operation),
                public_handler(api, list)});
    router.add({http::Method::get, "/api/v1/campaigns/{campaign}", std::move(detail_operation),
                visitor_handler(api, detail)});
}

}  // namespace onsale::api
