#include "tickets/ticket_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "records/testing/scratch.h"
#include "tickets/limits.h"

namespace onsale::tickets {
namespace {

using base::Duration;

class TicketKeys_ : public testing::Test {
  protected:
    ~TicketKeys_() override { close(); }
    base::Result<std::unique_ptr<TicketKeys>, std::string> open(std::byte master = std::byte{7}) {
        close();
        store_ = scratch_.open("records.sqlite");
        return TicketKeys::create(*store_, crypto::Key{master}, scratch_.environment());
    }
    void close() {
        keys_.reset();
        store_.reset();
    }
    void begin() {
        auto made = open();
        ASSERT_TRUE(made);
        keys_ = std::move(*made);
    }
    RotateResult rotate(Duration lead) {
        auto rotated = scratch_.wait<TicketKeys::Rotated>(
            [&](auto reply) { keys_->rotate(lead, scratch_.home(), reply); });
        EXPECT_TRUE(rotated);
        return rotated ? *rotated : RotateResult{};
    }

    records::Scratch scratch_{testing::TempDir()};
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<TicketKeys> keys_;
};

TEST_F(TicketKeys_, the_first_start_makes_a_key_that_signs_everything) {
    begin();
    const auto first = keys_->current();
    ASSERT_EQ(first->ring.keys().size(), 1U);
    EXPECT_EQ(first->ring.keys()[0].from, base::Timestamp{});
    EXPECT_EQ(first->ring.keys()[0].until, std::nullopt);
    EXPECT_EQ(first->signing[0].public_key(), first->ring.keys()[0].key);
    begin();
    EXPECT_EQ(keys_->current()->ring.keys(), first->ring.keys()) << "the next start finds it";
}

TEST_F(TicketKeys_, two_sites_have_different_keys) {
    begin();
    records::Scratch other(testing::TempDir());
    const auto store = other.open("records.sqlite");
    const auto made = TicketKeys::create(*store, crypto::Key{std::byte{7}}, other.environment());
    ASSERT_TRUE(made);
    EXPECT_NE((*made)->current()->ring.keys()[0].id, keys_->current()->ring.keys()[0].id);
}

TEST_F(TicketKeys_, a_new_key_is_published_before_it_signs_and_the_old_one_stays) {
    begin();
    const auto before = scratch_.environment().clock().wall_now();
    const auto former = keys_->current()->ring.keys()[0];
    const auto rotated = rotate(Duration::hours(1));
    EXPECT_FALSE(rotated.too_many);
    EXPECT_GE(rotated.from, before + Duration::hours(1));
    EXPECT_EQ(rotated.from.unix_ms() % 1000, 0);
    const auto now = keys_->current();
    ASSERT_EQ(now->ring.keys().size(), 2U);
    EXPECT_EQ(now->ring.keys()[0].id, former.id);
    EXPECT_EQ(now->ring.keys()[0].until, rotated.from);
    EXPECT_EQ(now->ring.keys()[1].id, rotated.key);
    EXPECT_EQ(now->ring.place_at(before), 0U);
    EXPECT_EQ(now->ring.place_at(rotated.from), 1U);
    begin();
    EXPECT_EQ(keys_->current()->ring.keys(), now->ring.keys()) << "kept over a start";
}

TEST_F(TicketKeys_, keys_follow_one_another_however_they_are_asked_for) {
    begin();
    const auto later = rotate(Duration::days(1));
    const auto next = rotate(Duration{});
    EXPECT_EQ(next.from, later.from + Duration::seconds(1));
}

TEST_F(TicketKeys_, are_bounded) {
    begin();
    for (std::size_t i = 1; i < kKeysMax; ++i) ASSERT_FALSE(rotate(Duration{}).too_many);
    EXPECT_TRUE(rotate(Duration{}).too_many);
    EXPECT_EQ(keys_->current()->ring.keys().size(), kKeysMax);
}

TEST_F(TicketKeys_, do_not_open_with_another_master_key) {
    begin();
    EXPECT_FALSE(open(std::byte{8}));
}

}  // namespace
}  // namespace onsale::tickets
