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

void History::saw_order(std::uint64_t id, const OrderSeen& seen) {
    const std::string name = "order " + std::to_string(id);
    const auto [known, is_new] = orders_.try_emplace(id, seen);
    OrderSeen& before = known->second;
    if (!is_new) {
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

}  // namespace onsale::rush
