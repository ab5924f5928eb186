// Connections: a fixed number of sockets to one port of this machine, watched by one epoll. A plain
// cover over system calls; who uses it decides what to send.
#pragma once

#include <sys/epoll.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace onsale::bench {

enum class Io : std::uint8_t { done, later, lost };

struct Connection {
    int socket = -1;
    bool busy = false;
    bool waits_to_send = false;
    std::string out;
    std::size_t out_at = 0;
    std::string in;
};

class Connections {
  public:
    Connections(std::uint16_t port, std::size_t count);
    ~Connections();
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    // Connects; waits for it, which on this machine takes no time. False: nobody listens.
    [[nodiscard]] bool open(std::size_t index);
    void close(std::size_t index);
    // Sends what is left of `out`.
    [[nodiscard]] Io send(std::size_t index);
    // Appends what has arrived to `in`; `lost` when the other side is gone.
    [[nodiscard]] Io receive(std::size_t index);
    // Which connections have something to do; waits at most `timeout_us`.
    std::span<const epoll_event> wait(std::int64_t timeout_us);

    Connection& at(std::size_t index) { return connections_[index]; }
    [[nodiscard]] std::size_t size() const { return connections_.size(); }

  private:
    void watch(std::size_t index, std::uint32_t events);

    std::uint16_t port_;
    int epoll_;
    std::vector<Connection> connections_;
    std::vector<epoll_event> events_;
    std::vector<char> buffer_;
};

}  // namespace onsale::bench
