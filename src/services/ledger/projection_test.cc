#include "ledger/projection.h"

#include <gtest/gtest.h>

#include <set>

#include "ledger/reader.h"
#include "ledger/testing/books.h"
#include "ledger/testing/played.h"

namespace onsale::ledger {
namespace {

class LedgerProjection_ : public testing::Test {
  protected:
    records::Scratch scratch_{testing::TempDir()};
};

TEST_F(LedgerProjection_, equals_a_recount_after_every_command_and_a_rebuild) {
    std::set<AccountKind> seen;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Played played(seed);
        const std::string name = std::to_string(seed);
        Books books(scratch_, name + "-stepwise.sqlite");
        std::vector<std::vector<domain::Fact>> journal{played.first()};
        ASSERT_TRUE(books.apply(journal));
        for (int step = 0; step < 900; ++step) {
            const auto facts = played.next();
            if (facts.empty()) continue;
            journal.push_back(facts);
            ASSERT_TRUE(books.apply({facts}));
            const auto sums = books.sums();
            ASSERT_EQ(sums, played.recount());
            std::int64_t total = 0;
            for (const auto& [account, sum] : sums) total += sum;
            ASSERT_EQ(total, 0);
            for (const auto& [account, sum] : sums) seen.insert(account.kind);
        }
        Books rebuilt(scratch_, name + "-rebuilt.sqlite");
        ASSERT_TRUE(rebuilt.apply(journal));
        EXPECT_EQ(rebuilt.entries(), books.entries());
        EXPECT_EQ(rebuilt.sums(), books.sums());
        EXPECT_EQ(read_payables(rebuilt.connection(), {}).value(),
                  read_payables(books.connection(), {}).value());
    }
    // Everything but deposits, which are empty after each command; or the play is too tame.
    EXPECT_EQ(seen.size(), 8U) << testing::PrintToString(seen);
}

TEST_F(LedgerProjection_, owes_an_organiser_what_was_sold_less_refunds_and_fees) {
    Played played(3);
    Books books(scratch_, "owed.sqlite");
    ASSERT_TRUE(books.apply({played.first()}));
    for (int step = 0; step < 900; ++step) ASSERT_TRUE(books.apply({played.next()}));
    const auto owed = read_payables(books.connection(), {}).value();
    ASSERT_EQ(owed.size(), 1U);
    EXPECT_EQ(owed[0].organiser, domain::OrganiserId(5));
    EXPECT_EQ(owed[0].session, domain::SessionId(7));
    EXPECT_GT(owed[0].fees, 0);
    const auto sums = books.sums();
    const auto there = sums.find({AccountKind::organiser, 5});
    EXPECT_EQ(owed[0].owed(), there == sums.end() ? 0 : -there->second);
    EXPECT_TRUE(
        read_payables(books.connection(), std::vector{domain::OrganiserId(6)}).value().empty());
    EXPECT_EQ(read_payables(books.connection(), std::vector{domain::OrganiserId(5)}).value(), owed);
}

TEST_F(LedgerProjection_, lists_what_is_asked_for_newest_first) {
    Played played(5);
    Books books(scratch_, "list.sqlite");
    ASSERT_TRUE(books.apply({played.first()}));
    for (int step = 0; step < 1500; ++step) ASSERT_TRUE(books.apply({played.next()}));
    const auto all = books.entries();
    ASSERT_GT(all.size(), kEntriesPerPageMax);  // so pages were put together
    const auto older = [](const BookedSide& a, const BookedSide& b) {
        return std::tuple(b.key.at, b.key.shard, b.key.sequence, b.key.fact, b.key.side) <
               std::tuple(a.key.at, a.key.shard, a.key.sequence, a.key.fact, a.key.side);
    };
    EXPECT_TRUE(std::ranges::is_sorted(all, older));

    const auto matching = [&](auto is_wanted) {
        std::vector<BookedSide> some;
        std::ranges::copy_if(all, std::back_inserter(some), is_wanted);
        return some;
    };
    const Account bank{AccountKind::bank, 1};
    EntryQuery query;
    query.account = bank;
    EXPECT_EQ(books.entries(query),
              matching([&](const auto& one) { return one.side.account == bank; }));
    const std::uint64_t order = all[all.size() / 2].order;
    EXPECT_NE(order, 0U);
    query = {};
    query.order = domain::OrderId(order);
    EXPECT_EQ(books.entries(query), matching([&](const auto& one) { return one.order == order; }));
    query = {};
    query.from = all[all.size() / 2].key.at;
    query.until = all[all.size() / 4].key.at;
    const auto some = matching(
        [&](const auto& one) { return one.key.at >= *query.from && one.key.at < *query.until; });
    EXPECT_FALSE(some.empty());
    EXPECT_EQ(books.entries(query), some);
}

TEST_F(LedgerProjection_, stops_at_books_that_do_not_add_up) {
    Played played(3);
    Books books(scratch_, "damaged.sqlite");
    ASSERT_TRUE(books.apply({played.first()}));
    for (int step = 0; step < 100; ++step) ASSERT_TRUE(books.apply({played.next()}));
    ASSERT_TRUE(
        books.connection().execute("UPDATE ledger_balances SET debit = debit + 1 WHERE "
                                   "kind = 1 AND number = 1"));
    EXPECT_FALSE(books.apply({{domain::OrderHidden{played.orders().front()}}}));
}

TEST_F(LedgerProjection_, knows_no_payment_that_was_not_started) {
    Books books(scratch_, "missing.sqlite");
    EXPECT_FALSE(books.apply({{domain::PaymentCaptured{
        domain::PaymentId(32), {5, base::Currency::cny}, "T1", domain::MoneyUse::order, {}}}}));
}

}  // namespace
}  // namespace onsale::ledger
