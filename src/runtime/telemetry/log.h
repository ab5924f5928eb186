// Logs: one line an event, levels, to standard error (systemd keeps them). The logger is the only
// global of the project. Never a code, a password, a token or a name of a person: persons are named
// by id.
#pragma once

#include <cstdint>
#include <string_view>

namespace onsale::telemetry {

enum class Level : std::uint8_t { debug, info, warning, error, off };  // off: for set_level only

void set_level(Level level);
void log(Level level, std::string_view component, std::string_view message);

inline void log_info(std::string_view component, std::string_view message) {
    log(Level::info, component, message);
}
inline void log_warning(std::string_view component, std::string_view message) {
    log(Level::warning, component, message);
}
inline void log_error(std::string_view component, std::string_view message) {
    log(Level::error, component, message);
}

}  // namespace onsale::telemetry
