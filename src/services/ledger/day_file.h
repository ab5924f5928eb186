// A bank's file of a day: what it has taken for us and given back, as it says itself. Read with
// every damage named, so that a file that was cut or changed on its way cannot pass for a whole
// one. Pure, any thread; nothing to promise after a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/time.h"

namespace onsale::ledger {

inline constexpr std::size_t kDayFileBytesMax = 64 * 1024 * 1024;
inline constexpr std::size_t kDayFaultsMax = 100;  // further ones are only counted

enum class LineKind : std::uint8_t { payment = 1, refund = 2 };

struct BankLine {
    LineKind kind = LineKind::payment;
    std::string reference;
    std::string transaction;
    std::string order;
    base::Money amount;
    base::Timestamp at;
    std::uint64_t number = 0;  // of the line in the file, from 1
};

enum class DayFault : std::uint8_t {
    header_missing,
    line_malformed,
    line_repeated,      // the same transaction again
    order_of_lines,     // earlier than the line before it
    line_of_other_day,  // by its time, in UTC
    total_missing,      // the file was cut
    total_wrong,        // lines are missing, or more, or others
    text_after_total,
};
[[nodiscard]] std::string_view to_string(DayFault fault);

struct FoundFault {
    DayFault fault = DayFault::line_malformed;
    std::uint64_t line = 0;
    std::string detail;  // a sentence
    bool operator==(const FoundFault&) const = default;
};

struct DayFile {
    std::vector<BankLine> lines;  // each once, in the file's order
    std::vector<FoundFault> faults;
    std::uint64_t fault_count = 0;
    std::int64_t sum_in = 0;
    std::int64_t sum_out = 0;
};

// A day of the calendar, in UTC.
struct Day {
    base::Timestamp begin;
    [[nodiscard]] base::Timestamp end() const { return begin + base::Duration::days(1); }
    bool operator==(const Day&) const = default;
};
[[nodiscard]] std::string to_string(const Day& day);  // 2026-11-20
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);

[[nodiscard]] DayFile read_day_file(std::string_view text, const Day& day);

}  // namespace onsale::ledger
