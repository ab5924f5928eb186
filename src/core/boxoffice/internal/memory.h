// Memory: everything a box office knows. The sessions and orders are the truth; every other map is
// an index that follows from them, and is made again from them after a snapshot. Hash maps are
// looked up, never iterated.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "boxoffice/box_office.h"
#include "boxoffice/internal/order_table.h"

namespace onsale::boxoffice {

struct SessionState;

struct PoolState {
    domain::StockCount count;
    std::uint64_t next_ordinal =
        1;  // pools of codes: the next code. INVARIANT: next_ordinal - 1 = sold + withdrawn
};

struct CampaignState {
    SessionState* session = nullptr;
    std::size_t index = 0;  // in the session's definition
    // One per person: who has a live order.
    boost::unordered_flat_map<domain::PersonId, domain::OrderId> joined;
};

struct Usage {
    std::uint32_t orders = 0;   // live
    std::uint32_t tickets = 0;  // of live orders
};

struct SessionState {
    domain::Session definition;
    domain::SessionStatus status;
    std::vector<PoolState> pools;           // as in the definition
    std::vector<std::size_t> pool_of_tier;  // tier index → pool index
    std::vector<std::unique_ptr<CampaignState>> campaigns;
    boost::unordered_flat_map<domain::PersonId, Usage> usage;
    std::uint64_t orders = 0;
    std::array<std::uint64_t, domain::kOrderStates> in_state{};  // orders, by their state
    std::uint64_t tickets = 0;                                   // of orders that have them
    std::uint64_t first_order = 0;                               // its number; 0: none yet
    std::uint64_t in_review = 0;      // orders whose refund waits for a review
    std::uint64_t open_payments = 0;  // and refunds: a bank has still to say something
    // Of a cancelled session with orders that have to be ended: the number of the first of them.
    std::uint64_t next_to_end = 0;

    [[nodiscard]] std::uint64_t count(domain::OrderState state) const {
        return in_state[static_cast<std::size_t>(state)];
    }
    [[nodiscard]] std::uint64_t live_orders() const {
        using enum domain::OrderState;
        return count(reserved) + count(paid) + count(completed) + count(refunding);
    }
    // What EndCancelled has to end: also a refund with a fee that nobody has approved yet. Paid
    // orders end when their bank has said what became of the money.
    [[nodiscard]] std::uint64_t orders_to_end() const {
        return count(domain::OrderState::reserved) + count(domain::OrderState::completed) +
               in_review;
    }
    // Neither an order nor a bank has anything to say any more, but completed orders may stand.
    [[nodiscard]] bool is_settled() const {
        return live_orders() == count(domain::OrderState::completed) && open_payments == 0;
    }
    [[nodiscard]] const domain::Campaign& campaign(const CampaignState& state) const {
        return definition.campaigns[state.index];
    }
    // Index of the tier in the definition; the number of tiers when it is not there.
    [[nodiscard]] std::size_t tier_index(domain::TierId tier) const;
    [[nodiscard]] std::size_t pool_index(domain::PoolId pool) const;
};

struct PersonKey {
    domain::PersonId person;
    std::uint64_t key = 0;
    bool operator==(const PersonKey&) const = default;
};
inline std::size_t hash_value(const PersonKey& key) noexcept {
    return static_cast<std::size_t>(base::mix_bits(key.person.value() ^ base::mix_bits(key.key)));
}

// An end that has happened, though the order's record does not say so yet.
struct OrderEnd {
    domain::OrderState state = domain::OrderState::expired;
    base::Timestamp at;
};

struct Money {
    bool replaced = false;  // a late payment got better tickets than were ordered
    std::vector<domain::Payment> payments;
    std::vector<domain::Refund> refunds;
    bool has_review = false;  // a refund waits for one; counted in its session
};

struct BoxOffice::Memory {
    domain::ShardId shard;
    std::uint64_t next_order_number = 1;
    std::uint64_t incarnation = 0;  // of the newest epoch
    std::map<domain::SessionId, SessionState> sessions;
    boost::unordered_flat_map<domain::CampaignId, CampaignState*> campaigns;
    OrderTable orders;
    std::set<std::pair<base::Timestamp, domain::OrderId>> deadlines;  // of reserved orders
    std::set<domain::SessionId> ending;  // cancelled sessions that have live orders
    boost::unordered_flat_map<domain::PersonId, domain::OrderId> newest_of_person;
    boost::unordered_flat_map<PersonKey, domain::OrderId> keys;
    // By the order's number; only of orders that somebody began to pay for.
    boost::unordered_flat_map<std::uint64_t, std::unique_ptr<Money>> money;
    std::set<domain::PaymentId> open_payments;
    std::set<domain::RefundId> open_refunds;
    std::map<domain::StrayId, domain::Stray> strays;  // for ever: there are few
    std::map<std::pair<domain::BankId, std::string>, domain::StrayId> stray_of_transaction;

    [[nodiscard]] const Money* find_money(domain::OrderId order) const;
    [[nodiscard]] const domain::Payment* find_payment(domain::PaymentId payment) const;
    [[nodiscard]] const domain::Refund* find_refund(domain::RefundId refund) const;
    // The payment that the order was paid with; nullptr when it was free, or is not paid.
    [[nodiscard]] const domain::Payment* payment_of(domain::OrderId order) const;
    // A cancelled session has still to end this order.
    [[nodiscard]] bool has_to_end(domain::OrderId id, const StoredOrder& stored) const;
    [[nodiscard]] std::uint32_t quantity(domain::OrderId id, const StoredOrder& stored) const;

    [[nodiscard]] const SessionState* find_session(domain::SessionId session) const;
    [[nodiscard]] const CampaignState* find_campaign(domain::CampaignId campaign) const;
    [[nodiscard]] const StoredOrder* find_order(domain::OrderId order) const;

    // What has ended the order by `now`: its deadline, or the cancellation of its session if that
    // came first.
    [[nodiscard]] std::optional<OrderEnd> end_of(domain::OrderId id, const StoredOrder& stored,
                                                 base::Timestamp now) const;
    // The order as others see it at `now`, with its end.
    [[nodiscard]] domain::Order view(domain::OrderId id, const StoredOrder& stored,
                                     base::Timestamp now) const;
    // As it is stored, for images.
    [[nodiscard]] domain::Order record(domain::OrderId id, const StoredOrder& stored) const;
    [[nodiscard]] const StoredLine& line(domain::OrderId id, const StoredOrder& stored,
                                         std::size_t index) const;

    // Builds a session's state with empty pools.
    SessionState& add_session(const domain::Session& definition);
    void add_campaign(SessionState& session, std::size_t index);
    // Stores an order and enters it into every index; stock is not touched.
    void add_order(const domain::Order& order);
    // Its lines, with its tiers as the session has them.
    void set_lines(domain::OrderId id, StoredOrder& stored, const domain::OrderLines& lines);
    void take_limits(domain::OrderId id, const StoredOrder& stored);
    // Counts the order in another state, and keeps its deadline and what has to be ended.
    void move(domain::OrderId id, StoredOrder& stored, domain::OrderState to, base::Timestamp at);
    Money& money_of(domain::OrderId order);
    // After a payment or refund of the order has changed.
    void count_open(domain::PaymentId payment);
    void count_open(domain::RefundId refund);
    // Of a cancelled session: finds the first order that has to be ended at or behind `number`, or
    // notes that none is left.
    void find_next_to_end(SessionState& session, std::uint64_t number);
    // An order stops being live: limits are given back.
    void release_limits(domain::OrderId id, const StoredOrder& stored);
    // Forgets the retired session's orders and rebuilds the persons' chains.
    void forget_orders(SessionState& session);
};

// The rules that a definition obeys, in a command and in an image alike.
[[nodiscard]] bool definition_is_valid(const domain::Session& session);
[[nodiscard]] bool campaign_is_valid(const domain::Campaign& campaign,
                                     const domain::Session& session);
[[nodiscard]] bool price_is_valid(base::Money price, const domain::Session& session);
// The rules of time, for commands only: what the journal has from before they were rules stays.
[[nodiscard]] bool campaign_fits(const domain::Campaign& campaign, const domain::Session& session);
[[nodiscard]] bool campaigns_fit(const domain::Session& session);

}  // namespace onsale::boxoffice
