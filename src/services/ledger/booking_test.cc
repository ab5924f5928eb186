#include "ledger/booking.h"

#include <gtest/gtest.h>

#include "ledger/reader.h"

namespace onsale::ledger {
namespace {

using domain::BankId;
using domain::MoneyUse;
using domain::OrganiserId;

base::Money fen(std::int64_t minor) {
    return {minor, base::Currency::cny};
}
Account bank(std::uint64_t number) {
    return {AccountKind::bank, number};
}
constexpr Account kDue{AccountKind::refunds_due, 0};

TEST(Booking, money_waits_by_its_use_until_it_is_clear_whose_it_is) {
    const Account places[] = {{AccountKind::deposits, 0},
                              {AccountKind::suspense_late, 0},
                              {AccountKind::suspense_duplicate, 0},
                              {AccountKind::suspense_mismatch, 0}};
    for (const auto use :
         {MoneyUse::order, MoneyUse::late, MoneyUse::duplicate, MoneyUse::mismatch}) {
        const Account place = places[static_cast<std::size_t>(use) - 1];
        EXPECT_EQ(book_captured(BankId(2), fen(500), use),
                  (Sides{{bank(2), fen(500)}, {place, fen(-500)}}));
    }
}

TEST(Booking, a_fee_stays_and_the_rest_is_due) {
    EXPECT_EQ(book_due(OrganiserId(7), fen(900), fen(100)),
              (Sides{{{AccountKind::organiser, 7}, fen(1000)},
                     {kDue, fen(-900)},
                     {{AccountKind::fees, 0}, fen(-100)}}));
    EXPECT_EQ(book_refunded(BankId(1), fen(900), MoneyUse::order),
              (Sides{{kDue, fen(900)}, {bank(1), fen(-900)}}));
}

TEST(Booking, money_that_was_no_orders_goes_back_from_where_it_waits) {
    const Account late{AccountKind::suspense_late, 0};
    EXPECT_EQ(book_refunded(BankId(1), fen(900), MoneyUse::late),
              (Sides{{late, fen(900)}, {bank(1), fen(-900)}}));
}

TEST(Booking, what_is_reopened_is_the_refund_turned_round) {
    for (const auto use : {MoneyUse::order, MoneyUse::mismatch}) {
        const Sides there = book_refunded(BankId(1), fen(900), use);
        Sides back = book_reopened(BankId(1), fen(900), use);
        std::swap(back[0], back[1]);
        for (Side& side : back) side.amount.minor = -side.amount.minor;
        EXPECT_EQ(there, back);
    }
}

TEST(Booking, nothing_is_booked_for_nothing) {
    EXPECT_TRUE(book_captured(BankId(1), fen(0), MoneyUse::order).empty());
    EXPECT_TRUE(book_due(OrganiserId(1), fen(0), fen(0)).empty());
    EXPECT_EQ(book_due(OrganiserId(1), fen(0), fen(5)).size(), 2U);
}

TEST(Booking, sides_that_do_not_add_up_are_seen) {
    EXPECT_TRUE(balances({{bank(1), fen(5)}, {kDue, fen(-5)}}));
    EXPECT_FALSE(balances({{bank(1), fen(5)}, {kDue, fen(-4)}}));
    EXPECT_FALSE(balances({{bank(1), fen(5)}, {kDue, {-5, base::Currency::usd}}}));
    EXPECT_FALSE(balances({{bank(1), fen(0)}, {kDue, fen(0)}}));
    EXPECT_FALSE(balances({{bank(1), fen(0)}}));
}

TEST(Account, names_are_read_as_they_are_written) {
    for (const char* name :
         {"bank:1", "organiser:0", "organiser:77", "deposits", "refunds_due", "fees",
          "suspense:late", "suspense:duplicate", "suspense:mismatch", "suspense:stray"}) {
        const auto account = parse_account(name);
        ASSERT_TRUE(account) << name;
        EXPECT_EQ(to_string(*account), name);
    }
    for (const char* name : {"", "bank", "bank:", "bank:x", "bank:1 ", "fees:1", "suspense"})
        EXPECT_FALSE(parse_account(name)) << name;
}

TEST(SideKey, is_read_as_it_is_written) {
    const SideKey key{base::Timestamp::from_unix_ms(1'800'000'000'123), 3, 17, 2, 1};
    EXPECT_EQ(to_string(key), "1800000000123.3.17.2.1");
    EXPECT_EQ(parse_side_key(to_string(key)), key);
    for (const char* text : {"", "1.2.3.4", "1.2.3.4.5.6", "1.2.3.4.", "-1.2.3.4.5", "a.2.3.4.5"})
        EXPECT_FALSE(parse_side_key(text)) << text;
}

}  // namespace
}  // namespace onsale::ledger
