// Points and lengths of time as values. Nothing here reads a clock: time is handed in (runtime/env
// has the clock).
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace onsale::base {

// A length of time in milliseconds; may be negative.
class Duration {
  public:
    constexpr Duration() = default;
    [[nodiscard]] static constexpr Duration milliseconds(std::int64_t count) {
        return Duration(count);
    }
    [[nodiscard]] static constexpr Duration seconds(std::int64_t count) {
        return Duration(count * 1000);
    }
    [[nodiscard]] static constexpr Duration minutes(std::int64_t count) {
        return seconds(count * 60);
    }
    [[nodiscard]] static constexpr Duration hours(std::int64_t count) {
        return minutes(count * 60);
    }
    [[nodiscard]] static constexpr Duration days(std::int64_t count) { return hours(count * 24); }

    [[nodiscard]] constexpr std::int64_t count_ms() const { return count_ms_; }
    constexpr auto operator<=>(const Duration&) const = default;
    friend constexpr Duration operator+(Duration a, Duration b) {
        return Duration(a.count_ms_ + b.count_ms_);
    }
    friend constexpr Duration operator-(Duration a, Duration b) {
        return Duration(a.count_ms_ - b.count_ms_);
    }

  private:
    constexpr explicit Duration(std::int64_t count) : count_ms_(count) {}
    std::int64_t count_ms_ = 0;
};

// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
class Timestamp {
  public:
    constexpr Timestamp() = default;
    [[nodiscard]] static constexpr Timestamp from_unix_ms(std::int64_t ms) { return Timestamp(ms); }
    [[nodiscard]] static constexpr Timestamp never() {
        return Timestamp(std::numeric_limits<std::int64_t>::max());
    }

    [[nodiscard]] constexpr std::int64_t unix_ms() const { return unix_ms_; }
    constexpr auto operator<=>(const Timestamp&) const = default;
    friend constexpr Timestamp operator+(Timestamp t, Duration d) {
        return Timestamp(t.unix_ms_ + d.count_ms());
    }
    friend constexpr Timestamp operator-(Timestamp t, Duration d) {
        return Timestamp(t.unix_ms_ - d.count_ms());
    }
    friend constexpr Duration operator-(Timestamp a, Timestamp b) {
        return Duration::milliseconds(a.unix_ms_ - b.unix_ms_);
    }

  private:
    constexpr explicit Timestamp(std::int64_t ms) : unix_ms_(ms) {}
    std::int64_t unix_ms_ = 0;
};

// "2026-11-20T12:00:00.000Z". Times outside the years 0000 to 9999 are clamped.
[[nodiscard]] std::string to_rfc3339(Timestamp time);
// Reads RFC 3339 with "Z" or an offset ("+08:00"), with or without a fraction (cut to
// milliseconds); nothing for anything else.
[[nodiscard]] std::optional<Timestamp> parse_rfc3339(std::string_view text);

}  // namespace onsale::base
