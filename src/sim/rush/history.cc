#include "rush/history.h"

namespace onsale::rush {

// A client has several requests under way, so an older answer may arrive after a newer one; but no
// order has two ends.
bool History::may_follow(const std::string& from, const std::string& to) const {
    const auto is_sale = [](const std::string& state) {
        return state == "completed" || state == "refunded";
    };
    return from == to || from == "reserved" || to == "reserved" ||
           (refunds_ && is_sale(from) && is_sale(to));
}

void History::fail(std::string text) {
    if (failure_.empty()) failure_ = std::move(text);
}

void History::compare(const std::string& name, OrderSeen& before, const OrderSeen& seen) {
    if (before.person != seen.person || before.campaign != seen.campaign)
        fail(name + ": another person or campaign than before");
    if (!may_follow(before.state, seen.state))
        fail(name + ": " + seen.state + " after " + before.state);
    if (before.amount != seen.amount) fail(name + ": another amount than before");
    const bool shows_code = seen.state == "completed";
    if (shows_code && !before.code.empty() && before.code != seen.code)
        fail(name + ": another code than before");
    if (!shows_code && !seen.code.empty()) fail(name + ": shows a code as " + seen.state);
    if (before.state == "reserved") before = seen;
    if (seen.state == "refunded") before.state = seen.state;
}

void History::saw_order(std::uint64_t id, const OrderSeen& seen) {
    const std::string name = "order " + std::to_string(id);
    const auto [known, is_new] = orders_.try_emplace(id, seen);
    if (!is_new) compare(name, known->second, seen);
    if (!seen.code.empty()) {
        const auto owner = order_of_code_.try_emplace(seen.code, id).first->second;
        if (owner != id) fail(name + ": has the code of order " + std::to_string(owner));
    }
    if (!one_per_person_.contains(seen.campaign)) return;
    const auto first = order_of_person_.try_emplace({seen.campaign, seen.person}, id).first->second;
    if (first != id)
        fail(name + ": person " + std::to_string(seen.person) + " already had order " +
             std::to_string(first) + " in this campaign");
}

void History::saw_placed(const Placement& placement, std::uint64_t order) {
    const auto first = placed_.try_emplace(placement, order).first->second;
    if (first != order)
        fail("order " + std::to_string(order) + ": its key of person " +
             std::to_string(placement.person) + " already gave order " + std::to_string(first));
    refused_.erase(placement);
}

void History::saw_refused(const Placement& placement, bool for_good) {
    if (for_good && !placed_.contains(placement)) refused_.insert(placement);
}

std::optional<std::uint64_t> History::order_of(const Placement& placement) const {
    const auto found = placed_.find(placement);
    if (found == placed_.end()) return std::nullopt;
    return found->second;
}

void History::go_back_to(const History& copy) {
    const std::uint64_t gone_back = times_gone_back_;
    const bool refunds = refunds_;
    std::string failure = std::move(failure_);
    const auto sent = std::move(sent_);
    *this = copy;
    // What was sent in the meantime may arrive once more.
    for (const auto& [placement, times] : sent) {
        if (sent_[placement] != times) refused_.erase(placement);
    }
    sent_ = sent;
    times_gone_back_ = gone_back + 1;
    refunds_ = refunds;
    failure_ = std::move(failure);
}

}  // namespace onsale::rush
