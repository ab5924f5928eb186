// The rows of webhooks: hooks with their sealed secrets, cursors, parked deliveries. Functions for
// the records store's executor; each write is one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sql/database.h"
#include "webhooks/hook.h"

namespace onsale::webhooks {

struct StoredHook {
    Hook hook;
    std::string sealed_secret;
    std::vector<Cursor> cursors;  // by shard
};

// A delivery that has failed too often: everything the hook wanted between two cursors.
struct Parked {
    DeliveryId id;
    HookId hook;
    domain::ShardId shard;
    Cursor from;
    Cursor until;
    std::uint32_t events = 0;
    std::uint16_t status = 0;  // of the last try; 0: no answer
    std::string error;
    base::Timestamp at;  // of the last try
};

struct HookColumns {
    std::optional<std::string> url;
    std::optional<EventSet> events;
    std::optional<HookState> state;
};

struct SavedCursor {
    domain::ShardId shard;
    Cursor cursor;
};

[[nodiscard]] sql::SqlResult<void> migrate_tables(sql::Connection& connection);
// Cursors that are not there stand at the beginning of `shards` shards.
[[nodiscard]] sql::SqlResult<std::vector<StoredHook>> read_hooks(sql::Connection& connection,
                                                                 std::uint16_t shards);
// The id that the next hook gets; never one that was used before.
[[nodiscard]] sql::SqlResult<HookId> insert_hook(sql::Connection& connection, const Hook& hook,
                                                 const std::vector<Cursor>& cursors);
[[nodiscard]] sql::SqlResult<void> set_secret(sql::Connection& connection, HookId hook,
                                              std::string_view sealed);
// Nothing is failing any more; columns that are not given stay.
[[nodiscard]] sql::SqlResult<void> change_hook(sql::Connection& connection, HookId hook,
                                               const HookColumns& columns);
// With the time since when it fails.
[[nodiscard]] sql::SqlResult<void> set_state(sql::Connection& connection, const Hook& hook);
[[nodiscard]] sql::SqlResult<void> set_failing_since(sql::Connection& connection, HookId hook,
                                                     base::Timestamp since);
[[nodiscard]] sql::SqlResult<void> delete_hook(sql::Connection& connection, HookId hook);
[[nodiscard]] sql::SqlResult<void> save_cursors(sql::Connection& connection, HookId hook,
                                                const std::vector<SavedCursor>& cursors);
[[nodiscard]] sql::SqlResult<void> insert_parked(sql::Connection& connection, const Parked& parked);
[[nodiscard]] sql::SqlResult<void> update_parked(sql::Connection& connection, const Parked& parked);
// The newest first, at most `max`.
[[nodiscard]] sql::SqlResult<std::vector<Parked>> read_parked(sql::Connection& connection,
                                                              HookId hook, std::size_t max);
[[nodiscard]] sql::SqlResult<std::int64_t> count_parked(sql::Connection& connection, HookId hook);
// True if it was there.
[[nodiscard]] sql::SqlResult<bool> delete_parked(sql::Connection& connection, HookId hook,
                                                 DeliveryId delivery);

}  // namespace onsale::webhooks
