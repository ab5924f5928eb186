#include <array>

#include "bank/books/reports.h"

namespace onsale::books {
namespace {

sql::SqlResult<std::int64_t> one_number(sql::Connection& connection, std::string_view sql) {
    ONSALE_TRY_ASSIGN(query, connection.prepare(sql));
    ONSALE_TRY(query.step());
    return query.integer(0);
}

struct Clause {
    std::string_view count_sql;  // how often it is broken
    std::string_view sentence;
};

constexpr std::array kClauses{
    Clause{"SELECT COUNT(*) FROM bank_accounts WHERE balance < 0 AND kind <> 4",
           "accounts with a balance below zero"},
    Clause{"SELECT COUNT(*) FROM (SELECT 1 FROM bank_entries GROUP BY number HAVING SUM(amount) <> "
           "0)",
           "transactions whose parts do not sum to zero"},
    Clause{"SELECT (SELECT COUNT(*) FROM bank_transactions) - (SELECT COUNT(DISTINCT number) FROM "
           "bank_entries)",
           "transactions without parts, or parts without a transaction"},
    Clause{"SELECT COUNT(*) FROM bank_accounts a LEFT JOIN (SELECT kind, owner, SUM(amount) s FROM "
           "bank_entries GROUP BY kind, owner) e ON e.kind = a.kind AND e.owner = a.owner WHERE "
           "a.balance <> COALESCE(e.s, 0)",
           "accounts whose balance is not the sum of their entries"},
    Clause{"SELECT COUNT(*) FROM bank_accounts a LEFT JOIN (SELECT customer, SUM(amount) s FROM "
           "bank_authorisations WHERE state = 1 GROUP BY customer) o ON o.customer = a.owner WHERE "
           "a.kind = 2 AND a.balance <> COALESCE(o.s, 0)",
           "customers whose held money is not the sum of their open authorisations"},
    Clause{"SELECT COUNT(*) FROM bank_accounts a LEFT JOIN (SELECT merchant, SUM(CASE kind WHEN 7 "
           "THEN -amount ELSE amount END) s FROM bank_transactions WHERE kind IN (5, 6, 7) GROUP "
           "BY merchant) t ON t.merchant = a.owner WHERE a.kind = 3 AND a.balance <> "
           "COALESCE(t.s, 0)",
           "merchants whose balance is not what was captured less what was refunded"},
    Clause{"SELECT COUNT(*) FROM bank_payments p LEFT JOIN (SELECT merchant, reference, "
           "SUM(amount) s FROM bank_refunds WHERE state IN (1, 2) GROUP BY merchant, reference) r "
           "ON r.merchant = p.merchant AND r.reference = p.reference WHERE p.refunded <> "
           "COALESCE(r.s, 0) OR p.refunded > p.amount",
           "payments that do not agree with their refunds"},
    Clause{"SELECT COUNT(*) FROM bank_payments p LEFT JOIN bank_transactions t ON t.number = "
           "p.transaction_number WHERE p.state = 2 AND (t.number IS NULL OR t.amount <> p.amount "
           "OR t.reference <> p.reference OR t.merchant <> p.merchant)",
           "captured payments without their transaction"},
    Clause{"SELECT COUNT(*) FROM bank_transactions t LEFT JOIN bank_payments p ON p.merchant = "
           "t.merchant AND p.reference = t.reference WHERE t.kind IN (5, 6) AND (p.state IS NULL "
           "OR p.state <> 2 OR p.transaction_number <> t.number)",
           "captures without their payment, or two of one payment"},
};

}  // namespace

sql::SqlResult<Books> check_books(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(moment, sql::Transaction::begin(connection));
    Books books;
    const auto total = [&connection](std::string_view where) {
        return one_number(
            connection, "SELECT COALESCE(SUM(balance), 0) FROM bank_accounts" + std::string(where));
    };
    ONSALE_TRY_ASSIGN(available, total(" WHERE kind = 1"));
    ONSALE_TRY_ASSIGN(held, total(" WHERE kind = 2"));
    ONSALE_TRY_ASSIGN(merchants, total(" WHERE kind = 3"));
    ONSALE_TRY_ASSIGN(cash, total(" WHERE kind = 4"));
    ONSALE_TRY_ASSIGN(suspense, total(" WHERE kind = 5"));
    ONSALE_TRY_ASSIGN(sum, total(""));
    ONSALE_TRY_ASSIGN(
        customers, one_number(connection, "SELECT COUNT(*) FROM bank_customers WHERE state <> 3"));
    ONSALE_TRY_ASSIGN(rows, one_number(connection, "SELECT COUNT(*) FROM bank_transactions"));
    ONSALE_TRY_ASSIGN(captured, one_number(connection,
                                           "SELECT COALESCE(SUM(amount), 0) FROM "
                                           "bank_transactions WHERE kind IN (5, 6)"));
    ONSALE_TRY_ASSIGN(refunded, one_number(connection,
                                           "SELECT COALESCE(SUM(amount), 0) FROM "
                                           "bank_transactions WHERE kind = 7"));
    books.available = available;
    books.held = held;
    books.merchants = merchants;
    books.cash = -cash;
    books.suspense = suspense;
    books.sum = sum;
    books.customers = static_cast<std::uint64_t>(customers);
    books.transactions = static_cast<std::uint64_t>(rows);
    books.captured = captured;
    books.refunded = refunded;
    if (sum != 0) books.broken.push_back("the sum of all balances is " + std::to_string(sum));
    for (const Clause& clause : kClauses) {
        ONSALE_TRY_ASSIGN(broken, one_number(connection, clause.count_sql));
        if (broken != 0) {
            books.broken.push_back(std::to_string(broken) + " " + std::string(clause.sentence));
        }
    }
    return books;
}

}  // namespace onsale::books
