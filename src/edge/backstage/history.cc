// /api/v1/sessions/{session}/history: stock and orders of a session as of any moment, replayed from
// the journal.
#include <algorithm>
#include <utility>
#include <variant>

#include "backstage/internal/resources.h"
#include "gate/api.h"
#include "replay/history.h"
#include "shop/explain_body.h"
#include "shop/past.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using shop::PositionBody;
namespace {

struct OrderCountsBody {
    std::uint64_t reserved = 0;
    std::uint64_t completed = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t expired = 0;
    std::uint64_t refunded = 0;
};
BOOST_DESCRIBE_STRUCT(OrderCountsBody, (), (reserved, completed, cancelled, expired, refunded))
struct PoolAtBody {
    std::uint64_t pool = 0;
    std::string kind;
    std::uint64_t capacity = 0;
    std::uint64_t free = 0;
    std::uint64_t held = 0;
    std::uint64_t sold = 0;
    std::uint64_t withdrawn = 0;
};
BOOST_DESCRIBE_STRUCT(PoolAtBody, (), (pool, kind, capacity, free, held, sold, withdrawn))
struct ThenBody {
    PositionBody position;  // the last one that is not after what was asked for
    bool known = false;     // false: the session was not set up yet
    bool cancelled = false;
    bool retired = false;
    std::vector<PoolAtBody> pools;
    OrderCountsBody orders;
};
BOOST_DESCRIBE_STRUCT(ThenBody, (), (position, known, cancelled, retired, pools, orders))
// Sums over all pools.
struct HistoryPointBody {
    std::uint64_t sequence = 0;
    std::string at;
    std::uint64_t free = 0;
    std::uint64_t held = 0;
    std::uint64_t sold = 0;
    std::uint64_t withdrawn = 0;
    std::uint64_t reserved = 0;
    std::uint64_t completed = 0;
    std::uint64_t ended = 0;  // cancelled, expired, refunded
};
BOOST_DESCRIBE_STRUCT(HistoryPointBody, (),
                      (sequence, at, free, held, sold, withdrawn, reserved, completed, ended))
struct HistoryBody {
    std::uint64_t session = 0;
    ThenBody then;
    // Without `at` only: from the set-up to the last change; empty: nothing has happened yet.
    std::vector<HistoryPointBody> points;
    bool complete = true;  // false: the points begin later, since the start is too far back
};
BOOST_DESCRIBE_STRUCT(HistoryBody, (), (session, then, points, complete))

OrderCountsBody counts_body(const replay::OrderCounts& counts) {
    return {counts.reserved, counts.completed, counts.cancelled, counts.expired, counts.refunded};
}

ThenBody then_body(domain::ShardId shard, const replay::SessionThen& then) {
    ThenBody body;
    body.position = {shard.value(), then.place.sequence, base::to_rfc3339(then.place.at)};
    body.known = then.known;
    body.cancelled = then.status.cancelled;
    body.retired = then.status.retired;
    for (const auto& pool : then.pools) {
        const auto& count = pool.count;
        body.pools.push_back({pool.pool.value(),
                              pool.kind == domain::PoolKind::codes ? "codes" : "count",
                              count.capacity, count.free, count.held, count.sold, count.withdrawn});
    }
    body.orders = counts_body(then.orders);
    return body;
}

HistoryPointBody point_body(const replay::HistoryPoint& point) {
    const auto& orders = point.orders;
    return {point.place.sequence,
            base::to_rfc3339(point.place.at),
            point.stock.free,
            point.stock.held,
            point.stock.sold,
            point.stock.withdrawn,
            orders.reserved,
            orders.completed,
            orders.cancelled + orders.expired + orders.refunded};
}

// What `at` says: a position, a time, or nothing at all.
using Moment = std::variant<std::monostate, std::uint64_t, base::Timestamp>;

std::optional<Moment> moment_of(Call& call) {
    const auto text = call.request.query_value("at");
    if (!text || text->empty()) return Moment{};
    if (*text == "0") return Moment{std::uint64_t{0}};
    if (const auto position = parse_id(*text)) return Moment{*position};
    if (const auto time = base::parse_rfc3339(*text)) return Moment{*time};
    call.fail_field("at", "is neither a position nor a time like 2026-11-20T20:00:00+08:00");
    return std::nullopt;
}

struct Found {
    replay::SessionThen then;
    replay::SessionHistory history;
};

replay::ReplayResult<Found> look(replay::Replayer& replayer, domain::SessionId session,
                                 domain::ShardId shard, const Moment& moment) {
    Found found;
    std::uint64_t sequence = 0;
    if (const auto* position = std::get_if<std::uint64_t>(&moment)) {
        sequence = *position;
    } else if (const auto* time = std::get_if<base::Timestamp>(&moment)) {
        ONSALE_TRY_ASSIGN(place, replayer.place_at(shard, *time));
        sequence = place.sequence;
    } else {
        ONSALE_TRY_ASSIGN(history, replay::session_history(replayer, shard, session));
        sequence = history.last.sequence;
        found.history = std::move(history);
    }
    ONSALE_TRY_ASSIGN(past, replayer.at(shard, sequence));
    found.then = replay::session_then(*past, session);
    return found;
}

void get(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::session_unknown);
    const auto moment = moment_of(call);
    if (!moment) return;
    const domain::SessionId session(*id);
    const domain::ShardId shard = call.api.context.engine.shard_of(session);
    shop::ask_past(
        std::move(call), std::nullopt,
        [session, shard, moment = *moment](replay::Replayer& replayer) {
            return look(replayer, session, shard, moment);
        },
        [session, shard](Call answered, const Found& found) {
            HistoryBody body;
            body.session = session.value();
            body.then = then_body(shard, found.then);
            for (const auto& point : found.history.points) body.points.push_back(point_body(point));
            body.complete = found.history.complete;
            answered.send(200, http::to_json(body));
        });
}

}  // namespace

void add_history_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "getSessionHistory";
    operation.tag = "sessions";
    operation.summary = "Stock and orders of a session as of a moment";
    operation.description =
        "Replayed from the journal. Without `at`: the newest state, and the points between which "
        "something changed, thinned to about 200. 503 when too many ask.";
    operation.path_parameters = {
        {"session", "Number of the session", true, R"({"type":"integer","format":"int64"})"}};
    operation.query_parameters = {
        {"at", "A time (RFC 3339) or a position of the session's shard", false}};
    operation.response_schema_json = http::schema_of<HistoryBody>();
    operation.errors = {
        "session_unknown", "position_unknown", "too_far_back", "invalid_field", "busy", "stopping"};
    add_route(router, api, RouteId::get_session_history, std::move(operation), get);
}

}  // namespace onsale::backstage
