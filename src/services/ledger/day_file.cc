#include "ledger/day_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "domain/limits.h"
#include "ledger/account.h"

namespace onsale::ledger {
namespace {

// As of payments: sums of a whole file stay below what 64 bits hold.
constexpr std::int64_t kAmountMax = domain::kPriceMinorMax * domain::kTicketsPerOrderMax;

constexpr std::string_view kHeader = "kind,reference,transaction,order,amount,currency,at";
constexpr std::size_t kColumns = 7;

template <class Number>
std::optional<Number> number_from(std::string_view text) {
    Number value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

// RFC 4180, one line; nothing for quotes that do not fit.
std::optional<std::vector<std::string>> cells_of(std::string_view line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (!quoted && c == ',') {
            cells.emplace_back();
        } else if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += line[i++];
        } else if (c == '"') {
            quoted = !quoted;
        } else {
            cells.back() += c;
        }
    }
    if (quoted) return std::nullopt;
    return cells;
}

// What a bank calls something: short, and nothing that a terminal or a page would act on.
bool is_name(std::string_view text) {
    constexpr std::size_t kCharactersMax = 64;
    const auto is_plain = [](char c) { return c > ' ' && c <= '~'; };
    return text.size() <= kCharactersMax && std::ranges::all_of(text, is_plain);
}

std::optional<BankLine> line_from(const std::vector<std::string>& cells) {
    if (cells.size() != kColumns) return std::nullopt;
    BankLine line;
    if (cells[0] != "payment" && cells[0] != "refund") return std::nullopt;
    if (!is_name(cells[1]) || !is_name(cells[2]) || !is_name(cells[3])) return std::nullopt;
    line.kind = cells[0] == "payment" ? LineKind::payment : LineKind::refund;
    line.reference = cells[1];
    line.transaction = cells[2];
    line.order = cells[3];
    const auto amount = number_from<std::int64_t>(cells[4]);
    const auto currency = parse_currency(cells[5]);
    const auto at = base::parse_rfc3339(cells[6]);
    if (!amount || *amount <= 0 || *amount > kAmountMax || !currency || !at ||
        line.transaction.empty())
        return std::nullopt;
    line.amount = {*amount, *currency};
    line.at = *at;
    return line;
}

class Reading {
  public:
    explicit Reading(const Day& day) : day_(day) {}

    void line(std::string_view text, std::uint64_t number) {
        if (number == 1) {
            if (text == kHeader) return;
            fault(DayFault::header_missing, number, "the first line does not name the columns");
        }
        if (has_total_) return fault(DayFault::text_after_total, number, "the file goes on");
        const auto cells = cells_of(text);
        if (cells && !cells->empty() && cells->front() == "total") return total(*cells, number);
        auto line = cells ? line_from(*cells) : std::nullopt;
        ++rows_;
        if (!line)
            return fault(DayFault::line_malformed, number, "a line that cannot be understood");
        line->number = number;
        (line->kind == LineKind::payment ? rows_in_ : rows_out_) += line->amount.minor;
        keep(std::move(*line));
    }

    DayFile finish(std::uint64_t lines) {
        if (!has_total_)
            fault(DayFault::total_missing, lines, "the last line is not the total: it was cut");
        return std::move(file_);
    }

  private:
    void fault(DayFault fault, std::uint64_t line, std::string detail) {
        if (++file_.fault_count > kDayFaultsMax) return;
        file_.faults.push_back({fault, line, std::move(detail)});
    }

    void keep(BankLine line) {
        if (line.at < day_.begin || line.at >= day_.end())
            fault(DayFault::line_of_other_day, line.number,
                  "the transaction " + line.transaction + " was at " + base::to_rfc3339(line.at));
        if (!file_.lines.empty() && line.at < file_.lines.back().at)
            fault(DayFault::order_of_lines, line.number, "lines have changed places");
        // Another transaction under the same name is other money, and stays.
        if (!seen_.emplace(line.kind, line.transaction).second)
            return fault(DayFault::line_repeated, line.number,
                         "the transaction " + line.transaction + " stands there twice");
        (line.kind == LineKind::payment ? file_.sum_in : file_.sum_out) += line.amount.minor;
        file_.lines.push_back(std::move(line));
    }

    void total(const std::vector<std::string>& cells, std::uint64_t number) {
        has_total_ = true;
        const auto part = [&](std::size_t i) {
            return i < cells.size() ? number_from<std::int64_t>(cells[i]) : std::nullopt;
        };
        const bool fits =
            cells.size() == 4 && part(1) == rows_ && part(2) == rows_in_ && part(3) == rows_out_;
        if (fits) return;
        fault(DayFault::total_wrong, number,
              "the lines are " + std::to_string(rows_) + ", " + std::to_string(rows_in_) +
                  " in and " + std::to_string(rows_out_) + " out");
    }

    const Day day_;
    DayFile file_;
    std::set<std::pair<LineKind, std::string>> seen_;
    std::int64_t rows_ = 0;
    std::int64_t rows_in_ = 0;
    std::int64_t rows_out_ = 0;
    bool has_total_ = false;
};

}  // namespace

std::string_view to_string(DayFault fault) {
    switch (fault) {
        case DayFault::header_missing:
            return "header_missing";
        case DayFault::line_malformed:
            return "line_malformed";
        case DayFault::line_repeated:
            return "line_repeated";
        case DayFault::order_of_lines:
            return "order_of_lines";
        case DayFault::line_of_other_day:
            return "line_of_other_day";
        case DayFault::total_missing:
            return "total_missing";
        case DayFault::total_wrong:
            return "total_wrong";
        case DayFault::text_after_total:
            return "text_after_total";
    }
    return "unknown";
}

std::string to_string(const Day& day) {
    return base::to_rfc3339(day.begin).substr(0, std::string_view("2026-11-20").size());
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != std::string_view("2026-11-20").size()) return std::nullopt;
    const auto begin = base::parse_rfc3339(std::string(text) + "T00:00:00Z");
    if (!begin) return std::nullopt;
    return Day{*begin};
}

DayFile read_day_file(std::string_view text, const Day& day) {
    Reading reading(day);
    std::uint64_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        reading.line(line, ++number);
    }
    return reading.finish(number);
}

}  // namespace onsale::ledger
