// ServerMetrics: what one loop counts. Plain numbers on the loop's thread; publish() hands the
// differences to telemetry once a sweep, so a request costs one increment and loops share no cache
// line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "http/internal/route_tree.h"
#include "http/message.h"
#include "telemetry/metrics.h"

namespace onsale::http::internal {

class ServerMetrics {
  public:
    ServerMetrics(telemetry::Metrics& metrics, std::uint32_t loop);

    void count_request(Method method, std::uint16_t status) {
        ++requests_[static_cast<std::size_t>(method)][status / 100U - 1];
    }
    void count_refused_connection() { ++refused_connections_; }
    // True for one request in 16: those are timed.
    [[nodiscard]] bool sample() { return (++sampled_ & 15U) == 0; }
    void observe_seconds(double seconds) { seconds_.observe(seconds); }
    void publish(std::size_t connections);

  private:
    static constexpr std::size_t kClasses = 5;
    std::array<std::array<std::uint64_t, kClasses>, kMethodCount> requests_{};
    std::array<std::array<telemetry::Counter*, kClasses>, kMethodCount> request_counters_{};
    std::uint64_t refused_connections_ = 0;
    telemetry::Counter& refused_counter_;
    telemetry::Gauge& connections_;
    telemetry::Histogram& seconds_;
    std::uint64_t sampled_ = 0;
};

}  // namespace onsale::http::internal
