// History: what the clients of a simulated sale were told, kept where no fault reaches. At the end
// it is compared with what the site says and has stored.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace onsale::rush {

struct OrderSeen {
    std::uint64_t person = 0;
    std::uint64_t campaign = 0;
    std::string state;
    std::string code;  // of its first ticket; empty when it has none
    std::uint64_t amount = 0;
};

class History {
  public:
    // An answer with an order in it (200 or 201). Contradictions with earlier answers are kept as
    // the first failure.
    void saw_order(std::uint64_t id, const OrderSeen& seen);
    // "sold out" for a pool whose stock never comes back.
    void saw_sold_out(std::uint64_t campaign) { sold_out_.insert(campaign); }

    // What a client knows to exist was not given to them.
    void missed(std::string what) { fail(std::move(what)); }

    [[nodiscard]] const std::map<std::uint64_t, OrderSeen>& orders() const { return orders_; }
    [[nodiscard]] bool was_sold_out(std::uint64_t campaign) const {
        return sold_out_.contains(campaign);
    }
    [[nodiscard]] const std::string& failure() const { return failure_; }
    // In one-per-person campaigns: the live order of this person.
    void expect_one_per_person(std::uint64_t campaign) { one_per_person_.insert(campaign); }

    // The session is about to be cancelled: completed orders become refunded.
    void expect_refunds() { refunds_ = true; }

  private:
    [[nodiscard]] bool may_follow(const std::string& from, const std::string& to) const;
    void fail(std::string text);

    std::map<std::uint64_t, OrderSeen> orders_;
    std::map<std::string, std::uint64_t> order_of_code_;
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t>
        order_of_person_;  // campaign, person
    std::set<std::uint64_t> one_per_person_;
    std::set<std::uint64_t> sold_out_;
    bool refunds_ = false;
    std::string failure_;
};

}  // namespace onsale::rush
