// The small parts: credentials, settings, faults, errors.
#include <gtest/gtest.h>

#include <future>
#include <mutex>

#include "bank/credentials.h"
#include "bank/faults.h"
#include "bank/guard.h"
#include "bank/logins.h"
#include "bank/program.h"
#include "env/posix/environment.h"

namespace onsale::bank {
namespace {

std::string credentials_text(const std::string& secret) {
    return "site = \"http://127.0.0.1:8080/\"\nbank = 1\nmerchant = \"onsale\"\n"
           "[[to_bank]]\nid = \"1f0c93aa\"\nsecret = \"" +
           secret + "\"\n[[to_site]]\nid = \"90b1d2e4\"\nsecret = \"" + secret + "\"\n";
}

TEST(Credentials, a_file_is_read_or_refused_with_a_sentence) {
    const auto merchant = parse_credentials(credentials_text(std::string(64, 'a')));
    ASSERT_TRUE(merchant);
    EXPECT_EQ(merchant->site, "http://127.0.0.1:8080");
    EXPECT_EQ(merchant->bank, 1U);
    EXPECT_EQ(merchant->signing_key().id, "90b1d2e4");
    EXPECT_FALSE(parse_credentials(credentials_text("short")));
    EXPECT_FALSE(parse_credentials("nonsense"));
    std::string fraction = credentials_text(std::string(64, 'a'));
    fraction.replace(fraction.find("bank = 1"), 8, "bank = 1e98");
    EXPECT_FALSE(parse_credentials(fraction));
    EXPECT_FALSE(parse_credentials("merchant = \"onsale\""));
}

TEST(Settings, a_file_changes_what_it_names) {
    const auto read = read_options("port = 8102\ncredentials = [\"a.toml\", \"b.toml\"]", {});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->port, 8102);
    EXPECT_EQ(read->credentials.size(), 2U);
    EXPECT_EQ(read->folder, "bank-data");
    EXPECT_TRUE(read_options("beside = true", {})->beside);
    EXPECT_FALSE(read_options("port = 70000", {}));
    EXPECT_FALSE(read_options("prot = 1", {}));
    EXPECT_FALSE(read_options("port = ", {}));
    EXPECT_FALSE(read_options("port = 1e98", {}));
}

TEST(Faults, the_same_seed_gives_the_same_faults) {
    FaultsBody settings;
    settings.seed = 7;
    settings.callbacks_lost_percent = 50;
    settings.callbacks_delayed_percent = 50;
    settings.callbacks_delay_seconds_max = 5;
    Faults one;
    Faults other;
    one.set(settings);
    other.set(settings);
    int lost = 0;
    for (std::uint64_t event = 0; event < 200; ++event) {
        const auto fault = one.of_callback(event);
        EXPECT_EQ(fault.lost, other.of_callback(event).lost);
        EXPECT_EQ(fault.delay, other.of_callback(event).delay);
        EXPECT_LE(fault.delay, base::Duration::seconds(5));
        lost += fault.lost ? 1 : 0;
    }
    EXPECT_GT(lost, 60);
    EXPECT_LT(lost, 140);
}

TEST(Faults, every_nth_is_counted_from_the_setting) {
    FaultsBody settings;
    settings.refuse_every = 3;
    Faults faults;
    faults.set(settings);
    EXPECT_FALSE(faults.refuses_next_deduction());
    EXPECT_FALSE(faults.refuses_next_deduction());
    EXPECT_TRUE(faults.refuses_next_deduction());
    faults.set(settings);
    EXPECT_FALSE(faults.refuses_next_deduction());
    settings.callbacks_lost_percent = 101;
    EXPECT_EQ(wrong_setting(settings), "callbacks_lost_percent");
}

base::Timestamp at_ms(std::int64_t ms) {
    return base::Timestamp::from_unix_ms(1'790'000'000'000 + ms);
}

TEST(Logins, end_at_a_change_to_the_millisecond) {
    const auto environment = env::posix::make_environment();
    const Logins logins(crypto::Key{}, *environment);
    const auto issued = [&](std::int64_t not_before, std::int64_t asked) {
        books::Identity identity;
        identity.number = 9;
        identity.not_before = at_ms(not_before);
        const auto made = logins.issue(Audience::customer, identity, at_ms(asked));
        return logins.read(Audience::customer, "Bearer " + made.token, at_ms(0)).value();
    };
    EXPECT_EQ(issued(-5000, 100).number, 9U);
    EXPECT_FALSE(issued(-5000, 100).is_ended(at_ms(-5000)));
    EXPECT_TRUE(issued(-5000, 100).is_ended(at_ms(500)));  // of the same second
    EXPECT_TRUE(issued(-5000, 100).is_ended(at_ms(100)));
    EXPECT_FALSE(issued(500, 700).is_ended(at_ms(500)));
    EXPECT_FALSE(issued(500, 500).is_ended(at_ms(500)));  // who knew of the change
}

TEST(Logins, made_up_names_keep_nobody_waiting) {
    const auto environment = env::posix::make_environment();
    std::mutex turn;  // what the replies wait for, so that the queue of made-up names stays full
    Logins logins(crypto::Key{}, *environment);
    const auto attempt = [](Audience audience, bool exists) {
        Logins::Attempt made;
        made.audience = audience;
        made.name = "tom";
        if (exists) made.identity = books::Identity{1, "tom", "no hash", false, {}};
        return made;
    };
    {
        const std::lock_guard wait(turn);
        std::size_t taken = 0;
        while (logins.check(attempt(Audience::teller, false),
                            [&turn](Logins::Check) { const std::lock_guard mine(turn); }))
            ++taken;
        EXPECT_GE(taken, kPasswordsMax);
        std::promise<Logins::Check> checked;
        EXPECT_TRUE(logins.check(attempt(Audience::teller, true),
                                 [&](Logins::Check check) { checked.set_value(check); }));
        EXPECT_EQ(checked.get_future().get(), Logins::Check::wrong);
        EXPECT_TRUE(logins.check(attempt(Audience::customer, true), [](Logins::Check) {}));
    }
}

TEST(Guard, counts_for_each_name_and_address) {
    Guard guard(crypto::Key{});
    const Guard::Who thief{"customer/ada", "203.0.113.7", true};
    const Guard::Who owner{"customer/ada", "203.0.113.8", true};
    for (std::uint32_t i = 0; i < kFailuresPerPlace; ++i) {
        EXPECT_FALSE(guard.has_to_wait(thief, at_ms(i)));
        guard.failed(thief, at_ms(i));
    }
    EXPECT_TRUE(guard.has_to_wait(thief, at_ms(100)));
    EXPECT_FALSE(guard.has_to_wait(owner, at_ms(100)));
    EXPECT_FALSE(guard.has_to_wait(thief, at_ms(0) + kFailureWindow));
}

TEST(Guard, many_addresses_do_not_make_many_guesses_nor_lock_the_owner_out) {
    Guard guard(crypto::Key{});
    const Guard::Who owner{"customer/ada", "203.0.113.8", true};
    guard.succeeded(owner);
    for (std::uint32_t i = 0; i < kFailuresPerName; ++i)
        guard.failed({"customer/ada", "198.51.100." + std::to_string(i), true}, at_ms(0));
    EXPECT_TRUE(guard.has_to_wait({"customer/ada", "192.0.2.1", true}, at_ms(1)));
    EXPECT_FALSE(guard.has_to_wait(owner, at_ms(1)));
}

TEST(Guard, made_up_names_displace_nothing) {
    Guard guard(crypto::Key{});
    const Guard::Who thief{"customer/ada", "203.0.113.7", true};
    for (std::uint32_t i = 0; i < kFailuresPerPlace; ++i) guard.failed(thief, at_ms(0));
    for (std::size_t i = 0; i < 2 * kFailuresMax; ++i)
        guard.failed({"customer/x" + std::to_string(i), "203.0.113.7", false}, at_ms(1));
    EXPECT_TRUE(guard.has_to_wait(thief, at_ms(2)));
    // A made-up name is closed like another one, so that nobody can tell them apart.
    const Guard::Who nobody{"customer/eve", "203.0.113.7", false};
    for (std::uint32_t i = 0; i < kFailuresPerPlace; ++i) guard.failed(nobody, at_ms(1));
    EXPECT_TRUE(guard.has_to_wait(nobody, at_ms(2)));
}

TEST(OldestOut, what_was_put_in_first_leaves) {
    OldestOut<int, int> kept(2);
    kept.get_or_put(1, 10);
    kept.get_or_put(2, 20);
    EXPECT_EQ(kept.get_or_put(1, 11), 10);
    kept.get_or_put(3, 30);
    EXPECT_EQ(kept.find(1), nullptr);
    EXPECT_EQ(*kept.find(2), 20);
    kept.erase(2);
    EXPECT_EQ(kept.size(), 1U);
}

}  // namespace
}  // namespace onsale::bank
