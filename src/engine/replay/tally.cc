#include "replay/tally.h"

#include <variant>

#include "base/check.h"

namespace onsale::replay {
namespace {

using domain::OrderState;

std::uint64_t& count_of(OrderCounts& counts, OrderState state) {
    switch (state) {
        case OrderState::reserved:
            return counts.reserved;
        case OrderState::completed:
            return counts.completed;
        case OrderState::cancelled:
            return counts.cancelled;
        case OrderState::expired:
            return counts.expired;
        case OrderState::refunded:
            return counts.refunded;
        case OrderState::paid:
            return counts.paid;
        case OrderState::failed:
            return counts.failed;
        case OrderState::refunding:
            return counts.refunding;
    }
    base::check_failed("an order has no such state", __FILE__, __LINE__);
}

class Counting : public domain::ImageSink {
  public:
    explicit Counting(std::map<domain::SessionId, OrderCounts>& sessions) : sessions_(sessions) {}
    void header(const domain::HeaderImage&) override {}
    void session(const domain::Session&, const domain::SessionStatus&) override {}
    void stock(const domain::StockImage&) override {}
    void money(const domain::OrderMoney&) override {}
    void stray(const domain::Stray&) override {}
    void order(const domain::Order& order) override {
        ++count_of(sessions_[order.session], order.state);
    }

  private:
    std::map<domain::SessionId, OrderCounts>& sessions_;
};

// The state that the change begins at. What others see of an order of a cancelled session is its end
// already.
OrderState recorded_state(const domain::Order& seen, const domain::OrderChange& change) {
    if (domain::can_follow(seen.state, change.to)) return seen.state;
    if (change.to == OrderState::refunding || change.to == OrderState::refunded)
        return OrderState::completed;
    return OrderState::reserved;
}

}  // namespace

void Tally::start_from(const boxoffice::BoxOffice& box_office) {
    sessions_.clear();
    Counting counting(sessions_);
    box_office.save(counting);
}

void Tally::note(const domain::Fact& fact, const boxoffice::BoxOffice& before) {
    if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact)) {
        ++count_of(sessions_[placed->order.session], placed->order.state);
    } else if (const auto change = domain::order_change(fact)) {
        // As it is recorded: at the beginning of time no deadline has passed.
        const auto found = before.find_order(change->order, base::Timestamp());
        if (!found) return;
        OrderCounts& counts = sessions_[found->session];
        --count_of(counts, recorded_state(*found, *change));
        ++count_of(counts, change->to);
    } else if (const auto* retired = std::get_if<domain::SessionRetired>(&fact)) {
        sessions_.erase(retired->session);
    }
}

OrderCounts Tally::of(domain::SessionId session) const {
    const auto found = sessions_.find(session);
    return found == sessions_.end() ? OrderCounts{} : found->second;
}

}  // namespace onsale::replay
