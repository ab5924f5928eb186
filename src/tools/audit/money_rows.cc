#include "audit/internal/money_rows.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

namespace onsale::audit {
namespace {

std::uint64_t number(const sql::Statement& row, int column) {
    return static_cast<std::uint64_t>(row.integer(column));
}

// Kinds of accounts as they are stored.
constexpr std::uint64_t kBank = 1;
constexpr std::uint64_t kDeposits = 2;
constexpr std::uint64_t kOrganiser = 3;
constexpr std::uint64_t kRefundsDue = 4;
constexpr std::uint64_t kFees = 5;
constexpr std::uint64_t kSuspenseStray = 9;
constexpr std::uint64_t kSettled = 10;
// Late, duplicate and mismatched money follow each other, here and there.
constexpr std::uint64_t kSuspenseLate = 6;

using AccountKey = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;  // kind, number, money
using Sums = std::map<AccountKey, std::int64_t>;

struct Owed {
    std::int64_t orders = 0;
    std::int64_t sold = 0;
    std::int64_t refunded = 0;
    std::int64_t fees = 0;
    bool operator==(const Owed&) const = default;
};
using PayableKey = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;  // organiser, session
using Payables = std::map<PayableKey, Owed>;

// What each account has by the payments and refunds as they are now, not by steps.
class Count {
  public:
    explicit Count(const Folds& folds) {
        for (const auto& [shard, fold] : folds) {
            for (const Money& money : fold->money()) count(*fold, money);
            for (const auto& [id, stray] : fold->strays()) {
                if (stray.returned) continue;
                sums[{kBank, stray.bank, stray.amount.currency}] += stray.amount.minor;
                sums[{kSuspenseStray, 0, stray.amount.currency}] -= stray.amount.minor;
            }
        }
    }

    Sums sums;
    Payables payables;

  private:
    void count(const Fold& fold, const Money& money) {
        const Order& order = *fold.find_order(money.order);
        const Session& session = fold.sessions()[order.session];
        for (const Payment& payment : money.payments) {
            if (payment.state != kPaymentCaptured) continue;
            const std::uint64_t currency = payment.captured.currency;
            const bool sold = payment.use == kUseOrder;
            // Between the capture and its completion there is no position.
            const bool waits = sold && !has_tickets(order.state) && order.state != kRefunded;
            AccountKey place{waits ? kDeposits : kOrganiser, waits ? 0 : session.organiser,
                             currency};
            if (!sold) place = {kSuspenseLate + payment.use - kUseLate, 0, currency};
            sums[{kBank, payment.bank, currency}] += payment.captured.minor;
            sums[place] -= payment.captured.minor;
            Owed none;
            Owed& owed =
                sold && !waits ? payables[{session.organiser, session.id, currency}] : none;
            ++owed.orders;
            owed.sold += payment.captured.minor;
            for (const Refund& refund : money.refunds) {
                if (refund.payment == payment.id) give_back(refund, place, currency, owed);
            }
        }
    }

    void give_back(const Refund& refund, const AccountKey& place, std::uint64_t currency,
                   Owed& owed) {
        const bool gone = refund.state == kRefundCompleted;
        const bool due = refund.state == kRefundApproved && refund.ends_order();
        if (!gone && !due) return;
        owed.refunded += refund.amount_minor;
        owed.fees += refund.fee_minor;
        sums[place] += refund.whole();
        sums[{kFees, 0, currency}] -= refund.fee_minor;
        const AccountKey bank{kBank, refund.bank, currency};
        const AccountKey settled{kSettled, 0, currency};
        const AccountKey waiting{kRefundsDue, 0, currency};
        sums[!gone ? waiting : refund.settled ? settled : bank] -= refund.amount_minor;
    }
};

std::string text_of(const AccountKey& key) {
    return fmt::format("account {}:{} in currency {}", std::get<0>(key), std::get<1>(key),
                       std::get<2>(key));
}

// Both have what is not zero.
void compare(const char* what, Clause clause, const Sums& found, const Sums& expected,
             Report& report) {
    Sums keys = found;
    keys.insert(expected.begin(), expected.end());
    for (const auto& [key, ignored] : keys) {
        report.checked(clause);
        const auto there = found.find(key);
        const auto due = expected.find(key);
        const std::int64_t has = there == found.end() ? 0 : there->second;
        const std::int64_t should = due == expected.end() ? 0 : due->second;
        if (has == should) continue;
        report.breach(
            clause, fmt::format("{}: {} has {}, it should be {}", what, text_of(key), has, should));
    }
}

sql::SqlResult<Sums> read_sums(sql::Connection& connection, const char* text) {
    ONSALE_TRY_ASSIGN(rows, connection.prepare(text));
    Sums sums;
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) return sums;
        sums[{number(rows, 0), number(rows, 1), number(rows, 2)}] = rows.integer(3);
    }
}

}  // namespace

sql::SqlResult<void> check_entries(sql::Connection& connection, const Folds& /*folds*/,
                                   Report& report) {
    // Grouped as they are stored, so that nothing has to be sorted.
    ONSALE_TRY_ASSIGN(
        rows, connection.prepare("SELECT shard, sequence, fact, sum(amount), count(*), "
                                 "min(currency) = max(currency) FROM ledger_entries GROUP BY "
                                 "at_ms, shard, sequence, fact"));
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) return {};
        report.checked(Clause::m1);
        if (rows.integer(3) == 0 && rows.integer(4) >= 2 && rows.integer(5) == 1) continue;
        report.breach(Clause::m1, fmt::format("ledger_entries: the {} sides of shard {} sequence "
                                              "{} fact {} add up to {}{}",
                                              rows.integer(4), rows.integer(0), rows.integer(1),
                                              rows.integer(2), rows.integer(3),
                                              rows.integer(5) == 1 ? "" : ", in two currencies"));
    }
}

sql::SqlResult<void> check_balances(sql::Connection& connection, const Folds& folds,
                                    Report& report) {
    ONSALE_TRY_ASSIGN(balances, read_sums(connection,
                                          "SELECT kind, number, currency, debit - credit FROM "
                                          "ledger_balances"));
    ONSALE_TRY_ASSIGN(entries, read_sums(connection,
                                         "SELECT kind, number, currency, sum(amount) FROM "
                                         "ledger_entries GROUP BY kind, number, currency"));
    compare("ledger_balances, by its entries", Clause::m1, balances, entries, report);
    compare("ledger_balances, by the facts", Clause::m6, balances, Count(folds).sums, report);
    std::map<std::uint64_t, std::int64_t> totals;
    for (const auto& [key, sum] : balances) totals[std::get<2>(key)] += sum;
    for (const auto& [currency, sum] : totals) {
        report.checked(Clause::m1);
        if (sum == 0) continue;
        report.breach(Clause::m1, fmt::format("ledger_balances: all accounts in currency {} add up "
                                              "to {}",
                                              currency, sum));
    }
    return {};
}

sql::SqlResult<void> check_payables(sql::Connection& connection, const Folds& folds,
                                    Report& report) {
    ONSALE_TRY_ASSIGN(rows, connection.prepare("SELECT organiser, session, currency, orders, sold, "
                                               "refunded, fees FROM ledger_payables"));
    Payables expected = Count(folds).payables;
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        report.checked(Clause::m6);
        const PayableKey key{number(rows, 0), number(rows, 1), number(rows, 2)};
        const Owed owed{rows.integer(3), rows.integer(4), rows.integer(5), rows.integer(6)};
        const auto found = expected.find(key);
        const bool same = found != expected.end() && found->second == owed;
        if (found != expected.end()) expected.erase(found);
        if (same) continue;
        report.breach(Clause::m6,
                      fmt::format("ledger_payables: organiser {} is not owed for session {} what "
                                  "the facts made",
                                  std::get<0>(key), std::get<1>(key)));
    }
    for (const auto& [key, owed] : expected) {
        report.breach(Clause::m6,
                      fmt::format("ledger_payables: what organiser {} is owed for session {} is "
                                  "not there",
                                  std::get<0>(key), std::get<1>(key)));
    }
    return {};
}

}  // namespace onsale::audit
