// The state of a registry. `table` and `in_use` belong to the records store's executor, which is
// the only one that changes parties and keys, so that memory and rows change in the same order; all
// else is thread-safe. After a crash it is made again from the records.
#pragma once

#include <atomic>
#include <map>
#include <set>

#include "registry/internal/shared.h"
#include "registry/internal/table.h"
#include "registry/registry.h"

namespace onsale::registry {

struct Registry::Impl : std::enable_shared_from_this<Registry::Impl> {
    Impl(RegistryParts parts, RegistryOptions o);

    [[nodiscard]] base::Result<void, std::string> open();

    // On the store's executor.
    [[nodiscard]] RegistryResult<PutParty> put(sql::Connection& connection, const PartyWish& wish);
    [[nodiscard]] RegistryResult<Credentials> rotate(sql::Connection& connection, PartyId party,
                                                     base::Duration grace);
    [[nodiscard]] KeyPair new_pair(std::uint32_t generation);
    [[nodiscard]] crypto::CallKey new_key();
    [[nodiscard]] RegistryResult<void> write(sql::Connection& connection,
                                             const StoredParty& stored);

    // watch.cc: once a second while there are instances: gauges, and a line in the log when one
    // comes or goes.
    void watch_soon();
    void watch();
    void compare(const PartyView& view);

    records::Store& store;
    env::Environment& environment;
    const RegistryOptions options;
    const std::shared_ptr<Shared> shared;
    Table table;
    std::atomic<bool> watching = false;
    std::map<PartyId, std::set<std::string>> in_use;  // as the log has been told
};

}  // namespace onsale::registry
