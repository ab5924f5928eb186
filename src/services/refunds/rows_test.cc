// Whatever happens to payments and refunds, their rows are what the box office has in memory.
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/detail/TestListenerAdapter.h>

#include <array>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "refunds/testing/twin.h"

namespace onsale::refunds {
namespace {

// A step as three bytes: what is done, to which order, and how.
struct Step {
    std::uint8_t what = 0;
    std::uint8_t order = 0;
    std::uint8_t how = 0;
};

class Wanderer {
  public:
    explicit Wanderer(Twin& twin) : twin_(twin) {}

    void walk(const Step& step) {
        now_ms_ += step.how % 7 == 0 ? 400 : 10;
        if (step.what % 20 < 1 || orders_ == 0) {
            const std::uint64_t person = 1 + step.how % 3;
            if (reserve(twin_, person, now_ms_, 12 + step.how % 2) != OrderId()) ++orders_;
            return;
        }
        const auto order = domain::make_order_id(domain::ShardId(0), 1 + step.order % orders_);
        const auto found = twin_.office().find_order(order, at(now_ms_));
        if (!found) return;
        if (step.what % 20 < 6) return pay(*found, step);
        const auto money = twin_.office().money_of(order);
        if (!money || money->payments.empty()) return;
        const auto& payment = money->payments[step.how % money->payments.size()];
        if (step.what % 20 < 12) return about_payment(payment, step);
        about_refund(*found, *money, step);
    }
    [[nodiscard]] std::uint64_t orders() const { return orders_; }
    [[nodiscard]] base::Timestamp now() const { return at(now_ms_); }

  private:
    void pay(const domain::Order& order, const Step& step) {
        if (step.how % 9 == 0) {
            twin_.run(domain::CancelOrder{order.person, order.id}, now_ms_);
            return;
        }
        auto start = cashier(order.person.value(), order.id);
        if (step.how % 2 == 0) {
            start.way = domain::PayWay::token;
            start.token = step.how;
            start.authorised = order.amount();
            start.authorised_until = at(1'000'000);
        } else {
            start.bank = domain::BankId(1 + step.how % 3);
        }
        const auto started = twin_.run(start, now_ms_).payment;
        if (started == nullptr || step.how % 3 == 0) return;
        auto report = captured(started->id, started->amount);
        report.bank = started->bank;
        twin_.run(report, now_ms_);
    }
    void about_payment(const domain::Payment& payment, const Step& step) {
        auto report = captured(payment.id, payment.amount);
        report.bank = payment.bank;
        report.reason = domain::PaymentReason::insufficient;
        if (step.how % 5 == 0) ++report.amount.minor;
        switch (step.what % 6) {
            case 0:
                report.word = domain::BankWord::failed;
                [[fallthrough]];
            case 1:
            case 2:
                twin_.run(report, now_ms_);
                return;
            case 3:
                twin_.run(domain::TryPaymentStep{payment.id, domain::PaymentStep::deduct}, now_ms_);
                return;
            case 4:
                twin_.run(domain::ParkPayment{payment.id, domain::PaymentReason::bank_silent},
                          now_ms_);
                return;
            default:
                twin_.run(domain::ResumePayment{payment.id, PersonId(100)}, now_ms_);
        }
    }
    void about_refund(const domain::Order& order, const domain::OrderMoney& money,
                      const Step& step) {
        if (money.refunds.empty() || step.what % 9 == 0) {
            twin_.run(domain::RequestRefund{order.person, order.id, {}}, now_ms_);
            if (step.how == 99) twin_.run(domain::CancelSession{order.session}, now_ms_);
            twin_.run(domain::EndCancelled{2}, now_ms_);
            twin_.run(domain::ExpireDue{2}, now_ms_);
            return;
        }
        const auto& refund = money.refunds[step.how % money.refunds.size()];
        if (refund.refused && step.what % 3 != 0) {
            twin_.run(domain::SettleRefund{refund.id, PersonId(100 + step.how % 2)}, now_ms_);
            return;
        }
        switch (step.what % 8) {
            case 0:
                twin_.run(domain::CancelRefund{order.person, refund.id}, now_ms_);
                return;
            case 1:
            case 2:
                twin_.run(domain::ReviewRefund{refund.id, PersonId(100 + step.how % 2),
                                               step.how % 4 != 0},
                          now_ms_);
                return;
            case 3:
                twin_.run(domain::TryRefund{refund.id}, now_ms_);
                return;
            case 4:
            case 5:
                twin_.run(domain::ReportRefund{refund.id, kIncarnation, refund.bank,
                                               step.how % 3 != 0, "B", refund.round},
                          now_ms_);
                return;
            case 6:
                twin_.run(domain::ParkRefund{refund.id}, now_ms_);
                return;
            default:
                twin_.run(domain::ResumeRefund{refund.id, PersonId(100)}, now_ms_);
        }
    }

    Twin& twin_;
    std::uint64_t orders_ = 0;
    std::int64_t now_ms_ = 2000;
};

using Steps = std::vector<std::array<std::uint8_t, 3>>;

// The same sequences in every run, unless RC_PARAMS says otherwise.
template <class Property>
void expect_always(const Property& property) {
    rc::detail::TestParams params = rc::detail::configuration().testParams;
    if (std::getenv("RC_PARAMS") == nullptr) {
        params.seed = 20'261'120;
        params.maxSuccess = 30;
        params.maxSize = 400;
    }
    const rc::detail::TestMetadata metadata{"money", "money"};
    rc::detail::TestListenerAdapter listener;
    const auto result = rc::detail::checkTestable(property, metadata, params, listener,
                                                  rc::detail::configuration().reproduce);
    std::ostringstream message;
    rc::detail::printResultMessage(result, message);
    EXPECT_TRUE(result.template is<rc::detail::SuccessResult>())
        << "seed " << params.seed << ": " << message.str();
}

TEST_F(Money, rows_are_what_memory_is_after_any_steps_and_after_a_rebuild) {
    int files = 0;
    std::size_t refunds_seen = 0;
    std::size_t settled_seen = 0;
    expect_always([&](const Steps& steps) {
        Twin twin(scratch_, std::to_string(++files) + ".sqlite", offer());
        Wanderer wanderer(twin);
        for (const auto& step : steps) wanderer.walk({step[0], step[1], step[2]});
        const auto expected = memory(twin, wanderer.orders(), wanderer.now());
        const bool same = rows(twin) == expected;
        RC_ASSERT(same);
        const bool adds_up = totals(twin) == totals(expected);
        RC_ASSERT(adds_up);
        twin.rebuild();
        const bool same_again = rows(twin) == expected && totals(twin) == totals(expected);
        RC_ASSERT(same_again);
        refunds_seen += expected.refunds.size();
        for (const auto& [id, row] : expected.refunds)
            settled_seen += row.refund.second_settler != PersonId() ? 1U : 0U;
    });
    EXPECT_GT(refunds_seen, 20U);
    EXPECT_GT(settled_seen, 0U);
}

}  // namespace
}  // namespace onsale::refunds
