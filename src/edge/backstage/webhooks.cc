// /api/v1/webhooks: an organiser's own systems that are told what happens. A hook is its
// organiser's; its secret is shown once.
#include <utility>

#include "backstage/internal/resources.h"
#include "gate/api.h"
#include "gate/ownership.h"
#include "telemetry/log.h"
#include "webhooks/webhooks.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
namespace {

using webhooks::HookId;

struct HookBody {
    std::uint64_t id = 0;
    std::uint64_t organiser = 0;
    std::string url;
    std::vector<std::string> events;
    std::string state;  // on, off; failing: switched off by the server
    std::string created_at;
    std::optional<std::string> failing_since;
    std::optional<std::string> secret;  // only in the answer that creates it
};
BOOST_DESCRIBE_STRUCT(HookBody, (),
                      (id, organiser, url, events, state, created_at, failing_since, secret))
struct HooksBody {
    std::vector<HookBody> webhooks;
};
BOOST_DESCRIBE_STRUCT(HooksBody, (), (webhooks))
struct NewHookBody {
    std::uint64_t organiser = 0;
    std::string url;
    std::vector<std::string> events;
};
BOOST_DESCRIBE_STRUCT(NewHookBody, (), (organiser, url, events))
struct HookChangeBody {
    std::optional<std::string> url;
    std::optional<std::vector<std::string>> events;
    std::optional<bool> on;
};
BOOST_DESCRIBE_STRUCT(HookChangeBody, (), (url, events, on))
struct ReportBody {
    std::uint16_t status = 0;  // 0: no answer
    std::int64_t milliseconds = 0;
    std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(ReportBody, (), (status, milliseconds, error))
struct RecentBody {
    std::string event;  // id of the first one
    std::string at;
    std::uint32_t events = 0;
    std::uint32_t attempt = 0;
    std::uint16_t status = 0;
    std::int64_t milliseconds = 0;
    std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(RecentBody, (), (event, at, events, attempt, status, milliseconds, error))
struct ParkedBody {
    std::uint64_t id = 0;
    std::uint32_t shard = 0;
    std::uint64_t from = 0;  // sequence in the journal of the shard
    std::uint64_t until = 0;
    std::uint32_t events = 0;
    std::uint16_t status = 0;
    std::string error;
    std::string at;
};
BOOST_DESCRIBE_STRUCT(ParkedBody, (), (id, shard, from, until, events, status, error, at))
struct DeliveriesBody {
    std::vector<RecentBody> recent;
    std::vector<ParkedBody> parked;
};
BOOST_DESCRIBE_STRUCT(DeliveriesBody, (), (recent, parked))

HookBody body_of(const webhooks::Hook& hook) {
    HookBody body;
    body.id = hook.id.value();
    body.organiser = hook.organiser.value();
    body.url = hook.url;
    for (const auto kind : webhooks::kEventKinds) {
        if (hook.events.holds(kind)) body.events.emplace_back(to_string(kind));
    }
    body.state = to_string(hook.state);
    body.created_at = base::to_rfc3339(hook.created_at);
    if (hook.failing_since != base::Timestamp())
        body.failing_since = base::to_rfc3339(hook.failing_since);
    return body;
}

std::optional<std::string> text_or_nothing(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

ReportBody body_of(const webhooks::CallReport& report) {
    return {report.status, report.milliseconds, text_or_nothing(report.error)};
}

DeliveriesBody body_of(const webhooks::Deliveries& deliveries) {
    DeliveriesBody body;
    for (const auto& one : deliveries.recent) {
        body.recent.push_back({one.first_id, base::to_rfc3339(one.at), one.events, one.attempt,
                               one.report.status, one.report.milliseconds,
                               text_or_nothing(one.report.error)});
    }
    for (const auto& one : deliveries.parked) {
        body.parked.push_back({one.id.value(), one.shard.value(), one.from.sequence,
                               one.until.sequence, one.events, one.status, one.error,
                               base::to_rfc3339(one.at)});
    }
    return body;
}

void fail_hook(Call& call, const webhooks::HookError& error) {
    using enum webhooks::HookRefusal;
    switch (error.refusal) {
        case hook_unknown:
            return call.fail(Code::webhook_unknown);
        case delivery_unknown:
            return call.fail(Code::delivery_unknown);
        case url_invalid:
            return call.fail_field("url", error.message);
        case events_missing:
            return call.fail_field("events", "is empty");
        case too_many_hooks:
            return call.fail(Code::too_many_webhooks);
        case busy:
            return call.fail(Code::busy);
        case storage_full:
            return call.fail(Code::storage_full);
        case failed:
            break;
    }
    telemetry::log_error("api", "webhooks: " + error.message);
    call.fail(Code::internal_error);
}

// Nothing, and the call is answered, when one of them is no event.
std::optional<webhooks::EventSet> events_of(Call& call, const std::vector<std::string>& names) {
    webhooks::EventSet events;
    for (const auto& name : names) {
        const auto kind = webhooks::parse_event(name);
        if (!kind) {
            call.fail_field("events", "has an event that there is not: " + name);
            return std::nullopt;
        }
        events.add(*kind);
    }
    return events;
}

// The hook of the path, if the caller acts for its organiser; else the call is answered.
std::optional<HookId> hook_of(Call& call) {
    const auto id = parse_id(call.request.parameters[0]);
    const auto owner = id ? call.api.context.webhooks.organiser_of(HookId(*id)) : std::nullopt;
    if (owner && may_act_for(call, owner->value())) return HookId(*id);
    call.fail(owner ? Code::not_your_organiser : Code::webhook_unknown);
    return std::nullopt;
}

void list(Call call) {
    auto& service = call.api.context.webhooks;
    env::Executor& home = call.home();
    service.list(home, [call = std::move(call)](const std::vector<webhooks::Hook>& hooks) mutable {
        HooksBody body;
        for (const auto& hook : hooks) {
            if (may_act_for(call, hook.organiser.value())) body.webhooks.push_back(body_of(hook));
        }
        call.send(200, http::to_json(body));
    });
}

void add(Call call) {
    auto body = http::parse_body<NewHookBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const catalog::OrganiserId organiser(body->organiser);
    if (!call.api.context.catalog.directory()->find_organiser(organiser))
        return call.fail(Code::organiser_unknown);
    if (!may_act_for(call, body->organiser)) return call.fail(Code::not_your_organiser);
    const auto events = events_of(call, body->events);
    if (!events) return;
    auto& service = call.api.context.webhooks;
    env::Executor& home = call.home();
    service.add(
        {organiser, std::move(body->url), *events}, home,
        [call = std::move(call)](const webhooks::HookResult<webhooks::AddedHook>& added) mutable {
            if (!added) return fail_hook(call, added.error());
            auto hook = body_of(added->hook);
            hook.secret = added->secret;
            call.send(201, http::to_json(hook));
        });
}

void change(Call call) {
    const auto id = hook_of(call);
    if (!id) return;
    auto body = http::parse_body<HookChangeBody>(call.request.body);
    if (!body) return call.fail(body.error());
    webhooks::HookChange wanted{std::move(body->url), std::nullopt, body->on};
    if (body->events) {
        wanted.events = events_of(call, *body->events);
        if (!wanted.events) return;
    }
    auto& service = call.api.context.webhooks;
    env::Executor& home = call.home();
    service.change(
        *id, std::move(wanted), home,
        [call = std::move(call)](const webhooks::HookResult<webhooks::Hook>& changed) mutable {
            if (!changed) return fail_hook(call, changed.error());
            call.send(200, http::to_json(body_of(*changed)));
        });
}

webhooks::Webhooks::Reply<webhooks::HookResult<void>> answer_nothing(Call call) {
    return [call = std::move(call)](const webhooks::HookResult<void>& done) mutable {
        if (!done) return fail_hook(call, done.error());
        call.send(204, {});
    };
}

webhooks::Webhooks::Reply<webhooks::HookResult<webhooks::CallReport>> answer_report(Call call) {
    return
        [call = std::move(call)](const webhooks::HookResult<webhooks::CallReport>& report) mutable {
            if (!report) return fail_hook(call, report.error());
            call.send(200, http::to_json(body_of(*report)));
        };
}

void remove(Call call) {
    const auto id = hook_of(call);
    if (!id) return;
    auto& service = call.api.context.webhooks;
    env::Executor& home = call.home();
    service.remove(*id, home, answer_nothing(std::move(call)));
}

void test(Call call) {
    const auto id = hook_of(call);
    if (!id) return;
    auto& service = call.api.context.webhooks;
    env::Executor& home = call.home();
    service.test(*id, home, answer_report(std::move(call)));
}

void deliveries(Call call) {
    const auto id = hook_of(call);
    if (!id) return;
    auto& service = call.api.context.webhooks;
    env::Executor& home = call.home();
    service.deliveries(
        *id, home,
        [call = std::move(call)](const webhooks::HookResult<webhooks::Deliveries>& found) mutable {
            if (!found) return fail_hook(call, found.error());
            call.send(200, http::to_json(body_of(*found)));
        });
}

void retry(Call call) {
    const auto id = hook_of(call);
    if (!id) return;
    const auto delivery = parse_id(call.request.parameters[1]);
    if (!delivery) return call.fail(Code::delivery_unknown);
    auto& service = call.api.context.webhooks;
    env::Executor& home = call.home();
    service.retry(*id, webhooks::DeliveryId(*delivery), home, answer_report(std::move(call)));
}

void drop(Call call) {
    const auto id = hook_of(call);
    if (!id) return;
    const auto delivery = parse_id(call.request.parameters[1]);
    if (!delivery) return call.fail(Code::delivery_unknown);
    auto& service = call.api.context.webhooks;
    env::Executor& home = call.home();
    service.drop(*id, webhooks::DeliveryId(*delivery), home, answer_nothing(std::move(call)));
}

// Of a hook; with `delivery`: of one of its deliveries.
http::Operation operation_of(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "webhooks";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"webhook", "Number of the webhook", true, R"({"type":"integer","format":"int64"})"}};
    operation.success_status = response_schema.empty() ? 204 : 200;
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"webhook_unknown", "not_your_organiser", "invalid_field", "busy",
                        "storage_full"};
    return operation;
}

http::Operation delivery_operation(std::string id, std::string summary,
                                   std::string response_schema) {
    auto operation = operation_of(std::move(id), std::move(summary), std::move(response_schema));
    operation.path_parameters.push_back(
        {"delivery", "Number of the delivery", true, R"({"type":"integer","format":"int64"})"});
    operation.errors.push_back("delivery_unknown");
    return operation;
}

void add_delivery_routes(http::Router& router, const SharedApi& api) {
    add_route(router, api, RouteId::list_deliveries,
              operation_of("listDeliveries", "Recent and parked deliveries of a webhook",
                           http::schema_of<DeliveriesBody>()),
              deliveries);
    add_route(router, api, RouteId::retry_delivery,
              delivery_operation("retryDelivery", "Send a parked delivery again",
                                 http::schema_of<ReportBody>()),
              retry);
    add_route(router, api, RouteId::drop_delivery,
              delivery_operation("dropDelivery", "Give a parked delivery up", {}), drop);
}

}  // namespace

void add_webhook_routes(http::Router& router, const SharedApi& api) {
    auto list_operation =
        operation_of("listWebhooks", "Webhooks of one's organisers", http::schema_of<HooksBody>());
    list_operation.path_parameters.clear();
    add_route(router, api, RouteId::list_webhooks, std::move(list_operation), list);

    auto add_operation = operation_of("addWebhook", "Tell an address what happens from now on",
                                      http::schema_of<HookBody>());
    add_operation.description =
        "Calls are POSTs of a JSON array of events, signed with the secret that this answer shows: "
        "Onsale-Signature is t=<seconds>,v1=<HMAC-SHA256 of \"<seconds>.<body>\" in hex>. An event "
        "may come twice; its id says so. docs/formats/webhooks.md has the events.";
    add_operation.path_parameters.clear();
    add_operation.request_schema_json = http::schema_of<NewHookBody>();
    add_operation.success_status = 201;
    add_operation.errors.insert(add_operation.errors.end(),
                                {"organiser_unknown", "too_many_webhooks"});
    add_route(router, api, RouteId::add_webhook, std::move(add_operation), add);

    auto change_operation = operation_of(
        "changeWebhook", "Change a webhook, or switch it on or off", http::schema_of<HookBody>());
    change_operation.request_schema_json = http::schema_of<HookChangeBody>();
    add_route(router, api, RouteId::change_webhook, std::move(change_operation), change);
    add_route(router, api, RouteId::remove_webhook,
              operation_of("removeWebhook", "Remove a webhook", {}), remove);
    add_route(router, api, RouteId::test_webhook,
              operation_of("testWebhook", "Call it once with an event of the type test",
                           http::schema_of<ReportBody>()),
              test);
    add_delivery_routes(router, api);
}

}  // namespace onsale::backstage
