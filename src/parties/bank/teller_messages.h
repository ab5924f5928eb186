// The JSON bodies of a bank's tellers. One definition gives parsing, writing and the API document.
// Amounts are fen; times are RFC 3339. Plain values; nothing to promise after a crash.
#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bank/messages.h"

namespace onsale::bank {

struct NewCustomerBody {
    std::string name;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(NewCustomerBody, (), (name, password))

// What is absent stays as it is.
struct CustomerChangeBody {
    std::optional<std::string> name;
    std::optional<std::string> password;
    std::optional<bool> disabled;
};
BOOST_DESCRIBE_STRUCT(CustomerChangeBody, (), (name, password, disabled))

struct CustomersBody {
    std::vector<CustomerBody> items;
    std::optional<std::uint64_t> next;  // goes into `after`
};
BOOST_DESCRIBE_STRUCT(CustomersBody, (), (items, next))

// `key`: 1 to 64 characters of the caller's choice; the same key again does nothing twice.
struct CashBody {
    std::string kind;  // deposit, withdrawal
    std::int64_t amount = 0;
    std::string note;
    std::string key;
};
BOOST_DESCRIBE_STRUCT(CashBody, (), (kind, amount, note, key))

struct TransactionBody {
    std::string transaction;
    std::string kind;
    std::string at;
    std::int64_t amount = 0;
    std::string currency;
    std::optional<std::uint64_t> customer;
    std::optional<std::string> merchant;
    std::optional<std::string> order;
    std::optional<std::string> reference;  // of the payment, or the refund's own
    std::optional<std::uint64_t> teller;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(TransactionBody, (),
                      (transaction, kind, at, amount, currency, customer, merchant, order,
                       reference, teller, note))

struct TransactionsBody {
    std::vector<TransactionBody> items;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(TransactionsBody, (), (items, next))

// Sum and count of one kind at one merchant ("" for cash) on one day (UTC, 2026-11-20).
struct DayBody {
    std::string day;
    std::string kind;
    std::string merchant;
    std::uint64_t count = 0;
    std::int64_t amount = 0;
};
BOOST_DESCRIBE_STRUCT(DayBody, (), (day, kind, merchant, count, amount))

struct StatisticsBody {
    std::string currency;
    std::vector<DayBody> days;
};
BOOST_DESCRIBE_STRUCT(StatisticsBody, (), (currency, days))

// What the books hold now. `sum` is zero if nothing is wrong; `broken` says what is.
struct BooksBody {
    std::string currency;
    std::uint64_t customers = 0;
    std::uint64_t transactions = 0;
    std::int64_t available = 0;
    std::int64_t held = 0;
    std::int64_t merchants = 0;  // captured and not refunded
    std::int64_t suspense = 0;
    std::int64_t cash = 0;  // paid in less paid out
    std::int64_t captured = 0;
    std::int64_t refunded = 0;
    std::int64_t sum = 0;
    std::vector<std::string> broken;
};
BOOST_DESCRIBE_STRUCT(BooksBody, (),
                      (currency, customers, transactions, available, held, merchants, suspense,
                       cash, captured, refunded, sum, broken))

struct MerchantStateBody {
    std::string merchant;
    std::string site;
    std::int64_t balance = 0;
    std::vector<std::string> to_bank_keys;  // ids
    std::vector<std::string> to_site_keys;
    std::uint64_t callbacks_waiting = 0;
    std::string heartbeat;  // accepted, refused, unreachable, none
};
BOOST_DESCRIBE_STRUCT(MerchantStateBody, (),
                      (merchant, site, balance, to_bank_keys, to_site_keys, callbacks_waiting,
                       heartbeat))

struct MerchantStatesBody {
    std::vector<MerchantStateBody> items;
};
BOOST_DESCRIBE_STRUCT(MerchantStatesBody, (), (items))

struct CallbackBody {
    std::string event;
    std::string merchant;
    std::string kind;  // payment, refund
    std::string reference;
    std::optional<std::string> refund;
    std::string status;
    std::string state;  // waiting, acknowledged, given_up, lost
    std::uint32_t tries = 0;
    std::string created_at;
    std::string next_at;
};
BOOST_DESCRIBE_STRUCT(CallbackBody, (),
                      (event, merchant, kind, reference, refund, status, state, tries, created_at,
                       next_at))

struct CallbacksBody {
    std::vector<CallbackBody> items;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(CallbacksBody, (), (items, next))

// What goes wrong on purpose, for tests. Percentages are drawn by `seed` and the number of the
// event or request; "every" n means each n-th since the settings changed, 1 all, 0 none.
struct FaultsBody {
    std::uint64_t seed = 1;
    bool down = false;                     // merchants get 503
    bool silent = false;                   // no heartbeats
    std::uint32_t slow_ms = 0;             // before a merchant gets an answer
    std::uint32_t refuse_every = 0;        // deductions refused as insufficient
    std::uint32_t error_every = 0;         // done, but answered by 500
    std::uint32_t lose_reply_every = 0;    // done, and answered when nobody waits any more
    std::uint32_t bad_json_every = 0;      // done, and answered by half of it
    std::uint32_t wrong_amount_every = 0;  // done, and answered with another amount
    std::uint32_t wrong_currency_every = 0;
    std::uint32_t callbacks_lost_percent = 0;
    std::uint32_t callbacks_delayed_percent = 0;
    std::uint32_t callbacks_delay_seconds_max = 0;
    std::uint32_t callbacks_repeated_percent = 0;
    std::uint32_t callbacks_repeats = 0;  // 0 to 100, at once
    std::uint32_t callbacks_wrong_amount_percent = 0;
    std::uint32_t callbacks_wrong_currency_percent = 0;
    std::uint32_t refunds_accepted_percent = 0;  // answered "accepted", settled later
    std::uint32_t refunds_refused_percent = 0;   // of those: refused in the end
    std::uint32_t refunds_settled_after_seconds = 0;
};
BOOST_DESCRIBE_STRUCT(FaultsBody, (),
                      (seed, down, silent, slow_ms, refuse_every, error_every, lose_reply_every,
                       bad_json_every, wrong_amount_every, wrong_currency_every,
                       callbacks_lost_percent, callbacks_delayed_percent,
                       callbacks_delay_seconds_max, callbacks_repeated_percent, callbacks_repeats,
                       callbacks_wrong_amount_percent, callbacks_wrong_currency_percent,
                       refunds_accepted_percent, refunds_refused_percent,
                       refunds_settled_after_seconds))

// What is wanted of them: the rest is as in a new FaultsBody.
struct FaultsWishBody {
    std::optional<std::uint64_t> seed;
    std::optional<bool> down;
    std::optional<bool> silent;
    std::optional<std::uint32_t> slow_ms;
    std::optional<std::uint32_t> refuse_every;
    std::optional<std::uint32_t> error_every;
    std::optional<std::uint32_t> lose_reply_every;
    std::optional<std::uint32_t> bad_json_every;
    std::optional<std::uint32_t> wrong_amount_every;
    std::optional<std::uint32_t> wrong_currency_every;
    std::optional<std::uint32_t> callbacks_lost_percent;
    std::optional<std::uint32_t> callbacks_delayed_percent;
    std::optional<std::uint32_t> callbacks_delay_seconds_max;
    std::optional<std::uint32_t> callbacks_repeated_percent;
    std::optional<std::uint32_t> callbacks_repeats;
    std::optional<std::uint32_t> callbacks_wrong_amount_percent;
    std::optional<std::uint32_t> callbacks_wrong_currency_percent;
    std::optional<std::uint32_t> refunds_accepted_percent;
    std::optional<std::uint32_t> refunds_refused_percent;
    std::optional<std::uint32_t> refunds_settled_after_seconds;
};
BOOST_DESCRIBE_STRUCT(FaultsWishBody, (),
                      (seed, down, silent, slow_ms, refuse_every, error_every, lose_reply_every,
                       bad_json_every, wrong_amount_every, wrong_currency_every,
                       callbacks_lost_percent, callbacks_delayed_percent,
                       callbacks_delay_seconds_max, callbacks_repeated_percent, callbacks_repeats,
                       callbacks_wrong_amount_percent, callbacks_wrong_currency_percent,
                       refunds_accepted_percent, refunds_refused_percent,
                       refunds_settled_after_seconds))

struct OperationBody {
    std::uint64_t operation = 0;
    std::string at;
    std::uint64_t teller = 0;
    std::string teller_name;
    std::string what;  // add_customer, change_customer, delete_customer, deposit, withdrawal, …
    std::optional<std::uint64_t> customer;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(OperationBody, (),
                      (operation, at, teller, teller_name, what, customer, detail))

struct OperationsBody {
    std::vector<OperationBody> items;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(OperationsBody, (), (items, next))

}  // namespace onsale::bank
