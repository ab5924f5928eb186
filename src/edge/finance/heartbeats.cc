// /api/v1/registry/heartbeats: programs of other companies say that they are there.
#include <utility>

#include "finance/internal/resources.h"
#include "finance/internal/signed_request.h"
#include "gate/api.h"
#include "registry/registry.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct HeartbeatBody {
    std::string kind;  // bank, supplier
    std::uint64_t party = 0;
    std::string instance;
    std::string url;
    std::optional<std::string> public_url;
    std::vector<std::string> ways;
    std::optional<bool> serving;  // true when absent
};
BOOST_DESCRIBE_STRUCT(HeartbeatBody, (), (kind, party, instance, url, public_url, ways, serving))
struct TakenBody {
    std::int64_t pause_ms = 0;     // until the next one
    std::int64_t lifetime_ms = 0;  // without one, the instance is out
};
BOOST_DESCRIBE_STRUCT(TakenBody, (), (pause_ms, lifetime_ms))

void fail_beat(Call& call, registry::BeatRefusal refusal) {
    using enum registry::BeatRefusal;
    switch (refusal) {
        case wrong_party:
            return refuse_signature(call, "wrong_party");
        case instance_invalid:
            return call.fail_field("instance", "is not 1 to 64 letters, digits, - _ or .");
        case url_invalid:
            return call.fail_field("url", "is not an origin that this site may call");
        case public_url_invalid:
            return call.fail_field("public_url", "is not an origin that browsers may be sent to");
        case ways_invalid:
            return call.fail_field("ways", "is not at most 8 words of 1 to 32 characters");
        case too_many_instances:
            break;
    }
    call.fail(Code::too_many_instances);
}

void take(Call call) {
    const auto by = signed_by(call);
    if (!by) return;
    auto body = http::parse_body<HeartbeatBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const auto kind = registry::parse_kind(body->kind);
    if (!kind) return call.fail_field("kind", "is neither bank nor supplier");
    registry::Heartbeat said;
    said.party = {*kind, registry::PartyNumber(body->party)};
    said.instance = std::move(body->instance);
    said.url = std::move(body->url);
    said.public_url = body->public_url.value_or("");
    said.ways = std::move(body->ways);
    said.serving = body->serving.value_or(true);
    const auto taken = call.api.context.registry.beat(*by, said);
    if (!taken) return fail_beat(call, taken.error());
    call.send(200, http::to_json(TakenBody{registry::kBeatPause.count_ms(),
                                           registry::kBeatLifetime.count_ms()}));
}

}  // namespace

void add_heartbeat_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "sendHeartbeat";
    operation.tag = "registry";
    operation.summary = "An instance of a bank's or supplier's program is there";
    operation.description =
        "Sent every second; it registers the instance. Without one for 2.5 s the instance gets no "
        "calls, until the next. `serving` false, at a clean stop, takes it out at once.";
    operation.request_schema_json = http::schema_of<HeartbeatBody>();
    operation.response_schema_json = http::schema_of<TakenBody>();
    operation.errors = {"invalid_field", "too_many_instances"};
    describe_signature(operation);
    add_route(router, api, RouteId::heartbeat, std::move(operation), take);
}

}  // namespace onsale::finance
