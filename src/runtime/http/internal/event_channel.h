// EventChannel: what waits to be sent on one event stream. Many threads append, the connection's
// loop takes. Its bytes are bounded: the append that would pass the bound closes the channel
// instead, and the loop then drops the connection.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

namespace onsale::http::internal {

class EventChannel {
  public:
    explicit EventChannel(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    // wake: the loop has to be told; it has been told already in all other cases of success.
    enum class Append { wake, waiting, overflow, closed };
    Append append(std::string_view event, std::string_view data);
    // For the loop: swaps what waits into `out` (which must be empty); false if nothing waits.
    // Until the next take its bytes still count as waiting.
    bool take(std::string& out);
    // The owner of the stream has let go: whatever waits is sent, then the connection ends. True if
    // the loop has to be told.
    bool end();
    [[nodiscard]] bool ended() const { return ended_.load(std::memory_order_acquire); }
    void close() { closed_.store(true, std::memory_order_release); }
    [[nodiscard]] bool closed() const { return closed_.load(std::memory_order_acquire); }

  private:
    const std::size_t bytes_max_;
    std::atomic<bool> closed_ = false;
    std::atomic<bool> ended_ = false;
    std::mutex mutex_;  // owns the three below
    std::string waiting_;
    std::size_t taken_bytes_ = 0;
    bool told_ = false;
};

}  // namespace onsale::http::internal
