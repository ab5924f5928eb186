// Calls: a bounded number of connections to one port of this machine, each for one request, from a
// given loopback address. A plain cover over system calls for the crowd's thread; it decides
// nothing.
#pragma once

#include <sys/epoll.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace onsale::rehearsal {

struct Call {
    int socket = -1;
    std::size_t step = 0;     // of the plan
    std::int64_t due_us = 0;  // waits count from here
    std::int64_t begun_us = 0;
    std::int64_t resume_us = 0;  // when the second half is sent; 0: nothing is held back
    std::size_t held_back = 0;   // bytes at the end of `out` that wait for that
    std::string out;
    std::size_t out_at = 0;
    std::string in;
};

enum class Io : std::uint8_t { done, later, lost };

class Calls {
  public:
    Calls(std::uint16_t port, std::size_t count);
    ~Calls();
    Calls(const Calls&) = delete;
    Calls& operator=(const Calls&) = delete;

    // Connects from `address` (host byte order) without waiting for it. False: no socket left.
    [[nodiscard]] bool open(std::size_t index, std::uint32_t address);
    void close(std::size_t index);
    // Sends what is not held back.
    [[nodiscard]] Io send(std::size_t index);
    [[nodiscard]] Io receive(std::size_t index);
    // What has something to do; waits at most so long.
    std::span<const epoll_event> wait(std::int64_t timeout_us);

    Call& at(std::size_t index) { return calls_[index]; }
    [[nodiscard]] std::size_t size() const { return calls_.size(); }

  private:
    void watch(std::size_t index, int operation, std::uint32_t events);

    std::uint16_t port_;
    int epoll_;
    std::vector<Call> calls_;
    std::vector<epoll_event> events_;
    std::vector<char> buffer_;
};

}  // namespace onsale::rehearsal
