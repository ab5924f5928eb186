#include "follow/projection.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace onsale::follow {
namespace {

// Writes down what it is told, and nothing else.
class Witness : public Projection {
  public:
    std::string_view component() const override { return "witness"; }
    std::span<const sql::Migration> migrations() const override { return {}; }
    std::span<const std::string_view> tables() const override { return {}; }
    void begin() override { heard += "begin "; }
    FollowResult<void> apply(sql::Connection&, const CommittedBatch& batch, const domain::Fact&,
                             std::uint32_t index) override {
        heard += std::to_string(batch.sequence) + '/' + std::to_string(index) + ' ';
        return {};
    }
    FollowResult<void> flush(sql::Connection&) override {
        heard += "flush ";
        return {};
    }
    std::string heard;
};

domain::OrderId id(std::uint64_t number) {
    return domain::make_order_id(domain::ShardId(3), number);
}

domain::Fact placed(std::uint64_t number) {
    domain::Order order;
    order.id = id(number);
    return domain::OrderPlaced{order};
}

domain::Fact cancelled(std::uint64_t number) {
    return domain::OrderCancelled{id(number), {}};
}

// What a projection hears of these batches in one transaction.
std::string heard_of(const std::vector<std::vector<domain::Fact>>& batches) {
    std::string folder = ::testing::TempDir() + "onsale-projection-XXXXXX";
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    sql::OpenOptions options;
    options.path = folder + "/rows.sqlite";
    Witness witness;
    std::size_t facts = 0;
    std::vector<SharedBatch> shared;
    for (const auto& batch : batches) {
        auto made = std::make_shared<CommittedBatch>();
        made->sequence = shared.size() + 1;
        made->facts = batch;
        facts += batch.size();
        shared.push_back(std::move(made));
    }
    {
        const auto connection = *sql::Connection::open(options);
        Projection* const all[] = {&witness};
        const auto done = project(*connection, all, shared);
        EXPECT_TRUE(done);
        EXPECT_EQ(*done, facts);
    }
    std::filesystem::remove_all(folder);
    return witness.heard;
}

TEST(Project, gathers_new_orders_over_batches) {
    EXPECT_EQ(heard_of({{placed(1), placed(2)}, {placed(3)}}), "begin 1/0 1/1 2/0 flush ");
}

TEST(Project, makes_rows_before_a_fact_about_an_order_that_is_gathered) {
    EXPECT_EQ(heard_of({{placed(5), placed(6), cancelled(6)}}), "begin 1/0 1/1 flush 1/2 flush ");
}

TEST(Project, an_older_order_has_its_rows_already) {
    EXPECT_EQ(heard_of({{placed(5), cancelled(4), placed(6)}}), "begin 1/0 1/1 1/2 flush ");
    EXPECT_EQ(heard_of({{placed(5), cancelled(5), placed(6), cancelled(5)}}),
              "begin 1/0 flush 1/1 1/2 1/3 flush ");
}

TEST(Project, makes_rows_before_a_fact_that_may_look_at_any) {
    EXPECT_EQ(heard_of({{placed(1), domain::SessionCancelled{domain::SessionId(7), {}}}}),
              "begin 1/0 flush 1/1 flush ");
    EXPECT_EQ(heard_of({{cancelled(1)}, {domain::SessionRetired{domain::SessionId(7), 1, 0, 0}}}),
              "begin 1/0 flush 2/0 flush ");
}

}  // namespace
}  // namespace onsale::follow
