#include "notices/notices.h"

#include <algorithm>
#include <utility>

#include "notices/internal/impl.h"
#include "telemetry/log.h"

namespace onsale::notices {
namespace {

using base::Unexpected;

constexpr std::size_t kTasksMax = 4096;
constexpr auto kWriteAgainAfter = base::Duration::seconds(1);
constexpr auto kRowsAgainAfter = base::Duration::milliseconds(100);

}  // namespace

Notices::Impl::Impl(NoticesParts p, NoticesOptions o)
    : store(p.store),
      environment(p.environment),
      outbox(p.outbox),
      profiles(p.profiles),
      notes(p.notes),
      catalog(p.catalog),
      feed(p.feed),
      options(std::move(o)),
      sent_total(p.metrics.counter("onsale_notices_sent_total",
                                   "notices to buyers that the mail server has taken")),
      parked_total(p.metrics.counter("onsale_notices_parked_total",
                                     "notices that were refused, or tried too often")),
      forgotten_total(p.metrics.counter("onsale_notices_forgotten_total",
                                        "notices that could not be sent for days")),
      waiting_gauge(p.metrics.gauge("onsale_notices_waiting", "notices that wait to be sent")),
      finder(std::move(p.source), std::move(p.projections), std::move(p.projected)) {}

Notices::Impl::Opened Notices::Impl::open() {
    auto& connection = store.connection();
    if (auto done = migrate_tables(connection); !done) return Unexpected{done.error().message};
    if (auto done = take_up(connection, now() - kUselessAfter); !done)
        return Unexpected{done.error().message};
    auto rows = read_waiting(connection);
    if (!rows) return Unexpected{rows.error().message};
    for (const auto& row : *rows) waiting.emplace(row.notice.key, row);
    ONSALE_TRY(open_looked());
    executor = environment.make_executor(
        {"notices", "tells buyers by mail about their orders and refunds", kTasksMax});
    return {};
}

// What happened before the site first had a mail server is told to nobody.
Notices::Impl::Opened Notices::Impl::open_looked() {
    auto& connection = store.connection();
    for (std::uint16_t shard = 0; shard < feed.shards(); ++shard)
        looked.push_back(feed.committed(domain::ShardId(shard)));
    auto rows = read_looked(connection);
    if (!rows) return Unexpected{rows.error().message};
    // A backup's records may be newer than its journal: what is written there next is told.
    for (const auto& row : *rows) {
        if (row.shard.value() >= looked.size()) continue;
        auto& place = looked[row.shard.value()];
        place = std::min(place, row.sequence);
    }
    std::vector<Looked> all;
    for (std::uint16_t shard = 0; shard < feed.shards(); ++shard)
        all.push_back({domain::ShardId(shard), looked[shard]});
    auto transaction = sql::Transaction::begin(connection);
    if (!transaction) return Unexpected{transaction.error().message};
    if (auto done = save_looked(connection, all); !done) return Unexpected{done.error().message};
    if (auto done = transaction->commit(); !done) return Unexpected{done.error().message};
    saved = looked;
    return {};
}

void Notices::Impl::pump() {
    pump_posted = false;
    if (stopping) return;
    waiting_gauge.set(static_cast<double>(waiting.size()));
    const bool more = look();
    send_next();
    if (more) return pump_later();
    if (rows_are_behind()) pump_after(kRowsAgainAfter);
}

void Notices::Impl::pump_later() {
    if (stopping || std::exchange(pump_posted, true)) return;
    executor->post([self = weak_from_this()] {
        if (const auto alive = self.lock()) alive->pump();
    });
}

void Notices::Impl::pump_after(base::Duration delay) {
    const base::Timestamp at = now() + delay;
    if (pump_at <= at) return;
    pump_at = at;
    executor->post_after(delay, [self = weak_from_this(), at] {
        const auto alive = self.lock();
        if (alive == nullptr) return;
        // An earlier one may have been promised, and kept, since then.
        if (alive->pump_at == at) alive->pump_at = base::Timestamp::never();
        alive->pump_later();
    });
}

void Notices::Impl::persist(Write write, std::function<void()> then) {
    using Written = records::StoreResult<void>;
    store.ask<Written>(
        *executor,
        // Holds on to the state and to the executor that is told, whoever lets go of them
        // meanwhile.
        [self = shared_from_this(), write](sql::Connection& connection) -> Written {
            auto transaction = sql::Transaction::begin(connection);
            if (!transaction) return Unexpected{records::to_store_error(transaction.error())};
            if (auto done = write(connection); !done)
                return Unexpected{records::to_store_error(done.error())};
            if (auto done = transaction->commit(); !done)
                return Unexpected{records::to_store_error(done.error())};
            return {};
        },
        [self = weak_from_this(), write, then = std::move(then)](Written written) {
            const auto alive = self.lock();
            if (alive == nullptr) return;
            if (written) return then();
            if (alive->stopping) return;
            telemetry::log_warning("notices", "a write waits: " + written.error().message);
            alive->executor->post_after(kWriteAgainAfter, [self, write, then] {
                if (const auto later = self.lock()) later->persist(write, then);
            });
        },
        Unexpected{records::store_busy()});
}

Notices::Notices(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

base::Result<std::unique_ptr<Notices>, std::string> Notices::create(NoticesParts parts,
                                                                    const NoticesOptions& options) {
    auto impl = std::make_shared<Impl>(std::move(parts), options);
    ONSALE_TRY(impl->open());
    return std::unique_ptr<Notices>(new Notices(std::move(impl)));
}

Notices::~Notices() {
    stop();
    // Here, because a task that runs holds on to the state and must not be the one to end it.
    impl_->executor->close();
}

void Notices::start() {
    const auto notice = [self = std::weak_ptr(impl_)] {
        if (const auto alive = self.lock()) alive->pump_later();
    };
    impl_->feed.subscribe(*impl_->executor, notice);
    impl_->executor->post(notice);
}

void Notices::stop() {
    impl_->stopping = true;
}

}  // namespace onsale::notices
