#include "http/internal/server_metrics.h"

#include <string>
#include <utility>
#include <vector>

namespace onsale::http::internal {
namespace {

const std::vector<double> kSecondsBounds = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                            0.025,  0.05,    0.1,    0.25,  0.5,    1.0,   5.0};

}  // namespace

ServerMetrics::ServerMetrics(telemetry::Metrics& metrics, std::uint32_t loop)
    : refused_counter_(
          metrics.counter("onsale_http_refused_connections_total",
                          "Connections answered 503 or closed because too many were open")),
      connections_(metrics.gauge("onsale_http_connections", "Open connections",
                                 {{"loop", std::to_string(loop)}})),
      seconds_(metrics.histogram("onsale_http_request_seconds",
                                 "From a request's last byte to its answer, one request in 16",
                                 kSecondsBounds)) {
    for (std::size_t method = 0; method < kMethodCount; ++method) {
        for (std::size_t status = 0; status < kClasses; ++status) {
            request_counters_[method][status] =
                &metrics.counter("onsale_http_requests_total", "Requests answered",
                                 {{"method", std::string(to_string(static_cast<Method>(method)))},
                                  {"status", std::to_string(status + 1) + "xx"}});
        }
    }
}

void ServerMetrics::publish(std::size_t connections) {
    for (std::size_t method = 0; method < kMethodCount; ++method) {
        for (std::size_t status = 0; status < kClasses; ++status) {
            const auto count = std::exchange(requests_[method][status], 0);
            if (count > 0) request_counters_[method][status]->add(static_cast<double>(count));
        }
    }
    const auto refused = std::exchange(refused_connections_, 0);
    if (refused > 0) refused_counter_.add(static_cast<double>(refused));
    connections_.set(static_cast<double>(connections));
}

}  // namespace onsale::http::internal
