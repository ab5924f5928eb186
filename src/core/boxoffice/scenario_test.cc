// The rules as tables: a row is a command, the time, and the outcome it must have. Rows of one
// table run on one box office, one after the other.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "boxoffice/testing/offer.h"

namespace onsale::boxoffice {
namespace {

using domain::OutcomeKind;
using domain::Refusal;
using testing::Counter;

struct Row {
    std::int64_t now;
    domain::Command command;
    OutcomeKind kind;
    Refusal refusal = Refusal::none;
    std::uint64_t order_number = 0;  // 0: not looked at
};

domain::PlaceOrder place(std::uint64_t person, std::uint64_t campaign,
                         std::vector<domain::WantedLine> lines = {}, std::uint64_t key = 0,
                         std::uint64_t body = 0) {
    domain::PlaceOrder command{
        domain::PersonId(person), domain::CampaignId(campaign), {}, key, body};
    for (const auto& line : lines) command.lines.push_back(line);
    return command;
}
domain::WantedLine line(std::uint64_t tier, std::uint32_t quantity) {
    return {domain::TierId(tier), quantity};
}
domain::OrderId order(std::uint64_t number) {
    return domain::make_order_id(domain::ShardId(3), number);
}
domain::CancelOrder cancel(std::uint64_t person, std::uint64_t number) {
    return {domain::PersonId(person), order(number)};
}
domain::HideOrder hide(std::uint64_t person, std::uint64_t number) {
    return {domain::PersonId(person), order(number)};
}

void run(const std::vector<Row>& rows, std::uint64_t codes = 10, std::uint64_t numbers = 10) {
    Counter counter;
    ASSERT_EQ(counter.run(testing::set_up(testing::offer(codes, numbers)), 0).kind,
              OutcomeKind::accepted);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& outcome = counter.run(rows[i].command, rows[i].now);
        EXPECT_EQ(outcome.kind, rows[i].kind)
            << "row " << i << ", refused: " << to_string(outcome.refusal);
        EXPECT_EQ(to_string(outcome.refusal), to_string(rows[i].refusal)) << "row " << i;
        if (rows[i].order_number != 0) {
            EXPECT_EQ(outcome.order.id, order(rows[i].order_number)) << "row " << i;
        }
        EXPECT_EQ(counter.box_office.broken_invariant(), "") << "row " << i;
    }
}

constexpr auto kAccepted = OutcomeKind::accepted;
constexpr auto kRefused = OutcomeKind::refused;

TEST(Window, opens_and_closes_to_the_millisecond) {
    run({
        {999, place(1, 1001), kRefused, Refusal::not_open_yet},
        {1000, place(1, 1001), kAccepted, Refusal::none, 1},
        {99'999, place(2, 1001), kAccepted, Refusal::none, 2},
        {100'000, place(3, 1001), kRefused, Refusal::campaign_ended},
        {100'000, place(2, 1001), OutcomeKind::already_joined, Refusal::none, 2},
    });
}

TEST(OnePerPerson, a_second_grab_answers_with_the_first_whatever_the_key) {
    run({
        {2000, place(1, 1001, {}, 77, 1), kAccepted, Refusal::none, 1},
        {2001, place(1, 1001, {}, 77, 1), OutcomeKind::repeated, Refusal::none, 1},
        {2002, place(1, 1001, {}, 78, 1), OutcomeKind::already_joined, Refusal::none, 1},
        {2003, place(1, 1001), OutcomeKind::already_joined, Refusal::none, 1},
        {2004, place(2, 1001, {}, 77, 1), kAccepted, Refusal::none, 2},
    });
}

TEST(Keys, bind_acceptances_only_with_person_and_body) {
    run(
        {
            {2000, place(1, 1002, {line(12, 2)}, 5, 100), kAccepted, Refusal::none, 1},
            {2001, place(1, 1002, {line(12, 2)}, 5, 100), OutcomeKind::repeated, Refusal::none, 1},
            {2002, place(1, 1002, {line(12, 1)}, 5, 101), kRefused, Refusal::key_reused},
            {2003, place(2, 1002, {line(12, 3)}, 5, 101), kRefused, Refusal::not_enough_stock},
            {2004, place(2, 1002, {line(12, 1)}, 5, 102), kAccepted, Refusal::none, 2},
            {2005, cancel(1, 1), kAccepted},
            {2006, place(1, 1002, {line(12, 2)}, 5, 100), OutcomeKind::repeated, Refusal::none, 1},
        },
        10, 4);
}

TEST(Limits, tickets_per_order_per_person_and_orders_per_person) {
    run({
        {2000, place(1, 1002, {line(12, 3), line(13, 2)}), kRefused,
         Refusal::over_tickets_per_order},
        {2001, place(1, 1002, {line(12, 3)}), kAccepted, Refusal::none, 1},
        {2002, place(1, 1002, {line(12, 3)}), kRefused, Refusal::over_tickets_per_person},
        {2003, place(1, 1002, {line(12, 1)}), kAccepted, Refusal::none, 2},
        {2004, place(1, 1002, {line(13, 1)}), kAccepted, Refusal::none, 3},
        {2005, place(1, 1003, {line(11, 1)}), kRefused, Refusal::over_orders_per_person},
        {2006, cancel(1, 1), kAccepted},
        {2007, place(1, 1003, {line(11, 3)}), kAccepted, Refusal::none, 4},
        {2008, place(1, 1003, {line(11, 1)}), kRefused, Refusal::over_orders_per_person},
    });
}

TEST(Limits, a_huge_quantity_does_not_wrap_around) {
    run({
        {2000, place(1, 1002, {line(12, 2), line(13, 0xffffffffU)}), kRefused,
         Refusal::over_tickets_per_order},
        {2000, place(1, 1002, {line(12, 0xffffffffU)}), kRefused, Refusal::over_tickets_per_order},
    });
}

TEST(Wishes, must_name_tiers_of_the_campaign_once_and_a_quantity) {
    run({
        {2000, place(1, 9999), kRefused, Refusal::campaign_unknown},
        {2000, place(1, 1001, {line(12, 1)}), kRefused, Refusal::tier_unknown},
        {2000, place(1, 1002, {line(12, 1), line(12, 1)}), kRefused, Refusal::tier_repeated},
        {2000, place(1, 1002, {line(12, 0)}), kRefused, Refusal::quantity_invalid},
    });
}

TEST(Stock, lines_that_share_a_pool_are_counted_together) {
    run(
        {
            {2000, place(1, 1002, {line(12, 2), line(13, 2)}), kRefused, Refusal::not_enough_stock},
            {2001, place(1, 1002, {line(12, 2), line(13, 1)}), kAccepted, Refusal::none, 1},
            {2002, place(2, 1002, {line(12, 1)}), kRefused, Refusal::sold_out},
            {2003, cancel(1, 1), kAccepted},
            {2004, place(2, 1002, {line(12, 3)}), kAccepted, Refusal::none, 2},
        },
        10, 3);
}

TEST(Stock, no_wish_takes_the_first_tier_that_has_a_ticket) {
    run(
        {
            {2000, place(1, 1003), kAccepted, Refusal::none, 1},
            {2001, place(2, 1003), kAccepted, Refusal::none, 2},
            {2002, place(3, 1003), kRefused, Refusal::sold_out},
            {2003, cancel(1, 1), kRefused, Refusal::order_not_cancellable},
            {2004, cancel(2, 2), kAccepted},
        },
        1, 1);
}

TEST(Orders, are_their_persons_alone) {
    run({
        {2000, place(1, 1002, {line(12, 1)}), kAccepted, Refusal::none, 1},
        {2001, cancel(2, 1), kRefused, Refusal::order_unknown},
        {2002, hide(2, 1), kRefused, Refusal::order_unknown},
        {2003, cancel(1, 99), kRefused, Refusal::order_unknown},
        {2004, hide(1, 1), kRefused, Refusal::order_not_final},
        {2005, cancel(1, 1), kAccepted, Refusal::none, 1},
        {2006, cancel(1, 1), OutcomeKind::repeated, Refusal::none, 1},
        {2007, hide(1, 1), kAccepted},
        {2008, hide(1, 1), OutcomeKind::repeated},
    });
}

TEST(Deadline, decides_even_before_expiry_has_reached_the_order) {
    run({
        {2000, place(1, 1002, {line(12, 1)}), kAccepted, Refusal::none, 1},
        {2000, place(2, 1002, {line(12, 1)}), kAccepted, Refusal::none, 2},
        {2499, cancel(2, 2), kAccepted},
        {2500, cancel(1, 1), kRefused, Refusal::order_not_cancellable},
        {2500, hide(1, 1), kAccepted},
        {2600, domain::ExpireDue{10}, OutcomeKind::unchanged},
    });
}

TEST(Sessions, are_set_up_once_and_withdrawn_stock_is_not_sold) {
    using namespace domain;
    run(
        {
            {1, testing::set_up(testing::offer(2, 10)), OutcomeKind::unchanged},
            {1, testing::set_up(testing::offer(3, 10)), kRefused, Refusal::definition_conflict},
            {2, WithdrawStock{SessionId(7), PoolId(1), 3}, kRefused, Refusal::stock_not_free},
            {2, WithdrawStock{SessionId(7), PoolId(1), 1}, kAccepted},
            {2000, place(1, 1001), kAccepted, Refusal::none, 1},
            {2001, place(2, 1001), kRefused, Refusal::sold_out},
            {2002, AddStock{SessionId(7), PoolId(1), {AdditionId(5002), 1, {}}}, kAccepted},
            {2003, AddStock{SessionId(7), PoolId(1), {AdditionId(5002), 1, {}}},
             OutcomeKind::unchanged},
            {2003, AddStock{SessionId(7), PoolId(1), {AdditionId(5002), 2, {}}}, kRefused,
             Refusal::definition_conflict},
            {2004, place(2, 1001), kAccepted, Refusal::none, 2},
            {2005, AddStock{SessionId(8), PoolId(1), {AdditionId(1), 1, {}}}, kRefused,
             Refusal::session_unknown},
            {2005, AddStock{SessionId(7), PoolId(9), {AdditionId(1), 1, {}}}, kRefused,
             Refusal::pool_unknown},
            {2005, AddStock{SessionId(7), PoolId(1), {AdditionId(9), 0, {}}}, kRefused,
             Refusal::definition_invalid},
        },
        2, 10);
}

TEST(Retirement, needs_the_end_and_only_final_orders_and_closes_the_session) {
    using namespace domain;
    run({
        {2000, place(1, 1002, {line(12, 1)}, 4, 4), kAccepted, Refusal::none, 1},
        {99'900, place(1, 1001), kAccepted, Refusal::none, 2},
        {200'000, RetireSession{SessionId(7)}, kRefused, Refusal::session_not_ended},
        {300'000, RetireSession{SessionId(7)}, kRefused, Refusal::orders_not_final},
        {300'000, ExpireDue{10}, kAccepted},
        {300'001, RetireSession{SessionId(7)}, kAccepted},
        {300'002, RetireSession{SessionId(7)}, kRefused, Refusal::session_closed},
        {300'003, place(1, 1002, {line(12, 1)}, 4, 4), kRefused, Refusal::session_closed},
        {300'004, cancel(1, 1), kRefused, Refusal::order_unknown},
    });
}

TEST(Campaigns, change_by_command_within_their_session) {
    auto longer =
        std::make_shared<domain::Campaign>(testing::campaign(1001, true, 1, {domain::TierId(11)}));
    longer->closes_at = testing::at(200'000);
    auto shared_now = std::make_shared<domain::Campaign>(*longer);
    shared_now->one_per_person = false;
    auto wrong_tier = std::make_shared<domain::Campaign>(*longer);
    wrong_tier->tiers = {domain::TierId(99)};
    const domain::SessionId session(7);
    run({
        {1, domain::ChangeCampaign{session, longer}, kAccepted},
        {2, domain::ChangeCampaign{session, longer}, OutcomeKind::unchanged},
        {2, domain::ChangeCampaign{session, wrong_tier}, kRefused, Refusal::definition_invalid},
        {150'000, place(1, 1001), kAccepted, Refusal::none, 1},
        {150'001, domain::ChangeCampaign{session, shared_now}, kRefused,
         Refusal::definition_conflict},
    });
}

domain::ChangeTier tier(std::uint64_t id, std::int64_t price, bool on_sale) {
    return {domain::SessionId(7), domain::TierId(id), {price, base::Currency::cny}, on_sale};
}

TEST(Tiers, change_their_price_and_whether_they_are_sold) {
    auto other_currency = tier(12, 100, true);
    other_currency.price.currency = base::Currency::eur;
    run({
        {2000, place(1, 1002, {line(12, 1)}), kAccepted, Refusal::none, 1},
        {2001, tier(12, 9900, false), kAccepted},
        {2002, tier(12, 9900, false), OutcomeKind::unchanged},
        {2003, place(2, 1002, {line(12, 1)}), kRefused, Refusal::tier_not_on_sale},
        {2004, place(2, 1002, {line(13, 1)}), kAccepted, Refusal::none, 2},
        {2005, place(3, 1003), kAccepted, Refusal::none, 3},
        {2006, tier(11, 0, false), kAccepted},
        {2007, place(4, 1003), kRefused, Refusal::tier_not_on_sale},
        {2008, tier(12, 0, true), kAccepted},
        {2009, place(4, 1003), kAccepted, Refusal::none, 4},
        {2010, cancel(4, 4), kRefused, Refusal::order_not_cancellable},
        {2011, tier(99, 1, true), kRefused, Refusal::tier_unknown},
        {2011, tier(12, -1, true), kRefused, Refusal::definition_invalid},
        {2011, other_currency, kRefused, Refusal::definition_invalid},
    });
}

TEST(Tiers, without_a_wish_the_next_one_on_sale_is_taken_or_sold_out_said_of_it) {
    run(
        {
            {2000, tier(11, 0, false), kAccepted},
            {2001, place(1, 1003), kAccepted, Refusal::none, 1},
            {2002, place(2, 1003), kRefused, Refusal::sold_out},
            {2003, tier(11, 0, true), kAccepted},
            {2004, place(2, 1003), kAccepted, Refusal::none, 2},
        },
        1, 1);
}

TEST(Sessions, change_their_times_and_limits) {
    const auto change = [](std::int64_t starts, std::int64_t ends, std::uint32_t orders) {
        return domain::ChangeSession{domain::SessionId(7), testing::at(starts), testing::at(ends),
                                     orders, 5};
    };
    auto unknown = change(1, 2, 1);
    unknown.session = domain::SessionId(8);
    run({
        {2000, place(1, 1002, {line(12, 1)}), kAccepted, Refusal::none, 1},
        {2001, place(1, 1002, {line(12, 1)}), kAccepted, Refusal::none, 2},
        {2002, change(200'000, 300'000, 1), kAccepted},
        {2003, change(200'000, 300'000, 1), OutcomeKind::unchanged},
        {2004, place(1, 1002, {line(12, 1)}), kRefused, Refusal::over_orders_per_person},
        {2005, change(200'000, 99'999, 1), kRefused, Refusal::definition_invalid},
        {2005, change(50'000, 99'999, 1), kRefused, Refusal::definition_invalid},
        {2006, change(50'000, 100'000, 9), kAccepted},
        {2007, place(1, 1002, {line(12, 1)}), kAccepted, Refusal::none, 3},
        {2008, unknown, kRefused, Refusal::session_unknown},
    });
}

TEST(Sessions, a_performance_stops_selling_when_it_starts) {
    auto performance = testing::offer(1, 1);
    performance.id = domain::SessionId(8);
    performance.sale_ends_at_start = true;
    for (auto& campaign : performance.campaigns)
        campaign.id = domain::CampaignId(campaign.id.value() + 1000);
    auto late = performance;
    late.campaigns[0].closes_at = testing::at(200'001);
    auto never = testing::offer(1, 1);
    never.id = domain::SessionId(9);
    never.campaigns = {testing::campaign(3001, false, 1, {domain::TierId(11)})};
    never.campaigns[0].closes_at = testing::at(300'001);
    const auto longer = std::make_shared<const domain::Campaign>(late.campaigns[0]);
    run({
        {1, testing::set_up(late), kRefused, Refusal::definition_invalid},
        {1, testing::set_up(never), kRefused, Refusal::definition_invalid},
        {1, testing::set_up(performance), kAccepted},
        {2, domain::ChangeCampaign{performance.id, longer}, kRefused, Refusal::definition_invalid},
        {2, domain::ChangeSession{performance.id, testing::at(99'999), testing::at(300'000), 0, 0},
         kRefused, Refusal::definition_invalid},
    });
}

TEST(Cancellation, ends_the_sale_and_the_orders) {
    using namespace domain;
    const SessionId session(7);
    const auto campaign =
        std::make_shared<const Campaign>(testing::campaign(1009, false, 1, {TierId(11)}));
    run({
        {2000, place(1, 1001, {}, 5, 5), kAccepted, Refusal::none, 1},
        {2001, place(1, 1002, {line(12, 2)}), kAccepted, Refusal::none, 2},
        {2002, CancelSession{SessionId(8)}, kRefused, Refusal::session_unknown},
        {2002, RemoveSession{session}, kRefused, Refusal::session_not_removable},
        {2003, CancelSession{session}, kAccepted},
        {2004, CancelSession{session}, OutcomeKind::unchanged},
        {2004, RemoveSession{session}, OutcomeKind::unchanged},
        {2005, place(2, 1001), kRefused, Refusal::session_cancelled},
        {2005, place(1, 1001), kRefused, Refusal::session_cancelled},
        {2005, place(1, 1001, {}, 5, 5), OutcomeKind::repeated, Refusal::none, 1},
        {2006, cancel(1, 2), OutcomeKind::repeated, Refusal::none, 2},
        {2006, cancel(1, 1), kRefused, Refusal::order_not_cancellable},
        {2007, hide(1, 1), kAccepted, Refusal::none, 1},
        {2008, tier(11, 0, false), kRefused, Refusal::session_cancelled},
        {2008, ChangeCampaign{session, campaign}, kRefused, Refusal::session_cancelled},
        {2008, AddStock{session, PoolId(1), {AdditionId(9), 1, {}}}, kRefused,
         Refusal::session_cancelled},
        {2009, WithdrawStock{session, PoolId(1), 9}, kAccepted},
        {300'000, RetireSession{session}, kRefused, Refusal::orders_not_final},
        {300'000, EndCancelled{10}, kAccepted},
        {300'001, RetireSession{session}, kAccepted},
        {300'002, CancelSession{session}, kRefused, Refusal::session_closed},
    });
}

TEST(Cancellation, is_only_possible_before_the_start_and_removal_before_the_sale) {
    using namespace domain;
    run({
        {200'000, CancelSession{SessionId(7)}, kRefused, Refusal::session_started},
        {1000, RemoveSession{SessionId(7)}, kRefused, Refusal::session_not_removable},
        {999, RemoveSession{SessionId(7)}, kAccepted},
        {1000, place(1, 1001), kRefused, Refusal::session_cancelled},
    });
}

TEST(Withdrawals, with_an_id_are_done_once) {
    const auto withdraw = [](std::uint64_t count, std::uint64_t id) {
        return domain::WithdrawStock{domain::SessionId(7), domain::PoolId(1), count,
                                     domain::WithdrawalId(id)};
    };
    run({
        {1, withdraw(6, 77), kAccepted},
        {2, withdraw(6, 77), OutcomeKind::unchanged},
        {3, withdraw(5, 77), kRefused, Refusal::definition_conflict},
        {4, withdraw(5, 78), kRefused, Refusal::stock_not_free},
        {5, withdraw(1, domain::kIdMax + 1), kRefused, Refusal::definition_invalid},
        {6, withdraw(2, 0), kAccepted},
        {7, withdraw(2, 0), kAccepted},
        {8, withdraw(2, 0), kRefused, Refusal::stock_not_free},
    });
}

}  // namespace
}  // namespace onsale::boxoffice
