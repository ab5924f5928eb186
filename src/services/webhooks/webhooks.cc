#include "webhooks/webhooks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "telemetry/log.h"
#include "webhooks/internal/impl.h"

namespace onsale::webhooks {
namespace {

using base::Unexpected;

constexpr std::size_t kTasksMax = 16 * 1024;
constexpr std::size_t kParkedShown = 100;

std::string context_of(HookId hook) {
    return "webhook " + std::to_string(hook.value());
}

HookError error_of(const records::StoreError& error) {
    switch (error.trouble) {
        case records::StoreTrouble::busy:
            return {HookRefusal::busy, error.message};
        case records::StoreTrouble::storage_full:
            return {HookRefusal::storage_full, error.message};
        case records::StoreTrouble::failed:
            break;
    }
    return {HookRefusal::failed, error.message};
}

Unexpected<HookError> refused(HookRefusal refusal) {
    return Unexpected{HookError{refusal, {}}};
}

template <class T>
void tell(env::Executor& home, Webhooks::Reply<T> reply, T value) {
    home.post([reply = std::move(reply), value = std::move(value)]() mutable {
        reply(std::move(value));
    });
}

std::optional<HookState> state_of(const HookChange& change) {
    if (!change.on) return std::nullopt;
    return *change.on ? HookState::on : HookState::off;
}

std::string new_secret(env::Entropy& entropy) {
    std::array<std::byte, kSecretCharacters / 2> bytes{};
    entropy.fill(bytes);
    return crypto::to_hex(bytes);
}

}  // namespace

Webhooks::Impl::Impl(WebhooksParts p, const WebhooksOptions& o)
    : store(p.store),
      environment(p.environment),
      key(crypto::derive_key(p.master, "webhooks")),
      catalog(p.catalog),
      feed(p.feed),
      options(o),
      parts(std::move(p)) {}

Webhooks::Impl::Opened Webhooks::Impl::open() {
    auto& connection = store.connection();
    if (auto done = migrate_tables(connection); !done) return Unexpected{done.error().message};
    auto stored = read_hooks(connection, feed.shards());
    if (!stored) return Unexpected{stored.error().message};
    collector = std::make_unique<Collector>(std::move(parts->source), parts->projections, catalog,
                                            std::move(parts->projected));
    executor = environment.make_executor(
        {"webhooks", "reads the journal for webhooks and keeps their cursors", kTasksMax});
    callers = std::make_unique<Callers>(environment, *executor, std::move(parts->make_client),
                                        options.callers);
    parts.reset();
    for (auto& row : *stored) {
        auto secret = crypto::open(key, row.sealed_secret, context_of(row.hook.id));
        if (!secret || secret->size() != kSecretCharacters)
            return Unexpected{context_of(row.hook.id) + ": its secret cannot be opened"};
        set_owner(row.hook);
        // A backup's records may be newer than its journal: what is written there next is told.
        for (std::uint16_t shard = 0; shard < row.cursors.size(); ++shard) {
            const Cursor next{feed.committed(domain::ShardId(shard)) + 1, 0};
            row.cursors[shard] = std::min(row.cursors[shard], next);
        }
        Live live{row.hook, *std::move(secret), row.cursors, row.cursors};
        hooks.emplace(row.hook.id, std::move(live));
    }
    return {};
}

Live* Webhooks::Impl::find(HookId hook) {
    const auto found = hooks.find(hook);
    return found == hooks.end() ? nullptr : &found->second;
}

bool Webhooks::Impl::may_add(catalog::OrganiserId organiser) const {
    std::size_t same = adding.count(organiser);
    same += static_cast<std::size_t>(std::ranges::count(
        hooks, organiser, [](const auto& one) { return one.second.hook.organiser; }));
    return same < kHooksPerOrganiserMax && hooks.size() + adding.size() < kHooksMax;
}

// What changed meanwhile stays: only what this change names is put over it.
const Live* Webhooks::Impl::change(HookId id, const HookColumns& columns, HookState state_before) {
    Live* live = find(id);
    if (live == nullptr) return nullptr;
    const bool state_moved = live->hook.state != state_before;
    if (columns.url) live->hook.url = *columns.url;
    if (columns.events) live->hook.events = *columns.events;
    if (columns.state) live->hook.state = *columns.state;
    live->hook.failing_since = {};
    if (state_moved) save_state(*live);  // its row may have been written before or after
    live->failures = 0;
    live->paused = false;
    live->delivery.reset();
    ++live->version;
    pump_later();
    return live;
}

void Webhooks::Impl::set_owner(const Hook& hook) {
    const std::lock_guard lock(owners_mutex);
    owners[hook.id] = hook.organiser;
}

std::optional<HookError> Webhooks::Impl::problem_of(const std::string& url) const {
    const auto problem = check_url(url, options.private_addresses);
    if (!problem) return std::nullopt;
    switch (*problem) {
        case UrlProblem::malformed:
            return HookError{HookRefusal::url_invalid, "is not an address of a server"};
        case UrlProblem::not_https:
            return HookError{HookRefusal::url_invalid, "does not begin with https://"};
        case UrlProblem::private_address:
            return HookError{HookRefusal::url_invalid, "is not an address of the public Internet"};
    }
    return std::nullopt;
}

base::Result<std::unique_ptr<Webhooks>, std::string> Webhooks::create(
    WebhooksParts parts, const WebhooksOptions& options) {
    auto impl = std::make_shared<Impl>(std::move(parts), options);
    ONSALE_TRY(impl->open());
    return std::unique_ptr<Webhooks>(new Webhooks(std::move(impl)));
}

Webhooks::Webhooks(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Webhooks::~Webhooks() {
    stop();
    // Here, because a task that runs holds on to the state and must not be the one to end it.
    impl_->executor->close();
    impl_->callers->close();
}

void Webhooks::start() {
    const auto notice = [self = std::weak_ptr(impl_)] {
        const auto alive = self.lock();
        if (alive && !alive->hooks.empty()) alive->pump_later();
    };
    impl_->feed.subscribe(*impl_->executor, notice);
    impl_->executor->post(notice);
}

void Webhooks::stop() {
    impl_->stopping = true;
}

std::optional<catalog::OrganiserId> Webhooks::organiser_of(HookId hook) const {
    const std::lock_guard lock(impl_->owners_mutex);
    const auto found = impl_->owners.find(hook);
    if (found == impl_->owners.end()) return std::nullopt;
    return found->second;
}

void Webhooks::list(env::Executor& home, Reply<std::vector<Hook>> reply) {
    impl_->executor->post([impl = impl_.get(), &home, reply = std::move(reply)]() mutable {
        std::vector<Hook> hooks;
        for (const auto& [id, live] : impl->hooks) hooks.push_back(live.hook);
        tell(home, std::move(reply), std::move(hooks));
    });
}

void Webhooks::add(NewHook wanted, env::Executor& home, Reply<HookResult<AddedHook>> reply) {
    using Result = HookResult<AddedHook>;
    if (auto problem = impl_->problem_of(wanted.url))
        return tell<Result>(home, std::move(reply), Unexpected{*std::move(problem)});
    if (wanted.events.empty())
        return tell<Result>(home, std::move(reply), refused(HookRefusal::events_missing));
    impl_->executor->post([impl = impl_.get(), wanted = std::move(wanted), &home,
                           reply = std::move(reply)]() mutable {
        if (!impl->may_add(wanted.organiser))
            return tell<Result>(home, std::move(reply), refused(HookRefusal::too_many_hooks));
        const auto live = std::make_shared<Live>();
        live->hook = {{},
                      wanted.organiser,
                      std::move(wanted.url),
                      wanted.events,
                      HookState::on,
                      impl->environment.clock().wall_now(),
                      {}};
        live->secret = new_secret(impl->environment.entropy());
        for (std::uint16_t shard = 0; shard < impl->feed.shards(); ++shard)
            live->cursors.push_back({impl->feed.committed(domain::ShardId(shard)) + 1, 0});
        live->saved = live->cursors;
        impl->adding.insert(wanted.organiser);
        auto write = [impl, live](sql::Connection& connection) -> sql::SqlResult<void> {
            ONSALE_TRY_ASSIGN(id, insert_hook(connection, live->hook, live->cursors));
            live->hook.id = id;
            return set_secret(
                connection, id,
                crypto::seal(impl->key, live->secret, context_of(id), impl->environment.entropy()));
        };
        impl->write_once(write, [impl, live, &home,
                                 reply = std::move(reply)](Impl::Written written) mutable {
            impl->adding.erase(impl->adding.find(live->hook.organiser));
            if (!written)
                return tell<Result>(home, std::move(reply), Unexpected{error_of(written.error())});
            impl->set_owner(live->hook);
            AddedHook added{live->hook, live->secret};
            impl->hooks.emplace(added.hook.id, std::move(*live));
            impl->pump_later();
            tell<Result>(home, std::move(reply), std::move(added));
        });
    });
}

void Webhooks::change(HookId id, HookChange change, env::Executor& home,
                      Reply<HookResult<Hook>> reply) {
    using Result = HookResult<Hook>;
    if (change.url) {
        if (auto problem = impl_->problem_of(*change.url))
            return tell<Result>(home, std::move(reply), Unexpected{*std::move(problem)});
    }
    if (change.events && change.events->empty())
        return tell<Result>(home, std::move(reply), refused(HookRefusal::events_missing));
    impl_->executor->post([impl = impl_.get(), id, change = std::move(change), &home,
                           reply = std::move(reply)]() mutable {
        const Live* live = impl->find(id);
        if (live == nullptr)
            return tell<Result>(home, std::move(reply), refused(HookRefusal::hook_unknown));
        const HookColumns columns{change.url, change.events, state_of(change)};
        auto write = [id, columns](sql::Connection& connection) {
            return change_hook(connection, id, columns);
        };
        impl->write_once(write, [impl, id, columns, state_before = live->hook.state, &home,
                                 reply = std::move(reply)](Impl::Written written) mutable {
            if (!written)
                return tell<Result>(home, std::move(reply), Unexpected{error_of(written.error())});
            const Live* changed = impl->change(id, columns, state_before);
            if (changed == nullptr)
                return tell<Result>(home, std::move(reply), refused(HookRefusal::hook_unknown));
            tell<Result>(home, std::move(reply), changed->hook);
        });
    });
}

void Webhooks::remove(HookId id, env::Executor& home, Reply<HookResult<void>> reply) {
    using Result = HookResult<void>;
    impl_->executor->post([impl = impl_.get(), id, &home, reply = std::move(reply)]() mutable {
        if (impl->find(id) == nullptr)
            return tell<Result>(home, std::move(reply), refused(HookRefusal::hook_unknown));
        auto write = [id](sql::Connection& connection) { return delete_hook(connection, id); };
        impl->write_once(write, [impl, id, &home,
                                 reply = std::move(reply)](Impl::Written written) mutable {
            if (!written)
                return tell<Result>(home, std::move(reply), Unexpected{error_of(written.error())});
            impl->hooks.erase(id);
            {
                const std::lock_guard lock(impl->owners_mutex);
                impl->owners.erase(id);
            }
            tell<Result>(home, std::move(reply), {});
        });
    });
}

void Webhooks::test(HookId id, env::Executor& home, Reply<HookResult<CallReport>> reply) {
    using Result = HookResult<CallReport>;
    impl_->executor->post([impl = impl_.get(), id, &home, reply = std::move(reply)]() mutable {
        const Live* live = impl->find(id);
        if (live == nullptr)
            return tell<Result>(home, std::move(reply), refused(HookRefusal::hook_unknown));
        const auto now = impl->environment.clock().wall_now();
        const std::string key = "test-" + std::to_string(impl->environment.entropy().next_u64());
        const std::string body =
            "[{\"id\":\"" + key + "\",\"type\":\"test\",\"at\":\"" + base::to_rfc3339(now) +
            "\",\"organiser\":" + std::to_string(live->hook.organiser.value()) + "}]\n";
        const auto owed = std::make_shared<Reply<Result>>(std::move(reply));
        const bool taken = impl->call(live->hook.organiser, impl->request_of(*live, key, body),
                                      [&home, owed](CallReport report) {
                                          tell<Result>(home, std::move(*owed), std::move(report));
                                      });
        if (!taken) tell<Result>(home, std::move(*owed), refused(HookRefusal::busy));
    });
}

void Webhooks::deliveries(HookId id, env::Executor& home, Reply<HookResult<Deliveries>> reply) {
    using Result = HookResult<Deliveries>;
    impl_->executor->post([impl = impl_.get(), id, &home, reply = std::move(reply)]() mutable {
        const Live* live = impl->find(id);
        if (live == nullptr)
            return tell<Result>(home, std::move(reply), refused(HookRefusal::hook_unknown));
        std::vector<Recent> recent(live->recent.begin(), live->recent.end());
        impl->store.ask<Result>(
            home,
            [id, recent = std::move(recent)](sql::Connection& connection) mutable -> Result {
                auto parked = read_parked(connection, id, kParkedShown);
                if (!parked) return Unexpected{error_of(records::to_store_error(parked.error()))};
                return Deliveries{std::move(recent), std::move(*parked)};
            },
            std::move(reply), refused(HookRefusal::busy));
    });
}

void Webhooks::drop(HookId id, DeliveryId delivery, env::Executor& home,
                    Reply<HookResult<void>> reply) {
    using Result = HookResult<void>;
    impl_->store.ask<Result>(
        home,
        [id, delivery](sql::Connection& connection) -> Result {
            const auto done = delete_parked(connection, id, delivery);
            if (!done) return Unexpected{error_of(records::to_store_error(done.error()))};
            if (!*done) return refused(HookRefusal::delivery_unknown);
            return {};
        },
        std::move(reply), refused(HookRefusal::busy));
}

}  // namespace onsale::webhooks
