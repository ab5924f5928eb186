// The state of webhooks: everything here lives on the "webhooks" executor, except for the owners'
// table, which has its mutex. What is asked of the records is asked in order and answered here.
// After a crash it is made again from the records.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <set>

#include "webhooks/webhooks.h"

namespace onsale::webhooks {

// A hook at work.
struct Live {
    Hook hook;
    std::string secret;
    std::vector<Cursor> cursors;
    std::vector<Cursor> saved;  // as the records have them
    std::uint16_t next_shard = 0;
    // INVARIANT: at most one delivery of a hook is under way (until the records have its end), so
    // the order of a shard is kept.
    bool under_way = false;
    bool paused = false;
    std::uint32_t failures = 0;
    std::uint64_t version = 0;         // counts changes by operators
    std::uint64_t turn = 0;            // when it was called last: the next is whose turn is oldest
    std::optional<Delivery> delivery;  // what is being tried
    std::deque<Recent> recent;         // the newest first
};

struct Webhooks::Impl : std::enable_shared_from_this<Webhooks::Impl> {
    Impl(WebhooksParts p, const WebhooksOptions& o);

    using Opened = base::Result<void, std::string>;
    Opened open();

    // pump.cc: what goes out.
    void pump();
    void pump_later();
    [[nodiscard]] bool rows_are_behind() const;
    void pump_when_rows_are_there();
    [[nodiscard]] bool look(Live& live);  // true: there is more to look through
    void send(Live& live);
    // INVARIANT: an organiser has at most one call under way, so that a slow one holds up itself.
    // What somebody waits for (a test, a repeat) waits here for its end; false: too much does.
    using Told = base::UniqueFunction<void(CallReport)>;
    [[nodiscard]] bool call(catalog::OrganiserId organiser, http::ClientRequest request, Told told);
    [[nodiscard]] bool call_now(catalog::OrganiserId organiser, http::ClientRequest request,
                                Told told);
    void call_ended(catalog::OrganiserId organiser);
    void finished(HookId id, std::uint64_t version, CallReport report);
    void arrived(Live& live);
    void failed(Live& live, const CallReport& report);
    void park(Live& live, const CallReport& report);
    void pause(Live& live, base::Duration delay);
    void save_state(const Live& live);
    void save_quiet_cursors(Live& live);
    [[nodiscard]] http::ClientRequest request_of(const Live& live, const std::string& first_id,
                                                 const std::string& body) const;

    // Writes in one transaction, again and again until it succeeds; then calls `then` here.
    using Write = std::function<sql::SqlResult<void>(sql::Connection&)>;
    void persist(Write write, std::function<void()> then);
    // The same once; the result is told here.
    using Written = records::StoreResult<void>;
    void write_once(Write write, base::UniqueFunction<void(Written)> told);

    [[nodiscard]] Live* find(HookId hook);
    [[nodiscard]] bool may_add(catalog::OrganiserId organiser) const;
    // The records have the change already, from when the state was `state_before`.
    const Live* change(HookId hook, const HookColumns& columns, HookState state_before);
    void set_owner(const Hook& hook);
    [[nodiscard]] std::optional<HookError> problem_of(const std::string& url) const;
    void resend(HookId hook, const Parked& parked, Cursor from,
                std::shared_ptr<Reply<HookResult<CallReport>>> reply);
    void resent(HookId hook, const Parked& parked, const Delivery& delivery, CallReport report,
                std::shared_ptr<Reply<HookResult<CallReport>>> reply);

    records::Store& store;
    env::Environment& environment;
    const crypto::Key key;  // seals secrets
    catalog::Catalog& catalog;
    follow::Feed& feed;
    const WebhooksOptions options;
    std::optional<WebhooksParts> parts;  // until open()
    std::map<HookId, Live> hooks;
    std::multiset<catalog::OrganiserId> adding;  // whose hooks are being written
    struct Wish {
        http::ClientRequest request;
        Told told;
    };
    std::map<catalog::OrganiserId, std::deque<Wish>> calls;  // under way: there; waiting: in it
    std::uint64_t turns = 0;
    bool pump_posted = false;
    bool waits_for_rows = false;
    std::atomic<bool> stopping = false;

    mutable std::mutex owners_mutex;
    std::map<HookId, catalog::OrganiserId> owners;

    std::unique_ptr<Collector> collector;
    std::unique_ptr<env::Executor> executor;
    std::unique_ptr<Callers> callers;
};

}  // namespace onsale::webhooks
