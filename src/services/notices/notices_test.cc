#include "notices/notices.h"

#include <gtest/gtest.h>

#include "notices/limits.h"
#include "notices/testing/world.h"

namespace onsale::notices {
namespace {

using accounts::Language;
using base::Duration;
using Subjects = std::vector<std::string>;

const messages::SendError kRefused{false, false, "no such mailbox"};
const messages::SendError kLater{true, false, "mailbox busy"};
const messages::SendError kAway{true, true, "no connection"};

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

class NoticesTest : public testing::Test {
  protected:
    World world_;
    const domain::PersonId anna_ = world_.register_person("anna", Language::en);
};

TEST_F(NoticesTest, a_paid_order_is_told_in_the_language_of_the_account) {
    const auto bert = world_.register_person("bert", Language::zh);
    const auto carl = world_.register_person("carl", std::nullopt);
    const auto payment = world_.buy(anna_);
    world_.buy(bert);
    world_.buy(carl);
    world_.settle();
    EXPECT_EQ(world_.subjects("anna"), Subjects{"[Onsale] Your tickets"});
    EXPECT_EQ(world_.subjects("bert"), Subjects{"【开售】购票成功"});
    EXPECT_EQ(world_.subjects("carl"), Subjects{"【开售】购票成功 [Onsale] Your tickets"});
    const auto& mail = world_.server.taken.front();
    const auto order = domain::order_of(payment.id).value();
    EXPECT_TRUE(holds(mail.text, "https://tickets.example/orders/" + std::to_string(order)));
    EXPECT_TRUE(holds(mail.text, "New Year vouchers"));
    EXPECT_EQ(world_.rows("notices_waiting"), 0);
}

TEST_F(NoticesTest, a_refund_is_told_step_by_step) {
    const auto payment = world_.buy(anna_);
    const auto refund = world_.ask_back(anna_, payment);
    world_.decide(domain::ReviewRefund{refund.id, domain::PersonId(900), true});
    world_.completed(refund);
    world_.settle();
    EXPECT_EQ(world_.subjects("anna"),
              (Subjects{"[Onsale] Your tickets", "[Onsale] Your refund request",
                        "[Onsale] Refund approved", "[Onsale] Refund completed"}));
    EXPECT_TRUE(holds(world_.server.taken.back().text, "¥11.25"));  // less a tenth
}

TEST_F(NoticesTest, a_rejection_waits_for_its_words_but_not_for_ever) {
    const auto refund = world_.ask_back(anna_, world_.buy(anna_));
    world_.decide(domain::ReviewRefund{refund.id, domain::PersonId(900), false});
    world_.run(Duration::seconds(10));
    EXPECT_EQ(world_.subjects("anna").size(), 2U);
    const auto written = world_.wait<refunds::Notes::Written>([&](auto reply) {
        world_.notes->write_review({refund.id, anna_, "已出票"}, *world_.home, reply);
    });
    ASSERT_TRUE(written);
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").back(), "[Onsale] Refund not granted");
    EXPECT_TRUE(holds(world_.server.taken.back().text, "Reason: 已出票"));

    const auto bert = world_.register_person("bert", Language::en);
    const auto second = world_.ask_back(bert, world_.buy(bert));
    world_.decide(domain::ReviewRefund{second.id, domain::PersonId(900), false});
    world_.run(kReasonWait + Duration::seconds(5));
    EXPECT_EQ(world_.subjects("bert").back(), "[Onsale] Refund not granted");
    EXPECT_FALSE(holds(world_.server.taken.back().text, "Reason"));
}

TEST_F(NoticesTest, a_cancelled_session_is_told_to_who_has_tickets) {
    world_.buy(anna_);
    const auto bert = world_.register_person("bert", Language::en);
    domain::PlaceOrder unpaid{bert, kCampaign, {}, 0, 0};
    unpaid.lines.push_back({kTier, 1});
    world_.decide(unpaid);
    const auto cancelled = world_.wait<catalog::ChangeResult>([&](auto reply) {
        world_.catalog->cancel_session(domain::SessionId(kSession), {"停电", "no power"},
                                       *world_.home, reply);
    });
    ASSERT_EQ(cancelled.kind, catalog::ChangeKind::accepted);
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").back(), "[Onsale] Session cancelled");
    EXPECT_TRUE(holds(world_.server.taken.back().text, "¥12.50 goes back in full"));
    EXPECT_EQ(world_.subjects("bert"), Subjects{});
}

TEST_F(NoticesTest, late_money_is_told) {
    domain::PlaceOrder place{anna_, kCampaign, {}, 0, 0};
    place.lines.push_back({kTier, 1});
    const auto order = world_.decide(place).order.id;
    domain::StartPayment start;
    start.person = anna_;
    start.order = order;
    start.bank = kBank;
    const auto payment = *world_.decide(start).payment;
    world_.decide(domain::CancelOrder{anna_, order});
    world_.captured(payment);
    world_.settle();
    EXPECT_EQ(world_.subjects("anna"), Subjects{"[Onsale] Your payment goes back"});
    EXPECT_TRUE(holds(world_.server.taken.back().text, "after the order had ended"));
}

TEST_F(NoticesTest, who_has_no_address_or_is_erased_is_told_nothing) {
    const auto bert = world_.register_person("bert", Language::en, false);
    world_.buy(bert);
    world_.buy(domain::PersonId(4000));  // was never here
    world_.settle();
    EXPECT_TRUE(world_.server.taken.empty());
    EXPECT_EQ(world_.rows("notices_waiting"), 0);
    world_.server.answers.assign(1, kAway);
    world_.buy(anna_);
    world_.run(Duration::milliseconds(800));
    ASSERT_EQ(world_.rows("notices_waiting"), 1);
    const auto erased = world_.wait<accounts::AccountResult<void>>([&](auto reply) {
        world_.accounts->profiles().erase({anna_, "secret123", "192.0.2.1"}, *world_.home, reply);
    });
    ASSERT_TRUE(erased);
    world_.settle();
    EXPECT_TRUE(world_.server.taken.empty());
    EXPECT_EQ(world_.rows("notices_waiting"), 0);
}

TEST_F(NoticesTest, a_mail_has_a_name_that_stays) {
    world_.server.answers = {kLater, kLater};
    world_.buy(anna_);
    world_.buy(anna_);
    world_.run(Duration::minutes(1));
    ASSERT_EQ(world_.server.taken.size(), 2U);
    EXPECT_EQ(world_.server.attempts, 5U);  // with the code
    EXPECT_NE(world_.server.taken[0].name, world_.server.taken[1].name);
    for (const auto& mail : world_.server.taken) EXPECT_FALSE(mail.name.empty());
}

TEST_F(NoticesTest, survives_a_crash_and_tells_nothing_twice) {
    world_.server.answers.assign(1, kAway);
    world_.buy(anna_);
    world_.run(Duration::milliseconds(800));
    ASSERT_EQ(world_.rows("notices_waiting"), 1);
    world_.restart();
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").size(), 1U);
    world_.restart();
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").size(), 1U);
    // What happens while nobody looks is told later.
    world_.notices->stop();
    world_.buy(anna_);
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").size(), 1U);
    world_.restart();
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").size(), 2U);
}

TEST_F(NoticesTest, a_stop_while_a_mail_is_under_way_repeats_nothing) {
    world_.server.meanwhile = [this] { world_.notices->stop(); };
    world_.buy(anna_);
    world_.buy(anna_);
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").size(), 1U);
    world_.server.meanwhile = nullptr;
    world_.restart();
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").size(), 2U);
    EXPECT_NE(world_.server.taken[0].name, world_.server.taken[1].name);
}

TEST(Notices, begin_with_what_happens_after_there_was_a_mail_server) {
    World world(false);
    const auto bert = world.register_person("bert", Language::en);
    world.buy(bert);
    world.settle();
    world.has_notices = true;
    world.restart();
    world.settle();
    EXPECT_EQ(world.subjects("bert"), Subjects{});
    // From now on it goes on where it had stopped.
    world.has_notices = false;
    world.restart();
    world.buy(bert);
    world.has_notices = true;
    world.restart();
    world.settle();
    EXPECT_EQ(world.subjects("bert").size(), 1U);
}

TEST_F(NoticesTest, what_is_refused_is_parked_until_the_next_start) {
    world_.server.answers.assign(1, kRefused);
    world_.buy(anna_);
    world_.run(Duration::hours(10));
    EXPECT_EQ(world_.server.attempts, 2U);  // with the code
    EXPECT_EQ(world_.rows("notices_waiting WHERE parked = 1"), 1);
    world_.restart();
    world_.settle();
    EXPECT_EQ(world_.subjects("anna").size(), 1U);
}

TEST_F(NoticesTest, one_that_fails_does_not_hold_up_the_others_and_is_parked_in_the_end) {
    world_.server.answers.assign(1, kLater);
    world_.buy(anna_);
    world_.run(Duration::milliseconds(900));
    const auto bert = world_.register_person("bert", Language::en);
    world_.buy(bert);
    world_.run(Duration::milliseconds(900));
    EXPECT_EQ(world_.subjects("bert").size(), 1U);
    world_.server.answers.assign(kTriesMax, kLater);
    world_.run(Duration::hours(10));
    EXPECT_EQ(world_.rows("notices_waiting WHERE parked = 1"), 1);
    EXPECT_EQ(world_.server.answers.size(), 1U);
}

TEST_F(NoticesTest, a_server_that_is_away_for_a_day_parks_nothing) {
    world_.server.answers.assign(2000, kAway);
    world_.buy(anna_);
    world_.buy(anna_);
    world_.run(Duration::days(1));
    EXPECT_LT(world_.server.answers.size(), 1000U);
    world_.server.answers.clear();
    world_.run(kAwayPauseMax + Duration::seconds(1));
    EXPECT_EQ(world_.subjects("anna").size(), 2U);
}

TEST_F(NoticesTest, a_server_that_refuses_everybody_parks_only_a_few) {
    world_.server.answers.assign(10'000, kRefused);
    constexpr std::uint32_t kMore = 5;
    for (std::uint32_t i = 0; i < kNotTakenMax + kMore; ++i) world_.buy(anna_);
    world_.run(Duration::hours(10));
    EXPECT_EQ(world_.rows("notices_waiting WHERE parked = 1"), kNotTakenMax);
    world_.server.answers.clear();
    world_.run(kPauseMax + kAwayPauseMax);
    EXPECT_EQ(world_.subjects("anna").size(), kMore);
}

TEST_F(NoticesTest, old_news_is_forgotten) {
    world_.server.answers.assign(10'000, kAway);
    world_.buy(anna_);
    world_.run(kUselessAfter + Duration::hours(1));
    EXPECT_EQ(world_.rows("notices_waiting"), 0);
    world_.server.answers.clear();
    world_.settle();
    EXPECT_EQ(world_.subjects("anna"), Subjects{});
}

}  // namespace
}  // namespace onsale::notices
