// Connections: a fixed number of sockets to one port of this machine, watched by one epoll. A plain
// cover over system calls; who uses it decides what to send. Edge-triggered and without a copy
// where the kernel takes and gives whole messages, so that a request costs one send and one
// receive.
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
    std::string out;  // what the kernel has not taken yet
    std::string in;   // the beginning of an answer
};

class Connections {
  public:
    Connections(std::uint16_t port, std::size_t count);
    ~Connections();
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    // Connects; waits for it, which on this machine takes no time. `source`: the last number of the
    // address it comes from, 127.0.0.x. False: nobody listens.
    [[nodiscard]] bool open(std::size_t index, std::uint8_t source = 1);
    void close(std::size_t index);
    // Sends as much as the kernel takes and keeps the rest.
    [[nodiscard]] Io send(std::size_t index, std::string_view bytes);
    // Sends what was kept.
    [[nodiscard]] Io send_rest(std::size_t index);
    // Everything of the answer that has arrived so far, good until the next call; `lost` when the
    // other side is gone.
    [[nodiscard]] Io receive(std::size_t index, std::string_view& text);
    // The answer is not complete: what receive() gave is wanted again.
    void keep(std::size_t index, std::string_view text);
    // Which connections have something to do; waits at most `timeout_us`.
    std::span<const epoll_event> wait(std::int64_t timeout_us);

    Connection& at(std::size_t index) { return connections_[index]; }
    [[nodiscard]] std::size_t size() const { return connections_.size(); }

  private:
    std::uint16_t port_;
    int epoll_;
    std::vector<Connection> connections_;
    std::vector<epoll_event> events_;
    std::vector<char> buffer_;
};

}  // namespace onsale::bench
