// One damage per clause, in a journal whose hash chain is right: each must be named by its clause.
#include "audit/audit_fixture.h"

namespace onsale::audit {
namespace {

using domain::OrderCancelled;
using domain::OrderExpired;
using domain::OrderPlaced;

class Damage : public AuditFixture {
  protected:
    void SetUp() override {
        AuditFixture::SetUp();
        begin_sale();
    }
};

TEST_F(Damage, stock_of_a_tier_that_is_not_there_breaks_t1) {
    domain::Order order = code_order(1, 7, 1, 10);
    order.lines[0].tier = domain::TierId(99);
    sell({OrderPlaced{order}}, 10);
    EXPECT_NE(broken(audit()).find("T1"), std::string::npos);
}

TEST_F(Damage, selling_more_than_there_is_breaks_t3) {
    sell({OrderPlaced{paid_order(1, 7, 3, 10)}, OrderPlaced{paid_order(2, 8, 3, 11)}}, 11);
    EXPECT_EQ(broken(audit()), "T3");
}

TEST_F(Damage, an_oversale_that_is_mended_later_still_breaks_t3) {
    sell({OrderPlaced{paid_order(1, 7, 3, 10)}, OrderPlaced{paid_order(2, 8, 3, 11)}}, 11);
    sell({OrderCancelled{domain::OrderId(2 << 8), at(12)}}, 12);
    EXPECT_EQ(broken(audit()), "T3");
}

TEST_F(Damage, a_hold_that_ends_twice_breaks_t4_and_s1) {
    sell({OrderPlaced{paid_order(1, 7, 1, 10)}, OrderCancelled{domain::OrderId(1 << 8), at(11)}},
         11);
    sell({OrderCancelled{domain::OrderId(1 << 8), at(12)}}, 12);
    EXPECT_EQ(broken(audit()), "T4 S1");
}

TEST_F(Damage, a_hold_that_outlives_its_deadline_breaks_t4) {
    sell({OrderPlaced{paid_order(1, 7, 1, 10)}}, 10);
    sell({OrderPlaced{code_order(2, 8, 1, 2'000'000)}}, 2'000'000);
    EXPECT_EQ(broken(audit()), "T4");
}

TEST_F(Damage, retiring_with_wrong_totals_breaks_t5) {
    sell({OrderPlaced{code_order(1, 7, 1, 10)}, OrderPlaced{code_order(2, 8, 2, 10)}}, 10);
    sell({domain::SessionRetired{domain::SessionId(100), 2, 1, 1}}, 3 * kDay);
    EXPECT_EQ(broken(audit()), "T5");
}

TEST_F(Damage, more_orders_than_a_person_may_have_break_t6) {
    for (std::uint64_t i = 1; i <= 3; ++i) sell({OrderPlaced{paid_order(i, 7, 1, 10)}}, 10);
    EXPECT_EQ(broken(audit()), "T6");
}

TEST_F(Damage, an_order_before_the_campaign_opens_breaks_t6) {
    domain::Session late = session();
    late.campaigns[0].opens_at = at(1000);
    sell({domain::CampaignChanged{domain::SessionId(100),
                                  std::make_shared<const domain::Campaign>(late.campaigns[0])},
          OrderPlaced{code_order(1, 7, 1, 999)}},
         999);
    EXPECT_EQ(broken(audit()), "T6");
}

TEST_F(Damage, another_price_than_the_tiers_breaks_t8) {
    domain::Order order = paid_order(1, 7, 1, 10);
    order.lines[0].unit_price.minor = 999;
    sell({OrderPlaced{order}}, 10);
    EXPECT_EQ(broken(audit()), "T8");
}

TEST_F(Damage, a_code_given_out_twice_breaks_c1) {
    sell({OrderPlaced{code_order(1, 7, 1, 10)}, OrderPlaced{code_order(2, 8, 1, 10)}}, 10);
    EXPECT_EQ(broken(audit()), "C1");
}

TEST_F(Damage, a_code_passed_over_breaks_c1) {
    sell({OrderPlaced{code_order(1, 7, 2, 10)}}, 10);
    EXPECT_EQ(broken(audit()), "C1");
}

TEST_F(Damage, an_order_that_begins_in_the_wrong_state_breaks_s1) {
    domain::Order order = paid_order(1, 7, 1, 10);
    order.state = domain::OrderState::completed;
    sell({OrderPlaced{order}}, 10);
    EXPECT_EQ(broken(audit()), "S1");
}

TEST_F(Damage, a_reserved_order_that_is_hidden_breaks_s1) {
    sell({OrderPlaced{paid_order(1, 7, 1, 10)}, domain::OrderHidden{domain::OrderId(1 << 8)}}, 10);
    EXPECT_EQ(broken(audit()), "S1");
}

TEST_F(Damage, a_reserved_order_far_beyond_its_deadline_breaks_s2) {
    sell({OrderPlaced{paid_order(1, 7, 1, 10)}}, 10);
    Options options = this->options();
    options.now = at(kDay);
    EXPECT_EQ(broken(audit(options)), "S2");
    options.now = at(60'000);
    EXPECT_EQ(broken(audit(options)), "");
}

TEST_F(Damage, a_key_with_two_orders_breaks_s4) {
    domain::Order second = paid_order(2, 7, 1, 10);
    second.idempotency_key = 901;
    sell({OrderPlaced{paid_order(1, 7, 1, 10)}, OrderPlaced{second}}, 10);
    EXPECT_EQ(broken(audit()), "S4");
}

TEST_F(Damage, two_live_orders_where_one_is_allowed_break_s4) {
    sell({OrderPlaced{code_order(1, 7, 1, 10)}, OrderPlaced{code_order(2, 7, 2, 10)}}, 10);
    EXPECT_EQ(broken(audit()), "S4");
}

TEST_F(Damage, an_order_number_that_is_passed_over_breaks_s4) {
    sell({OrderPlaced{code_order(2, 7, 1, 10)}}, 10);
    EXPECT_EQ(broken(audit()), "S4");
}

TEST_F(Damage, an_order_in_a_cancelled_session_breaks_t6) {
    sell({domain::SessionCancelled{domain::SessionId(100), at(5)},
          OrderPlaced{code_order(1, 7, 1, 10)}},
         10);
    EXPECT_EQ(broken(audit()), "T6");
}

TEST_F(Damage, an_order_of_a_tier_that_is_not_on_sale_breaks_t6) {
    sell({domain::TierChanged{domain::SessionId(100), domain::TierId(21), {}, false},
          OrderPlaced{code_order(1, 7, 1, 10)}},
         10);
    EXPECT_EQ(broken(audit()), "T6");
}

TEST_F(Damage, the_former_price_of_a_tier_breaks_t8) {
    sell({domain::TierChanged{domain::SessionId(100), domain::TierId(22), {1200, {}}, true},
          OrderPlaced{paid_order(1, 7, 1, 10)}},
         10);
    EXPECT_EQ(broken(audit()), "T8");
}

TEST_F(Damage, a_refund_without_a_cancelled_session_breaks_s1) {
    sell({OrderPlaced{code_order(1, 7, 1, 10)},
          domain::OrderRefunded{domain::OrderId(1 << 8), at(11)}},
         11);
    EXPECT_EQ(broken(audit()), "S1");
}

TEST_F(Damage, a_reserved_order_that_is_refunded_breaks_t4_and_s1) {
    sell({OrderPlaced{paid_order(1, 7, 1, 10)},
          domain::SessionCancelled{domain::SessionId(100), at(11)},
          domain::OrderRefunded{domain::OrderId(1 << 8), at(12)}},
         12);
    EXPECT_EQ(broken(audit()), "T4 S1");
}

TEST_F(Damage, a_session_cancelled_after_its_start_or_twice_breaks_s1) {
    sell({domain::SessionCancelled{domain::SessionId(100), at(kDay)}}, kDay);
    EXPECT_EQ(broken(audit()), "S1");
    sell({domain::SessionCancelled{domain::SessionId(100), at(kDay + 1)}}, kDay + 1);
    EXPECT_EQ(audit().of(Clause::s1).breaches, 2U);
}

TEST_F(Damage, an_order_that_outlives_its_cancelled_session_breaks_t4) {
    sell({OrderPlaced{code_order(1, 7, 1, 10)},
          domain::SessionCancelled{domain::SessionId(100), at(11)}},
         11);
    EXPECT_EQ(broken(audit()), "");  // its slice has not come yet
    store(batch({}, 600'000));
    EXPECT_EQ(broken(audit()), "T4");
}

TEST_F(Damage, expiry_of_an_order_that_its_session_ended_before_breaks_s1) {
    sell({OrderPlaced{paid_order(1, 7, 1, 10)},
          domain::SessionCancelled{domain::SessionId(100), at(11)}},
         11);
    sell({OrderExpired{domain::OrderId(1 << 8), at(1'000'000)}}, 1'000'000);
    EXPECT_EQ(broken(audit()), "S1");
}

TEST_F(Damage, retiring_a_cancelled_session_with_live_orders_breaks_t5) {
    sell({OrderPlaced{code_order(1, 7, 1, 10)},
          domain::SessionCancelled{domain::SessionId(100), at(11)}},
         11);
    sell({domain::SessionRetired{domain::SessionId(100), 1, 1, 1}}, 11);
    EXPECT_EQ(broken(audit()), "T5");
}

TEST_F(Damage, a_withdrawal_that_is_done_twice_breaks_s4) {
    const domain::StockWithdrawn once{domain::SessionId(100), domain::PoolId(1), 2,
                                      domain::WithdrawalId(7)};
    sell({once}, 10);
    EXPECT_EQ(broken(audit()), "");
    sell({once}, 11);
    EXPECT_EQ(broken(audit()), "S4");
}

TEST_F(Damage, an_epoch_that_does_not_rise_breaks_d1) {
    store(epoch_batch(1, 20));
    EXPECT_EQ(broken(audit()), "D1");
}

TEST_F(Damage, a_write_with_the_epoch_of_the_former_owner_breaks_d1) {
    store(epoch_batch(3, 20));
    journal::Batch old = batch({OrderPlaced{code_order(1, 7, 1, 30)}}, 30);
    old.epoch = 1;
    old.hash = journal::hash_of(old);
    store(old);
    EXPECT_EQ(broken(audit()), "D1");
}

TEST_F(Damage, a_time_that_goes_back_breaks_d7) {
    sell({OrderPlaced{code_order(1, 7, 1, 10)}}, 5000);
    store(batch({}, 4000));
    EXPECT_EQ(broken(audit()), "D7");
}

TEST_F(Damage, a_hold_shorter_than_promised_breaks_d7) {
    domain::Order order = paid_order(1, 7, 1, 10);
    order.deadline = order.created_at + base::Duration::minutes(14);
    sell({OrderPlaced{order}}, 10);
    EXPECT_EQ(broken(audit()), "D7");
}

TEST_F(Damage, an_order_that_expires_before_its_deadline_breaks_d7) {
    sell({OrderPlaced{paid_order(1, 7, 1, 10)}, OrderExpired{domain::OrderId(1 << 8), at(1000)}},
         1000);
    EXPECT_EQ(broken(audit()), "D7");
}

TEST_F(Damage, refusals_that_become_fewer_break_d7) {
    const auto count = [](std::uint64_t value) {
        return std::vector<wire::RefusalCount>{
            {domain::CampaignId(1001), domain::Refusal::sold_out, value}};
    };
    store(batch({}, 10, count(8)));
    store(batch({}, 20, count(7)));
    EXPECT_EQ(broken(audit()), "D7");
}

}  // namespace
}  // namespace onsale::audit
