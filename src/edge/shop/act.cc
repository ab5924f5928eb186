// The five addresses of 001 (抢票系统), for its clients: the same campaigns, orders and tickets
// under other names. An activity is a campaign; code id and ticket id are our ticket's id.
#include <algorithm>
#include <utility>

#include "gate/api.h"
#include "shop/internal/order_answers.h"
#include "shop/internal/resources.h"
#include "shop/order_json.h"
#include "shop/wish.h"
#include "tickets/check.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

constexpr std::size_t kActivitiesPerPage = 20;
constexpr std::uint64_t kPagesMax = 1'000'000;

// Names as 001's pages spell them.
// NOLINTBEGIN(readability-identifier-naming)
struct ActivityBody {
    std::uint64_t actId = 0;
    std::string name;
    std::string desc;
    std::string startTime;
    std::string endTime;
    std::uint64_t remaining = 0;
    std::optional<bool> joined;
};
BOOST_DESCRIBE_STRUCT(ActivityBody, (), (actId, name, desc, startTime, endTime, remaining, joined))
struct ActivityPageBody {
    std::uint64_t page = 0;
    std::uint64_t pages = 0;
    std::uint64_t total = 0;
    std::vector<ActivityBody> list;
};
BOOST_DESCRIBE_STRUCT(ActivityPageBody, (), (page, pages, total, list))
struct GrabbedBody {
    std::uint64_t actId = 0;
    std::uint64_t ticketId = 0;
    std::uint64_t orderId = 0;
    std::string code;
    std::string outcome;
};
BOOST_DESCRIBE_STRUCT(GrabbedBody, (), (actId, ticketId, orderId, code, outcome))
struct HeldTicketBody {
    std::uint64_t ticketId = 0;
    std::uint64_t actId = 0;
    std::string code;
    bool isEffective = true;
    std::string time;
};
BOOST_DESCRIBE_STRUCT(HeldTicketBody, (), (ticketId, actId, code, isEffective, time))
struct HeldTicketPageBody {
    std::vector<HeldTicketBody> list;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(HeldTicketPageBody, (), (list, next))
// NOLINTEND(readability-identifier-naming)

std::string text_for(Language language, const catalog::Text& text) {
    const bool zh = language == Language::zh;
    const std::string& wanted = zh ? text.zh : text.en;
    return wanted.empty() ? (zh ? text.en : text.zh) : wanted;
}

ActivityBody activity_body(const Api& api, Language language, const catalog::Directory& directory,
                           const catalog::CampaignEntry& campaign) {
    ActivityBody body;
    body.actId = campaign.rules.id.value();
    body.name = text_for(language, campaign.name);
    body.desc = text_for(language, campaign.description);
    body.startTime = base::to_rfc3339(campaign.rules.opens_at);
    body.endTime = base::to_rfc3339(campaign.rules.closes_at);
    const auto session = directory.find_session(campaign.session);
    if (!session) return body;
    for (const auto& tier : api.context.live_stock.free_of(*session, campaign))
        body.remaining += tier.free;
    return body;
}

std::string list_json(const Api& api, Language language, std::uint64_t page) {
    const auto directory = api.context.catalog.directory();
    const auto current = directory->current(api.context.clock.wall_now());
    ActivityPageBody body;
    body.page = page;
    body.total = current.size();
    body.pages = (current.size() + kActivitiesPerPage - 1) / kActivitiesPerPage;
    const std::size_t begin = std::min(current.size(), (page - 1) * kActivitiesPerPage);
    const std::size_t end = std::min(current.size(), begin + kActivitiesPerPage);
    for (std::size_t i = begin; i < end; ++i)
        body.list.push_back(activity_body(api, language, *directory, *current[i]));
    return http::to_json(body);
}

void list(Call call) {
    const auto number = number_query(call, {"page", 1, 1, kPagesMax});
    if (!number) return;
    const Language language = language_of(call.request.header("Accept-Language"));
    const Api& api = call.api;
    const std::string key =
        (language == Language::zh ? "act/zh/" : "act/en/") + std::to_string(*number);
    // Not from the shelf: one address has two languages.
    const auto page = call.api.pages.get(key, [&] { return list_json(api, language, *number); });
    call.responder.send(http::answer_from(*page.ready, call.request));
}

// The number in the first of these query parameters that is there.
std::optional<std::uint64_t> id_query(const Call& call, std::string_view name) {
    auto text = call.request.query_value(name);
    if (!text) text = call.request.query_value("id");
    return text ? parse_id(*text) : std::nullopt;
}

void detail(Call call) {
    const auto number = id_query(call, "actId");
    const auto directory = call.api.context.catalog.directory();
    const auto* campaign = number ? directory->find_campaign(domain::CampaignId(*number)) : nullptr;
    if (campaign == nullptr) return call.fail(Code::campaign_unknown);
    const Language language = language_of(call.request.header("Accept-Language"));
    ActivityBody body = activity_body(call.api, language, *directory, *campaign);
    body.joined = false;
    if (call.subject == 0) return call.send(200, http::to_json(body));
    const auto person = call.person();
    const auto id = campaign->rules.id;
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.joined(person, id, home,
                   [call = std::move(call),
                    body = std::move(body)](std::optional<domain::Order> order) mutable {
                       body.joined = order.has_value();
                       call.send(200, http::to_json(body));
                   });
}

GrabbedBody grabbed_body(const domain::Order& order, const tickets::IssuedTickets& tickets,
                         std::string outcome) {
    GrabbedBody body;
    body.actId = order.campaign.value();
    body.orderId = order.id.value();
    body.outcome = std::move(outcome);
    if (tickets.empty()) return body;  // reserved: its price has to be paid first
    body.ticketId = tickets.front().view.id.value();
    body.code = tickets.front().code;
    return body;
}

void send_new(Call call, const domain::Order& order, const tickets::IssuedTickets& tickets) {
    call.send(201, http::to_json(grabbed_body(order, tickets, "accepted")));
}

void send_known(Call call, const domain::Order& order, const tickets::IssuedTickets& tickets) {
    call.send(200, http::to_json(grabbed_body(order, tickets, "already_joined")));
}

void answer_grabbed(Call call, const shard::Answer& answer) {
    using enum domain::OutcomeKind;
    call.api.metrics.count(answer);
    const domain::Outcome& outcome = answer.outcome;
    if (answer.kind != shard::AnswerKind::decided || outcome.kind == refused ||
        outcome.kind == unchanged) {
        const auto shard = call.api.context.engine.shard_of(outcome.session);
        return send_refusal(std::move(call), answer, shard);
    }
    with_tickets(std::move(call), outcome.order, outcome.kind == accepted ? send_new : send_known);
}

void grab(Call call) {
    const auto wish = parse_grab(call.request.body);
    if (!wish) return call.fail(wish.error());
    const orders::PlaceRequest request{call.person(), wish->campaign, wish->lines, {}};
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.place(request, home, [call = std::move(call)](const shard::Answer& answer) mutable {
        answer_grabbed(std::move(call), answer);
    });
}

HeldTicketBody held_body(const Call& call, const tickets::TicketDetail& detail) {
    const auto session = call.api.context.catalog.directory()->find_session(detail.order.session);
    const auto reason = tickets::void_reason(detail.order, session.get());
    return {detail.ticket.view.id.value(), detail.order.campaign.value(), detail.ticket.code,
            reason == tickets::VoidReason::none, base::to_rfc3339(detail.order.changed_at)};
}

void ticket_list(Call call) {
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    const auto person = call.person();
    auto& service = call.api.context.tickets;
    env::Executor& home = call.home();
    service.list(person, domain::TicketId(*before), orders::kOrdersPerPageMax, home,
                 [call = std::move(call)](const tickets::TicketService::Listed& page) mutable {
                     if (!page) return call.fail(page.error());
                     HeldTicketPageBody body;
                     for (const auto& ticket : page->tickets)
                         body.list.push_back(held_body(call, ticket));
                     if (page->next) body.next = page->next->value();
                     call.send(200, http::to_json(body));
                 });
}

void ticket_detail(Call call) {
    const auto id = id_query(call, "ticketId");
    if (!id) return call.fail(Code::ticket_unknown);
    const auto person = call.person();
    auto& service = call.api.context.tickets;
    env::Executor& home = call.home();
    service.find(person, domain::TicketId(*id), home,
                 [call = std::move(call)](const tickets::TicketService::Found& found) mutable {
                     if (!found) return call.fail(found.error());
                     if (!*found) return call.fail(Code::ticket_unknown);
                     call.send(200, http::to_json(held_body(call, **found)));
                 });
}

http::Operation act_operation(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "activities";
    operation.summary = std::move(summary);
    operation.response_schema_json = std::move(response_schema);
    return operation;
}

}  // namespace

void add_act_routes(http::Router& router, const SharedApi& api) {
    auto list_operation = act_operation("actList", "Activities that are open now, 20 a page",
                                        http::schema_of<ActivityPageBody>());
    list_operation.query_parameters = {{"page", "1, 2, 3, …", false, R"({"type":"integer"})"}};
    auto detail_operation =
        act_operation("actDetail", "An activity; with a login also whether one has joined",
                      http::schema_of<ActivityBody>());
    detail_operation.query_parameters = {
        {"actId", "Number of the activity; `id` is understood too"}};
    detail_operation.errors = {"campaign_unknown"};
    auto get_operation = act_operation("ticketGet", "Take a ticket; again: the same ticket",
                                       http::schema_of<GrabbedBody>());
    get_operation.request_schema_json = http::schema_of<GrabBody>();
    get_operation.success_status = 201;
    get_operation.errors = {"sold_out", "not_open_yet", "campaign_ended", "campaign_unknown",
                            "busy",     "storage_full", "stopping"};
    auto held_operation =
        act_operation("ticketList", "One's own tickets", http::schema_of<HeldTicketPageBody>());
    held_operation.query_parameters = {
        {"before", "`next` of the former page", false, R"({"type":"integer"})"}};
    auto ticket_operation = act_operation("ticketDetail", "One of one's own tickets",
                                          http::schema_of<HeldTicketBody>());
    ticket_operation.query_parameters = {
        {"ticketId", "Number of the ticket; `id` is understood too"}};
    ticket_operation.errors = {"ticket_unknown"};

    add_route(router, api, RouteId::act_list, std::move(list_operation), list);
    add_route(router, api, RouteId::act_detail, std::move(detail_operation), detail);
    add_route(router, api, RouteId::ticket_get, std::move(get_operation), grab);
    add_route(router, api, RouteId::ticket_list, std::move(held_operation), ticket_list);
    add_route(router, api, RouteId::ticket_detail, std::move(ticket_operation), ticket_detail);
}

}  // namespace onsale::shop
