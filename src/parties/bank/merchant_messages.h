// The JSON bodies between a bank and its merchants (docs/formats/bank-interface.md). One definition
// gives parsing, writing and the API document. Plain values; nothing to promise after a crash.
#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bank/messages.h"

namespace onsale::bank {

struct DeductionItem {
    std::string reference;
    std::string token;
    std::string order;
    std::int64_t amount = 0;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(DeductionItem, (), (reference, token, order, amount, currency))
struct DeductionsBody {
    std::vector<DeductionItem> items;
};
BOOST_DESCRIBE_STRUCT(DeductionsBody, (), (items))

struct QueryItem {
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(QueryItem, (), (reference))
struct QueriesBody {
    std::vector<QueryItem> items;
};
BOOST_DESCRIBE_STRUCT(QueriesBody, (), (items))

struct ClosureItem {
    std::string reference;
    std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(ClosureItem, (), (reference, token))
struct ClosuresBody {
    std::vector<ClosureItem> items;
};
BOOST_DESCRIBE_STRUCT(ClosuresBody, (), (items))

struct PaymentAnswer {
    std::string reference;
    std::string status;  // unknown, open, captured, failed, closed
    std::optional<std::string> transaction;
    std::optional<std::int64_t> amount;
    std::optional<std::string> currency;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(PaymentAnswer, (), (reference, status, transaction, amount, currency, reason))
struct PaymentAnswersBody {
    std::vector<PaymentAnswer> items;
};
BOOST_DESCRIBE_STRUCT(PaymentAnswersBody, (), (items))

struct RefundItem {
    std::string refund;
    std::optional<std::string> reference;
    std::optional<std::string> transaction;
    std::int64_t amount = 0;
    std::string currency;
    std::optional<std::int64_t> refunded_before;  // refused if anything else has gone back
};
BOOST_DESCRIBE_STRUCT(RefundItem, (),
                      (refund, reference, transaction, amount, currency, refunded_before))
struct RefundsBody {
    std::vector<RefundItem> items;
};
BOOST_DESCRIBE_STRUCT(RefundsBody, (), (items))

struct RefundQueryItem {
    std::string refund;
};
BOOST_DESCRIBE_STRUCT(RefundQueryItem, (), (refund))
struct RefundQueriesBody {
    std::vector<RefundQueryItem> items;
};
BOOST_DESCRIBE_STRUCT(RefundQueriesBody, (), (items))

struct RefundAnswer {
    std::string refund;
    std::string status;  // unknown, accepted, completed, refused
    std::optional<std::string> transaction;
    std::optional<std::int64_t> amount;
    std::optional<std::string> currency;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(RefundAnswer, (), (refund, status, transaction, amount, currency, reason))
struct RefundAnswersBody {
    std::vector<RefundAnswer> items;
};
BOOST_DESCRIBE_STRUCT(RefundAnswersBody, (), (items))

// A customer's own transactions with this merchant, by the customer's consent.
struct StatementsQueryBody {
    std::string consent;
    std::optional<std::uint64_t> before;
    std::optional<std::uint32_t> max;
};
BOOST_DESCRIBE_STRUCT(StatementsQueryBody, (), (consent, before, max))
struct BillLineBody {
    std::string transaction;
    std::string kind;  // payment, refund
    std::string at;
    std::int64_t amount = 0;
    std::string currency;
    std::string order;
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(BillLineBody, (), (transaction, kind, at, amount, currency, order, reference))
struct BillLinesBody {
    std::vector<BillLineBody> items;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(BillLinesBody, (), (items, next))

// What a token of an authorisation carries, signed.
struct TokenBody {
    std::string key;
    std::uint32_t bank = 0;
    std::string authorisation;
    std::string merchant;
    std::string order;
    std::int64_t amount = 0;
    std::string currency;
    std::int64_t expires = 0;  // unix seconds
};
BOOST_DESCRIBE_STRUCT(TokenBody, (),
                      (key, bank, authorisation, merchant, order, amount, currency, expires))

struct EventBody {
    std::string event;
    std::string kind;  // payment, refund
    std::string reference;
    std::optional<std::string> refund;
    std::string status;
    std::optional<std::string> transaction;
    std::string order;
    std::int64_t amount = 0;
    std::string currency;
    std::string at;
};
BOOST_DESCRIBE_STRUCT(EventBody, (),
                      (event, kind, reference, refund, status, transaction, order, amount, currency,
                       at))
struct EventsBody {
    std::vector<EventBody> events;
};
BOOST_DESCRIBE_STRUCT(EventsBody, (), (events))

struct HeartbeatBody {
    std::string kind;
    std::uint32_t party = 0;
    std::string instance;
    std::string url;
    std::string public_url;
    std::vector<std::string> ways;
    bool serving = true;
};
BOOST_DESCRIBE_STRUCT(HeartbeatBody, (), (kind, party, instance, url, public_url, ways, serving))

}  // namespace onsale::bank
