// The rules of money as properties: whatever order payments, callbacks, deadlines, cancellations
// and refunds come in, and whatever the banks lose or repeat, every order ends with its tickets and
// its price at a bank, or with neither.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/prng.h"
#include "boxoffice/testing/offer.h"
#include "wire/codec.h"

namespace onsale::boxoffice {
namespace {

using base::Money;
using domain::OrderState;
using domain::OutcomeKind;
using domain::PaymentState;
using domain::RefundState;
using testing::Counter;

// What has really happened at the banks, and what they have still to say.
class Banks {
  public:
    enum class Flow : std::uint8_t { open, captured, failed, closed };

    // The customer pays at the cashier, or we deduct; false if the flow has ended before.
    bool take(domain::PaymentId payment, Money amount) {
        auto& flow = flows_[payment.value()];
        if (flow.state != Flow::open) return flow.state == Flow::captured;
        flow.state = Flow::captured;
        flow.taken = amount;
        return true;
    }
    void fail(domain::PaymentId payment) { end(payment, Flow::failed); }
    void close(domain::PaymentId payment) { end(payment, Flow::closed); }
    [[nodiscard]] Flow state(domain::PaymentId payment) { return flows_[payment.value()].state; }
    [[nodiscard]] Money taken(domain::PaymentId payment) { return flows_[payment.value()].taken; }
    // Idempotent by the refund's name, which has one fate, and never more than was taken.
    enum class Fate : std::uint8_t { given, refused, over_taken };
    Fate give_back(const domain::Refund& refund, bool willing) {
        const auto [entry, is_new] = refunds_.try_emplace({refund.id.value(), refund.round},
                                                          willing ? Fate::given : Fate::refused);
        if (is_new && willing && !move_back(refund)) entry->second = Fate::over_taken;
        return entry->second;
    }
    // In another way than by the bank: the buyer has it all the same.
    bool move_back(const domain::Refund& refund) {
        auto& flow = flows_[refund.payment.value()];
        if (flow.back + refund.amount.minor > flow.taken.minor) return false;
        flow.back += refund.amount.minor;
        return true;
    }
    // What the banks hold for this order.
    [[nodiscard]] std::int64_t net(domain::OrderId order) const {
        std::int64_t sum = 0;
        for (const auto& [payment, flow] : flows_)
            if (domain::order_of(domain::PaymentId(payment)) == order)
                sum += flow.taken.minor - flow.back;
        return sum;
    }

  private:
    struct State {
        Flow state = Flow::open;
        Money taken;
        std::int64_t back = 0;
    };
    void end(domain::PaymentId payment, Flow state) {
        auto& flow = flows_[payment.value()];
        if (flow.state == Flow::open) flow.state = state;
    }
    std::map<std::uint64_t, State> flows_;
    std::map<std::pair<std::uint64_t, std::uint32_t>, Fate> refunds_;  // by id and round
};

domain::Session priced_offer(base::Prng& random) {
    auto session = testing::offer(4, 2);
    session.tiers[0].price = {3000, base::Currency::cny};
    // The dearer tier has stock of its own, so that it can stand in for the cheaper one.
    session.pools.push_back(
        {domain::PoolId(3), domain::PoolKind::count, {{domain::AdditionId(1), 4, {}}}});
    session.tiers[2].pool = domain::PoolId(3);
    session.organiser = domain::OrganiserId(5);
    session.refunds = {true, base::Duration::milliseconds(50'000), 1000, random.below(3) != 0,
                       random.below(2) == 0 ? 7000 : 0};
    session.late_payment = std::min(static_cast<domain::LatePayment>(random.below(6)),
                                    domain::LatePayment::same_or_better);
    return session;
}

// One sale under any interleaving.
class Sale {
  public:
    explicit Sale(std::uint64_t seed) : random_(seed) {
        run(domain::Command(testing::set_up(priced_offer(random_))));
        counter_.box_office.apply(domain::EpochStarted{1, 77});
        now_ = 2000;
    }

    void step() {
        now_ += static_cast<std::int64_t>(random_.below(120));
        switch (random_.below(16)) {
            case 0:
            case 1:
                return place();
            case 2:
            case 3:
                return start();
            case 4:
            case 5:
                return pay_at_cashier();
            case 6:
                return deduct();
            case 7:
                return close();
            case 8:
            case 9:
                return report();
            case 10:
                return cancel();
            case 11:
                return request_refund();
            case 12:
                return review();
            case 13:
                return refund_step();
            case 14:
                return slices();
            default:
                return rarely();
        }
    }

    // Nothing is lost any more: banks answer, reviews are done, deadlines pass.
    void heal() {
        for (int round = 0; round < 60; ++round) {
            now_ += 600;
            run(domain::ExpireDue{100});
            run(domain::EndCancelled{100});
            for (const auto& payment : counter_.box_office.open_payments()) settle(payment);
            for (const auto& refund : counter_.box_office.open_refunds()) settle(refund);
        }
        EXPECT_TRUE(counter_.box_office.open_payments().empty());
        EXPECT_TRUE(counter_.box_office.open_refunds().empty());
    }

    void check_end() {
        for (const auto id : orders_) {
            const auto order = counter_.box_office.find_order(id, testing::at(now_));
            ASSERT_TRUE(order);
            const std::int64_t net = banks_.net(id);
            const std::string name =
                "order " + std::to_string(id.value()) + ", " + std::string(to_string(order->state));
            switch (order->state) {
                case OrderState::completed:
                    EXPECT_EQ(net, order->amount().minor) << name;
                    break;
                case OrderState::refunded:
                    EXPECT_EQ(net, fee_of(id)) << name;
                    break;
                case OrderState::cancelled:
                case OrderState::expired:
                case OrderState::failed:
                    EXPECT_EQ(net, 0) << name;
                    break;
                default:
                    ADD_FAILURE() << name << " has no end";
            }
        }
    }

    // A snapshot holds everything: the same image after it was read again.
    void reload() {
        wire::SnapshotEncoder before;
        counter_.box_office.save(before);
        const std::string content = before.take();
        Loader loader;
        ASSERT_TRUE(wire::decode_snapshot(content, loader).has_value());
        auto loaded = loader.finish();
        ASSERT_TRUE(loaded.has_value());
        wire::SnapshotEncoder after;
        loaded->save(after);
        EXPECT_EQ(after.take(), content);
        counter_.box_office = std::move(*loaded);
    }

    [[nodiscard]] std::size_t completed() const { return completed_; }
    [[nodiscard]] std::size_t refunded() const { return refunded_; }
    [[nodiscard]] std::size_t replaced() const { return replaced_; }
    [[nodiscard]] std::size_t settled() const { return settled_; }

  private:
    template <class List>
    auto any_of(const List& list) -> std::optional<typename List::value_type> {
        if (list.empty()) return std::nullopt;
        return list[random_.below(list.size())];
    }

    const domain::Outcome& run(const domain::Command& command) {
        const auto& outcome = counter_.run(command, now_);
        EXPECT_EQ(counter_.box_office.broken_invariant(), "") << "at " << now_;
        for (const auto& fact : counter_.decision.facts) {
            if (const auto change = domain::order_change(fact)) {
                if (change->to == OrderState::completed) ++completed_;
                if (change->to == OrderState::refunded) ++refunded_;
            }
            const auto* late = std::get_if<domain::LatePaymentAccepted>(&fact);
            if (late != nullptr && late->replaced) ++replaced_;
        }
        return outcome;
    }

    void place() {
        const std::uint64_t tier = random_.below(2) == 0 ? 12 : random_.below(2) == 0 ? 13 : 11;
        domain::PlaceOrder command{domain::PersonId(1 + random_.below(3)),
                                   domain::CampaignId(tier == 11 ? 1003 : 1002),
                                   {},
                                   0,
                                   0};
        command.lines.push_back(
            {domain::TierId(tier), static_cast<std::uint32_t>(1 + random_.below(2))});
        const auto& outcome = run(command);
        if (outcome.kind == OutcomeKind::accepted) orders_.push_back(outcome.order.id);
    }

    domain::Order view(domain::OrderId id) {
        return *counter_.box_office.find_order(id, testing::at(now_));
    }

    void start() {
        const auto id = any_of(orders_);
        if (!id) return;
        const auto order = view(*id);
        domain::StartPayment command{order.person, *id, domain::BankId(1 + random_.below(2))};
        if (random_.below(2) == 0) {
            command.way = domain::PayWay::token;
            command.token = 100 + random_.below(1000);
            command.authorised = order.amount();
            command.authorised_until = testing::at(now_ + 1000);
        }
        const auto& outcome = run(command);
        if (outcome.payment) payments_.push_back(*outcome.payment);
    }

    void pay_at_cashier() {
        const auto payment = any_of(payments_);
        if (!payment || payment->way != domain::PayWay::cashier) return;
        Money amount = payment->amount;
        if (random_.below(12) == 0) amount.minor -= 1;  // a bank that takes what it likes
        if (random_.below(6) == 0) return banks_.fail(payment->id);
        banks_.take(payment->id, amount);
    }

    void deduct() {
        const auto payment = any_of(payments_);
        if (!payment) return;
        const auto& outcome = run(domain::TryPaymentStep{payment->id, domain::PaymentStep::deduct});
        if (outcome.kind != OutcomeKind::accepted) return;
        if (random_.below(4) == 0) return banks_.fail(payment->id);
        banks_.take(payment->id, payment->amount);
    }

    void close() {
        const auto payment = any_of(payments_);
        if (!payment) return;
        const auto& outcome = run(domain::TryPaymentStep{payment->id, domain::PaymentStep::close});
        if (outcome.kind == OutcomeKind::accepted) banks_.close(payment->id);
    }

    void report() {
        if (const auto payment = any_of(payments_)) say(*payment);
    }

    // What the bank has to say of a payment; again and again, if it likes.
    void say(const domain::Payment& payment) {
        domain::ReportPayment word{payment.id, payment.incarnation, payment.bank};
        switch (banks_.state(payment.id)) {
            case Banks::Flow::open:
                return;
            case Banks::Flow::captured:
                word.amount = banks_.taken(payment.id);
                word.transaction = "T" + std::to_string(payment.id.value());
                break;
            case Banks::Flow::failed:
                word.word = domain::BankWord::failed;
                break;
            case Banks::Flow::closed:
                word.word = domain::BankWord::closed;
                break;
        }
        run(word);
    }

    void cancel() {
        if (const auto id = any_of(orders_)) run(domain::CancelOrder{view(*id).person, *id});
    }

    void request_refund() {
        const auto id = any_of(orders_);
        if (!id) return;
        run(domain::RequestRefund{view(*id).person, *id, domain::RefundReason::schedule});
    }

    void review() {
        const auto refund = any_of(counter_.box_office.open_refunds());
        if (!refund) return;
        if (random_.below(5) == 0) {
            run(domain::CancelRefund{view(domain::order_of(refund->id)).person, refund->id});
            return;
        }
        run(domain::ReviewRefund{refund->id, domain::PersonId(8 + random_.below(2)),
                                 random_.below(4) != 0});
    }

    void refund_step() {
        const auto refund = any_of(counter_.box_office.open_refunds());
        if (!refund) return;
        if (refund->parked) return after_refusal(*refund);
        const bool tried = run(domain::TryRefund{refund->id}).kind == OutcomeKind::accepted;
        if (!tried) return;
        tell(*refund, random_.below(4) != 0);
    }

    // Asks the bank and tells its word, which may be lost; an older one may come again.
    void tell(const domain::Refund& refund, bool willing) {
        const auto fate = banks_.give_back(refund, willing);
        EXPECT_NE(fate, Banks::Fate::over_taken) << "a bank was asked for more than it took";
        domain::ReportRefund word{refund.id,   refund.incarnation,
                                  refund.bank, fate == Banks::Fate::given,
                                  "B1",        refund.round};
        words_.push_back(word);
        if (random_.below(3) != 0) run(word);
        if (random_.below(3) == 0) run(words_[random_.below(words_.size())]);
    }

    void after_refusal(const domain::Refund& refund) {
        if (random_.below(2) == 0) {
            run(domain::ResumeRefund{refund.id, domain::PersonId(8)});
            return;
        }
        settle_otherwise(refund.id, domain::PersonId(8 + random_.below(2)));
    }

    void settle_otherwise(domain::RefundId id, domain::PersonId by) {
        const auto& outcome = run(domain::SettleRefund{id, by});
        if (outcome.kind != OutcomeKind::accepted) return;
        if (outcome.refund->state != RefundState::completed) return;
        EXPECT_TRUE(banks_.move_back(*outcome.refund)) << "given back by the bank before";
        ++settled_;
    }

    void slices() {
        run(domain::ExpireDue{1});
        run(domain::EndCancelled{1});
    }

    void rarely() {
        switch (random_.below(12)) {
            case 0:
                run(domain::CancelSession{domain::SessionId(7)});
                return;
            case 1:
            case 2:
                return reload();
            case 3:
                now_ += 600;  // every deadline passes
                return;
            case 4:
                if (const auto payment = any_of(payments_))
                    run(domain::ParkPayment{payment->id, domain::PaymentReason::bank_silent});
                return;
            default:
                return;
        }
    }

    void settle(const domain::Payment& payment) {
        if (payment.parked) run(domain::ResumePayment{payment.id, domain::PersonId(8)});
        say(payment);
        const auto step = [&](domain::PaymentStep which) {
            return run(domain::TryPaymentStep{payment.id, which}).kind == OutcomeKind::accepted;
        };
        if (step(domain::PaymentStep::deduct)) banks_.take(payment.id, payment.amount);
        if (step(domain::PaymentStep::close)) banks_.close(payment.id);
        say(payment);
    }

    void settle(const domain::Refund& refund) {
        if (refund.parked) run(domain::ResumeRefund{refund.id, domain::PersonId(8)});
        run(domain::ReviewRefund{refund.id, domain::PersonId(8), true});
        run(domain::ReviewRefund{refund.id, domain::PersonId(9), true});
        const auto& tried = run(domain::TryRefund{refund.id});
        if (tried.kind != OutcomeKind::accepted) return;
        const domain::Refund now = *tried.refund;
        const bool given = banks_.give_back(now, true) == Banks::Fate::given;
        run(domain::ReportRefund{now.id, now.incarnation, now.bank, given, "B2", now.round});
    }

    std::int64_t fee_of(domain::OrderId id) {
        std::int64_t fee = 0;
        for (const auto& refund : counter_.box_office.money_of(id)->refunds)
            if (refund.state == RefundState::completed) fee += refund.fee.minor;
        return fee;
    }

    base::Prng random_;
    Counter counter_;
    Banks banks_;
    std::int64_t now_ = 0;
    std::vector<domain::OrderId> orders_;
    std::vector<domain::Payment> payments_;
    std::size_t completed_ = 0;
    std::size_t refunded_ = 0;
    std::size_t replaced_ = 0;
    std::size_t settled_ = 0;
    std::vector<domain::ReportRefund> words_;  // of banks, ever
};

TEST(Money, ends_with_its_tickets_or_back_at_its_owner_in_any_interleaving) {
    std::size_t completed = 0;
    std::size_t refunded = 0;
    std::size_t replaced = 0;
    std::size_t settled = 0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Sale sale(seed);
        for (int i = 0; i < 150; ++i) sale.step();
        sale.heal();
        sale.check_end();
        sale.reload();
        completed += sale.completed();
        refunded += sale.refunded();
        replaced += sale.replaced();
        settled += sale.settled();
        if (::testing::Test::HasFailure()) break;
    }
    // Sequences that never get anywhere prove nothing.
    EXPECT_GT(completed, 1000U);
    EXPECT_GT(refunded, 300U);
    EXPECT_GT(replaced, 5U);
    EXPECT_GT(settled, 20U);
}

}  // namespace
}  // namespace onsale::boxoffice
