// Random operations of several customers: whatever happens, money is neither made nor lost, nothing
// falls below zero, and a repeat gets the first answer.
#include <map>
#include <vector>

#include "bank/books/testing.h"
#include "base/prng.h"

namespace onsale::books {
namespace {

using testing::must;

class PropertyTest : public testing::BooksTest, public ::testing::WithParamInterface<unsigned> {
  protected:
    void step(base::Prng& prng) {
        now_ = now_ + base::Duration::seconds(static_cast<std::int64_t>(prng.below(120)));
        const std::uint64_t customer = customers_[prng.below(customers_.size())];
        const auto amount = static_cast<std::int64_t>(1 + prng.below(300));
        switch (prng.below(8)) {
            case 0:
                if (cash(customer, TransactionKind::deposit, amount)) paid_in_ += amount;
                break;
            case 1:
                if (cash(customer, TransactionKind::withdrawal, amount)) paid_in_ -= amount;
                break;
            case 2:
                if (const auto made = grant_to(customer, "7", amount)) {
                    authorisations_.push_back(made->number);
                }
                break;
            case 3:
                deduct_any(prng, amount);
                break;
            case 4:
                bill_any(prng, customer, amount);
                break;
            case 5:
                refund_any(prng, amount);
                break;
            case 6:
                must(release_expired(*connection_, now_));
                must(settle_refunds(*connection_, now_));
                break;
            case 7:
                if (prng.chance(1, 5)) {
                    must(close_payment(*connection_, reference(prng), {}, asked()));
                }
                break;
        }
    }

    // One of a hundred names, so that names come again.
    static std::string reference(base::Prng& prng) { return "P" + std::to_string(prng.below(100)); }

    void deduct_any(base::Prng& prng, std::int64_t amount) {
        if (authorisations_.empty()) return;
        const auto source = authorisations_[prng.below(authorisations_.size())];
        const std::string name = reference(prng);
        const auto before = must(find_payment(*connection_, name, asked()));
        const auto after = deduct_once(name, source, "7", amount);
        if (before.state == PaymentState::captured) {
            EXPECT_EQ(after.transaction, before.transaction);
        }
        if (before.state == PaymentState::closed) {
            EXPECT_EQ(after.state, PaymentState::failed);
        }
    }

    void bill_any(base::Prng& prng, std::uint64_t customer, std::int64_t amount) {
        const Bill bill{.reference = reference(prng),
                        .order = "7",
                        .title = "",
                        .amount = amount,
                        .expires_at = now_ + base::Duration::minutes(1)};
        if (prng.chance(1, 4)) {
            (void)must(abandon_bill(*connection_, bill, asked()));
        } else {
            (void)must(pay_bill(*connection_, bill, customer, asked()));
        }
    }

    void refund_any(base::Prng& prng, std::int64_t amount) {
        const std::string name = "R" + std::to_string(prng.below(300));
        const std::string payment = reference(prng);
        NewRefund wanted{.refund = name, .reference = payment};
        wanted.amount = 1 + amount / 10;
        if (prng.chance(1, 2)) {
            wanted.settle_at = now_ + base::Duration::minutes(2);
            wanted.declined = prng.chance(1, 2);
        }
        const auto before = must(find_refund(*connection_, name, asked()));
        const auto after = must(refund(*connection_, wanted, asked()));
        if (before.state != RefundState::unknown) {
            EXPECT_EQ(after.state, before.state);
        }
    }

    std::vector<std::uint64_t> customers_;
    std::vector<std::uint64_t> authorisations_;
    std::int64_t paid_in_ = 0;
};

TEST_P(PropertyTest, money_is_neither_made_nor_lost) {
    base::Prng prng(GetParam());
    for (int i = 0; i < 5; ++i) customers_.push_back(customer_with(0));
    for (int i = 0; i < 40; ++i) {
        auto transaction = must(sql::Transaction::begin(*connection_));
        for (int j = 0; j < 20; ++j) step(prng);
        must(transaction.commit());
        expect_sound();
        EXPECT_EQ(must(check_books(*connection_)).cash, paid_in_);
        if (HasFailure()) FAIL() << "seed " << GetParam() << ", step " << i * 20;
    }
    EXPECT_GT(must(check_books(*connection_)).captured, 0);
    EXPECT_GT(must(check_books(*connection_)).refunded, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, PropertyTest, ::testing::Range(1U, 9U));

}  // namespace
}  // namespace onsale::books
