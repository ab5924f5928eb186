// A site's data folder in a temporary place, written fact by fact: the base of the auditor's tests.
// Batches are written as the engine writes them, and can be damaged afterwards through plain SQL,
// with the hash chain mended so that only the damage under test is there.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "domain/fact.h"
#include "env/posix/environment.h"
#include "journal/high_water.h"
#include "journal/journal.h"
#include "journal/snapshot_store.h"
#include "sql/database.h"
#include "wire/codec.h"

namespace onsale::audit {

inline constexpr std::int64_t kDay = 86'400'000;
inline constexpr std::int64_t kNoon = 1'800'000'000'000;

class AuditFixture : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("onsale-audit-" + std::to_string(environment_->entropy().next_u64()));
        std::filesystem::create_directories(folder_ / "journal");
        auto writer = journal::Writer::open(sql_options("journal/journal.sqlite"));
        ASSERT_TRUE(writer) << writer.error().message;
        journal_ = database("journal/journal.sqlite");
    }
    void TearDown() override {
        journal_.reset();
        std::filesystem::remove_all(folder_);
    }

    sql::OpenOptions sql_options(const std::string& name) const {
        sql::OpenOptions options;
        options.path = (folder_ / name).string();
        return options;
    }

    std::unique_ptr<sql::Connection> database(const std::string& name) const {
        auto connection = sql::Connection::open(sql_options(name));
        EXPECT_TRUE(connection);
        EXPECT_TRUE((*connection)->execute("PRAGMA synchronous = OFF"));
        return std::move(connection).value();
    }

    // A session with a pool of 10 codes (tier 21, free) and a pool of 5 tickets (tier 22, 10.00
    // CNY).
    static domain::Session session(std::uint64_t id = 100) {
        domain::Session value;
        value.id = domain::SessionId(id);
        value.starts_at = at(kDay);
        value.ends_at = at(2 * kDay);
        value.orders_per_person = 2;
        value.tickets_per_person = 3;
        value.pools = {
            {domain::PoolId(1),
             domain::PoolKind::codes,
             {{domain::AdditionId(5001), 10, digest('a')}}},
            {domain::PoolId(2), domain::PoolKind::count, {{domain::AdditionId(7), 5, {}}}}};
        value.tiers = {{domain::TierId(21), domain::PoolId(1), {0, base::Currency::cny}},
                       {domain::TierId(22), domain::PoolId(2), {1000, base::Currency::cny}}};
        domain::Campaign rush{domain::CampaignId(1001),    at(0), at(kDay),
                              base::Duration::minutes(15), true,  1,
                              {domain::TierId(21)}};
        domain::Campaign sale{domain::CampaignId(1002),
                              at(0),
                              at(kDay),
                              base::Duration::minutes(15),
                              false,
                              4,
                              {domain::TierId(21), domain::TierId(22)}};
        value.campaigns = {rush, sale};
        return value;
    }

    static std::array<std::byte, 32> digest(char fill) {
        std::array<std::byte, 32> bytes{};
        bytes.fill(static_cast<std::byte>(fill));
        return bytes;
    }
    static base::Timestamp at(std::int64_t offset_ms) {
        return base::Timestamp::from_unix_ms(kNoon + offset_ms);
    }

    // A free order of one code, as the rush makes it.
    static domain::Order code_order(std::uint64_t number, std::uint64_t person,
                                    std::uint64_t ordinal, std::int64_t at_ms) {
        domain::Order order;
        order.id = domain::make_order_id(domain::ShardId(0), number);
        order.person = domain::PersonId(person);
        order.session = domain::SessionId(100);
        order.campaign = domain::CampaignId(1001);
        order.state = domain::OrderState::completed;
        order.created_at = at(at_ms);
        order.changed_at = at(at_ms);
        order.idempotency_key = 900 + number;
        order.lines.push_back({domain::TierId(21), 1, {0, base::Currency::cny}, ordinal});
        return order;
    }
    // A reserved order of tickets that cost money.
    static domain::Order paid_order(std::uint64_t number, std::uint64_t person,
                                    std::uint32_t quantity, std::int64_t at_ms) {
        domain::Order order = code_order(number, person, 0, at_ms);
        order.campaign = domain::CampaignId(1002);
        order.state = domain::OrderState::reserved;
        order.deadline = at(at_ms) + base::Duration::minutes(15);
        order.lines.clear();
        order.lines.push_back({domain::TierId(22), quantity, {1000, base::Currency::cny}, 0});
        return order;
    }

    // The next batch; its header follows the one before it.
    journal::Batch batch(std::vector<domain::Fact> facts, std::int64_t at_ms,
                         std::vector<wire::RefusalCount> refusals = {}) {
        journal::Batch value;
        value.sequence = ++sequence_;
        value.epoch = epoch_;
        value.incarnation = incarnation_;
        value.time = at(at_ms);
        value.previous = previous_;
        for (const auto& fact : facts) encoder_.add(fact, value.body);
        for (const auto& refusal : refusals) encoder_.add(refusal, value.body);
        value.hash = journal::hash_of(value);
        previous_ = value.hash;
        return value;
    }
    journal::Batch epoch_batch(std::uint64_t epoch, std::int64_t at_ms) {
        set_epoch(epoch);
        return batch({domain::EpochStarted{epoch, incarnation_}}, at_ms);
    }
    journal::Batch set_up_batch(std::int64_t at_ms) {
        return batch({domain::SessionSetUp{std::make_shared<const domain::Session>(session())}},
                     at_ms);
    }

    // Writes a batch as it is, without the writer's own checks.
    void store(const journal::Batch& value) {
        auto insert = journal_->prepare(
            "INSERT INTO journal(id, epoch, incarnation, time_ms, previous, hash, body) "
            "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        ASSERT_TRUE(insert);
        insert
            ->bind(1, static_cast<std::int64_t>(std::uint64_t{value.shard} << 48 | value.sequence))
            .bind(2, static_cast<std::int64_t>(value.epoch))
            .bind(3, static_cast<std::int64_t>(value.incarnation))
            .bind(4, value.time.unix_ms())
            .bind_blob(5, value.previous)
            .bind_blob(6, value.hash)
            .bind_blob(7, value.body);
        ASSERT_TRUE(insert->run());
    }
    // What was stored is gone; what is stored next is the first batch again.
    void forget_journal() {
        ASSERT_TRUE(journal_->execute("DELETE FROM journal"));
        sequence_ = 0;
        previous_ = {};
    }
    void set_epoch(std::uint64_t epoch) {
        epoch_ = epoch;
        incarnation_ = 0xabc0 + epoch;
    }
    void begin_sale() {
        store(epoch_batch(1, 0));
        store(set_up_batch(0));
    }
    void sell(std::vector<domain::Fact> facts, std::int64_t at_ms) {
        store(batch(std::move(facts), at_ms));
    }

    void execute(const std::string& file, const std::string& sql) {
        const auto connection = database(file);
        const auto done = connection->execute(sql);
        ASSERT_TRUE(done) << done.error().message;
    }

    Options options() const {
        Options value;
        value.folder = folder_.string();
        return value;
    }
    Report audit() { return audit(options()); }
    Report audit(const Options& options) {
        auto report = run(options, environment_->files());
        EXPECT_TRUE(report) << report.error();
        return report ? std::move(report).value() : Report{};
    }

    // The clauses with breaches, as "C1 T3".
    static std::string broken(const Report& report) {
        std::string names;
        for (std::size_t i = 0; i < kClauses; ++i) {
            if (report.figures[i].breaches == 0) continue;
            names += (names.empty() ? "" : " ") + std::string(to_string(static_cast<Clause>(i)));
        }
        return names;
    }

    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    std::filesystem::path folder_;

  private:
    std::unique_ptr<sql::Connection> journal_;
    wire::BatchEncoder encoder_;
    std::uint64_t sequence_ = 0;
    std::uint64_t epoch_ = 0;
    std::uint64_t incarnation_ = 0;
    journal::Hash previous_{};
};

}  // namespace onsale::audit
