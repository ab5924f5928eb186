// Payer: one simulated person who buys what costs money: reserves, pays at one or two banks, in
// time, too late or not at all, thinks better of it, and wants the money back. It repeats what it
// did not hear the end of, and keeps what it was told for the end of the sale.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "banks/bank.h"
#include "banks/stored_money.h"
#include "base/prng.h"
#include "rush/network.h"

namespace onsale::rush {

inline constexpr std::uint64_t kMoneyCampaign = 2001;
inline constexpr std::uint64_t kMoneyTiers[] = {21, 22, 23};  // a number, a code, a dearer number

using Banks = std::vector<std::unique_ptr<banks::Bank>>;

// What all payers of a sale share.
struct MoneyParts {
    Banks& banks;
    banks::Told& told;
};

class Payer {
  public:
    Payer(Network& network, MoneyParts money, std::uint64_t person, std::string token,
          std::uint64_t seed);

    // Acts `actions` times, one after the other, with pauses.
    void start(std::uint64_t actions, std::function<void(Payer&)> act);
    [[nodiscard]] bool idle() const { return left_ == 0 && under_way_ == 0 && !scheduled_; }
    [[nodiscard]] base::Prng& random() { return random_; }

    // What it can do.
    enum class Then : std::uint8_t { nothing, pays, pays_twice };
    void buy(Then then);
    void pay_one(Then then);  // of its reserved orders
    void cancel_one();
    void want_money_back();
    void give_up_refund();
    void look_at_one();
    // For the end: what has become of everything that it was told.
    void look_back();

  private:
    using Heard = std::function<void(const CallResult&)>;
    struct Errand {
        Call call;
        Heard heard;
    };
    struct Own {
        std::uint64_t amount = 0;
        std::string state;
    };

    void next();
    void act();
    void ask(http::Method method, std::string path, std::string body, Heard heard);
    void send(const std::shared_ptr<Errand>& errand);
    void wait(std::uint64_t most_ms, std::function<void()> then);
    banks::Bank& any_bank();
    [[nodiscard]] std::uint64_t any_order(std::string_view state);
    void note(const std::string& body);
    void pay(std::uint64_t order, banks::Bank& bank);
    void pay_by_token(std::uint64_t order, banks::Bank& bank);
    void pay_at_cashier(std::uint64_t order, banks::Bank& bank);
    bool note_payment(const CallResult& result, const banks::Bank& bank);
    void stand_at_cashier(std::uint64_t order, banks::Bank& bank, const std::string& link);
    void put_money_down(banks::Bank& bank, const std::string& link, std::uint64_t tries);

    Network& network_;
    MoneyParts money_;
    std::uint64_t person_;
    std::string token_;
    base::Prng random_;
    std::function<void(Payer&)> act_;
    std::uint64_t left_ = 0;
    std::uint64_t under_way_ = 0;
    bool scheduled_ = false;
    std::uint64_t next_key_ = 1;
    std::map<std::uint64_t, Own> orders_;
    std::vector<std::uint64_t> refunds_;
};

}  // namespace onsale::rush
