// What a bank says of its books: statements of customers, transactions by filters, sums by day, and
// the day's file of a merchant. Reading only, on any connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bank/books/words.h"

namespace onsale::books {

struct StatementLine {
    std::uint64_t transaction = 0;
    TransactionKind kind = TransactionKind::deposit;
    base::Timestamp at;
    std::int64_t amount = 0;   // what it changed in the available money
    std::int64_t balance = 0;  // available after it
    std::int64_t held = 0;     // what it changed in the money set aside
    std::optional<std::string> merchant;
    std::optional<std::string> order;
    std::optional<std::string> reference;
    std::string note;
};
struct StatementFilter {
    std::uint64_t customer = 0;
    std::uint64_t before = 0;  // 0: from the end
    std::size_t max = 50;
    std::optional<TransactionKind> kind;
    std::optional<std::uint64_t> merchant;  // only what it took and gave back
};
// The newest first.
[[nodiscard]] sql::SqlResult<std::vector<StatementLine>> statement(sql::Connection& connection,
                                                                   const StatementFilter& filter);

struct TransactionRow {
    std::uint64_t number = 0;
    TransactionKind kind = TransactionKind::deposit;
    base::Timestamp at;
    std::int64_t amount = 0;
    std::optional<std::uint64_t> customer;
    std::optional<std::string> merchant;
    std::optional<std::string> order;
    std::optional<std::string> reference;
    std::optional<std::uint64_t> teller;
    std::string note;
};
struct TransactionFilter {
    std::optional<std::uint64_t> customer;
    std::optional<std::string> merchant;
    std::optional<TransactionKind> kind;
    std::optional<std::string> order;
    std::optional<std::string> reference;
    std::optional<base::Timestamp> from;
    std::optional<base::Timestamp> to;  // not included
    std::uint64_t before = 0;           // 0: from the end
    std::size_t max = 50;
};
// The newest first.
[[nodiscard]] sql::SqlResult<std::vector<TransactionRow>> transactions(
    sql::Connection& connection, const TransactionFilter& filter);

struct DaySum {
    std::string day;  // 2026-11-20, UTC
    TransactionKind kind = TransactionKind::deposit;
    std::string merchant;  // empty: cash
    std::uint64_t count = 0;
    std::int64_t amount = 0;
};
[[nodiscard]] sql::SqlResult<std::vector<DaySum>> statistics(sql::Connection& connection,
                                                             base::Timestamp from,
                                                             base::Timestamp to);

// The file of one merchant and day, as docs/formats/bank-interface.md has it.
[[nodiscard]] sql::SqlResult<std::string> day_file(sql::Connection& connection,
                                                   std::uint64_t merchant, base::Timestamp day);

// One cell of a CSV line: in quotes where it must be, and never a formula.
[[nodiscard]] std::string csv_cell(std::string_view text);
// The start of "2026-11-20" (UTC).
[[nodiscard]] std::optional<base::Timestamp> parse_day(std::string_view text);
[[nodiscard]] std::string spell_day(base::Timestamp time);

// What the books hold and whether they agree with themselves.
struct Books {
    std::uint64_t customers = 0;
    std::uint64_t transactions = 0;
    std::int64_t available = 0;
    std::int64_t held = 0;
    std::int64_t merchants = 0;
    std::int64_t suspense = 0;
    std::int64_t cash = 0;  // paid in less paid out
    std::int64_t captured = 0;
    std::int64_t refunded = 0;
    std::int64_t sum = 0;
    std::vector<std::string> broken;  // sentences
};
// Reads everything once; in one transaction, so that it sees one moment.
[[nodiscard]] sql::SqlResult<Books> check_books(sql::Connection& connection);

}  // namespace onsale::books
