#include "catalog/internal/changes.h"

#include <algorithm>
#include <utility>

#include "catalog/limits.h"
#include "telemetry/log.h"

namespace onsale::catalog {
namespace {

using sql::SqlResult;

constexpr auto kRetryAfter = base::Duration::seconds(1);

ChangeKind undecided(shard::AnswerKind kind) {
    switch (kind) {
        case shard::AnswerKind::storage_full:
            return ChangeKind::storage_full;
        case shard::AnswerKind::stopping:
            return ChangeKind::stopping;
        case shard::AnswerKind::busy:
        case shard::AnswerKind::decided:
            break;
    }
    return ChangeKind::busy;
}

// The command that is to become the intent's fact.
domain::Command command_of(const Intent& intent) {
    if (const auto* set_up = std::get_if<domain::SessionSetUp>(&intent.fact)) {
        return domain::SetUpSession{set_up->session};
    }
    if (const auto* changed = std::get_if<domain::CampaignChanged>(&intent.fact)) {
        return domain::ChangeCampaign{changed->session, changed->campaign};
    }
    if (const auto* changed = std::get_if<domain::SessionChanged>(&intent.fact)) {
        return domain::ChangeSession{changed->session, changed->starts_at, changed->ends_at,
                                     changed->orders_per_person, changed->tickets_per_person};
    }
    if (const auto* changed = std::get_if<domain::TermsChanged>(&intent.fact)) {
        return domain::ChangeTerms{changed->session, changed->refunds, changed->late_payment};
    }
    if (const auto* changed = std::get_if<domain::TierChanged>(&intent.fact)) {
        return domain::ChangeTier{changed->session, changed->tier, changed->price,
                                  changed->on_sale};
    }
    if (std::holds_alternative<domain::SessionCancelled>(intent.fact)) {
        if (intent.texts.row == TextRow::removal) return domain::RemoveSession{intent.session};
        return domain::CancelSession{intent.session};
    }
    const auto* added = std::get_if<domain::StockAdded>(&intent.fact);
    ONSALE_CHECK(added != nullptr);
    return domain::AddStock{added->session, added->pool, added->addition};
}

}  // namespace

ChangeResult result_of(ChangeKind kind, domain::SessionId session) {
    ChangeResult result;
    result.kind = kind;
    result.session = session;
    return result;
}

ChangeResult at_field(ChangeKind kind, std::string field, std::string message) {
    ChangeResult result;
    result.kind = kind;
    result.field = std::move(field);
    result.message = std::move(message);
    return result;
}

ChangeResult refused(domain::Refusal refusal) {
    ChangeResult result;
    result.kind = ChangeKind::refused;
    result.refusal = refusal;
    return result;
}

ChangeResult trouble(const sql::SqlError& error) {
    const auto told = records::to_store_error(error);
    ChangeResult result;
    result.message = told.message;
    switch (told.trouble) {
        case records::StoreTrouble::busy:
            result.kind = ChangeKind::busy;
            break;
        case records::StoreTrouble::storage_full:
            result.kind = ChangeKind::storage_full;
            break;
        case records::StoreTrouble::failed:
            result.kind = ChangeKind::failed;
            break;
    }
    return result;
}

void Changes::set_up(sql::Connection& connection, SetUp set_up, ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->intent.session = set_up.entry.definition->id;
    change->entry = std::move(set_up.entry);
    change->reply = std::move(reply);
    const auto begun = prepare_set_up(connection, *change, set_up.by);
    begin(connection, std::move(change), begun);
}

void Changes::add_stock(sql::Connection& connection, const AddStockRequest& request,
                        ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->intent.session = request.session;
    change->reply = std::move(reply);
    const auto begun = prepare_addition(connection, *change, request);
    begin(connection, std::move(change), begun);
}

void Changes::begin(sql::Connection& connection, SharedChange change, const Begun& begun) {
    if (!begun) return change->reply(trouble(begun.error()));
    if (*begun) return change->reply(**begun);
    const auto recorded = record(connection, *change);
    if (!recorded) return change->reply(trouble(recorded.error()));
    if (*recorded) return change->reply(**recorded);
    if (change->commanded) return submit(std::move(change));
    const auto shown = directory()->find_session(change->intent.session);
    show(std::move(*change->entry), {shown->definition, shown->status});
    change->reply(result_of(ChangeKind::accepted, change->intent.session));
}

Changes::Begun Changes::prepare_set_up(sql::Connection& connection, Change& change,
                                       vault::ListUser by) {
    SessionEntry& entry = *change.entry;
    if (auto mistake = name_lists(connection, entry, by)) return mistake;
    if (auto mistake = unknown_picture(entry)) return mistake;
    ONSALE_TRY_ASSIGN(stored, find_session(connection, entry.definition->id));
    if (stored && stored->entry.removed) {
        return std::optional(
            at_field(ChangeKind::conflict, "session.id", "this session was removed"));
    }
    if (stored && stored->accepted) {
        if (is_same(*stored, entry)) {
            return std::optional(result_of(ChangeKind::unchanged, entry.definition->id));
        }
        return std::optional(at_field(ChangeKind::conflict, "session.id",
                                      "this session was set up with other content"));
    }
    if (!stored) {
        ONSALE_TRY_ASSIGN(conflict, find_conflict(connection, entry));
        if (conflict) {
            return std::optional(
                at_field(ChangeKind::conflict, conflict->field, conflict->message));
        }
    }
    change.intent.fact = domain::SessionSetUp{entry.definition};
    return std::optional<ChangeResult>{};
}

// Completes the pools of codes with what the vault knows of their lists.
std::optional<ChangeResult> Changes::name_lists(sql::Connection& connection, SessionEntry& entry,
                                                vault::ListUser by) const {
    auto definition = std::make_shared<domain::Session>(*entry.definition);
    for (std::size_t i = 0; i < definition->pools.size(); ++i) {
        auto& pool = definition->pools[i];
        if (pool.kind != domain::PoolKind::codes) continue;
        auto sealed = parts_.vault.sealed_list(connection, pool.additions.front().id, by);
        if (sealed.refusal != vault::VaultRefusal::none) {
            return at_field(ChangeKind::invalid, "pools[" + std::to_string(i) + "].list",
                            "is not a sealed list of codes");
        }
        pool.additions.front() = sealed.addition;
    }
    entry.definition = std::move(definition);
    return std::nullopt;
}

Changes::Begun Changes::prepare_addition(sql::Connection& connection, Change& change,
                                         const AddStockRequest& request) {
    const auto session = directory()->find_session(request.session);
    if (session == nullptr || session->removed)
        return std::optional(refused(domain::Refusal::session_unknown));
    const auto* pool = session->find_pool(request.pool);
    if (pool == nullptr) return std::optional(refused(domain::Refusal::pool_unknown));
    domain::Addition addition{domain::AdditionId(request.addition), request.count, {}};
    if (pool->kind == domain::PoolKind::codes) {
        change.list = domain::AdditionId(request.list);
        auto sealed = parts_.vault.sealed_list(connection, change.list, request.by);
        if (sealed.refusal != vault::VaultRefusal::none) {
            return std::optional(
                at_field(ChangeKind::invalid, "list", "is not a sealed list of codes"));
        }
        ONSALE_TRY_ASSIGN(use, find_list_use(connection, change.list));
        if (use && *use != ListUse{request.session, request.pool}) {
            return std::optional(
                at_field(ChangeKind::conflict, "list", "this list is used already"));
        }
        addition = sealed.addition;
    } else if (request.list != 0) {
        return std::optional(
            at_field(ChangeKind::invalid, "list", "this pool is a number, not a list of codes"));
    } else if (request.count == 0 || request.count > domain::kStockPerPoolMax) {
        return std::optional(at_field(ChangeKind::invalid, "count", "must be from 1 to 100000000"));
    } else if (request.addition == 0 || request.addition >= kFirstStock.value()) {
        return std::optional(
            at_field(ChangeKind::invalid, "addition", "must be an id of your own"));
    }
    change.intent.fact = domain::StockAdded{request.session, request.pool, addition};
    return std::optional<ChangeResult>{};
}

Changes::Begun Changes::record(sql::Connection& connection, const Change& change) {
    const auto session = change.intent.session;
    ONSALE_TRY_ASSIGN(unfinished, has_intent(connection, session));
    if (unfinished || under_way_.contains(session) || under_way_.size() >= kChangesUnderWayMax) {
        return std::optional(result_of(ChangeKind::busy, session));
    }
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    if (change.commanded) {
        ONSALE_TRY(record_parts(connection, change));
        ONSALE_TRY(insert_intent(connection, change.intent));
    } else {
        ONSALE_TRY(write_texts(connection, change.intent.texts, parts_.clock.wall_now()));
    }
    ONSALE_TRY(transaction.commit());
    return std::optional<ChangeResult>{};
}

// What takes an id: it must be taken before the box office hears of it.
SqlResult<void> Changes::record_parts(sql::Connection& connection, const Change& change) {
    const domain::Fact& fact = change.intent.fact;
    if (std::holds_alternative<domain::SessionSetUp>(fact)) {
        return insert_session(connection, *change.entry, digest_of(*change.entry));
    }
    if (const auto* changed = std::get_if<domain::CampaignChanged>(&fact)) {
        ONSALE_TRY_ASSIGN(there, has_campaign(connection, changed->campaign->id));
        if (there) return {};
        return insert_campaign(connection, *change.entry->find_campaign(changed->campaign->id));
    }
    const auto* added = std::get_if<domain::StockAdded>(&fact);
    if (added == nullptr || change.list.value() == 0) return {};
    return insert_list_use(connection, change.list, {added->session, added->pool});
}

void Changes::submit(SharedChange change) {
    const auto session = change->intent.session;
    under_way_.insert(session);
    auto command = command_of(change->intent);
    parts_.engine.submit(parts_.engine.shard_of(session), std::move(command),
                         parts_.store.executor(),
                         [self = shared_from_this(), change](const shard::Answer& answer) {
                             self->answered(change, answer);
                         });
}

void Changes::answered(SharedChange change, const shard::Answer& answer) {
    if (answer.kind != shard::AnswerKind::decided) {
        if (!change->resumed) {
            withdraw(change);
            return tell(*change, result_of(undecided(answer.kind), change->intent.session));
        }
        if (answer.kind != shard::AnswerKind::stopping) retry_later(std::move(change));
        return;
    }
    const auto& outcome = answer.outcome;
    switch (outcome.kind) {
        case domain::OutcomeKind::accepted:
            return refresh(std::move(change), ChangeKind::accepted);
        case domain::OutcomeKind::unchanged:
            return refresh(std::move(change), ChangeKind::unchanged);
        case domain::OutcomeKind::repeated:
        case domain::OutcomeKind::already_joined:
        case domain::OutcomeKind::refused:
            break;
    }
    const bool conflict = outcome.refusal == domain::Refusal::definition_conflict;
    auto result =
        result_of(conflict ? ChangeKind::conflict : ChangeKind::refused, change->intent.session);
    result.refusal = outcome.refusal;
    result.explanation = outcome.explanation;
    if (std::holds_alternative<domain::SessionSetUp>(change->intent.fact)) {
        result.field = "session.id";
    } else if (std::holds_alternative<domain::StockAdded>(change->intent.fact)) {
        result.field = "addition";
    }
    withdraw(change);
    tell(*change, std::move(result));
}

void Changes::refresh(SharedChange change, ChangeKind kind) {
    const auto session = change->intent.session;
    const auto self = shared_from_this();
    auto read = [self, change, kind, session](const boxoffice::BoxOffice& office, base::Timestamp) {
        const domain::Session* found = office.find_session(session);
        const auto status = office.status_of(session);
        ONSALE_CHECK(found != nullptr && status.has_value());  // it was accepted before this read
        Accepted accepted{std::make_shared<const domain::Session>(*found), *status};
        return env::Task([self, change, kind, session, accepted] {
            self->finish(change, accepted);
            // A text that is new is a change, whatever the rules say.
            const bool texts = change->intent.texts.row != TextRow::none;
            self->tell(*change, result_of(texts ? ChangeKind::accepted : kind, session));
        });
    };
    parts_.engine.read(parts_.engine.shard_of(session), parts_.store.executor(), std::move(read));
}

void Changes::finish(SharedChange change, const Accepted& accepted) {
    const auto session = change->intent.session;
    const bool removal = change->intent.texts.row == TextRow::removal;
    const auto shown = directory()->find_session(session);
    if (change->entry || shown != nullptr) {
        SessionEntry entry = change->entry ? std::move(*change->entry) : *shown;
        if (removal) entry.removed = true;
        show(std::move(entry), accepted);
    }
    change->entry.reset();
    auto& connection = parts_.store.connection();
    const auto stored = [&]() -> SqlResult<void> {
        ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
        ONSALE_TRY(accept_session(connection, *accepted.definition, accepted.status));
        ONSALE_TRY(write_texts(connection, change->intent.texts, parts_.clock.wall_now()));
        ONSALE_TRY(remove_intent(connection, session));
        ONSALE_TRY(transaction.commit());
        if (!change->resumed || removal) return {};
        ONSALE_TRY_ASSIGN(again, find_session(connection, session));
        if (again) show(std::move(again->entry), accepted);
        return {};
    }();
    if (stored) {
        under_way_.erase(session);
        return;
    }
    // The facts are committed, so there is no way back; the intent stays until the records can be
    // written.
    telemetry::log_error("catalog",
                         "an accepted change is not recorded yet: " + stored.error().message);
    auto again = [self = shared_from_this(), change, accepted] { self->finish(change, accepted); };
    parts_.store.executor().post_after(kRetryAfter, std::move(again));
}

void Changes::withdraw(SharedChange change) {
    const auto done = withdraw_parts(*change);
    if (done) {
        under_way_.erase(change->intent.session);
        return;
    }
    telemetry::log_error("catalog",
                         "a change that was not taken is still recorded: " + done.error().message);
    auto again = [self = shared_from_this(), change]() mutable { self->withdraw(change); };
    parts_.store.executor().post_after(kRetryAfter, std::move(again));
}

SqlResult<void> Changes::withdraw_parts(const Change& change) {
    auto& connection = parts_.store.connection();
    const domain::Fact& fact = change.intent.fact;
    const auto shown = directory()->find_session(change.intent.session);
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    if (std::holds_alternative<domain::SessionSetUp>(fact) && change.entry) {
        ONSALE_TRY(remove_session(connection, *change.entry));
    }
    if (const auto* changed = std::get_if<domain::CampaignChanged>(&fact)) {
        const bool known = shown && shown->find_campaign(changed->campaign->id) != nullptr;
        if (!known) ONSALE_TRY(remove_campaign(connection, changed->campaign->id));
    }
    const auto* added = std::get_if<domain::StockAdded>(&fact);
    if (added != nullptr && change.list.value() != 0) {
        const auto* pool = shown ? shown->find_pool(added->pool) : nullptr;
        const bool in_stock =
            pool != nullptr &&
            std::any_of(pool->additions.begin(), pool->additions.end(),
                        [&](const auto& addition) { return addition.id == change.list; });
        if (!in_stock) ONSALE_TRY(remove_list_use(connection, change.list));
    }
    ONSALE_TRY(remove_intent(connection, change.intent.session));
    return transaction.commit();
}

void Changes::tell(Change& change, ChangeResult result) {
    if (change.reply) change.reply(std::move(result));
    change.reply = nullptr;
}

void Changes::retry_later(SharedChange change) {
    auto again = [self = shared_from_this(), change] { self->submit(change); };
    parts_.store.executor().post_after(kRetryAfter, std::move(again));
}

void Changes::resume(sql::Connection& connection, base::UniqueFunction<void(std::uint64_t)> done) {
    struct Count {
        std::uint64_t left = 1;  // one for this function itself
        std::uint64_t ended = 0;
        base::UniqueFunction<void(std::uint64_t)> done;
        void release() {
            if (--left == 0) done(ended);
        }
    };
    auto count = std::make_shared<Count>();
    count->done = std::move(done);
    auto intents = all_intents(connection);
    if (!intents)
        telemetry::log_error("catalog", "intents cannot be read: " + intents.error().message);
    for (std::size_t i = 0; intents && i < intents->size(); ++i) {
        auto change = std::make_shared<Change>();
        change->intent = std::move((*intents)[i]);
        change->resumed = true;
        change->reply = [count](ChangeResult) {
            ++count->ended;
            count->release();
        };
        if (std::holds_alternative<domain::SessionSetUp>(change->intent.fact)) {
            auto stored = find_session(connection, change->intent.session);
            if (stored && *stored) change->entry = std::move((*stored)->entry);
        } else if (const auto* added = std::get_if<domain::StockAdded>(&change->intent.fact)) {
            auto use = find_list_use(connection, added->addition.id);
            if (use && *use == ListUse{added->session, added->pool})
                change->list = added->addition.id;
        }
        ++count->left;
        submit(std::move(change));
    }
    count->release();
}

}  // namespace onsale::catalog
