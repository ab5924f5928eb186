// Runs of reconciliation on a disk in memory, with a bank whose file the test writes.
#include "ledger/reconciliations.h"

#include <gtest/gtest.h>

#include "ledger/projection.h"
#include "records/testing/memory_environment.h"

namespace onsale::ledger {
namespace {

using payments::BankFailure;
using payments::BankTrouble;

constexpr domain::BankId kBank{1};
const Day kDay = *parse_day("2026-11-10");
constexpr std::string_view kHeader = "kind,reference,transaction,order,amount,currency,at\n";
constexpr std::string_view kLine =
    "payment,P32-00000000000000aa,T1,1,500,CNY,2026-11-10T12:00:00.000Z\n";

// More than any of these runs takes; the store itself looks after its file for ever.
constexpr int kPauses = 300;

class ReconciliationsTest : public testing::Test {
  protected:
    ReconciliationsTest() {
        store_ = records::Store::open(
                     {environment_.world.options("/data/records.sqlite"), "records", "test"},
                     environment_)
                     .value();
        rows_ = sql::Connection::open(rows_options()).value();
        const LedgerProjection projection;
        ONSALE_CHECK(sql::migrate(*rows_, projection.component(), projection.migrations()));
        start();
    }
    ~ReconciliationsTest() override {
        environment_.queue = {};
        runs_.reset();
    }
    [[nodiscard]] sql::OpenOptions rows_options() const {
        return environment_.world.options("/data/rows.sqlite");
    }

    void start() {
        sql::OpenOptions rows = rows_options();
        rows.access = sql::Access::read_only;
        FetchDay fetch = [this](domain::BankId bank,
                                const std::string& day) -> base::Result<std::string, BankFailure> {
            asked_.push_back(std::to_string(bank.value()) + " " + day);
            if (trouble_) return base::Unexpected{BankFailure{*trouble_, "bank 1 is away"}};
            return file_;
        };
        runs_ = Reconciliations::create({*store_, environment_, rows, std::move(fetch),
                                         [this] { return [this] { return shown_; }; }})
                    .value();
        home_ = environment_.make_executor({"home", "test"});
    }
    // Everything that is under way, to its end.
    void finish() {
        environment_.queue.run();
        for (int pause = 0; pause < kPauses; ++pause) environment_.queue.pass_time();
    }
    // Without going on with the run itself.
    Reconciliations::Started begin(const Day& day = kDay, domain::BankId bank = kBank) {
        std::optional<Reconciliations::Started> got;
        runs_->start({bank, day, 7}, *home_, [&got](auto started) { got = std::move(started); });
        environment_.queue.run();
        return got.value();
    }
    std::optional<RunPart> find(std::uint64_t run, std::uint64_t from = 0, std::size_t max = 100) {
        std::optional<Reconciliations::Found> got;
        runs_->find({run, from, max}, *home_, [&got](auto found) { got = std::move(found); });
        environment_.queue.run();
        return got.value().value();
    }
    RunPart run(const Day& day = kDay) {
        const auto begun = begin(day).value();
        finish();
        return find(begun.id).value();
    }
    void add_payment(const std::string& name, const std::string& transaction,
                     base::Timestamp done_at) {
        ONSALE_CHECK(rows_->execute("INSERT INTO ledger_payments VALUES (" + name +
                                    ", 1, 7, 5, 1, 170, 3, 0, 1, 500, 1, '" + transaction + "', " +
                                    std::to_string(done_at.unix_ms()) + ")"));
    }

    records::MemoryEnvironment environment_;
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<sql::Connection> rows_;
    std::unique_ptr<env::Executor> home_;
    std::unique_ptr<Reconciliations> runs_;
    std::string file_ = std::string(kHeader) + "total,0,0,0\n";
    std::optional<BankTrouble> trouble_;
    bool shown_ = true;
    std::vector<std::string> asked_;
};

TEST_F(ReconciliationsTest, keep_what_they_found) {
    add_payment("32", "T1", kDay.begin + base::Duration::hours(12));
    add_payment("64", "T2", kDay.begin + base::Duration::hours(13));
    file_ = std::string(kHeader) + std::string(kLine) + "total,1,500,0\n";
    const auto begun = begin().value();
    EXPECT_EQ(begun.state, RunState::waiting);
    EXPECT_EQ(begun.person, 7U);
    EXPECT_EQ(find(begun.id)->run.state, RunState::fetching);
    finish();
    EXPECT_EQ(asked_, std::vector<std::string>{"1 2026-11-10"});
    const RunPart part = find(begun.id).value();
    EXPECT_EQ(part.run.state, RunState::done);
    EXPECT_EQ(part.run.trouble, RunTrouble::none);
    EXPECT_TRUE(part.run.ended_at.has_value());
    EXPECT_TRUE(part.run.day_was_over);
    EXPECT_EQ(part.run.result.matched, 1U);
    EXPECT_EQ(part.run.result.differences, 1U);
    EXPECT_EQ(part.run.result.banks_in, 500);
    EXPECT_EQ(part.run.result.ours_in, 1000);
    ASSERT_EQ(part.items.size(), 1U);
    EXPECT_EQ(part.items[0].cause, "missing_at_bank");
    EXPECT_EQ(part.items[0].transaction, "T2");
    EXPECT_EQ(part.items[0].ours, (base::Money{500, base::Currency::cny}));
    EXPECT_EQ(part.next, std::nullopt);
    EXPECT_FALSE(find(begun.id + 1).has_value());
}

TEST_F(ReconciliationsTest, of_a_day_again_are_further_ones_but_not_while_one_runs) {
    const auto first = begin().value();
    EXPECT_EQ(begin()->id, first.id);
    EXPECT_NE(begin(Day{kDay.end()})->id, first.id);
    finish();
    const auto again = begin().value();
    EXPECT_GT(again.id, first.id);
    finish();
    std::optional<Reconciliations::Runs> runs;
    runs_->list({kBank, again.id, 10}, *home_, [&runs](auto got) { runs = std::move(got); });
    environment_.queue.run();
    ASSERT_EQ(runs->value().size(), 2U);
    EXPECT_EQ(runs->value()[1].id, first.id);
    runs_->list({domain::BankId(2), 0, 10}, *home_, [&runs](auto got) { runs = std::move(got); });
    environment_.queue.run();
    EXPECT_TRUE(runs->value().empty());
}

TEST_F(ReconciliationsTest, say_what_is_wrong_with_the_bank_and_go_on) {
    const std::pair<BankTrouble, RunTrouble> kinds[] = {
        {BankTrouble::unreachable, RunTrouble::bank_away},
        {BankTrouble::silent, RunTrouble::bank_silent},
        {BankTrouble::refused, RunTrouble::bank_refused}};
    for (const auto& [of_bank, told] : kinds) {
        trouble_ = of_bank;
        const ledger::Run failed = run().run;
        EXPECT_EQ(failed.state, RunState::failed);
        EXPECT_EQ(failed.trouble, told) << to_string(told);
        EXPECT_EQ(failed.detail, "bank 1 is away");
    }
    trouble_.reset();
    EXPECT_EQ(run().run.state, RunState::done);
    shown_ = false;
    EXPECT_EQ(run().run.trouble, RunTrouble::rows_behind);
}

TEST_F(ReconciliationsTest, wait_for_each_other_up_to_a_bound) {
    Day day = kDay;
    std::vector<std::uint64_t> begun;
    for (std::size_t i = 0; i < kRunsWaitingMax; ++i, day.begin = day.end())
        begun.push_back(begin(day)->id);
    const auto refused = begin(day);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().trouble, records::StoreTrouble::busy);
    EXPECT_EQ(find(begun[1])->run.state, RunState::waiting);
    finish();
    EXPECT_EQ(asked_.size(), kRunsWaitingMax);
    for (const auto id : begun) EXPECT_EQ(find(id)->run.state, RunState::done);
    EXPECT_TRUE(begin(day).has_value());
}

TEST_F(ReconciliationsTest, that_a_former_process_began_are_interrupted) {
    const auto begun = begin().value();
    environment_.queue = {};
    runs_.reset();
    start();
    const ledger::Run left = find(begun.id)->run;
    EXPECT_EQ(left.state, RunState::failed);
    EXPECT_EQ(left.trouble, RunTrouble::interrupted);
    EXPECT_EQ(run().run.state, RunState::done);
}

TEST_F(ReconciliationsTest, compare_the_day_before_once_for_each_bank) {
    const Day yesterday = *parse_day("2026-11-17");
    ASSERT_GT(environment_.clock().wall_now(), yesterday.end() + kDailyNotBefore);
    ASSERT_LT(environment_.clock().wall_now(), yesterday.end() + base::Duration::days(1));
    trouble_ = BankTrouble::unreachable;
    runs_->run_daily([] { return std::vector{domain::BankId(1), domain::BankId(2)}; });
    environment_.queue.run();
    EXPECT_TRUE(asked_.empty());
    finish();
    // One that failed is tried again after an hour, which has not passed.
    EXPECT_EQ(asked_, (std::vector<std::string>{"1 2026-11-17", "2 2026-11-17"}));
    ASSERT_TRUE(store_->connection().execute("UPDATE ledger_runs SET started_at_ms = 0"));
    trouble_.reset();
    finish();
    EXPECT_EQ(asked_.size(), 4U);
    // What was done is not done again.
    ASSERT_TRUE(store_->connection().execute("UPDATE ledger_runs SET started_at_ms = 0"));
    finish();
    EXPECT_EQ(asked_.size(), 4U);
    EXPECT_EQ(find(4)->run.state, RunState::done);
}

TEST_F(ReconciliationsTest, remember_what_another_days_file_has_had) {
    // Booked on the day, and in the file of the next one.
    add_payment("32", "T1", kDay.begin + base::Duration::hours(12));
    EXPECT_EQ(run().items.at(0).cause, "missing_at_bank");
    const Day next{kDay.end()};
    file_ = std::string(kHeader) +
            "payment,P32-00000000000000aa,T1,1,500,CNY,2026-11-11T12:00:00.000Z\ntotal,1,500,0\n";
    EXPECT_EQ(run(next).items.at(0).cause, "recorded_on_other_day");
    file_ = std::string(kHeader) + "total,0,0,0\n";
    const RunPart again = run();
    EXPECT_TRUE(again.run.result.clean());
    EXPECT_EQ(again.items.at(0).cause, "in_file_of_other_day");
}

TEST_F(ReconciliationsTest, give_their_items_in_parts_and_as_a_file) {
    file_ = std::string(kHeader);
    for (int i = 1; i <= 5; ++i)
        file_ += "payment,=x" + std::to_string(i) + ",T" + std::to_string(i) +
                 ",1,500,CNY,2026-11-10T12:00:00.000Z\n";
    file_ += "total,5,2500,0\n";
    const auto id = run().run.id;
    const RunPart first = find(id, 0, 3).value();
    EXPECT_EQ(first.items.size(), 3U);
    EXPECT_EQ(first.next, 3U);
    const RunPart last = find(id, 3, 3).value();
    EXPECT_EQ(last.items.size(), 2U);
    EXPECT_EQ(last.items[1].reference, "=x5");
    EXPECT_EQ(last.next, std::nullopt);
    std::optional<Reconciliations::File> file;
    runs_->items_file(id, statistics::Language::zh, *home_,
                      [&file](auto got) { file = std::move(got); });
    environment_.queue.run();
    const std::string text = file->value().value();
    EXPECT_NE(text.find("不是本站的流水名"), std::string::npos);
    EXPECT_NE(text.find("'=x3"), std::string::npos) << "no spreadsheet may run it";
    EXPECT_NE(text.find(",5.00,CNY,4"), std::string::npos) << text;
    runs_->items_file(id + 1, statistics::Language::en, *home_,
                      [&file](auto got) { file = std::move(got); });
    environment_.queue.run();
    EXPECT_FALSE(file->value().has_value());
}

}  // namespace
}  // namespace onsale::ledger
