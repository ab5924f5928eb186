#include "catalog/catalog.h"

#include <utility>

#include "catalog/internal/changes.h"
#include "catalog/internal/check.h"

namespace onsale::catalog {
namespace {

// A reply that may be given from any executor and runs on `home`.
ChangeReply on(env::Executor& home, ChangeReply reply) {
    return [&home, reply = std::move(reply)](ChangeResult result) mutable {
        home.post([reply = std::move(reply), result = std::move(result)]() mutable {
            reply(std::move(result));
        });
    };
}

ChangeResult told(const shard::Answer& answer) {
    ChangeResult result;
    result.session = answer.outcome.session;
    switch (answer.kind) {
        case shard::AnswerKind::busy:
            result.kind = ChangeKind::busy;
            return result;
        case shard::AnswerKind::storage_full:
            result.kind = ChangeKind::storage_full;
            return result;
        case shard::AnswerKind::stopping:
            result.kind = ChangeKind::stopping;
            return result;
        case shard::AnswerKind::decided:
            break;
    }
    result.refusal = answer.outcome.refusal;
    result.explanation = answer.outcome.explanation;
    const bool accepted = answer.outcome.kind == domain::OutcomeKind::accepted;
    result.kind = accepted ? ChangeKind::accepted : ChangeKind::refused;
    return result;
}

}  // namespace

struct Catalog::Impl {
    Impl(records::Store& store_in, vault::Vault& vault, shard::Engine& engine_in)
        : store(store_in),
          engine(engine_in),
          changes(std::make_shared<Changes>(store_in, vault, engine_in)) {}

    // Runs `work(connection, reply)` on the records store, or answers busy.
    template <class Work>
    void run(ChangeReply reply, Work work) {
        auto owed = std::make_shared<ChangeReply>(std::move(reply));
        const bool taken =
            store.post([owed, work = std::move(work)](sql::Connection& connection) mutable {
                work(connection, std::move(*owed));
            });
        if (taken) return;
        ChangeResult busy;
        busy.kind = ChangeKind::busy;
        (*owed)(std::move(busy));
    }

    records::Store& store;
    shard::Engine& engine;
    std::shared_ptr<Changes> changes;
};

sql::SqlResult<std::unique_ptr<Catalog>> Catalog::create(records::Store& store, vault::Vault& vault,
                                                         shard::Engine& engine) {
    ONSALE_TRY(sql::migrate(store.connection(), "catalog", migrations()));
    auto impl = std::make_shared<Impl>(store, vault, engine);
    ONSALE_TRY(impl->changes->load(store.connection()));
    return std::unique_ptr<Catalog>(new Catalog(std::move(impl)));
}

Catalog::Catalog(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalog::~Catalog() = default;

void Catalog::resume_intents(env::Executor& home, base::UniqueFunction<void(std::uint64_t)> done) {
    auto told_home = [&home, done = std::move(done)](std::uint64_t ended) mutable {
        home.post([done = std::move(done), ended]() mutable { done(ended); });
    };
    // Called once, before the site is open: there is room in the queue.
    const bool taken =
        impl_->store.post([changes = impl_->changes,
                           told_home = std::move(told_home)](sql::Connection& connection) mutable {
            changes->resume(connection, std::move(told_home));
        });
    ONSALE_CHECK(taken);
}

void Catalog::set_up_session(SessionDefinition definition, env::Executor& home, ChangeReply reply) {
    auto home_reply = on(home, std::move(reply));
    auto checked = check_definition(definition);
    if (!checked) {
        ChangeResult result;
        result.kind = ChangeKind::invalid;
        result.field = checked.error().field;
        result.message = checked.error().message;
        return home_reply(std::move(result));
    }
    impl_->run(std::move(home_reply), [changes = impl_->changes, entry = std::move(*checked)](
                                          sql::Connection& connection, ChangeReply owed) mutable {
        changes->set_up(connection, std::move(entry), std::move(owed));
    });
}

void Catalog::add_stock(AddStockRequest request, env::Executor& home, ChangeReply reply) {
    impl_->run(on(home, std::move(reply)),
               [changes = impl_->changes, request](sql::Connection& connection, ChangeReply owed) {
                   changes->add_stock(connection, request, std::move(owed));
               });
}

void Catalog::withdraw_stock(WithdrawStockRequest request, env::Executor& home, ChangeReply reply) {
    impl_->engine.submit(
        impl_->engine.shard_of(request.session),
        domain::WithdrawStock{request.session, request.pool, request.count}, home,
        [reply = std::move(reply)](const shard::Answer& answer) mutable { reply(told(answer)); });
}

SharedDirectory Catalog::directory() const {
    return impl_->changes->directory();
}

}  // namespace onsale::catalog
