// MoneyReader: payments and refunds from the projection's rows: lists for operators, a person's own
// refunds, and the figures of a session. Any thread may call it; SQL runs on the "lists" store
// (read only). What it says is as old as the projection; who wants the truth about one order asks
// the box office.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/time.h"
#include "base/unique_function.h"
#include "domain/payment.h"
#include "domain/refund.h"
#include "records/store.h"

namespace onsale::refunds {

// A payment and whose it is. The hash of its token is not kept in rows and reads as 0.
struct PaymentRow {
    domain::Payment payment;
    domain::SessionId session;
    domain::PersonId person;
    bool operator==(const PaymentRow&) const = default;
};
struct RefundRow {
    domain::Refund refund;
    domain::SessionId session;
    domain::PersonId person;
    bool operator==(const RefundRow&) const = default;
};

// Of refunds_refund.refused; 1 is any other refusal.
inline constexpr std::int64_t kGivenBefore = 2;

// Which sessions the caller may see; empty: all. Runs on the store's executor.
using MaySee = std::function<bool(domain::SessionId)>;

// As the rows have it at this moment; for whoever has a connection to the projections.
[[nodiscard]] sql::SqlResult<std::optional<PaymentRow>> find_payment(sql::Connection& connection,
                                                                     domain::PaymentId payment);
[[nodiscard]] sql::SqlResult<std::optional<RefundRow>> find_refund(sql::Connection& connection,
                                                                   domain::RefundId refund);

struct PaymentQuery {
    std::optional<domain::PaymentState> state;
    std::optional<bool> parked;
    std::optional<domain::OrderId> order;
    std::optional<domain::PaymentId> before;  // `next` of the former part
    MaySee may_see;
    std::size_t max = 20;
    std::size_t examined_max = 20'000;
};
struct RefundQuery {
    std::optional<domain::RefundState> state;
    std::optional<bool> parked;
    std::optional<domain::SessionId> session;
    std::optional<domain::PersonId> person;
    std::optional<domain::RefundId> before;
    MaySee may_see;
    std::size_t max = 20;
    std::size_t examined_max = 20'000;
};

// Newest first, by the time at which it began and then the id. A part ends when it is full, or when
// `examined_max` rows were looked at; `next`: there may be more.
struct PaymentPart {
    std::vector<PaymentRow> payments;
    std::optional<domain::PaymentId> next;
};
struct RefundPart {
    std::vector<RefundRow> refunds;
    std::optional<domain::RefundId> next;
};

// What buyers of a session wanted back, and what became of it. A refund for a session's
// cancellation counts below `owed` only.
struct SessionRefunds {
    std::uint64_t paid_orders = 0;  // ever
    std::uint64_t requested = 0;    // all that buyers asked for
    std::uint64_t waiting = 0;      // being reviewed
    std::uint64_t approved = 0;     // approved, also those that are completed
    std::uint64_t completed = 0;
    std::uint64_t rejected = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t parked = 0;
    std::uint64_t completion_ms = 0;  // from request to completion, of all completed ones together
    base::Money amount;               // completed, given back
    base::Money fee;                  // completed, kept
    std::uint64_t owed = 0;           // because the session was cancelled
    std::uint64_t owed_done = 0;
    std::uint64_t owed_parked = 0;
    bool operator==(const SessionRefunds&) const = default;
};

// What happened on a day (UTC) at a bank in one way: payments by the day of each step, refunds by
// the day on which the bank had made them.
struct PaymentDay {
    std::int64_t day = 0;  // since 1970
    domain::BankId bank;
    domain::PayWay way = domain::PayWay::token;
    std::uint64_t started = 0;
    std::uint64_t captured = 0;
    std::uint64_t failed = 0;
    std::uint64_t closed = 0;
    base::Money amount;        // captured, whatever for
    std::int64_t refunds = 0;  // below zero: the bank has taken back its word of another day
    base::Money refunded;
    bool operator==(const PaymentDay&) const = default;
};
[[nodiscard]] constexpr std::int64_t day_of(base::Timestamp at) {
    return at.unix_ms() / base::Duration::days(1).count_ms();
}

class MoneyReader {
  public:
    explicit MoneyReader(records::Store& lists) : lists_(lists) {}

    using Payments = records::StoreResult<PaymentPart>;
    void payments(PaymentQuery query, env::Executor& home,
                  base::UniqueFunction<void(Payments)> reply);

    using Refunds = records::StoreResult<RefundPart>;
    void refunds(RefundQuery query, env::Executor& home, base::UniqueFunction<void(Refunds)> reply);

    using Figures = records::StoreResult<SessionRefunds>;
    void figures(domain::SessionId session, env::Executor& home,
                 base::UniqueFunction<void(Figures)> reply);

    // From that day on, the oldest first.
    using Days = records::StoreResult<std::vector<PaymentDay>>;
    void days(std::int64_t from, env::Executor& home, base::UniqueFunction<void(Days)> reply);

  private:
    records::Store& lists_;
};

}  // namespace onsale::refunds
