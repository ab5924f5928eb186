// /api/v1/stock: the operator's view of stock, from the box office, and every change of it, from
// the projection's rows. For staff.
#include <utility>

#include "backstage/internal/resources.h"
#include "boxoffice/box_office.h"
#include "gate/api.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
namespace {

constexpr std::uint64_t kChangesDefault = 100;

struct PoolBody {
    std::uint64_t pool = 0;
    std::string kind;
    std::uint64_t capacity = 0;
    std::uint64_t free = 0;
    std::uint64_t held = 0;
    std::uint64_t sold = 0;
    std::uint64_t withdrawn = 0;
};
BOOST_DESCRIBE_STRUCT(PoolBody, (), (pool, kind, capacity, free, held, sold, withdrawn))
struct PoolsBody {
    std::vector<PoolBody> pools;
};
BOOST_DESCRIBE_STRUCT(PoolsBody, (), (pools))
struct ChangeBody {
    std::string cursor;
    std::string at;
    std::uint64_t pool = 0;
    std::string kind;  // added, withdrawn, held, sold, cancelled, expired
    std::uint64_t quantity = 0;
    std::optional<std::uint64_t> order;
};
BOOST_DESCRIBE_STRUCT(ChangeBody, (), (cursor, at, pool, kind, quantity, order))
struct ChangesBody {
    std::vector<ChangeBody> changes;
    std::optional<std::string> next;  // `after` of the next page; absent: nothing more for now
};
BOOST_DESCRIBE_STRUCT(ChangesBody, (), (changes, next))

std::string kind_name(domain::PoolKind kind) {
    switch (kind) {
        case domain::PoolKind::count:
            return "count";
        case domain::PoolKind::codes:
            return "codes";
    }
    return {};
}

// Of any pools that have id, kind and count: the box office's or the projection's.
template <class Pools>
void send_pools(Call call, const Pools& pools) {
    PoolsBody body;
    for (const auto& pool : pools) {
        body.pools.push_back({pool.pool.value(), kind_name(pool.kind), pool.count.capacity,
                              pool.count.free, pool.count.held, pool.count.sold,
                              pool.count.withdrawn});
    }
    call.send(200, http::to_json(body));
}

// The rows of a session that memory has let go of.
void retired_pools(Call call, domain::SessionId session) {
    auto& reader = call.api.context.stock_reader;
    env::Executor& home = call.home();
    reader.pools(session, home,
                 [call = std::move(call)](const stock::StockReader::Pools& rows) mutable {
                     if (!rows) return call.fail(rows.error());
                     if (rows->empty()) return call.fail(Code::session_unknown);
                     send_pools(std::move(call), *rows);
                 });
}

// From the box office's memory, so that it shows every order that was answered before.
void pools(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::session_unknown);
    const domain::SessionId session(*id);
    auto& engine = call.api.context.engine;
    env::Executor& home = call.home();
    const auto owed = std::make_shared<Call>(std::move(call));
    engine.read(engine.shard_of(session), home,
                [session, owed](const boxoffice::BoxOffice& memory, base::Timestamp) {
                    return env::Task([session, owed, pools = memory.stock_of(session)] {
                        if (pools.empty()) return retired_pools(std::move(*owed), session);
                        send_pools(std::move(*owed), pools);
                    });
                });
}

ChangesBody changes_body(const std::vector<stock::ChangeRow>& rows, std::uint64_t limit) {
    ChangesBody body;
    for (const auto& row : rows) {
        ChangeBody change{stock::to_text(row.cursor),
                          base::to_rfc3339(row.at),
                          row.pool.value(),
                          std::string(to_string(row.kind)),
                          row.quantity,
                          std::nullopt};
        if (row.order != domain::OrderId{}) change.order = row.order.value();
        body.changes.push_back(std::move(change));
    }
    if (rows.size() == limit) body.next = body.changes.back().cursor;
    return body;
}

void changes(Call call) {
    const auto session = parse_id(call.request.parameters[0]);
    if (!session) return call.fail(Code::session_unknown);
    const auto limit = number_query(call, {"limit", kChangesDefault, 1, stock::kChangesPerPageMax});
    if (!limit) return;
    stock::ChangeCursor after;
    if (const auto text = call.request.query_value("after")) {
        const auto cursor = stock::parse_cursor(*text);
        if (!cursor) return call.fail_field("after", "is not a cursor of a former page");
        after = *cursor;
    }
    auto& reader = call.api.context.stock_reader;
    env::Executor& home = call.home();
    reader.changes(
        domain::SessionId(*session), after, *limit, home,
        [call = std::move(call), max = *limit](const stock::StockReader::Changes& rows) mutable {
            if (!rows) return call.fail(rows.error());
            call.send(200, http::to_json(changes_body(*rows, max)));
        });
}

http::Operation stock_operation(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "stock";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"session", "Number of the session", true, R"({"type":"integer","format":"int64"})"}};
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"staff_only", "session_unknown", "invalid_field", "busy"};
    return operation;
}

}  // namespace

void add_stock_routes(http::Router& router, const SharedApi& api) {
    auto changes_operation =
        stock_operation("listStockChanges", "Every change of a session's stock, the oldest first",
                        http::schema_of<ChangesBody>());
    changes_operation.query_parameters = {
        {"after", "`next` of the former page", false},
        {"limit", "1 to 1000, 100 when absent", false, R"({"type":"integer"})"}};
    add_route(
        router, api, RouteId::get_stock,
        stock_operation("getStock", "The stock of a session's pools", http::schema_of<PoolsBody>()),
        pools);
    add_route(router, api, RouteId::list_stock_changes, std::move(changes_operation), changes);
}

}  // namespace onsale::backstage
