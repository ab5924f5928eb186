// What goes out: look for events, call, and what becomes of a call.
#include <algorithm>
#include <utility>

#include "telemetry/log.h"
#include "webhooks/internal/impl.h"

namespace onsale::webhooks {
namespace {

constexpr auto kWriteAgainAfter = base::Duration::seconds(1);
constexpr auto kRowsAgainAfter = base::Duration::milliseconds(100);
constexpr auto kLookAgainAfter = base::Duration::minutes(1);

std::string name_of(const Hook& hook) {
    return "webhook " + std::to_string(hook.id.value());
}

std::vector<SavedCursor> moved(const Live& live) {
    std::vector<SavedCursor> cursors;
    for (std::uint16_t shard = 0; shard < live.cursors.size(); ++shard) {
        if (live.cursors[shard] != live.saved[shard])
            cursors.push_back({domain::ShardId(shard), live.cursors[shard]});
    }
    return cursors;
}

}  // namespace

void Webhooks::Impl::pump() {
    pump_posted = false;
    if (stopping) return;
    bool more = false;
    std::vector<Live*> ready;
    for (auto& [id, live] : hooks) {
        if (live.hook.state == HookState::on && !live.under_way && !live.paused)
            ready.push_back(&live);
    }
    std::ranges::stable_sort(ready, {}, &Live::turn);
    for (Live* live : ready) {
        if (!live->delivery) more = look(*live) || more;
        if (live->delivery && !calls.contains(live->hook.organiser)) send(*live);
    }
    if (more) return pump_later();
    if (!hooks.empty() && rows_are_behind()) pump_when_rows_are_there();
}

// A commit is told before its rows are there.
bool Webhooks::Impl::rows_are_behind() const {
    for (std::uint16_t i = 0; i < feed.shards(); ++i) {
        const domain::ShardId shard(i);
        if (feed.committed(shard) > collector->projected(shard)) return true;
    }
    return false;
}

void Webhooks::Impl::pump_when_rows_are_there() {
    if (std::exchange(waits_for_rows, true)) return;
    executor->post_after(kRowsAgainAfter, [self = weak_from_this()] {
        const auto alive = self.lock();
        if (alive == nullptr) return;
        alive->waits_for_rows = false;
        alive->pump();
    });
}

void Webhooks::Impl::pump_later() {
    if (stopping || std::exchange(pump_posted, true)) return;
    executor->post([self = weak_from_this()] {
        if (const auto alive = self.lock()) alive->pump();
    });
}

// One round over the shards, beginning where the last one ended.
bool Webhooks::Impl::look(Live& live) {
    const auto shards = static_cast<std::uint16_t>(live.cursors.size());
    bool more = false;
    for (std::uint16_t i = 0; i < shards; ++i) {
        const domain::ShardId shard(static_cast<std::uint16_t>((live.next_shard + i) % shards));
        auto delivery = collector->collect(live.hook, shard, live.cursors[shard.value()]);
        if (!delivery) {
            telemetry::log_error("webhooks",
                                 name_of(live.hook) + " waits: " + delivery.error().message);
            pause(live, kLookAgainAfter);
            return false;
        }
        more = more || delivery->more;
        if (delivery->events == 0) {
            live.cursors[shard.value()] = delivery->until;
            continue;
        }
        live.next_shard = static_cast<std::uint16_t>((shard.value() + 1U) % shards);
        live.delivery = std::move(*delivery);
        return false;
    }
    save_quiet_cursors(live);
    return more;
}

// Batches without an event for this hook are not looked through again after a restart.
void Webhooks::Impl::save_quiet_cursors(Live& live) {
    std::uint64_t unsaved = 0;
    for (std::size_t shard = 0; shard < live.cursors.size(); ++shard)
        unsaved += live.cursors[shard].sequence - live.saved[shard].sequence;
    if (unsaved < kUnsavedBatchesMax) return;
    const auto cursors = moved(live);
    live.saved = live.cursors;
    persist([id = live.hook.id, cursors](
                sql::Connection& connection) { return save_cursors(connection, id, cursors); },
            [] {});
}

http::ClientRequest Webhooks::Impl::request_of(const Live& live, const std::string& first_id,
                                               const std::string& body) const {
    const auto now = environment.clock().wall_now();
    http::ClientRequest request;
    request.method = http::Method::post;
    request.url = live.hook.url;
    request.body = body;
    request.deadline = kDeadline;
    request.response_bytes_max = kAnswerBytesMax;
    request.headers = {{"User-Agent", "Onsale-Webhooks"},
                       {"Onsale-Event-Id", first_id},
                       {"Onsale-Timestamp", std::to_string(now.unix_ms() / 1000)},
                       {"Onsale-Signature", signature_of(live.secret, now, body)}};
    request.reach = http::Reach::public_only;
    if (options.private_addresses) {
        request.reach = live.hook.url.starts_with("https://") ? http::Reach::anywhere
                                                              : http::Reach::private_only;
    }
    return request;
}

void Webhooks::Impl::send(Live& live) {
    live.under_way = true;
    live.turn = ++turns;
    auto request = request_of(live, live.delivery->first_id, live.delivery->body);
    const bool taken = call_now(
        live.hook.organiser, std::move(request),
        [self = weak_from_this(), id = live.hook.id, version = live.version](CallReport report) {
            if (const auto alive = self.lock()) alive->finished(id, version, std::move(report));
        });
    if (!taken) pause(live, kPauseMin);
}

bool Webhooks::Impl::call(catalog::OrganiserId organiser, http::ClientRequest request, Told told) {
    const auto under_way = calls.find(organiser);
    if (under_way == calls.end()) return call_now(organiser, std::move(request), std::move(told));
    if (under_way->second.size() == kWishesPerOrganiserMax) return false;
    under_way->second.push_back({std::move(request), std::move(told)});
    return true;
}

bool Webhooks::Impl::call_now(catalog::OrganiserId organiser, http::ClientRequest request,
                              Told told) {
    const bool taken = callers->call(
        std::move(request),
        [self = weak_from_this(), organiser, told = std::move(told)](CallReport report) mutable {
            if (const auto alive = self.lock()) alive->call_ended(organiser);
            told(std::move(report));
        });
    if (taken) calls.try_emplace(organiser);
    return taken;
}

void Webhooks::Impl::call_ended(catalog::OrganiserId organiser) {
    const auto ended = calls.find(organiser);
    while (!ended->second.empty()) {
        Wish wish = std::move(ended->second.front());
        ended->second.pop_front();
        // A call has just ended, so there is room for one.
        if (call_now(organiser, std::move(wish.request), std::move(wish.told))) return;
    }
    calls.erase(ended);
    pump_later();
}

void Webhooks::Impl::finished(HookId id, std::uint64_t version, CallReport report) {
    Live* live = find(id);
    if (stopping || live == nullptr) return;
    if (version != live->version || !live->delivery) {  // changed meanwhile: look again
        live->under_way = false;
        return pump_later();
    }
    live->recent.push_front({live->delivery->first_id, environment.clock().wall_now(),
                             live->delivery->events, live->failures + 1, report});
    if (live->recent.size() > kRecentMax) live->recent.pop_back();
    report.arrived() ? arrived(*live) : failed(*live, report);
}

void Webhooks::Impl::arrived(Live& live) {
    live.failures = 0;
    live.hook.failing_since = {};
    live.cursors[live.delivery->shard.value()] = live.delivery->until;
    live.delivery.reset();
    const auto cursors = moved(live);
    live.saved = live.cursors;
    persist(
        [id = live.hook.id, cursors](sql::Connection& connection) -> sql::SqlResult<void> {
            ONSALE_TRY(save_cursors(connection, id, cursors));
            return set_failing_since(connection, id, {});
        },
        [this, id = live.hook.id] {
            if (Live* again = find(id)) again->under_way = false;
            pump_later();
        });
}

void Webhooks::Impl::failed(Live& live, const CallReport& report) {
    const auto now = environment.clock().wall_now();
    ++live.failures;
    const bool first = live.hook.failing_since == base::Timestamp();
    if (first) live.hook.failing_since = now;
    if (now - live.hook.failing_since >= kFailingMax) {
        telemetry::log_warning(
            "webhooks", name_of(live.hook) + " is switched off: nothing has arrived for a day");
        live.hook.state = HookState::failing;
        live.failures = 0;
        live.delivery.reset();
        live.under_way = false;
    }
    if (live.hook.state != HookState::on) return save_state(live);
    if (first) {
        persist([id = live.hook.id, now](
                    sql::Connection& connection) { return set_failing_since(connection, id, now); },
                [] {});
    }
    if (live.failures >= kTriesMax) return park(live, report);
    pause(live, pause_after(live.failures, environment.entropy().next_u64()));
}

void Webhooks::Impl::park(Live& live, const CallReport& report) {
    const Parked parked{{},
                        live.hook.id,
                        live.delivery->shard,
                        live.delivery->from,
                        live.delivery->until,
                        live.delivery->events,
                        report.status,
                        report.error,
                        environment.clock().wall_now()};
    live.failures = 0;
    live.cursors[parked.shard.value()] = parked.until;
    live.delivery.reset();
    const auto cursors = moved(live);
    live.saved = live.cursors;
    const auto full = std::make_shared<bool>(false);
    persist(
        [parked, cursors, full](sql::Connection& connection) -> sql::SqlResult<void> {
            ONSALE_TRY(insert_parked(connection, parked));
            ONSALE_TRY(save_cursors(connection, parked.hook, cursors));
            ONSALE_TRY_ASSIGN(count, count_parked(connection, parked.hook));
            *full = count >= static_cast<std::int64_t>(kParkedMax);
            return {};
        },
        [this, id = live.hook.id, full] {
            Live* again = find(id);
            if (again == nullptr) return;
            again->under_way = false;
            if (*full && again->hook.state == HookState::on) {
                again->hook.state = HookState::failing;
                save_state(*again);
            }
            pump_later();
        });
}

void Webhooks::Impl::save_state(const Live& live) {
    persist([hook = live.hook](sql::Connection& connection) { return set_state(connection, hook); },
            [] {});
}

// Nothing of the hook goes out before `delay` has passed, unless an operator changes it.
void Webhooks::Impl::pause(Live& live, base::Duration delay) {
    live.under_way = false;
    live.paused = true;
    executor->post_after(delay,
                         [self = weak_from_this(), id = live.hook.id, version = live.version] {
                             const auto alive = self.lock();
                             Live* again = alive ? alive->find(id) : nullptr;
                             if (again == nullptr || again->version != version) return;
                             again->paused = false;
                             alive->pump_later();
                         });
}

void Webhooks::Impl::write_once(Write write, base::UniqueFunction<void(Written)> told) {
    store.ask<Written>(
        *executor,
        // Holds on to the state and to the executor that is told, whoever lets go of them
        // meanwhile.
        [self = shared_from_this(),
         write = std::move(write)](sql::Connection& connection) -> Written {
            auto transaction = sql::Transaction::begin(connection);
            if (!transaction) return base::Unexpected{records::to_store_error(transaction.error())};
            if (auto done = write(connection); !done)
                return base::Unexpected{records::to_store_error(done.error())};
            if (auto done = transaction->commit(); !done)
                return base::Unexpected{records::to_store_error(done.error())};
            return {};
        },
        std::move(told), base::Unexpected{records::store_busy()});
}

void Webhooks::Impl::persist(Write write, std::function<void()> then) {
    if (stopping) return;
    write_once(write, [self = weak_from_this(), write, then = std::move(then)](Written written) {
        const auto alive = self.lock();
        if (alive == nullptr || alive->stopping) return;
        if (written) return then();
        telemetry::log_warning("webhooks", "a write waits: " + written.error().message);
        alive->executor->post_after(kWriteAgainAfter, [self, write, then] {
            if (const auto later = self.lock()) later->persist(write, then);
        });
    });
}

}  // namespace onsale::webhooks
