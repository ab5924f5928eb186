// Books: what one simulated bank has and owes: customers, authorisations, payments for the
// merchant, refunds. Every flow goes by the name that the merchant gave it, and the first answer to
// a name is the answer to all repeats. Plain memory without a clock; nothing that goes wrong around
// a bank reaches it. One thread.
//
// INVARIANT: what customers have, what is held for them and what the merchant has is always what
// customers began with; broken() counts it again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace onsale::banks {

inline constexpr std::int64_t kFirstBalance = 10'000'000;  // of every customer, in fen

enum class FlowState : std::uint8_t { unknown, open, captured, failed, closed };
[[nodiscard]] const char* to_string(FlowState state);

struct Payment {
    FlowState state = FlowState::unknown;
    std::uint64_t customer = 0;
    std::string order;
    std::int64_t amount = 0;    // captured
    std::int64_t returned = 0;  // of it
    std::string transaction;
    std::string reason;    // failed
    bool foreign = false;  // somebody paid who had nothing to pay
};

enum class HoldState : std::uint8_t { live, used, released, expired };
struct Authorisation {
    std::uint64_t customer = 0;
    std::string order;
    std::int64_t amount = 0;
    std::int64_t expires = 0;  // unix seconds
    HoldState state = HoldState::live;
};

enum class RefundState : std::uint8_t { unknown, accepted, completed, refused };
[[nodiscard]] const char* to_string(RefundState state);
struct Refund {
    RefundState state = RefundState::unknown;
    std::string payment;  // its reference
    std::int64_t amount = 0;
    std::string transaction;
    std::string reason;  // refused
};

// What the merchant or a customer wants; fields that do not belong to the wish are empty.
struct Wish {
    std::string reference;
    std::string authorisation;
    std::string order;
    std::int64_t amount = 0;
    std::int64_t takes = 0;  // the amount that is really taken: by a bank that is wrong, another
    std::int64_t now = 0;    // unix seconds; of an authorisation: its end
    std::uint64_t customer = 0;
};
struct RefundWish {
    std::string refund;
    std::string reference;    // out of which payment
    std::string transaction;  // or: of which capture
    std::int64_t amount = 0;
    bool later = false;    // accepted now, done by complete_refunds()
    bool refuses = false;  // for good: the bank does not do it under this name
};

class Books {
  public:
    // `name` begins all its transactions.
    explicit Books(std::string name) : name_(std::move(name)) {}

    // Holds the amount; the id of the authorisation. Empty: the customer has not enough.
    std::string authorise(const Wish& wish);
    void expire(std::int64_t now);

    Payment deduct(const Wish& wish);
    Payment query(const std::string& reference) const;
    Payment close(const std::string& reference, const std::string& authorisation);
    // At the cashier; nothing is taken for a flow that has ended.
    Payment pay(const Wish& wish);
    Payment give_up(const Wish& wish);
    // A customer pays without a bill, under a name that nobody gave.
    Payment pay_unasked(std::uint64_t customer, std::int64_t amount);

    Refund refund(const RefundWish& wish);
    [[nodiscard]] Refund query_refund(const std::string& refund) const;
    // Does what was accepted; the names of those that are completed now.
    std::vector<std::string> complete_refunds();

    [[nodiscard]] const std::map<std::string, Payment>& payments() const { return payments_; }
    [[nodiscard]] const std::map<std::string, Refund>& refunds() const { return refunds_; }
    [[nodiscard]] std::int64_t held() const;
    // What is wrong with the books, or with what the merchant has asked for; empty: nothing.
    [[nodiscard]] std::string broken() const;

  private:
    std::int64_t& balance(std::uint64_t customer);
    std::string next_transaction();
    void capture(Payment& payment, const Wish& wish);
    void release(Authorisation& authorisation, HoldState state);
    void give_back(const Refund& refund);
    std::string refuse_deduction(const Wish& wish);
    [[nodiscard]] std::string reference_of(const RefundWish& wish) const;

    std::string name_;
    std::map<std::uint64_t, std::int64_t> balances_;
    std::map<std::string, Authorisation> authorisations_;
    std::map<std::string, Payment> payments_;  // by reference
    std::map<std::string, Refund> refunds_;    // by name
    std::int64_t merchant_ = 0;
    std::uint64_t transactions_ = 0;
    std::uint64_t strangers_ = 0;
    std::string wrong_wish_;
};

}  // namespace onsale::banks
