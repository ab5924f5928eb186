#include "catalog/internal/changes.h"

#include <algorithm>
#include <utility>

#include "catalog/limits.h"
#include "telemetry/log.h"

namespace onsale::catalog {
namespace {

using sql::SqlResult;

constexpr auto kRetryAfter = base::Duration::seconds(1);

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

// The command that is to become this fact.
domain::Command command_of(const domain::Fact& fact) {
    if (const auto* set_up = std::get_if<domain::SessionSetUp>(&fact)) {
        return domain::SetUpSession{set_up->session};
    }
    const auto* added = std::get_if<domain::StockAdded>(&fact);
    ONSALE_CHECK(added != nullptr);
    return domain::AddStock{added->session, added->pool, added->addition};
}

}  // namespace

SqlResult<void> Changes::load(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(sessions, all_sessions(connection));
    for (const auto session : sessions) {
        ONSALE_TRY_ASSIGN(stored, find_session(connection, session));
        if (!stored || !stored->accepted) continue;
        auto definition = stored->entry.definition;
        show(std::move(stored->entry), std::move(definition));
    }
    return {};
}

SharedDirectory Changes::directory() const {
    const std::lock_guard lock(mutex_);
    return directory_;
}

void Changes::set_up(sql::Connection& connection, SessionEntry entry, ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->intent.session = entry.definition->id;
    change->entry = std::move(entry);
    change->reply = std::move(reply);
    const auto begun = prepare_set_up(connection, *change);
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
    submit(std::move(change));
}

Changes::Begun Changes::prepare_set_up(sql::Connection& connection, Change& change) {
    SessionEntry& entry = *change.entry;
    if (auto mistake = name_lists(connection, entry)) return mistake;
    ONSALE_TRY_ASSIGN(stored, find_session(connection, entry.definition->id));
    if (stored && stored->accepted) {
        if (stored->digest == digest_of(entry)) {
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
std::optional<ChangeResult> Changes::name_lists(sql::Connection& connection,
                                                SessionEntry& entry) const {
    auto definition = std::make_shared<domain::Session>(*entry.definition);
    for (std::size_t i = 0; i < definition->pools.size(); ++i) {
        auto& pool = definition->pools[i];
        if (pool.kind != domain::PoolKind::codes) continue;
        auto sealed = vault_.sealed_list(connection, pool.additions.front().id);
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
    if (session == nullptr) return std::optional(refused(domain::Refusal::session_unknown));
    const auto* pool = session->find_pool(request.pool);
    if (pool == nullptr) return std::optional(refused(domain::Refusal::pool_unknown));
    domain::Addition addition{domain::AdditionId(request.addition), request.count, {}};
    if (pool->kind == domain::PoolKind::codes) {
        change.list = domain::AdditionId(request.list);
        auto sealed = vault_.sealed_list(connection, change.list);
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
    if (change.entry) {
        ONSALE_TRY(insert_session(connection, *change.entry, digest_of(*change.entry)));
    }
    if (const auto* added = std::get_if<domain::StockAdded>(&change.intent.fact);
        added != nullptr && change.list.value() != 0) {
        ONSALE_TRY(insert_list_use(connection, change.list, {added->session, added->pool}));
    }
    ONSALE_TRY(insert_intent(connection, change.intent));
    ONSALE_TRY(transaction.commit());
    return std::optional<ChangeResult>{};
}

void Changes::submit(SharedChange change) {
    const auto session = change->intent.session;
    under_way_.insert(session);
    auto command = command_of(change->intent.fact);
    engine_.submit(engine_.shard_of(session), std::move(command), store_.executor(),
                   [self = shared_from_this(), change](const shard::Answer& answer) {
                       self->answered(change, answer);
                   });
}

void Changes::answered(SharedChange change, const shard::Answer& answer) {
    if (answer.kind != shard::AnswerKind::decided) {
        if (!change->resumed) {
            withdraw(*change);
            return end(*change, result_of(undecided(answer.kind), change->intent.session));
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
    withdraw(*change);
    const bool conflict = outcome.refusal == domain::Refusal::definition_conflict;
    auto result =
        result_of(conflict ? ChangeKind::conflict : ChangeKind::refused, change->intent.session);
    result.refusal = outcome.refusal;
    result.explanation = outcome.explanation;
    if (conflict) result.field = change->entry ? "session.id" : "addition";
    end(*change, std::move(result));
}

void Changes::refresh(SharedChange change, ChangeKind kind) {
    const auto session = change->intent.session;
    const auto self = shared_from_this();
    auto read = [self, change, kind, session](const boxoffice::BoxOffice& office, base::Timestamp) {
        const domain::Session* found = office.find_session(session);
        ONSALE_CHECK(found != nullptr);  // it was accepted before this read
        auto definition = std::make_shared<const domain::Session>(*found);
        return env::Task([self, change, kind, session, definition]() mutable {
            self->finish(change, std::move(definition));
            self->end(*change, result_of(kind, session));
        });
    };
    engine_.read(engine_.shard_of(session), store_.executor(), std::move(read));
}

void Changes::finish(SharedChange change, std::shared_ptr<const domain::Session> definition) {
    const auto session = change->intent.session;
    const auto shown = directory()->find_session(session);
    if (change->entry || shown != nullptr) {
        show(change->entry ? std::move(*change->entry) : *shown, definition);
    }
    auto& connection = store_.connection();
    const auto stored = [&]() -> SqlResult<void> {
        ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
        ONSALE_TRY(accept_session(connection, *definition));
        ONSALE_TRY(remove_intent(connection, session));
        return transaction.commit();
    }();
    if (stored) return;
    // The facts are committed, so there is no way back; the intent stays until the records can be
    // written.
    telemetry::log_error("catalog",
                         "an accepted change is not recorded yet: " + stored.error().message);
    change->entry.reset();
    auto again = [self = shared_from_this(), change, definition]() mutable {
        self->finish(change, std::move(definition));
    };
    store_.executor().post_after(kRetryAfter, std::move(again));
}

void Changes::withdraw(const Change& change) {
    auto& connection = store_.connection();
    const auto done = [&]() -> SqlResult<void> {
        ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
        if (change.entry) ONSALE_TRY(remove_session(connection, *change.entry));
        const auto* added = std::get_if<domain::StockAdded>(&change.intent.fact);
        if (added != nullptr && change.list.value() != 0) {
            const auto session = directory()->find_session(added->session);
            const auto* pool = session ? session->find_pool(added->pool) : nullptr;
            const bool in_stock =
                pool != nullptr &&
                std::any_of(pool->additions.begin(), pool->additions.end(),
                            [&](const auto& addition) { return addition.id == change.list; });
            if (!in_stock) ONSALE_TRY(remove_list_use(connection, change.list));
        }
        ONSALE_TRY(remove_intent(connection, change.intent.session));
        return transaction.commit();
    }();
    if (!done) {
        telemetry::log_error("catalog",
                             "a change that was not taken is tried again at the next start: " +
                                 done.error().message);
    }
}

void Changes::end(Change& change, ChangeResult result) {
    under_way_.erase(change.intent.session);
    if (change.reply) change.reply(std::move(result));
}

void Changes::show(SessionEntry entry, std::shared_ptr<const domain::Session> definition) {
    entry.shard = engine_.shard_of(definition->id);
    for (auto& campaign : entry.campaigns) {
        campaign.shard = entry.shard;
        for (const auto& rules : definition->campaigns) {
            if (rules.id == campaign.rules.id) campaign.rules = rules;
        }
    }
    entry.definition = std::move(definition);
    auto next = directory()->with(std::make_shared<const SessionEntry>(std::move(entry)));
    const std::lock_guard lock(mutex_);
    directory_.swap(next);
}

void Changes::retry_later(SharedChange change) {
    auto again = [self = shared_from_this(), change] { self->submit(change); };
    store_.executor().post_after(kRetryAfter, std::move(again));
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
