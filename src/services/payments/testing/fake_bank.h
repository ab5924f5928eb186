// For tests: banks in memory that may be away, lose calls and answers, answer out of order, twice,
// in part or nonsense. They are honest about money: what they say they took, they took.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/prng.h"
#include "payments/bank.h"

namespace onsale::payments {

struct Faults {
    bool away = false;
    std::uint64_t loses_percent = 0;     // calls of which nobody hears again, done or not
    std::uint64_t nonsense_percent = 0;  // items
    std::uint64_t accepts_percent = 0;   // refunds that are done later
    bool takes_wrong_amounts = false;
    bool refuses_batches = false;
};

class FakeBanks {
  public:
    explicit FakeBanks(std::uint64_t seed) : prng_(seed) {}

    struct Payment {
        BankStatus status = BankStatus::open;
        base::Money amount;
        std::string transaction;
        std::uint32_t charges = 0;
    };
    struct Refund {
        BankStatus status = BankStatus::accepted;
        base::Money amount;
        std::string transaction;
    };
    struct Books {
        Faults faults;
        std::map<FlowName, Payment> payments;
        std::map<FlowName, Refund> refunds;
        std::set<std::string> poor;  // tokens without money behind them
        std::uint64_t calls = 0;
        std::uint64_t deductions_asked = 0;
    };
    std::map<domain::BankId, Books> books;

    // A customer pays at the cashier; false: the bank takes nothing for it any more.
    bool pay(domain::BankId bank, const FlowName& name, base::Money amount) {
        Payment& payment = books[bank].payments[name];
        if (payment.status != BankStatus::open) return false;
        if (books[bank].faults.takes_wrong_amounts) ++amount.minor;
        capture(payment, amount);
        return true;
    }
    void give_up(domain::BankId bank, const FlowName& name) {
        Payment& payment = books[bank].payments[name];
        if (payment.status == BankStatus::open) payment.status = BankStatus::failed;
    }

    Bank::Answers ask(domain::BankId bank, Ask ask, const std::vector<BankItem>& items) {
        Books& own = books[bank];
        ++own.calls;
        if (own.faults.away) return fail(BankTrouble::unreachable);
        if (own.faults.refuses_batches && items.size() > 1) return fail(BankTrouble::refused);
        const bool lost = prng_.chance(own.faults.loses_percent, 100);
        if (lost && prng_.chance(1, 2)) return fail(BankTrouble::silent);  // it never arrived
        std::vector<BankAnswer> answers;
        for (const auto& item : items) {
            BankAnswer answer = one(own, ask, item);
            if (prng_.chance(own.faults.nonsense_percent, 100)) answer = {};
            answers.push_back(std::move(answer));
        }
        if (lost) return fail(BankTrouble::silent);
        return answers;
    }

  private:
    static Bank::Answers fail(BankTrouble trouble) {
        return base::Unexpected{BankFailure{trouble, "as the test says"}};
    }
    void capture(Payment& payment, base::Money amount) {
        payment.status = BankStatus::captured;
        payment.amount = amount;
        payment.transaction = "T" + std::to_string(++transactions_);
        ++payment.charges;
    }
    static BankAnswer answer_of(const Payment& payment) {
        BankAnswer answer{payment.status, payment.amount, payment.transaction, {}};
        if (payment.status == BankStatus::failed)
            answer.reason = domain::PaymentReason::insufficient;
        return answer;
    }

    BankAnswer one(Books& own, Ask ask, const BankItem& item) {
        if (ask == Ask::refund || ask == Ask::query_refund) return refund(own, ask, item);
        const auto known = own.payments.find(item.name);
        if (ask == Ask::query && known == own.payments.end())
            return {BankStatus::unknown, {}, {}, {}};
        Payment& payment = own.payments[item.name];
        if (ask == Ask::deduct) {
            ++own.deductions_asked;
            if (payment.status == BankStatus::open) {
                if (item.token.empty() || own.poor.contains(item.token))
                    payment.status = BankStatus::failed;
                else
                    capture(payment, item.amount);
            }
        } else if (ask == Ask::close && payment.status == BankStatus::open) {
            payment.status = BankStatus::closed;
        }
        return answer_of(payment);
    }

    BankAnswer refund(Books& own, Ask ask, const BankItem& item) {
        const auto known = own.refunds.find(item.name);
        if (ask == Ask::query_refund) {
            if (known == own.refunds.end()) return {BankStatus::unknown, {}, {}, {}};
            if (prng_.chance(1, 2)) known->second.status = BankStatus::completed;
        } else if (known == own.refunds.end()) {
            const bool later = prng_.chance(own.faults.accepts_percent, 100);
            own.refunds[item.name] = {later ? BankStatus::accepted : BankStatus::completed,
                                      item.amount, "T" + std::to_string(++transactions_)};
        }
        const Refund& refund = own.refunds[item.name];
        return {refund.status, {}, ask == Ask::refund ? refund.transaction : std::string(), {}};
    }

    base::Prng prng_;
    std::uint64_t transactions_ = 0;
};

class FakeBank final : public Bank {
  public:
    explicit FakeBank(FakeBanks& banks) : banks_(banks) {}
    Answers ask(domain::BankId bank, Ask ask, const std::vector<BankItem>& items) override {
        return banks_.ask(bank, ask, items);
    }

  private:
    FakeBanks& banks_;
};

}  // namespace onsale::payments
