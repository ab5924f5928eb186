#include "ledger/flows.h"

#include <gtest/gtest.h>

#include "ledger/testing/books.h"
#include "ledger/testing/played.h"
#include "payments/flow_name.h"

namespace onsale::ledger {
namespace {

// A bank that did what our books say: its files follow from the box office's memory.
class Bank {
  public:
    explicit Bank(const Played& played) {
        for (const auto order : played.orders()) {
            const auto money = played.office().money_of(order);
            if (!money) continue;
            for (const auto& payment : money->payments) {
                if (payment.state == domain::PaymentState::captured)
                    add(payment.bank, payment.changed_at,
                        "payment," + to_string(payments::name_of(payment)) + "," +
                            payment.transaction,
                        payment.captured);
            }
            for (const auto& refund : money->refunds) {
                if (refund.state == domain::RefundState::completed)
                    add(refund.bank, refund.changed_at,
                        "refund," + to_string(payments::name_of(refund)) + "," + refund.transaction,
                        refund.amount);
            }
        }
        for (const auto& stray : played.strays()) {
            add(stray.bank, stray.received_at, "payment,x," + stray.transaction, stray.amount);
            if (stray.state == domain::StrayState::returned)
                add(stray.bank, stray.changed_at,
                    "refund," + to_string(payments::name_of(stray)) + ",B" + stray.transaction,
                    stray.amount);
        }
    }

    [[nodiscard]] DayFile file(std::uint64_t bank, const Day& day) const {
        DayFile file;
        std::string text = "kind,reference,transaction,order,amount,currency,at\n";
        std::int64_t lines = 0;
        std::int64_t sums[2] = {0, 0};
        const auto found = lines_.find(bank);
        if (found == lines_.end()) return file;
        for (const auto& [at, line] : found->second) {
            if (at < day.begin || at >= day.end()) continue;
            text += line.text;
            sums[line.text.starts_with("payment") ? 0 : 1] += line.minor;
            ++lines;
        }
        text += "total," + std::to_string(lines) + "," + std::to_string(sums[0]) + "," +
                std::to_string(sums[1]) + "\n";
        return read_day_file(text, day);
    }

  private:
    struct Line {
        std::string text;
        std::int64_t minor = 0;
    };
    void add(domain::BankId bank, base::Timestamp at, const std::string& head, base::Money amount) {
        lines_[bank.value()].emplace(at, Line{head + ",," + std::to_string(amount.minor) + ",CNY," +
                                                  base::to_rfc3339(at) + "\n",
                                              amount.minor});
    }
    std::map<std::uint64_t, std::multimap<base::Timestamp, Line>> lines_;
};

class Flows : public testing::Test {
  protected:
    records::Scratch scratch_{testing::TempDir()};
};

TEST_F(Flows, agree_with_a_bank_that_did_what_the_books_say) {
    const Day day = *parse_day(base::to_rfc3339(kPlayStarts).substr(0, 10));
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Played played(seed);
        Books books(scratch_, std::to_string(seed) + ".sqlite");
        ASSERT_TRUE(books.apply({played.first()}));
        for (int step = 0; step < 600; ++step) ASSERT_TRUE(books.apply({played.next()}));
        const Bank bank(played);
        std::uint64_t matched = 0;
        for (const std::uint64_t number : {1U, 2U}) {
            for (const Day& each : {day, Day{day.end()}}) {
                const DayFile file = bank.file(number, each);
                const auto flows =
                    read_flows(books.connection(), domain::BankId(number), each, file).value();
                const Result result = reconcile(each, file, flows);
                EXPECT_TRUE(result.clean()) << result.items.size() << " items, the first "
                                            << (result.items.empty() ? "-" : result.items[0].cause);
                EXPECT_EQ(result.matched, file.lines.size());
                EXPECT_EQ(result.banks_in, result.ours_in);
                EXPECT_EQ(result.banks_out, result.ours_out);
                matched += result.matched;
            }
        }
        EXPECT_GT(matched, 20U);
    }
}

TEST_F(Flows, of_a_past_that_was_lost_are_not_ours) {
    Books books(scratch_, "lost.sqlite");
    ASSERT_TRUE(books.connection().execute(
        "INSERT INTO ledger_payments VALUES (32, 1, 7, 5, 1, 170, 3, 0, 1, 500, 1, 'T1', 5)"));
    const Day day = *parse_day("2026-11-20");
    DayFile file;
    for (const char* reference : {"P32-00000000000000aa", "P32-00000000000000ab"}) {
        BankLine line;
        line.reference = reference;
        line.transaction = "T1";
        file.lines.push_back(line);
    }
    const auto flows = read_flows(books.connection(), domain::BankId(1), day, file).value();
    ASSERT_EQ(flows.by_reference.size(), 1U);
    EXPECT_EQ(flows.by_reference.begin()->first.second, "P32-00000000000000aa");
    EXPECT_TRUE(read_flows(books.connection(), domain::BankId(2), day, file)->by_reference.empty());
}

}  // namespace
}  // namespace onsale::ledger
