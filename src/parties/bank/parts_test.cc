// The small parts: credentials, settings, faults, errors.
#include <gtest/gtest.h>

#include "bank/credentials.h"
#include "bank/faults.h"
#include "bank/program.h"

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
    EXPECT_FALSE(parse_credentials("merchant = \"onsale\""));
}

TEST(Settings, a_file_changes_what_it_names) {
    const auto read = read_options("port = 8102\ncredentials = [\"a.toml\", \"b.toml\"]", {});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->port, 8102);
    EXPECT_EQ(read->credentials.size(), 2U);
    EXPECT_EQ(read->folder, "bank-data");
    EXPECT_FALSE(read_options("port = 70000", {}));
    EXPECT_FALSE(read_options("prot = 1", {}));
    EXPECT_FALSE(read_options("port = ", {}));
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

}  // namespace
}  // namespace onsale::bank
