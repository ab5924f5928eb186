#include "catalog/catalog.h"

#include <utility>

#include "catalog/internal/changes.h"
#include "catalog/internal/check.h"
#include "catalog/internal/repair.h"

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
    if (answer.outcome.kind == domain::OutcomeKind::accepted) {
        result.kind = ChangeKind::accepted;
    } else if (answer.outcome.kind == domain::OutcomeKind::unchanged) {
        result.kind = ChangeKind::unchanged;
    } else {
        result.kind = ChangeKind::refused;
    }
    return result;
}

ChangeResult invalid(FieldError error) {
    ChangeResult result;
    result.kind = ChangeKind::invalid;
    result.field = std::move(error.field);
    result.message = std::move(error.message);
    return result;
}

}  // namespace

struct Catalog::Impl {
    explicit Impl(const Changes::Parts& parts, std::shared_ptr<Pictures> pictures_in)
        : store(parts.store),
          engine(parts.engine),
          pictures(std::move(pictures_in)),
          changes(std::make_shared<Changes>(parts)) {}

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

    // The same with a method of Changes and what it gets.
    template <class Method, class... Values>
    void change(ChangeReply reply, Method method, Values... values) {
        run(std::move(reply), [changes = changes, method, ... values = std::move(values)](
                                  sql::Connection& connection, ChangeReply owed) mutable {
            ((*changes).*method)(connection, std::move(values)..., std::move(owed));
        });
    }

    records::Store& store;
    shard::Engine& engine;
    std::shared_ptr<Pictures> pictures;
    std::shared_ptr<Changes> changes;
};

sql::SqlResult<std::unique_ptr<Catalog>> Catalog::create(records::Store& store, vault::Vault& vault,
                                                         shard::Engine& engine, env::Clock& clock) {
    ONSALE_TRY(sql::migrate(store.connection(), "catalog", migrations()));
    ONSALE_TRY_ASSIGN(pictures, Pictures::create(store, {}));
    const Changes::Parts parts{store, vault, engine, clock, pictures};
    auto impl = std::make_shared<Impl>(parts, pictures);
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
    const bool taken = impl_->store.post(
        [changes = impl_->changes, &engine = impl_->engine, &executor = impl_->store.executor(),
         told_home = std::move(told_home)](sql::Connection& connection) mutable {
            auto resumed = [changes, &engine, &executor,
                            told_home = std::move(told_home)](std::uint64_t ended) mutable {
                auto repaired = [ended, told_home = std::move(told_home)](
                                    std::uint64_t changed) mutable { told_home(ended + changed); };
                repair(changes->directory(), engine, executor, std::move(repaired));
            };
            changes->resume(connection, std::move(resumed));
        });
    ONSALE_CHECK(taken);
}

void Catalog::set_up_session(SessionDefinition definition, vault::ListUser by, env::Executor& home,
                             ChangeReply reply) {
    auto home_reply = on(home, std::move(reply));
    auto checked = check_definition(definition);
    if (!checked) return home_reply(invalid(checked.error()));
    impl_->change(std::move(home_reply), &Changes::set_up, SetUp{std::move(*checked), by});
}

void Catalog::add_stock(AddStockRequest request, env::Executor& home, ChangeReply reply) {
    impl_->change(on(home, std::move(reply)), &Changes::add_stock, request);
}

void Catalog::edit_session(SessionEdit edit, env::Executor& home, ChangeReply reply) {
    void (Changes::*method)(sql::Connection&, const SessionEdit&, ChangeReply) = &Changes::edit;
    impl_->change(on(home, std::move(reply)), method, std::move(edit));
}

void Catalog::edit_terms(TermsEdit edit, env::Executor& home, ChangeReply reply) {
    void (Changes::*method)(sql::Connection&, const TermsEdit&, ChangeReply) = &Changes::edit;
    impl_->change(on(home, std::move(reply)), method, std::move(edit));
}

void Catalog::edit_tier(TierEdit edit, env::Executor& home, ChangeReply reply) {
    void (Changes::*method)(sql::Connection&, const TierEdit&, ChangeReply) = &Changes::edit;
    impl_->change(on(home, std::move(reply)), method, std::move(edit));
}

void Catalog::edit_campaign(CampaignEdit edit, env::Executor& home, ChangeReply reply) {
    void (Changes::*method)(sql::Connection&, const CampaignEdit&, ChangeReply) = &Changes::edit;
    impl_->change(on(home, std::move(reply)), method, std::move(edit));
}

void Catalog::add_campaign(AddCampaignRequest request, env::Executor& home, ChangeReply reply) {
    impl_->change(on(home, std::move(reply)), &Changes::add_campaign, std::move(request));
}

void Catalog::cancel_session(domain::SessionId session, Text reason, env::Executor& home,
                             ChangeReply reply) {
    impl_->change(on(home, std::move(reply)), &Changes::cancel, session, std::move(reason));
}

void Catalog::remove_session(domain::SessionId session, env::Executor& home, ChangeReply reply) {
    impl_->change(on(home, std::move(reply)), &Changes::remove, session);
}

void Catalog::put_organiser(OrganiserDefinition organiser, env::Executor& home, ChangeReply reply) {
    auto home_reply = on(home, std::move(reply));
    auto checked = check_organiser(organiser);
    if (!checked) return home_reply(invalid(checked.error()));
    void (Changes::*method)(sql::Connection&, OrganiserEntry, ChangeReply) = &Changes::put;
    impl_->change(std::move(home_reply), method, std::move(*checked));
}

void Catalog::put_show(ShowDefinition show, OrganiserId organiser, env::Executor& home,
                       ChangeReply reply) {
    auto home_reply = on(home, std::move(reply));
    auto checked = check_show(show, organiser);
    if (!checked) return home_reply(invalid(checked.error()));
    void (Changes::*method)(sql::Connection&, ShowEntry, ChangeReply) = &Changes::put;
    impl_->change(std::move(home_reply), method, std::move(*checked));
}

void Catalog::put_banners(std::vector<BannerDefinition> banners, env::Executor& home,
                          ChangeReply reply) {
    auto home_reply = on(home, std::move(reply));
    auto checked = check_banners(banners);
    if (!checked) return home_reply(invalid(checked.error()));
    void (Changes::*method)(sql::Connection&, Banners, ChangeReply) = &Changes::put;
    impl_->change(std::move(home_reply), method, std::move(*checked));
}

Pictures& Catalog::pictures() {
    return *impl_->pictures;
}

void Catalog::withdraw_stock(WithdrawStockRequest request, env::Executor& home, ChangeReply reply) {
    impl_->engine.submit(impl_->engine.shard_of(request.session),
                         domain::WithdrawStock{request.session, request.pool, request.count,
                                               domain::WithdrawalId(request.withdrawal)},
                         home, [reply = std::move(reply)](const shard::Answer& answer) mutable {
                             reply(told(answer));
                         });
}

SharedDirectory Catalog::directory() const {
    return impl_->changes->directory();
}

}  // namespace onsale::catalog
