#include "site/config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace onsale::site {
namespace {

TEST(Config, a_file_changes_what_it_names) {
    const auto config = read_config(
        "[http]\nport = 9000\naddress = \"0.0.0.0\"\n[log]\nlevel = "
        "\"debug\"\n[token]\nlifetime_minutes = 5\n",
        "o.toml");
    ASSERT_TRUE(config.has_value()) << config.error();
    EXPECT_EQ(config->port, 9000);
    EXPECT_EQ(config->address, "0.0.0.0");
    EXPECT_EQ(config->log_level, telemetry::Level::debug);
    EXPECT_EQ(config->token_lifetime, base::Duration::minutes(5));
    EXPECT_EQ(config->shards, Config{}.shards);
}

TEST(Config, each_mistake_is_named_with_its_line) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"[http]\nprot = 1\n", "o.toml:2: there is no setting \"http.prot\""},
        {"\n[web]\nport = 1\n", "o.toml:2: there is no setting or section \"web\""},
        {"[http]\nport = \"80\"\n", "o.toml:2: http.port must be a whole number"},
        {"[http]\nport = 70000\n", "o.toml:2: http.port must be from 0 to 65535, not 70000"},
        {"[shard]\ncount = 0\n", "o.toml:2: shard.count must be from 1 to 256, not 0"},
        {"[log]\nlevel = \"loud\"\n",
         "o.toml:2: log.level must be debug, info, warning or error, not \"loud\""},
        {"[registry]\nmerchant = \"A B\"\n",
         "o.toml:2: registry.merchant must be 1 to 32 small letters, digits or hyphens, not \"A "
         "B\""},
        {"[data]\nfolder = 5\n", "o.toml:2: data.folder must be a text in quotes"},
        {"port = 1\n", "o.toml:1: there is no setting or section \"port\""},
        {"http = 1\n", "o.toml:1: \"http\" must be a section: [http]"},
        {"[http]\nport = \n", "o.toml:2: "},
    };
    for (const auto& [text, sentence] : cases) {
        const auto config = read_config(text, "o.toml");
        ASSERT_FALSE(config.has_value()) << text;
        EXPECT_TRUE(config.error().starts_with(sentence)) << config.error();
    }
}

TEST(Config, lists_are_texts_with_commas) {
    const auto config = read_config(
        "[http]\ntrusted_proxies = \"127.0.0.1, ::1\"\nallowed_origins = "
        "\"https://shop.example,http://localhost:5173\"\npublic_url = \"https://t.example\"\n",
        "o.toml");
    ASSERT_TRUE(config.has_value()) << config.error();
    EXPECT_EQ(config->trusted_proxies, (std::vector<std::string>{"127.0.0.1", "::1"}));
    EXPECT_EQ(config->allowed_origins,
              (std::vector<std::string>{"https://shop.example", "http://localhost:5173"}));
    for (const char* wrong :
         {"trusted_proxies = \"proxy.local\"", "allowed_origins = \"*\"",
          "allowed_origins = \"https://shop.example/\"", "public_url = \"tickets.example\""}) {
        EXPECT_FALSE(read_config("[http]\n" + std::string(wrong), "o.toml").has_value()) << wrong;
    }
}

TEST(Config, the_example_shows_the_defaults) {
    std::ifstream file(ONSALE_EXAMPLE);
    std::stringstream text;
    text << file.rdbuf();
    ASSERT_FALSE(text.str().empty());
    const auto config = read_config(text.str(), ONSALE_EXAMPLE);
    ASSERT_TRUE(config.has_value()) << config.error();
    EXPECT_TRUE(*config == Config{});
}

TEST(Config, variables_come_after_the_file) {
    const std::map<std::string, std::string> variables = {{"ONSALE_HTTP_PORT", "9001"},
                                                          {"ONSALE_DATA_FOLDER", "elsewhere"}};
    const auto look_up = [&](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    const auto config = apply_variables(*read_config("[http]\nport = 9000\n", "o.toml"), look_up);
    ASSERT_TRUE(config.has_value());
    EXPECT_EQ(config->port, 9001);
    EXPECT_EQ(config->folder, "elsewhere");
    const auto wrong = apply_variables({}, [](const std::string& name) {
        return name == "ONSALE_HTTP_LOOPS" ? std::optional<std::string>("two") : std::nullopt;
    });
    ASSERT_FALSE(wrong.has_value());
    EXPECT_EQ(
        wrong.error(),
        "environment variable ONSALE_HTTP_LOOPS: http.loops must be a whole number, not \"two\"");
}

}  // namespace
}  // namespace onsale::site
