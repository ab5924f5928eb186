#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "base/check.h"
#include "bench/internal/connections.h"

namespace onsale::bench {
namespace {

constexpr std::size_t kReceiveBytes = 64 * 1024;

}  // namespace

Connections::Connections(std::uint16_t port, std::size_t count)
    : port_(port),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      connections_(count),
      events_(count),
      buffer_(kReceiveBytes) {
    ONSALE_CHECK(epoll_ >= 0);
}

Connections::~Connections() {
    for (std::size_t i = 0; i < connections_.size(); ++i) close(i);
    ::close(epoll_);
}

bool Connections::open(std::size_t index) {
    Connection& connection = connections_[index];
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return false;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return false;
    }
    const int on = 1;
    static_cast<void>(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    ONSALE_CHECK(epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) == 0);
    connection.socket = socket;
    connection.busy = false;
    connection.waits_to_send = false;
    connection.in.clear();
    return true;
}

void Connections::close(std::size_t index) {
    Connection& connection = connections_[index];
    if (connection.socket >= 0) ::close(connection.socket);
    connection.socket = -1;
    connection.busy = false;
}

Io Connections::send(std::size_t index) {
    Connection& connection = connections_[index];
    while (connection.out_at < connection.out.size()) {
        const auto sent =
            ::send(connection.socket, connection.out.data() + connection.out_at,
                   connection.out.size() - connection.out_at, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            connection.out_at += static_cast<std::size_t>(sent);
            continue;
        }
        if (sent < 0 && errno == EINTR) continue;
        if (sent == 0 || errno != EAGAIN) return Io::lost;
        watch(index, EPOLLIN | EPOLLOUT);
        connection.waits_to_send = true;
        return Io::later;
    }
    if (connection.waits_to_send) watch(index, EPOLLIN);
    connection.waits_to_send = false;
    return Io::done;
}

void Connections::watch(std::size_t index, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = index;
    ONSALE_CHECK(epoll_ctl(epoll_, EPOLL_CTL_MOD, connections_[index].socket, &event) == 0);
}

Io Connections::receive(std::size_t index) {
    Connection& connection = connections_[index];
    while (true) {
        const auto got = ::recv(connection.socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (got > 0) {
            connection.in.append(buffer_.data(), static_cast<std::size_t>(got));
            return Io::done;
        }
        if (got < 0 && errno == EINTR) continue;
        return got < 0 && errno == EAGAIN ? Io::later : Io::lost;
    }
}

std::span<const epoll_event> Connections::wait(std::int64_t timeout_us) {
    timespec timeout{};
    timeout.tv_sec = timeout_us / 1'000'000;
    timeout.tv_nsec = timeout_us % 1'000'000 * 1000;
    const int ready =
        epoll_pwait2(epoll_, events_.data(), static_cast<int>(events_.size()), &timeout, nullptr);
    return {events_.data(), static_cast<std::size_t>(ready > 0 ? ready : 0)};
}

}  // namespace onsale::bench
