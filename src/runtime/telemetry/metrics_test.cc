#include "telemetry/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace onsale::telemetry {
namespace {

using testing::HasSubstr;

TEST(Metrics, the_same_name_and_labels_give_the_same_object) {
    Metrics metrics;
    Counter& first = metrics.counter("onsale_test_orders_total", "orders", {{"shard", "1"}});
    Counter& second = metrics.counter("onsale_test_orders_total", "orders", {{"shard", "1"}});
    Counter& other = metrics.counter("onsale_test_orders_total", "orders", {{"shard", "2"}});
    EXPECT_EQ(&first, &second);
    EXPECT_NE(&first, &other);
}

TEST(Metrics, values_can_be_read_back) {
    Metrics metrics;
    Counter& counter = metrics.counter("onsale_test_orders_total", "orders");
    counter.add();
    counter.add(2);
    EXPECT_EQ(counter.value(), 3.0);
    Gauge& gauge = metrics.gauge("onsale_test_depth_tasks", "depth");
    gauge.set(7);
    gauge.set(5);
    EXPECT_EQ(gauge.value(), 5.0);
}

TEST(Metrics, a_scrape_holds_every_value_in_text_format) {
    Metrics metrics;
    metrics.counter("onsale_test_orders_total", "orders", {{"shard", "1"}}).add(3);
    metrics.gauge("onsale_test_depth_tasks", "depth").set(7);
    metrics.histogram("onsale_test_commit_seconds", "commit", {0.001, 0.01}).observe(0.005);
    const std::string text = metrics.scrape();
    EXPECT_THAT(text, HasSubstr("# HELP onsale_test_orders_total orders\n"));
    EXPECT_THAT(text, HasSubstr("# TYPE onsale_test_orders_total counter\n"));
    EXPECT_THAT(text, HasSubstr("onsale_test_orders_total{shard=\"1\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("onsale_test_depth_tasks 7\n"));
    EXPECT_THAT(text, HasSubstr("onsale_test_commit_seconds_bucket{le=\"0.001\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("onsale_test_commit_seconds_bucket{le=\"0.01\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("onsale_test_commit_seconds_count 1\n"));
}

TEST(Metrics, threads_lose_no_count) {
    Metrics metrics;
    const auto count = [&metrics] {
        for (int i = 0; i < 1000; ++i) metrics.counter("onsale_test_orders_total", "orders").add();
    };
    {
        const std::jthread first(count);
        const std::jthread second(count);
    }
    EXPECT_EQ(metrics.counter("onsale_test_orders_total", "orders").value(), 2000.0);
}

TEST(MetricsDeathTest, a_name_of_two_types_is_a_programmers_error) {
    Metrics metrics;
    metrics.counter("onsale_test_orders_total", "orders");
    EXPECT_DEATH(metrics.gauge("onsale_test_orders_total", "orders"), "check failed");
}

}  // namespace
}  // namespace onsale::telemetry
