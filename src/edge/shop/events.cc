// /api/v1/events: one event stream per browser.
#include <algorithm>
#include <memory>
#include <utility>

#include "gate/api.h"
#include "shop/internal/event_hub.h"
#include "shop/internal/resources.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

// "1001,1002" as ascending ids; nothing for anything else.
std::optional<std::vector<domain::CampaignId>> parse_campaigns(std::string_view text) {
    std::vector<domain::CampaignId> ids;
    while (!text.empty()) {
        const auto end = text.find(',');
        const auto id = parse_id(text.substr(0, end));
        if (!id || ids.size() == kCampaignsPerStreamMax) return std::nullopt;
        ids.emplace_back(*id);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

void open(EventHub& hub, Call call) {
    auto campaigns = parse_campaigns(call.request.query_value("campaigns").value_or(std::string()));
    if (!campaigns)
        return call.fail_field("campaigns",
                               "is not a list of at most 50 numbers with commas between them");
    // A HEAD only asks whether there is something: it must not take a place among the streams.
    if (call.request.method == http::Method::head) return call.send(200, {});
    Subscription subscription;
    subscription.campaigns = std::move(*campaigns);
    subscription.owner.address = call.request.peer;
    if (call.subject != 0) {
        subscription.owner.person = call.person();
        const auto identity = call.api.authenticator.person(call.request, call.home());
        if (!identity) return call.fail(identity.error());
        subscription.login = identity->login;
        subscription.expires_at = identity->expires_at;
    }
    if (!hub.enter(subscription.owner)) return call.fail(Code::too_many_streams);
    subscription.stream = call.responder.open_event_stream();
    if (!subscription.stream) return hub.leave(subscription.owner);
    hub.open(std::move(subscription));
}

}  // namespace

void add_event_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "openEvents";
    operation.tag = "events";
    operation.summary = "Live updates";
    operation.description =
        "Events: `time` {now} first; `stock` {campaign, tiers:[{tier, free}]} of the named "
        "campaigns, at once and "
        "whenever it changes; `order` (an order) of the person who is logged in, whenever one "
        "changes. It ends with the token it was opened with.";
    operation.query_parameters = {
        {"campaigns", "At most 50 numbers with commas between them", false}};
    operation.response_content_type = "text/event-stream";
    operation.errors = {"invalid_field", "too_many_streams", "token_invalid", "token_expired"};
    add_route(router, api, RouteId::open_events, std::move(operation),
              [hub = std::make_shared<EventHub>(api->context)](Call call) {
                  open(*hub, std::move(call));
              });
}

}  // namespace onsale::shop
