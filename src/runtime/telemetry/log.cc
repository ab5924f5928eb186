#include "telemetry/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/check.h"

namespace onsale::telemetry {
namespace {

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
        case Level::off:
            return spdlog::level::off;
    }
    ONSALE_CHECK(false);
}

// Leaked on purpose: threads may still log while static objects are destroyed.
spdlog::logger& logger() {
    static spdlog::logger* const instance = [] {
        auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        auto* made = new spdlog::logger("onsale", std::move(sink));
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        made->set_level(spdlog::level::info);
        made->flush_on(spdlog::level::warn);
        return made;
    }();
    return *instance;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

}  // namespace

void set_level(Level level) {
    logger().set_level(to_spdlog(level));
}

void log(Level level, std::string_view component, std::string_view message) {
    if (!logger().should_log(to_spdlog(level))) return;
    // Text from outside must not be able to begin a line of its own.
    std::string line(message);
    std::ranges::replace_if(line, is_control, ' ');
    // spdlog reports its own failures to standard error and does not throw from here.
    logger().log(to_spdlog(level), "{}: {}", component, line);
}

}  // namespace onsale::telemetry
