#include "catalog/preview.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "catalog/internal/changes.h"
#include "catalog/internal/check.h"
#include "catalog/internal/table.h"

namespace onsale::catalog {
namespace {

using sql::SqlResult;

// As the vault will complete the pools of codes once their lists are sealed.
void name_lists(SessionEntry& entry, const std::vector<domain::Addition>& lists) {
    auto definition = std::make_shared<domain::Session>(*entry.definition);
    for (auto& pool : definition->pools) {
        if (pool.kind != domain::PoolKind::codes) continue;
        const auto found = std::find_if(
            lists.begin(), lists.end(),
            [&](const domain::Addition& list) { return list.id == pool.additions.front().id; });
        if (found != lists.end()) pool.additions.front() = *found;
    }
    entry.definition = std::move(definition);
}

SqlResult<ChangeResult> preview(sql::Connection& connection, const PlannedSetUp& planned) {
    auto entry = check_definition(planned.definition);
    if (!entry) {
        return at_field(ChangeKind::invalid, entry.error().field, entry.error().message);
    }
    name_lists(*entry, planned.lists);
    const auto session = entry->definition->id;
    ONSALE_TRY_ASSIGN(stored, find_session(connection, session));
    if (!stored) {
        ONSALE_TRY_ASSIGN(conflict, find_conflict(connection, *entry));
        if (!conflict) return result_of(ChangeKind::accepted, session);
        return at_field(ChangeKind::conflict, conflict->field, conflict->message);
    }
    if (stored->entry.removed) {
        return at_field(ChangeKind::conflict, "session.id", "this session was removed");
    }
    if (!is_same(*stored, *entry)) {
        return at_field(ChangeKind::conflict, "session.id",
                        "this session was set up with other content");
    }
    return result_of(stored->accepted ? ChangeKind::unchanged : ChangeKind::accepted, session);
}

}  // namespace

void preview_sessions(records::Store& store, std::vector<PlannedSetUp> planned, env::Executor& home,
                      PreviewReply reply) {
    ChangeResult busy;
    busy.kind = ChangeKind::busy;
    std::vector<ChangeResult> when_full(planned.size(), busy);
    store.ask<std::vector<ChangeResult>>(
        home,
        [planned = std::move(planned)](sql::Connection& connection) {
            std::vector<ChangeResult> results;
            results.reserve(planned.size());
            for (const auto& one : planned) {
                auto result = preview(connection, one);
                results.push_back(result ? std::move(*result) : trouble(result.error()));
            }
            return results;
        },
        std::move(reply), std::move(when_full));
}

}  // namespace onsale::catalog
