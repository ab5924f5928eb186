#include "paying/internal/line.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "bench/response.h"

namespace onsale::paying {
namespace {

constexpr timeval kPatience{10, 0};
constexpr std::size_t kReceiveBytes = std::size_t{16} * 1024;

}  // namespace

Line::~Line() {
    close();
}

Line::Line(Line&& other) noexcept
    : port_(other.port_),
      socket_(std::exchange(other.socket_, -1)),
      request_(std::move(other.request_)),
      received_(std::move(other.received_)) {}

void Line::close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

bool Line::open() {
    if (socket_ >= 0) return true;
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0) return false;
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    sockaddr_in other{};
    other.sin_family = AF_INET;
    other.sin_port = htons(port_);
    other.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&other), sizeof other) == 0)
        return true;
    close();
    return false;
}

bool Line::send() {
    std::string_view left = request_;
    while (!left.empty()) {
        const auto sent = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        left.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

Answer Line::ask(std::string_view path, std::string_view headers, std::string_view body) {
    request_ = body.empty() ? "GET " : "POST ";
    request_ += path;
    request_ += " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    request_ += headers;
    if (!body.empty()) {
        request_ += "Content-Type: application/json\r\nContent-Length: ";
        request_ += std::to_string(body.size());
        request_ += "\r\n";
    }
    request_ += "\r\n";
    request_ += body;
    received_.clear();
    if (!open() || !send()) {
        close();
        return {};
    }
    std::array<char, kReceiveBytes> buffer{};
    bench::Response response;
    while (true) {
        const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (got <= 0) break;
        received_.append(buffer.data(), static_cast<std::size_t>(got));
        const auto parsed = bench::parse_response(received_, response);
        if (parsed == bench::Parsed::incomplete) continue;
        if (parsed == bench::Parsed::broken) break;
        if (!response.keep_alive) close();
        return {response.status, response.body};
    }
    close();
    return {};
}

std::string_view value_of(std::string_view json, std::string_view name) {
    std::string quoted = "\"";
    quoted += name;
    quoted += "\":";
    const auto at = json.find(quoted);
    if (at == std::string_view::npos) return {};
    std::string_view rest = json.substr(at + quoted.size());
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    if (rest.starts_with('"')) return rest.substr(1, rest.find('"', 1) - 1);
    return rest.substr(0, rest.find_first_of(",}] \n"));
}

}  // namespace onsale::paying
