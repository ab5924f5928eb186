// What systemd wants to hear from a service of Type=notify (see sd_notify(3)), without its library.
// Everywhere else these do nothing. Stateless; from any thread, as long as nobody changes the
// environment variables.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace onsale::env::posix {

inline constexpr std::string_view kReady = "READY=1";
inline constexpr std::string_view kStopping = "STOPPING=1";
inline constexpr std::string_view kWatchdog = "WATCHDOG=1";

// Sends one state to the socket that NOTIFY_SOCKET names. A failure is logged and otherwise
// ignored: the service works without.
void notify(std::string_view state);

// How often to send kWatchdog: half of WATCHDOG_USEC, so that one late message does no harm.
// Nothing if no watchdog watches this process.
[[nodiscard]] std::optional<base::Duration> watchdog_interval();

}  // namespace onsale::env::posix
