// The state of the notices: everything here lives on the "notices" executor. What is asked of the
// records and of the outbox is answered here. After a crash it is made again from the records.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "notices/internal/table.h"
#include "notices/letter.h"
#include "notices/limits.h"
#include "notices/notices.h"

namespace onsale::notices {

struct Notices::Impl : std::enable_shared_from_this<Notices::Impl> {
    Impl(NoticesParts p, NoticesOptions o);

    using Opened = base::Result<void, std::string>;
    Opened open();
    Opened open_looked();

    void pump();
    void pump_later();
    void pump_after(base::Duration delay);
    [[nodiscard]] base::Timestamp now() const { return environment.clock().wall_now(); }

    // look.cc: from the journal into the records.
    [[nodiscard]] bool look();  // true: there is more to look through
    [[nodiscard]] bool rows_are_behind() const;
    void keep(std::vector<Notice> notices);
    void save_quiet();
    [[nodiscard]] std::vector<Looked> moved() const;

    // send.cc: out of the records, one at a time.
    void send_next();
    [[nodiscard]] const Waiting* next_due() const;
    void address(const NoticeKey& key);
    void give_reason(const NoticeKey& key, accounts::Profile profile);
    void dispatch(const NoticeKey& key, const accounts::Profile& profile, std::string reason);
    void sent(const NoticeKey& key, const base::Result<void, messages::SendError>& result);
    void try_later(Waiting& waiting, const std::string& why);
    void wait(const NoticeKey& key, base::Duration delay);
    void away(const std::string& why);
    void park(const NoticeKey& key, const std::string& why);
    void forget(const NoticeKey& key);
    void end_of(const NoticeKey& key);  // the one under way
    [[nodiscard]] Waiting* find(const NoticeKey& key);

    // Writes in one transaction, again and again until it succeeds; then calls `then` here.
    using Write = std::function<sql::SqlResult<void>(sql::Connection&)>;
    void persist(Write write, std::function<void()> then);

    records::Store& store;
    env::Environment& environment;
    messages::Outbox& outbox;
    accounts::Profiles& profiles;
    refunds::Notes& notes;
    catalog::Catalog& catalog;
    follow::Feed& feed;
    const NoticesOptions options;
    telemetry::Counter& sent_total;
    telemetry::Counter& parked_total;
    telemetry::Counter& forgotten_total;
    telemetry::Gauge& waiting_gauge;
    Finder finder;

    std::vector<std::uint64_t> looked;  // by shard
    std::vector<std::uint64_t> saved;   // as the records have them
    std::size_t next_shard = 0;
    bool keeping = false;  // notices are being written
    // INVARIANT: each has a row in the records.
    std::map<NoticeKey, Waiting> waiting;
    // INVARIANT: at most one is under way, so that a crash repeats at most one mail.
    std::optional<NoticeKey> under_way;
    std::uint32_t away_tries = 0;
    std::uint32_t not_taken = 0;  // in a row
    base::Timestamp away_until;
    base::Timestamp look_after;
    bool pump_posted = false;
    base::Timestamp pump_at = base::Timestamp::never();  // the earliest one that was promised
    std::atomic<bool> stopping = false;
    std::unique_ptr<env::Executor> executor;
};

}  // namespace onsale::notices
