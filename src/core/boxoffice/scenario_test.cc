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

}  // namespace
}  // namespace onsale::boxoffice
