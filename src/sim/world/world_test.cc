#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "sql/database.h"
#include "world/machine.h"

namespace onsale::world {
namespace {

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::string content(env::Files& files, const std::string& path) {
    auto text = env::read_file(files, path);
    return text ? *text : "(none)";
}

TEST(Scheduler, the_same_seed_gives_the_same_order_and_another_seed_another) {
    const auto run = [](std::uint64_t seed) {
        Scheduler scheduler(seed);
        auto a = scheduler.make_executor(1, "x", 100);
        auto b = scheduler.make_executor(1, "x", 100);
        std::string order;
        for (int i = 0; i < 40; ++i) {
            a->post([&order, i] { order += "a" + std::to_string(i) + " "; });
            b->post([&order, i] { order += "b" + std::to_string(i) + " "; });
        }
        while (scheduler.step()) {
        }
        return order;
    };
    EXPECT_EQ(run(1), run(1));
    EXPECT_NE(run(1), run(2));
}

TEST(Scheduler, timers_run_in_virtual_time_and_die_with_their_process) {
    Scheduler scheduler(1);
    auto a = scheduler.make_executor(1, "x", 0);
    auto b = scheduler.make_executor(2, "x", 0);
    std::vector<int> ran;
    a->post_after(base::Duration::hours(2), [&] { ran.push_back(1); });
    b->post_after(base::Duration::hours(1), [&] { ran.push_back(2); });
    scheduler.kill(1);
    a->post([&] { ran.push_back(3); });
    while (scheduler.step()) {
    }
    EXPECT_EQ(ran, std::vector<int>{2});
    EXPECT_EQ(scheduler.now_us(), base::Duration::hours(1).count_ms() * 1000);
}

TEST(Scheduler, a_frozen_process_runs_when_it_is_thawed_and_a_held_up_executor_later) {
    Scheduler scheduler(1);
    auto frozen = scheduler.make_executor(1, "x", 0);
    auto held_up = scheduler.make_executor(2, "slow", 0);
    std::vector<int> ran;
    frozen->post([&] { ran.push_back(1); });
    held_up->post([&] { ran.push_back(2); });
    scheduler.freeze(1, true);
    scheduler.hold_up("slow", base::Duration::seconds(5));
    while (scheduler.step()) {
    }
    EXPECT_EQ(ran, std::vector<int>{2});
    EXPECT_EQ(scheduler.now_us(), 5'000'000);
    scheduler.freeze(1, false);
    while (scheduler.step()) {
    }
    EXPECT_EQ(ran, (std::vector<int>{2, 1}));
}

TEST(Disk, a_denied_sync_has_happened_and_only_once) {
    Disk disk(1);
    auto files = disk.open_for(1);
    auto file = files->open("/journal-a", env::OpenMode::create);
    auto other = files->open("/b", env::OpenMode::create);
    ASSERT_TRUE((*file)->write_at(0, bytes("kept")).has_value());
    ASSERT_TRUE(files->sync_folder("/").has_value());
    disk.deny_next_sync("journal");
    EXPECT_TRUE((*other)->sync().has_value());
    EXPECT_EQ((*file)->sync().error(), env::FileError::io_error);
    EXPECT_TRUE((*file)->sync().has_value());
    disk.kill(1);
    disk.power_cut();
    EXPECT_EQ(content(*disk.open_for(2), "/journal-a"), "kept");
}

TEST(Disk, a_strike_counts_only_operations_on_the_files_that_were_named) {
    Disk disk(1);
    auto files = disk.open_for(1);
    auto one = files->open("/one", env::OpenMode::create);
    auto two = files->open("/two", env::OpenMode::create);
    disk.strike_at(2, "two");
    EXPECT_TRUE((*one)->write_at(0, bytes("x")).has_value());
    EXPECT_TRUE((*two)->write_at(0, bytes("x")).has_value());
    EXPECT_TRUE((*one)->write_at(0, bytes("x")).has_value());
    EXPECT_EQ(disk.struck(), 0U);
    EXPECT_FALSE((*two)->write_at(0, bytes("x")).has_value());
    EXPECT_EQ(disk.struck(), 1U);
}

TEST(Disk, a_power_cut_keeps_what_was_synced_and_may_tear_the_rest) {
    std::set<std::string> outcomes;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Disk disk(seed);
        auto files = disk.open_for(1);
        auto file = files->open("/a", env::OpenMode::create);
        ASSERT_TRUE((*file)->write_at(0, bytes(std::string(1024, 'x'))).has_value());
        ASSERT_TRUE((*file)->sync().has_value());
        ASSERT_TRUE(files->sync_folder("/").has_value());
        ASSERT_TRUE((*file)->write_at(0, bytes(std::string(1024, 'y'))).has_value());
        disk.kill(1);
        disk.power_cut();
        auto after = disk.open_for(2);
        const std::string text = content(*after, "/a");
        ASSERT_EQ(text.size(), 1024U);
        outcomes.insert(std::string{text.front(), text.back()});
    }
    EXPECT_EQ(outcomes, (std::set<std::string>{"xx", "xy", "yx", "yy"}));
}

TEST(Disk, a_name_is_durable_only_after_its_folder_was_synced) {
    std::set<std::string> outcomes;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Disk disk(seed);
        auto files = disk.open_for(1);
        auto file = files->open("/a", env::OpenMode::create);
        ASSERT_TRUE((*file)->sync().has_value());
        disk.kill(1);
        disk.power_cut();
        outcomes.insert(content(*disk.open_for(2), "/a"));
    }
    EXPECT_EQ(outcomes, (std::set<std::string>{"", "(none)"}));
}

TEST(Disk, a_full_disk_refuses_growth_and_a_dead_process_changes_nothing) {
    Disk disk(1);
    auto files = disk.open_for(1);
    disk.limit_space(100);
    auto file = files->open("/a", env::OpenMode::create);
    EXPECT_EQ((*file)->write_at(0, bytes(std::string(101, 'x'))).error(), env::FileError::no_space);
    EXPECT_TRUE((*file)->write_at(0, bytes(std::string(100, 'x'))).has_value());
    disk.kill(1);
    EXPECT_EQ((*file)->write_at(0, bytes("y")).error(), env::FileError::io_error);
    EXPECT_EQ(content(*disk.open_for(2), "/a"), std::string(100, 'x'));
}

TEST(Machine, a_second_process_takes_the_place_of_a_frozen_one_on_the_same_files) {
    Scheduler scheduler(1);
    Machine machine("two-processes", scheduler, 1);
    const sql::OpenOptions options{.path = "/db", .vfs = "two-processes"};
    auto& first = machine.start();
    {
        const auto lock = first.files().lock("/lock");
        auto old = sql::Connection::open(options);
        ASSERT_TRUE(old && (*old)->execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"));
        auto& second = machine.start_beside();
        EXPECT_TRUE(second.files().lock("/lock").has_value());
        auto now = sql::Connection::open(options);
        ASSERT_TRUE(now && (*now)->execute("INSERT INTO t VALUES (1)"));
        machine.thaw();
        const auto again = (*old)->execute("INSERT INTO t VALUES (1)");
        ASSERT_FALSE(again.has_value());
        EXPECT_EQ(again.error().code, sql::ErrorCode::conflict);
        first.die(env::FatalCause::journal_conflict, "replaced");
        EXPECT_EQ(machine.old_died(), "replaced");
        EXPECT_FALSE(machine.is_dead());
        EXPECT_TRUE((*now)->execute("INSERT INTO t VALUES (2)").has_value());
        machine.kill();
    }
    machine.end();
}

TEST(Machine, a_committed_row_survives_a_strike_at_every_disk_operation) {
    std::uint64_t survived = 0;
    for (std::uint64_t strike = 1; strike <= 120; ++strike) {
        Scheduler scheduler(strike);
        Machine machine("world-test", scheduler, strike);
        sql::OpenOptions options{.path = "/db", .vfs = "world-test"};
        std::int64_t acknowledged = 0;
        machine.start();
        machine.disk().strike_at(strike);
        {
            auto connection = sql::Connection::open(options);
            if (connection &&
                (*connection)->execute("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY)")) {
                for (std::int64_t n = 1;
                     n <= 10 &&
                     (*connection)->execute("INSERT INTO t VALUES (" + std::to_string(n) + ")");
                     ++n) {
                    acknowledged = n;
                }
            }
            machine.kill();
        }
        machine.end();
        machine.power_cut();

        machine.start();
        {
            machine.disk().strike_at(0);
            auto connection = sql::Connection::open(options);
            ASSERT_TRUE(connection.has_value()) << strike << ": " << connection.error().message;
            ASSERT_TRUE((*connection)
                            ->execute("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY)")
                            .has_value());
            auto count = (*connection)->prepare("SELECT count(*) FROM t");
            ASSERT_TRUE(*count->step());
            EXPECT_GE(count->integer(0), acknowledged) << "strike at operation " << strike;
            EXPECT_LE(count->integer(0), acknowledged + 1) << "strike at operation " << strike;
            survived += acknowledged > 0 ? 1 : 0;
            machine.kill();
        }
        machine.end();
    }
    EXPECT_GT(survived, 10U);
}

}  // namespace
}  // namespace onsale::world
