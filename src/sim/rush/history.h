// History: what the clients of a simulated sale were told, kept where no fault reaches. At the end
// it is compared with what the site says and has stored. It can be copied: when a site is restored
// from a backup, the history goes back to the copy of that moment, for only that was promised.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "answers/receipt.h"

namespace onsale::rush {

struct OrderSeen {
    std::uint64_t person = 0;
    std::uint64_t campaign = 0;
    std::string state;
    std::string code;  // of its first ticket; empty when it has none
    std::uint64_t amount = 0;
};

// An order that was asked for with a key; the key is the journal's hash of it.
struct Placement {
    std::uint64_t person = 0;
    std::uint64_t key = 0;
    auto operator<=>(const Placement&) const = default;
};

class History {
  public:
    // An answer with an order in it (200 or 201). Contradictions with earlier answers are kept as
    // the first failure.
    void saw_order(std::uint64_t id, const OrderSeen& seen);
    // "sold out" for a pool whose stock never comes back.
    void saw_sold_out(std::uint64_t campaign) { sold_out_.insert(campaign); }
    // What came of a placement: one key, one order.
    void saw_placed(const Placement& placement, std::uint64_t order);
    // It was refused. `for_good`: nothing of it is on its way any more, so it has no effect.
    void saw_refused(const Placement& placement, bool for_good);
    // It is sent (again), so what was refused for good may yet be accepted.
    void sends(const Placement& placement) {
        ++sent_[placement];
        refused_.erase(placement);
    }
    void saw_receipt(const answers::Receipt& receipt) { receipts_.push_back(receipt); }

    // What a client knows to exist was not given to them.
    void missed(std::string what) { fail(std::move(what)); }

    [[nodiscard]] const std::map<std::uint64_t, OrderSeen>& orders() const { return orders_; }
    [[nodiscard]] const std::map<Placement, std::uint64_t>& placed() const { return placed_; }
    [[nodiscard]] bool was_refused(const Placement& placement) const {
        return refused_.contains(placement);
    }
    [[nodiscard]] const std::vector<answers::Receipt>& receipts() const { return receipts_; }
    [[nodiscard]] std::optional<std::uint64_t> order_of(const Placement& placement) const;
    [[nodiscard]] bool was_sold_out(std::uint64_t campaign) const {
        return sold_out_.contains(campaign);
    }
    [[nodiscard]] const std::string& failure() const { return failure_; }
    // In one-per-person campaigns: the live order of this person.
    void expect_one_per_person(std::uint64_t campaign) { one_per_person_.insert(campaign); }

    // The session is about to be cancelled: completed orders become refunded.
    void expect_refunds() { refunds_ = true; }

    // The site begins again at the moment of this copy.
    void go_back_to(const History& copy);
    [[nodiscard]] std::uint64_t times_gone_back() const { return times_gone_back_; }

  private:
    [[nodiscard]] bool may_follow(const std::string& from, const std::string& to) const;
    void compare(const std::string& name, OrderSeen& before, const OrderSeen& seen);
    void fail(std::string text);

    std::map<std::uint64_t, OrderSeen> orders_;
    std::map<std::string, std::uint64_t> order_of_code_;
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t>
        order_of_person_;  // campaign, person
    std::map<Placement, std::uint64_t> placed_;
    std::set<Placement> refused_;
    std::map<Placement, std::uint64_t> sent_;  // how often
    std::vector<answers::Receipt> receipts_;
    std::set<std::uint64_t> one_per_person_;
    std::set<std::uint64_t> sold_out_;
    bool refunds_ = false;
    std::uint64_t times_gone_back_ = 0;
    std::string failure_;
};

}  // namespace onsale::rush
