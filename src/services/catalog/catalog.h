// Catalog: what the site offers, and how it gets there. A definition is checked, written to the
// records together with an intent row in one transaction, sent to the box office as a command, and
// shown (the directory is swapped) when that command's facts are committed; then the intent goes.
// Any thread may call it; its own state lives on the records store's executor.
// INVARIANT: what a rule reads is shown only as the box office has it.
// After a crash: an intent that is left is submitted again by resume_intents(), which is harmless
// to repeat.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/unique_function.h"
#include "catalog/definition.h"
#include "catalog/directory.h"
#include "catalog/pictures.h"
#include "domain/outcome.h"
#include "env/clock.h"
#include "env/executor.h"
#include "records/store.h"
#include "shard/engine.h"
#include "vault/vault.h"

namespace onsale::catalog {

enum class ChangeKind : std::uint8_t {
    accepted,
    unchanged,     // the same definition or addition was there already
    invalid,       // `field` and `message` say where and why; nothing has changed
    conflict,      // an id is taken by other content; `field` says which
    refused,       // the box office said no: `refusal`
    busy,          // nothing has changed; try again shortly
    storage_full,  // nothing has changed
    stopping,      // the process is about to end
    failed,        // the records cannot be written; `message`
};

struct ChangeResult {
    ChangeKind kind = ChangeKind::failed;
    std::string field;    // "campaigns[0].closes_at"
    std::string message;  // an English sentence
    domain::SessionId session;
    domain::Refusal refusal = domain::Refusal::none;
    domain::Explanation explanation;  // of a refusal: for example, how much is free
};
using ChangeReply = base::UniqueFunction<void(ChangeResult)>;

// More stock: a number of tickets under the operator's own id, or a sealed list of codes (its id is
// the list).
struct AddStockRequest {
    domain::SessionId session;
    domain::PoolId pool;
    std::uint64_t addition = 0;  // of a number; not used for a list
    std::uint64_t count = 0;
    std::uint64_t list = 0;  // of codes; 0: a number
    vault::ListUser by;
};
struct WithdrawStockRequest {
    domain::SessionId session;
    domain::PoolId pool;
    std::uint64_t count = 0;
    std::uint64_t withdrawal = 0;  // the operator's own id: with one, repeating changes nothing
};
struct AddCampaignRequest {
    domain::SessionId session;
    CampaignDefinition campaign;
};

class Catalog {
  public:
    // Migrates the tables and makes the directory: call it before anything was posted to the store.
    static sql::SqlResult<std::unique_ptr<Catalog>> create(records::Store& store,
                                                           vault::Vault& vault,
                                                           shard::Engine& engine,
                                                           env::Clock& clock);
    ~Catalog();
    Catalog(const Catalog&) = delete;
    Catalog& operator=(const Catalog&) = delete;

    // Submits what a former process left unfinished; `done` runs on `home` with how many intents
    // came to an end. What the engine is too busy for is tried again every second. Then what the
    // records call accepted and the box office does not know, as after a restore, is submitted, and
    // counts, too.
    void resume_intents(env::Executor& home, base::UniqueFunction<void(std::uint64_t)> done);

    // `by`: whose lists of codes it may name.
    void set_up_session(SessionDefinition definition, vault::ListUser by, env::Executor& home,
                        ChangeReply reply);
    void add_stock(AddStockRequest request, env::Executor& home, ChangeReply reply);
    // No record is touched: the box office's word is all there is.
    void withdraw_stock(WithdrawStockRequest request, env::Executor& home, ChangeReply reply);

    // Edits change rules by a command and texts with it, or texts alone.
    void edit_session(SessionEdit edit, env::Executor& home, ChangeReply reply);
    void edit_terms(TermsEdit edit, env::Executor& home, ChangeReply reply);
    void edit_tier(TierEdit edit, env::Executor& home, ChangeReply reply);
    void edit_campaign(CampaignEdit edit, env::Executor& home, ChangeReply reply);
    void add_campaign(AddCampaignRequest request, env::Executor& home, ChangeReply reply);
    // All its live orders end with it.
    void cancel_session(domain::SessionId session, Text reason, env::Executor& home,
                        ChangeReply reply);
    // Out of the directory. Only a session that is cancelled, or of which nothing has been on sale
    // yet; its ids stay taken.
    void remove_session(domain::SessionId session, env::Executor& home, ChangeReply reply);
    // New, or with other texts; a show stays with its organiser.
    void put_organiser(OrganiserDefinition organiser, env::Executor& home, ChangeReply reply);
    void put_show(ShowDefinition show, OrganiserId organiser, env::Executor& home,
                  ChangeReply reply);
    // All banners of the home page, in their order.
    void put_banners(std::vector<BannerDefinition> banners, env::Executor& home, ChangeReply reply);

    [[nodiscard]] Pictures& pictures();

    // What is offered now. Cheap, from any thread.
    [[nodiscard]] SharedDirectory directory() const;

  private:
    struct Impl;
    explicit Catalog(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::catalog
