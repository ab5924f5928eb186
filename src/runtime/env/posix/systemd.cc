#include "env/posix/systemd.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "telemetry/log.h"

namespace onsale::env::posix {
namespace {

std::optional<std::string_view> variable(const char* name) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

bool send(std::string_view path, std::string_view state) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) {
        errno = ENAMETOOLONG;
        return false;
    }
    std::ranges::copy(path, address.sun_path);
    // "@name" is an abstract socket, which the kernel spells with a leading NUL.
    if (path.front() == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return false;
    const ssize_t sent =
        ::sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                 reinterpret_cast<const sockaddr*>(&address), length);
    const int code = errno;
    ::close(descriptor);
    errno = code;
    return sent == static_cast<ssize_t>(state.size());
}

}  // namespace

void notify(std::string_view state) {
    const std::optional<std::string_view> path = variable("NOTIFY_SOCKET");
    if (!path || send(*path, state)) return;
    telemetry::log_warning("env", std::string("systemd was not notified: ") + std::strerror(errno));
}

std::optional<base::Duration> watchdog_interval() {
    const std::optional<std::string_view> pid = variable("WATCHDOG_PID");
    if (pid && number(*pid) != std::int64_t{::getpid()}) return std::nullopt;
    const std::optional<std::string_view> text = variable("WATCHDOG_USEC");
    const std::optional<std::int64_t> timeout_us = text ? number(*text) : std::nullopt;
    constexpr std::int64_t kHalfInMilliseconds = 2000;
    if (!timeout_us || *timeout_us < kHalfInMilliseconds) return std::nullopt;
    return base::Duration::milliseconds(*timeout_us / kHalfInMilliseconds);
}

}  // namespace onsale::env::posix
