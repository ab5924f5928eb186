// From the journal into the records.
#include <utility>

#include "notices/internal/impl.h"
#include "telemetry/log.h"

namespace onsale::notices {
namespace {

constexpr auto kLookAgainAfter = base::Duration::minutes(1);

}  // namespace

// A commit is told before its rows are there.
bool Notices::Impl::rows_are_behind() const {
    for (std::size_t i = 0; i < looked.size(); ++i) {
        const domain::ShardId shard(static_cast<std::uint16_t>(i));
        if (feed.committed(shard) > finder.projected(shard)) return true;
    }
    return false;
}

// One round over the shards, beginning where the last one ended. It stops where there is something
// to keep, and where enough waits.
bool Notices::Impl::look() {
    if (keeping || waiting.size() >= kWaitingMax || now() < look_after) return false;
    bool more = false;
    for (std::size_t i = 0; i < looked.size(); ++i) {
        const std::size_t place = (next_shard + i) % looked.size();
        const domain::ShardId shard(static_cast<std::uint16_t>(place));
        auto found = finder.find(shard, looked[place], kWaitingMax - waiting.size());
        if (!found) {
            telemetry::log_error("notices", "the journal waits: " + found.error().message);
            look_after = now() + kLookAgainAfter;
            pump_after(kLookAgainAfter);
            return false;
        }
        looked[place] = found->looked;
        more = more || found->more;
        if (found->notices.empty()) continue;
        next_shard = (place + 1) % looked.size();
        keep(std::move(found->notices));
        return false;
    }
    save_quiet();
    return more;
}

std::vector<Looked> Notices::Impl::moved() const {
    std::vector<Looked> all;
    for (std::size_t i = 0; i < looked.size(); ++i) {
        if (looked[i] != saved[i])
            all.push_back({domain::ShardId(static_cast<std::uint16_t>(i)), looked[i]});
    }
    return all;
}

void Notices::Impl::keep(std::vector<Notice> notices) {
    keeping = true;
    const auto shared = std::make_shared<const std::vector<Notice>>(std::move(notices));
    const auto places = moved();
    saved = looked;
    persist(
        [shared, places](sql::Connection& connection) -> sql::SqlResult<void> {
            ONSALE_TRY(insert_waiting(connection, *shared));
            return save_looked(connection, places);
        },
        [this, shared] {
            keeping = false;
            for (const auto& notice : *shared) waiting.emplace(notice.key, Waiting{notice, 0, {}});
            pump_later();
        });
}

// Batches without a notice are not looked through again after a restart.
void Notices::Impl::save_quiet() {
    std::uint64_t unsaved = 0;
    for (std::size_t i = 0; i < looked.size(); ++i) unsaved += looked[i] - saved[i];
    if (unsaved < kUnsavedBatchesMax) return;
    const auto places = moved();
    saved = looked;
    persist([places](sql::Connection& connection) { return save_looked(connection, places); },
            [] {});
}

}  // namespace onsale::notices
