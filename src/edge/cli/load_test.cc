#include "cli/load.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "env/posix/environment.h"

namespace onsale::cli {
namespace {

// A server by a script: answers in order, and remembers what was asked.
class ScriptedClient final : public http::Client {
  public:
    base::Result<http::ClientResponse, http::ClientError> call(
        const http::ClientRequest& request) override {
        requests.push_back(request);
        if (answers.empty()) return base::Unexpected{http::ClientError::unreachable};
        auto answer = answers.front();
        answers.erase(answers.begin());
        return answer;
    }
    std::vector<http::ClientRequest> requests;
    std::vector<http::ClientResponse> answers;
};

class LoadTest : public testing::Test {
  protected:
    LoadTest() {
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "codes.csv") << "code\nAAA\nBBB\nCCC\n";
        std::ofstream(folder_ / "c.toml")
            << R"(organiser = { id = 1, name = { zh = "a", en = "a" } }
show = { id = 10, name = { zh = "a", en = "a" } }
session = { id = 100, starts_at = 2026-12-31T20:00:00Z, ends_at = 2026-12-31T23:00:00Z }
pool = [{ id = 1, codes = { list = 5001, file = "codes.csv" } }]
tier = [{ id = 2001, name = { zh = "a", en = "a" }, pool = 1 }]
campaign = [{ id = 1001, name = { zh = "a", en = "a" }, opens_at = 2026-12-01T12:00:00Z, closes_at = 2026-12-31T20:00:00Z, tiers = [2001] }]
)";
    }
    ~LoadTest() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    LoadPlan plan() {
        Mistakes mistakes;
        auto made = plan_load(environment_->files(), (folder_ / "c.toml").string(), mistakes);
        EXPECT_TRUE(mistakes.empty()) << to_text(mistakes[0]);
        return made;
    }

    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    const std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) /
        ("onsale_" + std::to_string(environment_->entropy().next_u64()));
    ScriptedClient client_;
    int waits_ = 0;
    ServerClient server_{client_, "http://server", "token", [this](base::Duration) { ++waits_; }};
};

TEST_F(LoadTest, sends_codes_then_seals_then_sets_up) {
    client_.answers = {{200, {}, R"({"stored":3})"},
                       {200, {}, R"({"list":5001,"count":3,"digest":"00"})"},
                       {201, {}, R"({"session":100,"outcome":"accepted"})"}};
    const auto result = carry_out(plan(), server_, [](std::uint64_t, std::uint64_t) {});
    ASSERT_TRUE(result.has_value()) << result.error();
    EXPECT_EQ(result->outcome, "accepted");
    EXPECT_EQ(result->codes, 3U);
    ASSERT_EQ(client_.requests.size(), 3U);
    EXPECT_EQ(client_.requests[0].url, "http://server/api/v1/code-lists/5001/chunks/0");
    EXPECT_EQ(client_.requests[0].body, "AAA\nBBB\nCCC\n");
    EXPECT_EQ(client_.requests[0].method, http::Method::put);
    EXPECT_EQ(client_.requests[1].url, "http://server/api/v1/code-lists/5001/seal");
    EXPECT_EQ(client_.requests[2].url, "http://server/api/v1/sessions");
}

TEST_F(LoadTest, tries_again_while_the_server_is_busy) {
    client_.answers = {{503, {}, "{}"},
                       {200, {}, R"({"stored":3})"},
                       {200, {}, R"({"list":5001,"count":3,"digest":"00"})"},
                       {200, {}, R"({"session":100,"outcome":"unchanged"})"}};
    const auto result = carry_out(plan(), server_, [](std::uint64_t, std::uint64_t) {});
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->outcome, "unchanged");
    EXPECT_EQ(waits_, 1);
}

TEST_F(LoadTest, a_code_that_the_server_knows_is_placed_in_its_file) {
    client_.answers = {
        {409,
         {},
         R"({"code":"code_repeated","message":"m","remedy":"r","request_id":"1","details":{"line":2}})"}};
    const auto result = carry_out(plan(), server_, [](std::uint64_t, std::uint64_t) {});
    ASSERT_FALSE(result.has_value());
    EXPECT_TRUE(result.error().starts_with("codes.csv:3:1: code_repeated")) << result.error();
}

TEST_F(LoadTest, a_field_that_the_server_refuses_is_placed_in_the_campaign_file) {
    client_.answers = {
        {200, {}, R"({"stored":3})"},
        {200, {}, R"({"list":5001,"count":3,"digest":"00"})"},
        {409,
         {},
         R"({"code":"definition_conflict","message":"m","remedy":"r","request_id":"1",)"
         R"("details":{"field":"tiers[0].id","message":"is taken"}})"}};
    const auto result = carry_out(plan(), server_, [](std::uint64_t, std::uint64_t) {});
    ASSERT_FALSE(result.has_value());
    EXPECT_NE(result.error().find("c.toml:5:16: definition_conflict: tiers[0].id is taken"),
              std::string::npos)
        << result.error();
}

TEST_F(LoadTest, without_a_server_it_says_so_and_without_codes_nothing_is_planned) {
    const auto result = carry_out(plan(), server_, [](std::uint64_t, std::uint64_t) {});
    ASSERT_FALSE(result.has_value());
    EXPECT_NE(result.error().find("no server answers at http://server"), std::string::npos);
    std::filesystem::remove(folder_ / "codes.csv");
    Mistakes mistakes;
    (void)plan_load(environment_->files(), (folder_ / "c.toml").string(), mistakes);
    ASSERT_EQ(mistakes.size(), 1U);
    EXPECT_NE(to_text(mistakes[0]).find("c.toml:4:"), std::string::npos);
}

}  // namespace
}  // namespace onsale::cli
