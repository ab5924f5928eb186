#include "rehearsal/internal/calls.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "base/check.h"

namespace onsale::rehearsal {
namespace {

constexpr std::size_t kReceiveBytes = 64 * 1024;

sockaddr_in place(std::uint32_t address, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(address);
    return out;
}

}  // namespace

Calls::Calls(std::uint16_t port, std::size_t count)
    : port_(port),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      calls_(count),
      events_(count),
      buffer_(kReceiveBytes) {
    ONSALE_CHECK(epoll_ >= 0);
}

Calls::~Calls() {
    for (std::size_t i = 0; i < calls_.size(); ++i) close(i);
    ::close(epoll_);
}

bool Calls::open(std::size_t index, std::uint32_t address) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) return false;
    const sockaddr_in from = place(address, 0);
    const sockaddr_in to = place(INADDR_LOOPBACK, port_);
    const int on = 1;
    // The port is chosen when the connection is made, so that each address has all of them.
    static_cast<void>(setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on));
    static_cast<void>(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    const bool bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0;
    const bool connecting =
        bound && (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 ||
                  errno == EINPROGRESS);
    if (!connecting) {
        ::close(socket);
        return false;
    }
    calls_[index].socket = socket;
    calls_[index].out_at = 0;
    calls_[index].in.clear();
    watch(index, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
    return true;
}

void Calls::close(std::size_t index) {
    Call& call = calls_[index];
    if (call.socket >= 0) ::close(call.socket);
    call.socket = -1;
}

Io Calls::send(std::size_t index) {
    Call& call = calls_[index];
    const std::size_t end = call.out.size() - call.held_back;
    while (call.out_at < end) {
        const auto sent = ::send(call.socket, call.out.data() + call.out_at, end - call.out_at,
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            call.out_at += static_cast<std::size_t>(sent);
            continue;
        }
        if (sent < 0 && errno == EINTR) continue;
        if (sent == 0 || errno != EAGAIN) return Io::lost;
        watch(index, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
        return Io::later;
    }
    watch(index, EPOLL_CTL_MOD, EPOLLIN);
    return Io::done;
}

Io Calls::receive(std::size_t index) {
    Call& call = calls_[index];
    while (true) {
        const auto got = ::recv(call.socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (got > 0) {
            call.in.append(buffer_.data(), static_cast<std::size_t>(got));
            return Io::done;
        }
        if (got < 0 && errno == EINTR) continue;
        return got < 0 && errno == EAGAIN ? Io::later : Io::lost;
    }
}

void Calls::watch(std::size_t index, int operation, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = index;
    ONSALE_CHECK(epoll_ctl(epoll_, operation, calls_[index].socket, &event) == 0);
}

std::span<const epoll_event> Calls::wait(std::int64_t timeout_us) {
    timespec timeout{};
    timeout.tv_sec = timeout_us / 1'000'000;
    timeout.tv_nsec = timeout_us % 1'000'000 * 1000;
    const int ready =
        epoll_pwait2(epoll_, events_.data(), static_cast<int>(events_.size()), &timeout, nullptr);
    return {events_.data(), static_cast<std::size_t>(std::max(ready, 0))};
}

}  // namespace onsale::rehearsal
