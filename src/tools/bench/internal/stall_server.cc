#include "bench/internal/stall_server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <string_view>

#include "base/check.h"

namespace onsale::bench {
namespace {

constexpr std::string_view kAnswer = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
constexpr int kLookEveryMs = 1;

std::int64_t now_us() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
}

void watch(int epoll, int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    ONSALE_CHECK(epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) == 0);
}

}  // namespace

StallServer::StallServer(std::int64_t after_us, std::int64_t length_us)
    : after_us_(after_us), length_us_(length_us) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    ONSALE_CHECK(::bind(listener_, any, size) == 0 && ::listen(listener_, 1024) == 0);
    ONSALE_CHECK(::getsockname(listener_, any, &size) == 0);
    port_ = ntohs(address.sin_port);
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    watch(epoll_, listener_);
    thread_ = std::thread([this] { serve(); });
}

StallServer::~StallServer() {
    static_cast<void>(stop());
    ::close(listener_);
    ::close(epoll_);
}

Stall StallServer::stop() {
    over_ = true;
    if (thread_.joinable()) thread_.join();
    return stall_;
}

void StallServer::serve() {
    std::array<epoll_event, 64> events{};
    while (!over_) {
        const int ready = epoll_wait(epoll_, events.data(), events.size(), kLookEveryMs);
        for (int i = 0; i < ready; ++i) {
            const int socket = events[static_cast<std::size_t>(i)].data.fd;
            socket == listener_ ? take(socket) : answer(socket);
        }
        stall_when_due(now_us());
    }
}

void StallServer::take(int listener) {
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    ONSALE_CHECK(socket >= 0);
    const int on = 1;
    static_cast<void>(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    watch(epoll_, socket);
}

// Requests have no body and come one at a time, so that each read is one of them.
void StallServer::answer(int socket) {
    std::array<char, 1024> request{};
    if (::recv(socket, request.data(), request.size(), 0) <= 0) {
        ::close(socket);
        return;
    }
    if (first_us_ == 0) first_us_ = now_us();
    ONSALE_CHECK(::send(socket, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL) ==
                 static_cast<ssize_t>(kAnswer.size()));
}

void StallServer::stall_when_due(std::int64_t now) {
    if (first_us_ == 0 || stall_.end_us != 0 || now < first_us_ + after_us_) return;
    stall_.begin_us = now_us();
    timespec length{length_us_ / 1'000'000, length_us_ % 1'000'000 * 1000};
    static_cast<void>(clock_nanosleep(CLOCK_MONOTONIC, 0, &length, nullptr));
    stall_.end_us = now_us();
}

}  // namespace onsale::bench
