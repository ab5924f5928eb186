#include "orders/order_events.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <vector>

#include "catalog/testing/site.h"

namespace onsale::orders {
namespace {

using domain::OrderState;
using domain::PersonId;

// Collects what is told; waits for the n-th.
class Heard {
  public:
    void add(const domain::Order& order) {
        const std::lock_guard lock(mutex_);
        orders_.push_back(order);
        more_.notify_all();
    }
    std::vector<domain::Order> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        more_.wait(lock, [&] { return orders_.size() >= count; });
        return orders_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable more_;
    std::vector<domain::Order> orders_;
};

class OrderEvents_ : public testing::Test {
  protected:
    OrderEvents_() {
        auto priced = catalog::open_now(1);
        priced.tiers[0].price = "1.00";
        EXPECT_EQ(site_.set_up(priced).kind, catalog::ChangeKind::accepted);
        executor_ = site_.scratch.environment().make_executor({"events", "test"});
        events_ = std::make_unique<OrderEvents>(*site_.engine, *site_.feed, *executor_);
        events_->subscribe(site_.scratch.home(),
                           [this](const domain::Order& order) { heard_.add(order); });
        events_->start();
    }
    ~OrderEvents_() override {
        site_.stop_engine();
        executor_.reset();
    }
    domain::Order place(std::uint64_t person) {
        const auto shard = site_.engine->shard_of(domain::SessionId(1));
        return site_
            .decide(shard, domain::PlaceOrder{PersonId(person), domain::CampaignId(1501), {}, 0, 0})
            .outcome.order;
    }
    void cancel(const domain::Order& order) {
        (void)site_.decide(domain::shard_of(order.id), domain::CancelOrder{order.person, order.id});
    }

    catalog::Site site_{testing::TempDir()};
    Heard heard_;
    std::unique_ptr<env::Executor> executor_;
    std::unique_ptr<OrderEvents> events_;
};

TEST_F(OrderEvents_, tell_of_the_orders_of_those_who_are_watched) {
    events_->watch(PersonId(7));
    events_->watch(PersonId(9));
    (void)place(8);
    const auto mine = place(7);
    (void)heard_.wait_for(1);
    cancel(mine);
    (void)heard_.wait_for(2);
    events_->unwatch(PersonId(7));
    (void)place(7);
    const auto last = place(9);
    const auto orders = heard_.wait_for(3);
    ASSERT_EQ(orders.size(), 3U);
    EXPECT_EQ(orders[0].id, mine.id);
    EXPECT_EQ(orders[0].state, OrderState::reserved);
    EXPECT_EQ(orders[1].id, mine.id);
    EXPECT_EQ(orders[1].state, OrderState::cancelled);
    EXPECT_EQ(orders[2].id, last.id);
}

TEST_F(OrderEvents_, tell_of_the_end_of_a_cancelled_session) {
    events_->watch(PersonId(7));
    const auto mine = place(7);
    (void)heard_.wait_for(1);
    const auto session = domain::SessionId(1);
    const auto shard = site_.engine->shard_of(session);
    EXPECT_EQ(site_.decide(shard, domain::CancelSession{session}).outcome.kind,
              domain::OutcomeKind::accepted);
    const auto orders = heard_.wait_for(2);
    ASSERT_EQ(orders.size(), 2U);
    EXPECT_EQ(orders[1].id, mine.id);
    EXPECT_EQ(orders[1].state, OrderState::cancelled);
}

TEST_F(OrderEvents_, count_the_watches_of_a_person) {
    events_->watch(PersonId(7));
    events_->watch(PersonId(7));
    events_->unwatch(PersonId(7));
    const auto order = place(7);
    EXPECT_EQ(heard_.wait_for(1)[0].id, order.id);
}

}  // namespace
}  // namespace onsale::orders
