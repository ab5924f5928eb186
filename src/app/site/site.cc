#include "site/site.h"

#include <utility>

#include "site/internal/impl.h"
#include "telemetry/log.h"

#ifndef ONSALE_VERSION
#error "the build says which version this is"
#endif

namespace onsale::site {

std::string_view version() {
    return ONSALE_VERSION;
}

Site::Site(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Site::~Site() = default;

http::Router& Site::router() {
    return *impl_->router;
}
shard::Engine& Site::engine() {
    return *impl_->engine;
}
follow::Projector& Site::projector() {
    return *impl_->projector;
}
telemetry::Metrics& Site::metrics() {
    return impl_->metrics;
}

std::vector<gate::Dependency> Site::ready() const {
    return impl_->dependencies();
}

void Site::leave_rotation() {
    impl_->leaving = true;
}

// Rows that are made again (a restored backup, tables of another version) would leave lists,
// look-ups and exports incomplete without a word, so the site is not ready before; a crash costs a
// moment. Once they have stopped at a fact nothing is waited for.
gate::Dependency Site::Impl::projections_state() const {
    if (projector->stopped())
        return {"projections", false, "stopped at a fact: see the log, then run onsale rebuild",
                false};
    if (!projector->has_begun())
        return {"projections", false, "lists and exports are being made again from the journal"};
    return {"projections", true, "follow the journal", false};
}

std::vector<gate::Dependency> Site::Impl::dependencies() const {
    const bool full = engine->storage_full();
    // A full disk still takes cancellations, and stopped projections do not stop a sale: a balancer
    // that sent buyers elsewhere for that would turn a nuisance into an outage.
    return {
        {"journal", !full, full ? "the disk is full: new orders are refused" : "takes orders",
         false},
        records_pulse->check(),
        lists_pulse->check(),
        projections_state(),
        {"catalogue", intents_resumed,
         intents_resumed ? "complete" : "finishing what a former process left"},
        {"rotation", !leaving, leaving ? "stopping" : "serving"},
    };
}

// Engine and stores answer on executors that must still be there, so whatever asks them ends first,
// then what was asked before is waited for by asking once more behind it, and only then does
// anything get destroyed.
void Site::stop(env::Task done) {
    impl_->leaving = true;
    impl_->on_stopped = std::move(done);
    impl_->imports->stop([impl = impl_.get()] {
        impl->engine->stop([impl] { impl->events_executor->post([impl] { impl->quiesce(); }); });
    });
}

// On the events executor: nothing there asks any more.
void Site::Impl::quiesce() {
    replays->stop();
    ticket_desk->stop();
    router.reset();
    exporter->stop();
    exports.reset();  // waits for the export that runs, which ends soon
    webhooks->stop();
    if (notices != nullptr) notices->stop();
    payments->stop();
    bills->stop();
    reconciliations->stop();
    live_stock.reset();
    order_events.reset();
    records_pulse.reset();
    lists_pulse.reset();
    engine->read(domain::ShardId(0), *events_executor,
                 [this](const boxoffice::BoxOffice&, base::Timestamp) -> env::Task {
                     return [this] { flush_stores(); };
                 });
}

void Site::Impl::flush_stores() {
    const auto nothing = [](sql::Connection&) { return true; };
    records->ask<bool>(
        *events_executor, nothing,
        [this, nothing](bool) {
            lists->ask<bool>(
                *events_executor, nothing,
                [this](bool) { projector_executor->post([this] { catch_up(); }); }, false);
        },
        false);
}

void Site::Impl::catch_up() {
    const auto caught_up = projector->catch_up();
    if (!caught_up)
        telemetry::log_warning("site",
                               "the projections did not catch up: " + caught_up.error().message);
    env::Task done = std::exchange(on_stopped, nullptr);
    done();
}

}  // namespace onsale::site
