// A payment: a flow of money in, for one order at one bank. An order may have several, since a
// buyer may give up at one bank and go to another; at most one of them pays for the order, and
// whatever else a bank has taken goes back in full. Values only; docs/formats/money.md has the
// rules.
#pragma once

#include <cstdint>
#include <string>

#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"

namespace onsale::domain {

// token: the buyer has granted the amount at the bank and handed us the token, and we deduct.
// cashier: the buyer pays at the bank's own cashier, and the bank tells us.
enum class PayWay : std::uint8_t { token = 1, cashier = 2 };

enum class PaymentState : std::uint8_t {
    open = 1,        // asked for; nothing is known to be taken
    authorised = 2,  // way token: the bank holds the amount for us
    captured = 3,    // the bank has taken it, by its own word
    failed = 4,      // the bank has taken nothing: refused, or given up by the buyer
    closed = 5,      // the bank will not take anything any more
};
[[nodiscard]] constexpr bool is_open(PaymentState state) {
    return state == PaymentState::open || state == PaymentState::authorised;
}

// What captured money is for. Anything but `order` is given back in full.
enum class MoneyUse : std::uint8_t {
    none = 0,  // nothing is captured
    order = 1,
    late = 2,       // the order had ended, and could not be had any more
    duplicate = 3,  // another payment has paid for the order
    mismatch = 4,   // another amount or currency than was asked for
};

// What is tried at the bank, and has an effect there. Each is a fact before it is tried.
enum class PaymentStep : std::uint8_t { deduct = 1, close = 2 };

// Why a payment ended without money, or is parked.
enum class PaymentReason : std::uint8_t {
    none = 0,
    given_up = 1,  // by the buyer, at the bank
    expired = 2,
    authorisation_refused = 3,  // unknown, used, of another order, over its amount
    insufficient = 4,
    closed_by_us = 5,  // the order needs it no more
    bank_refused = 6,
    bank_silent = 7,         // parked: no answer after many tries
    bank_contradictory = 8,  // parked: answers that do not fit together
};

struct Payment {
    PaymentId id;
    BankId bank;
    PayWay way = PayWay::cashier;
    PaymentState state = PaymentState::open;
    base::Money amount;    // asked for
    base::Money captured;  // zero until it is
    MoneyUse use = MoneyUse::none;
    PaymentReason reason = PaymentReason::none;
    bool parked = false;            // nothing is tried until somebody resumes it
    std::uint32_t tries = 0;        // steps tried since it was started or resumed
    std::uint64_t incarnation = 0;  // of the owner that started it: part of its name at the bank
    std::uint64_t token = 0;  // way token: a keyed hash of it, the token itself is in the records
    std::string transaction;  // the bank's name for the capture; empty until then
    base::Timestamp started_at;
    base::Timestamp changed_at;
    bool operator==(const Payment&) const = default;
};

// Money that a bank says it has taken for us and that belongs to no payment we know: it waits
// outside of all orders, and is given back.
enum class StrayState : std::uint8_t { received = 1, returned = 2 };
struct Stray {
    StrayId id;
    BankId bank;
    StrayState state = StrayState::received;
    base::Money amount;
    bool parked = false;
    bool refused = false;     // the bank's last word about this round is no
    std::uint32_t round = 0;  // how often it was taken up again after such a no
    std::uint32_t tries = 0;
    std::uint64_t incarnation = 0;
    std::string transaction;  // the bank's; one stray for each
    base::Timestamp received_at;
    base::Timestamp changed_at;
    bool operator==(const Stray&) const = default;
};

}  // namespace onsale::domain
