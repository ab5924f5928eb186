// Changes: the way of a set-up or an addition from request to directory: check, record and intent
// in one transaction, command, outcome, the definition as the box office has it, directory, intent
// gone. One change of a session at a time. Everything but directory() runs on the records store's
// executor. After a crash: what stands in catalog_intents is submitted again by resume().
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/internal/table.h"

namespace onsale::catalog {

// A change under way.
struct Change {
    Intent intent;
    std::optional<SessionEntry> entry;  // of a set-up
    domain::AdditionId list;            // of an addition of codes; 0: none
    bool resumed = false;               // found in the records, nobody waits for it
    base::UniqueFunction<void(ChangeResult)> reply;
};
using SharedChange = std::shared_ptr<Change>;

class Changes : public std::enable_shared_from_this<Changes> {
  public:
    Changes(records::Store& store, vault::Vault& vault, shard::Engine& engine)
        : store_(store), vault_(vault), engine_(engine) {}

    // Before anything runs.
    sql::SqlResult<void> load(sql::Connection& connection);

    void set_up(sql::Connection& connection, SessionEntry entry, ChangeReply reply);
    void add_stock(sql::Connection& connection, const AddStockRequest& request, ChangeReply reply);
    // `done` gets how many intents came to an end.
    void resume(sql::Connection& connection, base::UniqueFunction<void(std::uint64_t)> done);

    [[nodiscard]] SharedDirectory directory() const;

  private:
    using Begun = sql::SqlResult<std::optional<ChangeResult>>;  // a result: the change ends here

    void begin(sql::Connection& connection, SharedChange change, const Begun& begun);
    Begun prepare_set_up(sql::Connection& connection, Change& change);
    Begun prepare_addition(sql::Connection& connection, Change& change,
                           const AddStockRequest& request);
    std::optional<ChangeResult> name_lists(sql::Connection& connection, SessionEntry& entry) const;
    Begun record(sql::Connection& connection, const Change& change);

    void submit(SharedChange change);
    void answered(SharedChange change, const shard::Answer& answer);
    void refresh(SharedChange change, ChangeKind kind);
    void finish(SharedChange change, std::shared_ptr<const domain::Session> definition);
    // Takes the records of a change back that the box office did not take.
    void withdraw(const Change& change);
    void end(Change& change, ChangeResult result);
    void show(SessionEntry entry, std::shared_ptr<const domain::Session> definition);
    void retry_later(SharedChange change);

    records::Store& store_;
    vault::Vault& vault_;
    shard::Engine& engine_;
    std::set<domain::SessionId> under_way_;

    mutable std::mutex mutex_;  // owns directory_
    SharedDirectory directory_ = std::make_shared<const Directory>();
};

}  // namespace onsale::catalog
