#include "ledger/reconciliations.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "ledger/flows.h"
#include "ledger/internal/run_rows.h"
#include "ledger/item_table.h"
#include "telemetry/log.h"

namespace onsale::ledger {
namespace {

using base::Unexpected;
using records::StoreResult;

constexpr std::size_t kTasksMax = 4 * kRunsWaitingMax;
constexpr auto kShownPause = base::Duration::milliseconds(50);
constexpr std::uint32_t kShownTriesMax = 200;
constexpr auto kKeepAgainAfter = base::Duration::seconds(1);
constexpr std::uint64_t kStates = 8;  // more than there are

template <class T>
StoreResult<T> told(sql::SqlResult<T> result) {
    if constexpr (std::is_void_v<T>) {
        if (result) return {};
    } else {
        if (result) return std::move(*result);
    }
    return Unexpected{records::to_store_error(result.error())};
}

RunTrouble trouble_of(payments::BankTrouble trouble) {
    switch (trouble) {
        case payments::BankTrouble::unreachable:
            return RunTrouble::bank_away;
        case payments::BankTrouble::silent:
            return RunTrouble::bank_silent;
        case payments::BankTrouble::refused:
            break;
    }
    return RunTrouble::bank_refused;
}

// The rows as they are at one moment.
sql::SqlResult<OurFlows> read_ours(const sql::OpenOptions& options, const Run& run,
                                   const DayFile& file) {
    ONSALE_TRY_ASSIGN(rows, sql::Connection::open(options));
    ONSALE_TRY_ASSIGN(moment, sql::Transaction::begin(*rows));
    return read_flows(*rows, run.bank, run.day, file);
}

// The day that `now` is of.
Day day_of(base::Timestamp now) {
    return parse_day(base::to_rfc3339(now).substr(0, 10)).value_or(Day{});
}

std::string name_of(const Run& run) {
    return "reconciliation " + std::to_string(run.id) + " (bank " +
           std::to_string(run.bank.value()) + ", " + to_string(run.day) + ")";
}

// The run that is carried out. Of its thread.
struct Current {
    Run run;
    base::Timestamp asked_at;
    DayFile file;
    Shown shown;
    std::uint32_t tries = 0;
};

}  // namespace

std::string_view to_string(RunState state) {
    switch (state) {
        case RunState::waiting:
            return "waiting";
        case RunState::fetching:
            return "fetching";
        case RunState::comparing:
            return "comparing";
        case RunState::done:
            return "done";
        case RunState::failed:
            break;
    }
    return "failed";
}

std::string_view to_string(RunTrouble trouble) {
    switch (trouble) {
        case RunTrouble::none:
            return "none";
        case RunTrouble::bank_away:
            return "bank_away";
        case RunTrouble::bank_silent:
            return "bank_silent";
        case RunTrouble::bank_refused:
            return "bank_refused";
        case RunTrouble::rows_behind:
            return "rows_behind";
        case RunTrouble::interrupted:
            return "interrupted";
        case RunTrouble::failed:
            break;
    }
    return "failed";
}

struct Reconciliations::Impl : std::enable_shared_from_this<Impl> {
    explicit Impl(ReconciliationParts p)
        : parts(std::move(p)),
          worker(parts.environment.make_executor(
              {"reconcile", "fetches banks' files of a day and compares them", kTasksMax})) {}

    // On the worker, which does one step of one run at a time.
    void add(Run run);
    void begin_next();
    void fetch();
    void wait_for_rows();
    void ask_other_days();
    void compare(const StoreResult<std::map<std::string, std::string>>& other_days);
    void end(RunTrouble trouble, std::string detail);
    void keep();
    void later(base::Duration delay, void (Impl::*step)());
    void look_for_days();
    // On the records' executor.
    void start_day(sql::Connection& connection, domain::BankId bank, const Day& day);
    StoreResult<Run> put(sql::Connection& connection, const RunWish& wish);
    void show(RunState state) { under_way = current->run.id * kStates + std::uint64_t(state); }

    // From any thread: what the run is doing.
    [[nodiscard]] Run shown(Run run) const;

    const ReconciliationParts parts;
    std::atomic<std::uint64_t> under_way = 0;  // number and state of the run that is carried out
    std::deque<Run> waiting;                   // of the worker, like the next one
    std::optional<Current> current;
    Banks banks;                                  // whose days are compared
    const std::unique_ptr<env::Executor> worker;  // last: it is gone before what its tasks use
};

Run Reconciliations::Impl::shown(Run run) const {
    const std::uint64_t now = under_way;
    if (run.state == RunState::waiting && now / kStates == run.id)
        run.state = static_cast<RunState>(now % kStates);
    return run;
}

void Reconciliations::Impl::add(Run run) {
    waiting.push_back(std::move(run));
    if (!current) begin_next();
}

void Reconciliations::Impl::begin_next() {
    if (waiting.empty()) return;
    current.emplace();
    current->run = std::move(waiting.front());
    waiting.pop_front();
    show(RunState::fetching);
    later({}, &Impl::fetch);
}

void Reconciliations::Impl::later(base::Duration delay, void (Impl::*step)()) {
    auto task = [self = weak_from_this(), step] {
        if (const auto alive = self.lock()) (alive.get()->*step)();
    };
    worker->post_after(delay, std::move(task));
}

void Reconciliations::Impl::fetch() {
    current->asked_at = parts.environment.clock().wall_now();
    const Run& run = current->run;
    const auto text = parts.fetch(run.bank, to_string(run.day));
    if (!text) return end(trouble_of(text.error().trouble), text.error().message);
    if (text->size() > kDayFileBytesMax)
        return end(RunTrouble::bank_refused, "the file is larger than is taken");
    show(RunState::comparing);
    current->file = read_day_file(*text, run.day);
    current->shown = parts.mark();
    wait_for_rows();
}

// What the bank did before it wrote its file is committed or is on its way, and has to be in the
// rows before they are compared.
void Reconciliations::Impl::wait_for_rows() {
    if (current->shown()) return ask_other_days();
    if (++current->tries > kShownTriesMax)
        return end(RunTrouble::rows_behind, "the rows do not follow the journal");
    later(kShownPause, &Impl::wait_for_rows);
}

void Reconciliations::Impl::ask_other_days() {
    using Days = StoreResult<std::map<std::string, std::string>>;
    const Run& run = current->run;
    parts.store.ask<Days>(
        *worker,
        [bank = run.bank, day = run.day](sql::Connection& connection) {
            return told(read_other_days(connection, bank, day));
        },
        [self = weak_from_this()](const Days& days) {
            if (const auto alive = self.lock()) alive->compare(days);
        },
        Unexpected{records::store_busy()});
}

void Reconciliations::Impl::compare(
    const StoreResult<std::map<std::string, std::string>>& other_days) {
    if (!other_days) return end(RunTrouble::failed, other_days.error().message);
    auto ours = read_ours(parts.rows, current->run, current->file);
    if (!ours) return end(RunTrouble::failed, ours.error().message);
    ours->on_other_days = *other_days;
    ours->asked_at = current->asked_at;
    current->run.result = reconcile(current->run.day, current->file, *ours);
    end(RunTrouble::none, {});
}

void Reconciliations::Impl::end(RunTrouble trouble, std::string detail) {
    Run& run = current->run;
    current->file = {};
    run.state = trouble == RunTrouble::none ? RunState::done : RunState::failed;
    run.trouble = trouble;
    run.detail = std::move(detail);
    run.ended_at = parts.environment.clock().wall_now();
    run.day_was_over = current->asked_at >= run.day.end();
    if (trouble != RunTrouble::none)
        telemetry::log_warning("ledger", name_of(run) + " failed: " + run.detail);
    if (trouble == RunTrouble::none && !run.result.clean())
        telemetry::log_warning(
            "ledger",
            name_of(run) + ": " + std::to_string(run.result.differences) + " differences");
    keep();
}

// Until it is kept: a run that nobody ends would stand in the way of the next one. It costs one try
// a second.
void Reconciliations::Impl::keep() {
    auto work = [run = current->run](sql::Connection& connection) {
        return told(end_run(connection, run));
    };
    auto kept = [self = weak_from_this()](const StoreResult<void>& done) {
        const auto alive = self.lock();
        if (alive == nullptr) return;
        if (!done) return alive->later(kKeepAgainAfter, &Impl::keep);
        alive->current.reset();
        alive->begin_next();
    };
    parts.store.ask<StoreResult<void>>(*worker, std::move(work), std::move(kept),
                                       Unexpected{records::store_busy()});
}

StoreResult<Run> Reconciliations::Impl::put(sql::Connection& connection, const RunWish& wish) {
    const auto put = put_run(connection, wish, parts.environment.clock().wall_now());
    if (!put) return Unexpected{records::to_store_error(put.error())};
    if (!*put) return Unexpected{records::store_busy()};
    const PutRun& made = **put;
    if (made.is_new)
        worker->post([self = weak_from_this(), run = made.run] {
            if (const auto alive = self.lock()) alive->add(run);
        });
    return shown(made.run);
}

void Reconciliations::Impl::look_for_days() {
    later(kDailyPause, &Impl::look_for_days);
    const base::Timestamp now = parts.environment.clock().wall_now();
    const Day today = day_of(now);
    if (now < today.begin + kDailyNotBefore) return;
    const Day day{today.begin - base::Duration::days(1)};
    for (const auto bank : banks()) {
        auto work = [self = weak_from_this(), bank, day](sql::Connection& connection) {
            if (const auto alive = self.lock()) alive->start_day(connection, bank, day);
        };
        // Too much is waiting there: the next look finds it.
        if (!parts.store.post(std::move(work))) return;
    }
}

void Reconciliations::Impl::start_day(sql::Connection& connection, domain::BankId bank,
                                      const Day& day) {
    const auto since = parts.environment.clock().wall_now() - kDailyAgainAfter;
    const auto compared = was_compared(connection, bank, day, since);
    if (!compared)
        return telemetry::log_warning("ledger", "daily comparison: " + compared.error().message);
    if (*compared) return;
    const auto begun = put(connection, {bank, day, 0});
    if (!begun) telemetry::log_warning("ledger", "daily comparison: " + begun.error().message);
}

sql::SqlResult<std::unique_ptr<Reconciliations>> Reconciliations::create(
    ReconciliationParts parts) {
    ONSALE_TRY(migrate_runs(parts.store.connection()));
    return std::unique_ptr<Reconciliations>(
        new Reconciliations(std::make_shared<Impl>(std::move(parts))));
}

Reconciliations::Reconciliations(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reconciliations::~Reconciliations() {
    stop();
}

void Reconciliations::run_daily(Banks banks) {
    impl_->worker->post([self = std::weak_ptr(impl_), banks = std::move(banks)]() mutable {
        const auto alive = self.lock();
        if (alive == nullptr) return;
        alive->banks = std::move(banks);
        alive->later(kDailyPause, &Impl::look_for_days);
    });
}

void Reconciliations::stop() {
    impl_->worker->close();
}

void Reconciliations::start(RunWish wish, env::Executor& home,
                            base::UniqueFunction<void(Started)> reply) {
    auto work = [impl = impl_, wish](sql::Connection& connection) {
        return impl->put(connection, wish);
    };
    impl_->parts.store.ask<Started>(home, std::move(work), std::move(reply),
                                    Unexpected{records::store_busy()});
}

void Reconciliations::list(const RunQuery& query, env::Executor& home,
                           base::UniqueFunction<void(Runs)> reply) {
    auto work = [impl = impl_, query](sql::Connection& connection) -> Runs {
        auto runs = read_runs(connection, query);
        if (!runs) return Unexpected{records::to_store_error(runs.error())};
        for (Run& run : *runs) run = impl->shown(std::move(run));
        return std::move(*runs);
    };
    impl_->parts.store.ask<Runs>(home, std::move(work), std::move(reply),
                                 Unexpected{records::store_busy()});
}

void Reconciliations::find(const ItemQuery& query, env::Executor& home,
                           base::UniqueFunction<void(Found)> reply) {
    auto work = [impl = impl_, query](sql::Connection& connection) -> Found {
        auto run = read_run(connection, query.run);
        if (!run) return Unexpected{records::to_store_error(run.error())};
        if (!*run) return std::optional<RunPart>();
        ItemQuery wanted = query;
        wanted.max = std::min(query.max, kItemsPerPageMax);
        auto items = read_items(connection, wanted);
        if (!items) return Unexpected{records::to_store_error(items.error())};
        RunPart part{impl->shown(std::move(**run)), std::move(*items), std::nullopt};
        const std::uint64_t end = query.from + part.items.size();
        if (end < part.run.items) part.next = end;
        return std::optional(std::move(part));
    };
    impl_->parts.store.ask<Found>(home, std::move(work), std::move(reply),
                                  Unexpected{records::store_busy()});
}

void Reconciliations::items_file(std::uint64_t run, statistics::Language language,
                                 env::Executor& home, base::UniqueFunction<void(File)> reply) {
    auto work = [run, language](sql::Connection& connection) -> File {
        const auto found = read_run(connection, run);
        if (!found) return Unexpected{records::to_store_error(found.error())};
        if (!*found) return std::optional<std::string>();
        const auto items = read_items(connection, {run, 0, kItemsMax});
        if (!items) return Unexpected{records::to_store_error(items.error())};
        return std::optional(item_table(*items, language));
    };
    impl_->parts.store.ask<File>(home, std::move(work), std::move(reply),
                                 Unexpected{records::store_busy()});
}

}  // namespace onsale::ledger
