#include "base/time.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace onsale::base {
namespace {

using Days = std::chrono::sys_days;

// Takes exactly `digits` decimal digits from the front of `text`.
bool take_number(std::string_view& text, std::size_t digits, int& out) {
    if (text.size() < digits) return false;
    const auto part = text.substr(0, digits);
    if (!std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    std::from_chars(part.data(), part.data() + part.size(), out);
    text.remove_prefix(digits);
    return true;
}

bool take_char(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

// ".5" is 500 ms; digits beyond the third are cut.
bool take_fraction_ms(std::string_view& text, int& out) {
    out = 0;
    if (!take_char(text, '.')) return true;
    int scale = 100;
    bool any = false;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        out += (text.front() - '0') * scale;
        scale /= 10;
        any = true;
        text.remove_prefix(1);
    }
    return any;
}

bool take_offset_minutes(std::string_view& text, int& out) {
    if (take_char(text, 'Z') || take_char(text, 'z')) {
        out = 0;
        return true;
    }
    const bool negative = !text.empty() && text.front() == '-';
    if (!take_char(text, '+') && !take_char(text, '-')) return false;
    int hours = 0;
    int minutes = 0;
    if (!take_number(text, 2, hours) || !take_char(text, ':') || !take_number(text, 2, minutes))
        return false;
    if (hours > 23 || minutes > 59) return false;
    out = (negative ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

}  // namespace

std::string to_rfc3339(Timestamp time) {
    constexpr std::int64_t kFirstMs = -62167219200000;
    constexpr std::int64_t kLastMs = 253402300799999;
    const std::chrono::milliseconds since_epoch(std::clamp(time.unix_ms(), kFirstMs, kLastMs));
    const auto day = std::chrono::floor<std::chrono::days>(since_epoch);
    const std::chrono::year_month_day date{Days(day)};
    const std::chrono::hh_mm_ss clock(since_epoch - day);
    char buffer[40];
    std::snprintf(
        buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return buffer;
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int ms = 0;
    int offset_minutes = 0;
    const bool dated = take_number(text, 4, year) && take_char(text, '-') &&
                       take_number(text, 2, month) && take_char(text, '-') &&
                       take_number(text, 2, day);
    if (!dated || !(take_char(text, 'T') || take_char(text, 't') || take_char(text, ' ')))
        return std::nullopt;
    const bool timed = take_number(text, 2, hour) && take_char(text, ':') &&
                       take_number(text, 2, minute) && take_char(text, ':') &&
                       take_number(text, 2, second);
    if (!timed || !take_fraction_ms(text, ms) || !take_offset_minutes(text, offset_minutes))
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!text.empty() || !date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const std::int64_t days = Days(date).time_since_epoch().count();
    const std::int64_t seconds = ((days * 24 + hour) * 60 + minute - offset_minutes) * 60 + second;
    return Timestamp::from_unix_ms(seconds * 1000 + ms);
}

}  // namespace onsale::base
