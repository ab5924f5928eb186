// Changes: the way of a change from request to directory: check, record and intent in one
// transaction, command, outcome, the definition as the box office has it, directory, intent gone.
// Texts that belong to the change wait in the intent, so they change together with the rules or not
// at all; a change of texts alone needs no command. One change of a session at a time. Everything
// but directory() runs on the records store's executor. After a crash: what stands in
// catalog_intents is submitted again by resume().
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/internal/table.h"
#include "env/clock.h"

namespace onsale::catalog {

// A change under way.
struct Change {
    Intent intent;
    std::optional<SessionEntry> entry;  // the session's texts as they are to be shown
    domain::AdditionId list;            // of an addition of codes; 0: none
    bool commanded = true;              // false: only texts change
    bool resumed = false;               // found in the records, nobody waits for it
    base::UniqueFunction<void(ChangeResult)> reply;
};
// What is to be set up, and whose lists of codes it may name.
struct SetUp {
    SessionEntry entry;
    vault::ListUser by;
};
using SharedChange = std::shared_ptr<Change>;

class Changes : public std::enable_shared_from_this<Changes> {
  public:
    struct Parts {
        records::Store& store;
        vault::Vault& vault;
        shard::Engine& engine;
        env::Clock& clock;
        std::shared_ptr<const Pictures> pictures;
    };
    explicit Changes(Parts parts) : parts_(std::move(parts)) {}

    // Before anything runs.
    sql::SqlResult<void> load(sql::Connection& connection);

    void set_up(sql::Connection& connection, SetUp set_up, ChangeReply reply);
    void add_stock(sql::Connection& connection, const AddStockRequest& request, ChangeReply reply);
    void edit(sql::Connection& connection, const SessionEdit& edit, ChangeReply reply);
    void edit(sql::Connection& connection, const TermsEdit& edit, ChangeReply reply);
    void edit(sql::Connection& connection, const TierEdit& edit, ChangeReply reply);
    void edit(sql::Connection& connection, const CampaignEdit& edit, ChangeReply reply);
    void add_campaign(sql::Connection& connection, const AddCampaignRequest& request,
                      ChangeReply reply);
    void cancel(sql::Connection& connection, domain::SessionId session, const Text& reason,
                ChangeReply reply);
    void remove(sql::Connection& connection, domain::SessionId session, ChangeReply reply);
    // Of records only.
    void put(sql::Connection& connection, OrganiserEntry organiser, ChangeReply reply);
    void put(sql::Connection& connection, ShowEntry show, ChangeReply reply);
    void put(sql::Connection& connection, Banners banners, ChangeReply reply);
    // `done` gets how many intents came to an end.
    void resume(sql::Connection& connection, base::UniqueFunction<void(std::uint64_t)> done);

    [[nodiscard]] SharedDirectory directory() const;

  private:
    using Begun = sql::SqlResult<std::optional<ChangeResult>>;  // a result: the change ends here

    void begin(sql::Connection& connection, SharedChange change, const Begun& begun);
    Begun prepare_set_up(sql::Connection& connection, Change& change, vault::ListUser by);
    Begun prepare_addition(sql::Connection& connection, Change& change,
                           const AddStockRequest& request);
    // edits.cc
    std::optional<ChangeResult> prepare(Change& change, const SessionEdit& edit) const;
    std::optional<ChangeResult> prepare(Change& change, const TermsEdit& edit) const;
    std::optional<ChangeResult> prepare(Change& change, const TierEdit& edit) const;
    std::optional<ChangeResult> prepare(Change& change, const CampaignEdit& edit) const;
    Begun prepare_campaign(sql::Connection& connection, Change& change,
                           const AddCampaignRequest& request) const;
    std::optional<ChangeResult> prepare_end(Change& change, RowTexts texts) const;
    std::optional<ChangeResult> unknown_picture(const std::string& name, std::string field) const;
    std::optional<ChangeResult> unknown_picture(const SessionEntry& entry) const;

    std::optional<ChangeResult> name_lists(sql::Connection& connection, SessionEntry& entry,
                                           vault::ListUser by) const;
    Begun record(sql::Connection& connection, const Change& change);
    sql::SqlResult<void> record_parts(sql::Connection& connection, const Change& change);

    void submit(SharedChange change);
    void answered(SharedChange change, const shard::Answer& answer);
    void refresh(SharedChange change, ChangeKind kind);
    struct Accepted {
        std::shared_ptr<const domain::Session> definition;
        domain::SessionStatus status;
    };
    void finish(SharedChange change, const Accepted& accepted);
    // Takes the records of a change back that the box office did not take; again and again, until
    // the records can be written.
    void withdraw(SharedChange change);
    sql::SqlResult<void> withdraw_parts(const Change& change);
    void tell(Change& change, ChangeResult result);
    void show(SessionEntry entry, const Accepted& accepted);
    void swap(const DirectoryChange& change);
    // As it is shown: with the present organiser and show, and with what a search looks through.
    [[nodiscard]] SharedSession linked(SessionEntry entry, const Heads& heads) const;
    void retry_later(SharedChange change);

    Parts parts_;
    std::set<domain::SessionId> under_way_;

    mutable std::mutex mutex_;  // owns directory_
    SharedDirectory directory_ = std::make_shared<const Directory>();
};

// Results that several files make.
[[nodiscard]] ChangeResult result_of(ChangeKind kind, domain::SessionId session);
[[nodiscard]] ChangeResult at_field(ChangeKind kind, std::string field, std::string message);
[[nodiscard]] ChangeResult refused(domain::Refusal refusal);
[[nodiscard]] ChangeResult trouble(const sql::SqlError& error);

}  // namespace onsale::catalog
