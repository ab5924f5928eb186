// StallServer: for the generator's own test: an HTTP server that answers at once, but lets
// everybody wait for a while, once, and writes down from when to when. With it the latencies that a
// right generator has to report can be computed. Owns one thread; ends with the object.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

namespace onsale::bench {

// Microseconds of the machine's monotonic clock.
struct Stall {
    std::int64_t begin_us = 0;
    std::int64_t end_us = 0;
};

class StallServer {
  public:
    // It stalls for `length_us`, `after_us` after its first request.
    StallServer(std::int64_t after_us, std::int64_t length_us);
    ~StallServer();
    StallServer(const StallServer&) = delete;
    StallServer& operator=(const StallServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    // What has happened. Ends the server.
    [[nodiscard]] Stall stop();

  private:
    void serve();
    void stall_when_due(std::int64_t now_us);
    void take(int listener);
    void answer(int socket);

    const std::int64_t after_us_;
    const std::int64_t length_us_;
    int listener_ = -1;
    int epoll_ = -1;
    std::uint16_t port_ = 0;
    std::int64_t first_us_ = 0;
    Stall stall_;
    std::atomic<bool> over_ = false;
    std::thread thread_;
};

}  // namespace onsale::bench
