// Webhooks: tells organisers' own systems what happens, by signed calls. A follower of the journal:
// each hook has a cursor per shard in the records, which moves only after the other end has
// answered 2xx, so after a crash nothing is missing and something may come twice (each event has a
// key that is unique for ever). Order is kept within a shard. What fails is tried again with longer
// and longer pauses, then parked for an operator, and the hook goes on; a hook that has failed for
// a day is switched off. Any thread may call it; its state lives on the "webhooks" executor, and
// calls wait on threads of their own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_function.h"
#include "catalog/catalog.h"
#include "crypto/crypto.h"
#include "env/environment.h"
#include "follow/batch_source.h"
#include "records/store.h"
#include "webhooks/hook.h"
#include "webhooks/internal/callers.h"
#include "webhooks/internal/collector.h"
#include "webhooks/internal/table.h"

namespace onsale::webhooks {

enum class HookRefusal : std::uint8_t {
    hook_unknown,
    delivery_unknown,
    url_invalid,  // `message` says why
    events_missing,
    too_many_hooks,
    busy,
    storage_full,
    failed,  // `message` has the reason
};
struct HookError {
    HookRefusal refusal = HookRefusal::failed;
    std::string message;
};
template <class T>
using HookResult = base::Result<T, HookError>;

struct NewHook {
    catalog::OrganiserId organiser;
    std::string url;
    EventSet events;
};
struct AddedHook {
    Hook hook;
    std::string secret;  // never told again
};
// What is not given stays.
struct HookChange {
    std::optional<std::string> url;
    std::optional<EventSet> events;
    std::optional<bool> on;
};

struct Recent {
    std::string first_id;
    base::Timestamp at;
    std::uint32_t events = 0;
    std::uint32_t attempt = 1;
    CallReport report;
};
struct Deliveries {
    std::vector<Recent> recent;  // of this process, the newest first
    std::vector<Parked> parked;  // the newest first, at most 100
};

struct WebhooksOptions {
    bool private_addresses = false;  // for tests and closed networks
    std::size_t callers = kCallers;
};

// What it works with; all references outlive it.
struct WebhooksParts {
    records::Store& store;
    env::Environment& environment;
    const crypto::Key& master;
    catalog::Catalog& catalog;
    follow::Feed& feed;
    follow::BatchSource source;
    sql::OpenOptions projections;
    Projected projected;
    ClientFactory make_client;
};

class Webhooks {
  public:
    // Migrates the tables and reads the hooks: call it before anything was posted to the store.
    static base::Result<std::unique_ptr<Webhooks>, std::string> create(
        WebhooksParts parts, const WebhooksOptions& options);
    ~Webhooks();
    Webhooks(const Webhooks&) = delete;
    Webhooks& operator=(const Webhooks&) = delete;

    void start();
    // From any thread: no call begins any more and nothing more is written.
    void stop();

    // Replies are told on `home`.
    template <class T>
    using Reply = base::UniqueFunction<void(T)>;
    void list(env::Executor& home, Reply<std::vector<Hook>> reply);
    // It begins with what happens from now on.
    void add(NewHook hook, env::Executor& home, Reply<HookResult<AddedHook>> reply);
    void change(HookId hook, HookChange change, env::Executor& home, Reply<HookResult<Hook>> reply);
    void remove(HookId hook, env::Executor& home, Reply<HookResult<void>> reply);
    // Calls it once with an event of the type "test".
    void test(HookId hook, env::Executor& home, Reply<HookResult<CallReport>> reply);
    void deliveries(HookId hook, env::Executor& home, Reply<HookResult<Deliveries>> reply);
    // Sends a parked delivery again; when it arrives, it is parked no longer.
    void retry(HookId hook, DeliveryId delivery, env::Executor& home,
               Reply<HookResult<CallReport>> reply);
    void drop(HookId hook, DeliveryId delivery, env::Executor& home, Reply<HookResult<void>> reply);

    // Whose a hook is; from any thread, in memory.
    [[nodiscard]] std::optional<catalog::OrganiserId> organiser_of(HookId hook) const;

  private:
    struct Impl;
    explicit Webhooks(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::webhooks
