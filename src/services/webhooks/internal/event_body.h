// What an event tells the other end, as JSON: docs/formats/webhooks.md. Pure, any thread. Money is
// as the fact has it, whatever became of it since, so that an event that comes again is the same.
#pragma once

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/fact.h"
#include "domain/order.h"
#include "domain/payment.h"
#include "domain/refund.h"

namespace onsale::webhooks {

struct MoneyBody {
    std::int64_t minor = 0;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(MoneyBody, (), (minor, currency))
struct LineBody {
    std::uint64_t tier = 0;
    std::uint32_t quantity = 0;
    MoneyBody unit_price;
};
BOOST_DESCRIBE_STRUCT(LineBody, (), (tier, quantity, unit_price))
struct OrderBody {
    std::uint64_t id = 0;
    std::uint64_t person = 0;
    std::uint64_t campaign = 0;
    std::uint32_t tickets = 0;
    MoneyBody amount;
    std::vector<LineBody> lines;
    std::string created_at;
};
BOOST_DESCRIBE_STRUCT(OrderBody, (), (id, person, campaign, tickets, amount, lines, created_at))
struct PaymentBody {
    std::uint64_t id = 0;
    std::uint64_t bank = 0;
    std::string way;                    // token, cashier
    std::string state;                  // captured, failed, closed
    MoneyBody amount;                   // asked for, or taken once it is captured
    std::optional<std::string> use;     // of captured money: order, late, duplicate, mismatch
    std::optional<std::string> reason;  // why nothing was taken
};
BOOST_DESCRIBE_STRUCT(PaymentBody, (), (id, bank, way, state, amount, use, reason))
struct RefundBody {
    std::uint64_t id = 0;
    std::uint64_t payment = 0;
    std::string cause;  // buyer, session_cancelled, late, duplicate, mismatch, replaced
    std::string state;  // requested, approved, rejected, cancelled, completed
    MoneyBody amount;   // that goes back
    MoneyBody fee;      // that stays
};
BOOST_DESCRIBE_STRUCT(RefundBody, (), (id, payment, cause, state, amount, fee))
struct EventBody {
    std::string id;  // shard-incarnation-sequence-index
    std::string type;
    std::string at;
    std::uint64_t organiser = 0;
    std::uint64_t session = 0;
    std::optional<OrderBody> order;
    std::optional<PaymentBody> payment;
    std::optional<RefundBody> refund;
};
BOOST_DESCRIBE_STRUCT(EventBody, (), (id, type, at, organiser, session, order, payment, refund))

// What a fact says of a payment or a refund; nothing: it says nothing that outsiders are told.
struct PaymentNews {
    domain::PaymentId payment;
    domain::PaymentState state = domain::PaymentState::captured;
    base::Money captured;  // zero: nothing was taken
    domain::MoneyUse use = domain::MoneyUse::none;
    domain::PaymentReason reason = domain::PaymentReason::none;
    base::Timestamp at;
};
[[nodiscard]] std::optional<PaymentNews> payment_news_of(const domain::Fact& fact);
struct RefundNews {
    domain::RefundId refund;
    domain::RefundState state = domain::RefundState::requested;
    base::Timestamp at;
};
[[nodiscard]] std::optional<RefundNews> refund_news_of(const domain::Fact& fact);

[[nodiscard]] OrderBody body_of(const domain::Order& order);
[[nodiscard]] PaymentBody body_of(const domain::Payment& payment, const PaymentNews& news);
[[nodiscard]] RefundBody body_of(const domain::Refund& refund, const RefundNews& news);

}  // namespace onsale::webhooks
