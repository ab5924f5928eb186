#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "base/check.h"
#include "bench/internal/connections.h"

namespace onsale::bench {
namespace {

constexpr std::size_t kReceiveBytes = 256 * 1024;
constexpr std::string_view kCongestion = "reno";
constexpr std::size_t kEventsMax = 4096;  // of one wait

sockaddr_in loopback(std::uint8_t last, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl((INADDR_LOOPBACK & ~std::uint32_t{0xff}) | last);
    return address;
}

bool connect_from(int socket, std::uint8_t source, std::uint16_t port) {
    if (source != 1) {
        const sockaddr_in own = loopback(source, 0);
        if (::bind(socket, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) return false;
    }
    const sockaddr_in other = loopback(1, port);
    return ::connect(socket, reinterpret_cast<const sockaddr*>(&other), sizeof other) == 0;
}

}  // namespace

Connections::Connections(std::uint16_t port, std::size_t count)
    : port_(port),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      connections_(count),
      events_(std::clamp<std::size_t>(count, 1, kEventsMax)),
      buffer_(kReceiveBytes) {
    ONSALE_CHECK(epoll_ >= 0);
}

Connections::~Connections() {
    for (std::size_t i = 0; i < connections_.size(); ++i) close(i);
    ::close(epoll_);
}

bool Connections::open(std::size_t index, std::uint8_t source) {
    Connection& connection = connections_[index];
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return false;
    if (!connect_from(socket, source, port_)) {
        ::close(socket);
        return false;
    }
    const int on = 1;
    static_cast<void>(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    // Others, BBR above all, space segments out by timers: of no use here, and dear.
    static_cast<void>(setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, kCongestion.data(),
                                 static_cast<socklen_t>(kCongestion.size())));
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u64 = index;
    ONSALE_CHECK(epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) == 0);
    connection.socket = socket;
    connection.busy = false;
    connection.out.clear();
    connection.in.clear();
    return true;
}

void Connections::close(std::size_t index) {
    Connection& connection = connections_[index];
    if (connection.socket >= 0) ::close(connection.socket);
    connection.socket = -1;
    connection.busy = false;
}

Io Connections::send(std::size_t index, std::string_view bytes) {
    Connection& connection = connections_[index];
    while (!bytes.empty()) {
        const auto sent =
            ::send(connection.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        if (sent < 0 && errno == EINTR) continue;
        if (sent == 0 || errno != EAGAIN) return Io::lost;
        connection.out.assign(bytes);
        return Io::later;
    }
    return Io::done;
}

Io Connections::send_rest(std::size_t index) {
    Connection& connection = connections_[index];
    if (connection.out.empty()) return Io::done;
    std::string rest;
    rest.swap(connection.out);
    return send(index, rest);
}

Io Connections::receive(std::size_t index, std::string_view& text) {
    Connection& connection = connections_[index];
    bool appended = false;
    while (true) {
        const auto got = ::recv(connection.socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 && !appended) return got < 0 && errno == EAGAIN ? Io::later : Io::lost;
        text = {buffer_.data(), static_cast<std::size_t>(got > 0 ? got : 0)};
        // Less than asked for: the kernel has nothing more, and a new edge comes with what follows.
        if (text.size() < buffer_.size()) break;
        connection.in.append(text);
        appended = true;
    }
    if (connection.in.empty()) return Io::done;
    connection.in.append(text);
    text = connection.in;
    return Io::done;
}

void Connections::keep(std::size_t index, std::string_view text) {
    std::string& in = connections_[index].in;
    if (in.empty()) in.assign(text);
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
