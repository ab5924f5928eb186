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
    }
    base::check_failed("an order has no such state", __FILE__, __LINE__);
}

class Counting : public domain::ImageSink {
  public:
    explicit Counting(std::map<domain::SessionId, OrderCounts>& sessions) : sessions_(sessions) {}
    void header(domain::ShardId, std::uint64_t) override {}
    void session(const domain::Session&, const domain::SessionStatus&) override {}
    void stock(const domain::StockImage&) override {}
    void order(const domain::Order& order) override {
        ++count_of(sessions_[order.session], order.state);
    }

  private:
    std::map<domain::SessionId, OrderCounts>& sessions_;
};

// The session of an order that is about to end. Only which session it is matters here, so any time
// will do.
domain::SessionId session_of(const boxoffice::BoxOffice& before, domain::OrderId order) {
    const auto found = before.find_order(order, base::Timestamp());
    return found ? found->session : domain::SessionId();
}

}  // namespace

void Tally::start_from(const boxoffice::BoxOffice& box_office) {
    sessions_.clear();
    Counting counting(sessions_);
    box_office.save(counting);
}

void Tally::note(const domain::Fact& fact, const boxoffice::BoxOffice& before) {
    const auto move = [&](domain::OrderId order, OrderState from, OrderState to) {
        OrderCounts& counts = sessions_[session_of(before, order)];
        --count_of(counts, from);
        ++count_of(counts, to);
    };
    if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact)) {
        ++count_of(sessions_[placed->order.session], placed->order.state);
    } else if (const auto* cancelled = std::get_if<domain::OrderCancelled>(&fact)) {
        move(cancelled->order, OrderState::reserved, OrderState::cancelled);
    } else if (const auto* expired = std::get_if<domain::OrderExpired>(&fact)) {
        move(expired->order, OrderState::reserved, OrderState::expired);
    } else if (const auto* refunded = std::get_if<domain::OrderRefunded>(&fact)) {
        move(refunded->order, OrderState::completed, OrderState::refunded);
    } else if (const auto* retired = std::get_if<domain::SessionRetired>(&fact)) {
        sessions_.erase(retired->session);
    }
}

OrderCounts Tally::of(domain::SessionId session) const {
    const auto found = sessions_.find(session);
    return found == sessions_.end() ? OrderCounts{} : found->second;
}

}  // namespace onsale::replay
