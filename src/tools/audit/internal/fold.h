// Fold: one shard's journal, fact by fact, with every clause that can be judged at a step checked
// at that step. Facts that do not fit are breaches; they are folded as far as they make sense, so
// that one damage does not hide the next. Belongs to the thread of the audit.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "audit/internal/money.h"
#include "audit/internal/state.h"
#include "audit/report.h"
#include "base/strong.h"

namespace onsale::wire::records {
class Batch;
class Campaign;
class Fact;
class LatePaymentAccepted;
class Order;
class OrderMoved;
class Payment;
class PaymentCaptured;
class PaymentStepTried;
class Refund;
class RefundReviewed;
class RefundSettled;
class Session;
class SessionCancelled;
class SessionChanged;
class SessionRetired;
class StockAdded;
class StockWithdrawn;
class Stray;
class TermsChanged;
class TierChanged;
}  // namespace onsale::wire::records

namespace onsale::audit {

namespace records = onsale::wire::records;

// Two ids that count as one key.
struct Pair {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    bool operator==(const Pair&) const = default;
};
inline std::size_t hash_value(const Pair& pair) noexcept {
    return static_cast<std::size_t>(base::mix_bits(pair.first ^ base::mix_bits(pair.second)));
}

struct Usage {
    std::uint32_t orders = 0;
    std::uint32_t tickets = 0;
};

// The header of the batch that is being folded.
struct BatchHeader {
    std::uint64_t sequence = 0;
    std::uint64_t epoch = 0;
    std::uint64_t incarnation = 0;
    std::int64_t time_ms = 0;
};

class Fold {
  public:
    Fold(std::uint16_t shard, Report& report) : shard_(shard), report_(report) {}

    void apply(const BatchHeader& header, const records::Batch& batch);
    // After the last batch: what must hold at the end.
    void finish(std::int64_t grace_ms);
    // The same for money; what waits longer than this is nobody's any more.
    void finish_money(std::int64_t suspense_ms);

    [[nodiscard]] std::uint16_t shard() const { return shard_; }
    [[nodiscard]] const BatchHeader& newest() const { return header_; }
    [[nodiscard]] std::uint64_t next_number() const { return next_number_; }
    [[nodiscard]] const std::vector<Order>& orders() const { return orders_; }
    [[nodiscard]] const std::vector<Session>& sessions() const { return sessions_; }
    [[nodiscard]] const Order* find_order(std::uint64_t id) const;
    [[nodiscard]] const Session* find_session(std::uint64_t id) const;
    [[nodiscard]] std::vector<Line> lines_of(const Order& order) const;
    // Lines beyond the first, of all orders.
    [[nodiscard]] std::uint64_t extra_lines() const;
    [[nodiscard]] const std::vector<Money>& money() const { return money_; }
    [[nodiscard]] const std::map<std::uint64_t, Stray>& strays() const { return strays_; }
    [[nodiscard]] const Money* find_money(std::uint64_t order) const;
    [[nodiscard]] std::string place() const;  // "shard 3 sequence 17"

  private:
    void check_epoch(const records::Batch& batch);
    void apply_fact(const records::Fact& fact);
    void started(std::uint64_t epoch, std::uint64_t incarnation);

    // Sessions and their stock: fold_sessions.cc.
    void set_up(const records::Session& record);
    void change_campaign(std::uint64_t session, const records::Campaign& record);
    void change_session(const records::SessionChanged& record);
    void change_tier(const records::TierChanged& record);
    void change_terms(const records::TermsChanged& record);
    void cancel_session(const records::SessionCancelled& record);
    void add_stock(const records::StockAdded& record);
    void withdraw(const records::StockWithdrawn& record);
    void retire(const records::SessionRetired& record);
    void check_pool(const Session& session, const Pool& pool);
    Session* session_on_offer(std::uint64_t id);
    Session* live_session(std::uint64_t id, Clause clause);
    static Pool* find_pool(Session& session, std::uint64_t id);

    // Orders: fold_orders.cc.
    void place_order(const records::Order& record);
    bool check_number(std::uint64_t id);
    void check_rules(const records::Order& record, const Session& session);
    void check_times(const records::Order& record, const Campaign* campaign);
    void take_line(Session& session, const records::Order& record, int index);
    void check_person(const Order& order, const Session& session, const Campaign* campaign);
    void end_order(std::uint64_t id, std::int64_t at_ms, std::uint32_t state);
    void release(const Order& order);
    void set_state(Order& order, std::uint32_t to, std::int64_t at_ms);
    void hide_order(std::uint64_t id);
    void check_end(const Order& order, std::int64_t at_ms, std::uint32_t state);
    enum class Subject : std::uint8_t { order, session, payment, refund, stray };
    void check_moment(std::int64_t at_ms, Subject subject, std::uint64_t id);
    void recount(const Session& session, std::uint32_t index);

    // How orders go on by money: fold_moves.cc.
    void move_order(const records::OrderMoved& record);
    void accept_late(const records::LatePaymentAccepted& record);
    void check_late(const Order& order, const Session& session,
                    const records::LatePaymentAccepted& record);
    void complete(Order& order, const records::OrderMoved& record);
    void check_paid(const Order& order);
    void check_refunding(const Order& order);
    void check_refunded(const Order& order);
    [[nodiscard]] Cash amount_of(const Order& order) const;

    // Payments: fold_payments.cc.
    void apply_payment_fact(const records::Fact& fact);
    void start_payment(const records::Payment& record);
    void try_step(const records::PaymentStepTried& record);
    void capture(const records::PaymentCaptured& record);
    void check_use(const Payment& payment, const Money& money);
    void end_payment(std::uint64_t id, std::uint32_t state);
    Payment* known_payment(std::uint64_t id);
    void check_transaction(std::uint64_t bank, const std::string& transaction);

    // Refunds and money that is nobody's: fold_refunds.cc.
    void apply_refund_fact(const records::Fact& fact);
    void apply_stray_fact(const records::Fact& fact);
    void request_refund(const records::Refund& record);
    void check_refund(const Refund& refund, const Payment& payment, const Money& money);
    void review(const records::RefundReviewed& record);
    void settle(const records::RefundSettled& record);
    void end_refund(std::uint64_t id, std::uint32_t state);
    Refund* known_refund(std::uint64_t id);
    void receive_stray(const records::Stray& record);
    Stray* known_stray(std::uint64_t id);
    void check_captured(const Money& money, const Payment& payment, std::int64_t suspense_ms);

    std::uint16_t shard_;
    Report& report_;
    BatchHeader header_;
    std::uint64_t next_number_ = 1;
    std::int64_t moment_ms_ = 0;  // the newest time that a fact has named
    std::vector<Order> orders_;
    std::vector<std::vector<Line>> extra_lines_;
    std::vector<Session> sessions_;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> session_index_;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> order_index_;
    boost::unordered_flat_map<Pair, std::uint64_t> keys_;    // (person, key) → order
    boost::unordered_flat_map<Pair, Usage> usage_;           // (person, session) → live
    boost::unordered_flat_map<Pair, std::uint32_t> joined_;  // (person, campaign) → live orders
    std::map<std::pair<std::uint64_t, std::uint32_t>, std::uint64_t> refusals_;
    std::int64_t epoch_since_ms_ = 0;
    std::vector<Money> money_;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> money_index_;  // by order
    std::map<std::uint64_t, Stray> strays_;
    std::set<std::pair<std::uint64_t, std::string>> transactions_;  // (bank, its name)
};

}  // namespace onsale::audit
