// The generator against a server whose latencies are known: it must report what its requests have
// waited, also those that were due while the server answered nobody (coordinated omission; Tene,
// "How NOT to Measure Latency"). No time is asserted that the server did not itself write down.
#include "bench/crowd.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "bench/internal/stall_server.h"

namespace onsale::bench {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

class PlainLoad : public Load {
  public:
    std::string_view request(std::uint64_t) override { return "GET / HTTP/1.1\r\n\r\n"; }
    Verdict answered(const Exchange& exchange, const Response& response) override {
        latency.add(static_cast<std::uint64_t>(exchange.now_us - exchange.due_us));
        return verdict_of(response.status);
    }
    void lost(const Exchange&) override { ++losses; }

    Histogram latency;
    std::uint64_t losses = 0;
};

// What a request waits that is due at a time: until the end of the stall, or not at all.
std::vector<std::int64_t> exact_latencies(const CrowdOptions& options, const CrowdResult& result,
                                          const Stall& stall) {
    std::vector<std::int64_t> latencies;
    const auto requests =
        static_cast<std::uint64_t>(options.rate_per_second * options.duration_us / kSecond);
    for (std::uint64_t i = 0; i < requests; ++i) {
        const std::int64_t due =
            result.start_us + static_cast<std::int64_t>(i) * kSecond / options.rate_per_second;
        const bool waits = due >= stall.begin_us && due < stall.end_us;
        latencies.push_back(waits ? stall.end_us - due : 0);
    }
    std::ranges::sort(latencies);
    return latencies;
}

void expect_within_a_twentieth(std::uint64_t reported, std::int64_t exact) {
    const auto wanted = static_cast<double>(exact);
    EXPECT_NEAR(static_cast<double>(reported), wanted, wanted / 20);
}

TEST(Crowd, in_an_open_loop_reports_what_a_stall_did_to_everybody) {
    StallServer server(kSecond, 2 * kSecond);
    CrowdOptions options;
    options.port = server.port();
    options.connections = 32;
    options.requests = ~std::uint64_t{0};
    options.rate_per_second = 1000;
    options.duration_us = 4 * kSecond;
    options.patience_us = 30 * kSecond;
    PlainLoad load;
    const auto result = run_crowd(options, load);
    ASSERT_TRUE(result) << result.error();
    const Stall stall = server.stop();
    const auto exact = exact_latencies(options, *result, stall);
    EXPECT_EQ(load.losses, 0U);
    ASSERT_EQ(load.latency.count(), exact.size());
    expect_within_a_twentieth(load.latency.percentile(9900), exact[exact.size() * 99 / 100 - 1]);
    expect_within_a_twentieth(load.latency.percentile(9000), exact[exact.size() * 90 / 100 - 1]);
    // Most of them waited for a connection as well, and that is said.
    EXPECT_GT(result->sent_late, exact.size() / 5);
}

TEST(Crowd, in_a_closed_loop_hides_it_and_so_is_not_used_for_latencies) {
    StallServer server(kSecond / 4, kSecond / 2);
    CrowdOptions options;
    options.port = server.port();
    options.connections = 4;
    options.requests = ~std::uint64_t{0};
    options.duration_us = kSecond;
    options.patience_us = 30 * kSecond;
    PlainLoad load;
    const auto result = run_crowd(options, load);
    ASSERT_TRUE(result) << result.error();
    const Stall stall = server.stop();
    std::uint64_t long_ones = 0;
    for (const auto& [last, count] : load.latency.buckets())
        long_ones +=
            last >= static_cast<std::uint64_t>(stall.end_us - stall.begin_us) * 3 / 4 ? count : 0;
    EXPECT_LE(long_ones, options.connections);
}

TEST(Crowd, counts_the_warm_up_apart) {
    StallServer server(30 * kSecond, 0);
    std::uint64_t warm = 0;
    class PhaseLoad : public PlainLoad {
      public:
        explicit PhaseLoad(std::uint64_t& warm_ups) : warm_ups_(warm_ups) {}
        Verdict answered(const Exchange& exchange, const Response& response) override {
            warm_ups_ += exchange.phase == Phase::warm_up ? 1U : 0U;
            return PlainLoad::answered(exchange, response);
        }

      private:
        std::uint64_t& warm_ups_;
    } load(warm);
    Timeline timeline;
    CrowdOptions options;
    options.port = server.port();
    options.connections = 4;
    options.requests = ~std::uint64_t{0};
    options.rate_per_second = 500;
    options.warm_up_us = kSecond / 5;
    options.duration_us = kSecond / 2;
    options.patience_us = 30 * kSecond;
    options.timeline = &timeline;
    std::uint64_t begun = 0;
    options.on_measured = [&begun] { ++begun; };
    const auto result = run_crowd(options, load);
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(warm, 100U);
    EXPECT_EQ(load.latency.count(), 350U);
    EXPECT_EQ(result->sent, 250U);
    EXPECT_EQ(begun, 1U);
    std::uint64_t in_timeline = 0;
    for (const auto& second : timeline.seconds()) in_timeline += second.count();
    EXPECT_EQ(in_timeline, 250U);
}

TEST(Crowd, says_so_when_nobody_listens) {
    std::uint16_t port = 0;
    { port = StallServer(0, 0).port(); }
    CrowdOptions options;
    options.port = port;
    PlainLoad load;
    EXPECT_FALSE(run_crowd(options, load));
}

}  // namespace
}  // namespace onsale::bench
