#include "bank/books/reports.h"

#include <limits>

#include "bank/books/ledger.h"
#include "bank/books/schema.h"

namespace onsale::books {
namespace {

constexpr base::Duration kDay = base::Duration::days(1);

std::int64_t bound(std::uint64_t before) {
    return before == 0 ? std::numeric_limits<std::int64_t>::max() : row(before);
}

// A condition is always there, so that the statement has one text: a null lets everything through.
void bind_filter(sql::Statement& query, int place, const std::optional<std::string>& text) {
    bind_optional(query, place, text ? std::string_view(*text) : std::string_view());
}

TransactionRow read(const sql::Statement& query) {
    TransactionRow found;
    found.number = number(query.integer(0));
    found.kind = static_cast<TransactionKind>(query.integer(1));
    found.at = time_of(query.integer(2));
    found.amount = query.integer(3);
    found.customer = optional_number(query, 4);
    found.merchant = optional_text(query, 5);
    found.order = optional_text(query, 6);
    found.reference = optional_text(query, 7);
    found.teller = optional_number(query, 8);
    found.note = query.text(9);
    return found;
}

}  // namespace

sql::SqlResult<std::vector<StatementLine>> statement(sql::Connection& connection,
                                                     const StatementFilter& filter) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare(
                   "SELECT e.number, t.kind, t.at, e.amount, e.balance, COALESCE((SELECT h.amount "
                   "FROM bank_entries h WHERE h.kind = 2 AND h.owner = e.owner AND h.number = "
                   "e.number), 0), m.name, t.order_text, t.reference, t.note FROM bank_entries e "
                   "JOIN bank_transactions t ON t.number = e.number LEFT JOIN bank_merchants m ON "
                   "m.merchant = t.merchant WHERE e.kind = 1 AND e.owner = ?1 AND e.number < ?2 "
                   "AND (?3 = 0 OR t.kind = ?3) AND (?4 = 0 OR (t.merchant = ?4 AND t.kind >= 5)) "
                   "ORDER BY e.number DESC LIMIT ?5"));
    query.bind(1, row(filter.customer)).bind(2, bound(filter.before));
    query.bind(3, filter.kind ? row(*filter.kind) : 0);
    query.bind(4, row(filter.merchant.value_or(0))).bind(5, row(filter.max));
    std::vector<StatementLine> lines;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) return lines;
        StatementLine line;
        line.transaction = number(query.integer(0));
        line.kind = static_cast<TransactionKind>(query.integer(1));
        line.at = time_of(query.integer(2));
        line.amount = query.integer(3);
        line.balance = query.integer(4);
        line.held = query.integer(5);
        line.merchant = optional_text(query, 6);
        line.order = optional_text(query, 7);
        line.reference = optional_text(query, 8);
        line.note = query.text(9);
        lines.push_back(std::move(line));
    }
}

sql::SqlResult<std::vector<TransactionRow>> transactions(sql::Connection& connection,
                                                         const TransactionFilter& filter) {
    // A customer's transactions are found by the entries' key, the others by number or time.
    const std::string_view source =
        filter.customer ? "bank_entries e JOIN bank_transactions t ON t.number = e.number AND "
                          "e.kind = 1 AND e.owner = ?1"
                        : "bank_transactions t";
    ONSALE_TRY_ASSIGN(
        query,
        connection.prepare(
            "SELECT t.number, t.kind, t.at, t.amount, t.customer, m.name, t.order_text, "
            "t.reference, t.teller, t.note FROM " +
            std::string(source) +
            " LEFT JOIN bank_merchants m ON m.merchant = t.merchant WHERE (?1 IS NULL OR "
            "t.customer = ?1) AND (?2 IS NULL OR m.name = ?2) AND (?3 IS NULL OR t.kind = ?3) AND "
            "(?4 IS NULL OR t.order_text = ?4) AND (?5 IS NULL OR t.reference = ?5) AND t.at >= "
            "?6 AND t.at < ?7 AND t.number < ?8 ORDER BY t.number DESC LIMIT ?9"));
    bind_optional(query, 1, filter.customer);
    bind_filter(query, 2, filter.merchant);
    if (filter.kind) {
        query.bind(3, row(*filter.kind));
    } else {
        query.bind_null(3);
    }
    bind_filter(query, 4, filter.order);
    bind_filter(query, 5, filter.reference);
    query.bind(6, row(filter.from.value_or(base::Timestamp())));
    query.bind(7, row(filter.to.value_or(base::Timestamp::never())));
    query.bind(8, bound(filter.before)).bind(9, row(filter.max));
    std::vector<TransactionRow> rows;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) return rows;
        rows.push_back(read(query));
    }
}

sql::SqlResult<std::vector<DaySum>> statistics(sql::Connection& connection, base::Timestamp from,
                                               base::Timestamp to) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare(
                   "SELECT t.at / ?3, t.kind, COALESCE(m.name, ''), COUNT(*), SUM(t.amount) FROM "
                   "bank_transactions t LEFT JOIN bank_merchants m ON m.merchant = t.merchant "
                   "WHERE t.at >= ?1 AND t.at < ?2 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"));
    query.bind(1, row(from)).bind(2, row(to)).bind(3, kDay.count_ms());
    std::vector<DaySum> sums;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) return sums;
        DaySum sum;
        sum.day = spell_day(time_of(query.integer(0) * kDay.count_ms()));
        sum.kind = static_cast<TransactionKind>(query.integer(1));
        sum.merchant = query.text(2);
        sum.count = number(query.integer(3));
        sum.amount = query.integer(4);
        sums.push_back(std::move(sum));
    }
}

sql::SqlResult<std::string> day_file(sql::Connection& connection, std::uint64_t merchant,
                                     base::Timestamp day) {
    ONSALE_TRY_ASSIGN(query,
                      connection.prepare("SELECT kind, reference, number, order_text, amount, at "
                                         "FROM bank_transactions WHERE merchant = ?1 AND at >= ?2 "
                                         "AND at < ?3 AND kind IN (5, 6, 7) ORDER BY number"));
    query.bind(1, row(merchant)).bind(2, row(day)).bind(3, row(day + kDay));
    std::string file = "kind,reference,transaction,order,amount,currency,at\n";
    std::int64_t lines = 0;
    std::int64_t in = 0;
    std::int64_t out = 0;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) break;
        const bool refund =
            static_cast<TransactionKind>(query.integer(0)) == TransactionKind::refund;
        const std::int64_t amount = query.integer(4);
        (refund ? out : in) += amount;
        ++lines;
        file += refund ? "refund," : "payment,";
        file += csv_cell(query.text(1));
        file += ',' + spell('T', number(query.integer(2))) + ',';
        file += csv_cell(query.text(3));
        file += ',' + std::to_string(amount) + ',';
        file += kCurrency;
        file += ',' + base::to_rfc3339(time_of(query.integer(5))) + '\n';
    }
    file += "total," + std::to_string(lines) + ',' + std::to_string(in) + ',' +
            std::to_string(out) + '\n';
    return file;
}

std::string csv_cell(std::string_view text) {
    std::string cell;
    const bool formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    if (formula) cell = "'";
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::optional<base::Timestamp> parse_day(std::string_view text) {
    if (text.size() != 10) return std::nullopt;
    return base::parse_rfc3339(std::string(text) + "T00:00:00Z");
}

std::string spell_day(base::Timestamp time) {
    return base::to_rfc3339(time).substr(0, 10);
}

}  // namespace onsale::books
