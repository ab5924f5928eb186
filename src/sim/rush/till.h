// Till: what a sale has when it costs money: two banks, a session with prices, the staff that looks
// after refunds, and the comparison of it all at the end. Belongs to its sale.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "banks/bank.h"
#include "banks/stored_money.h"
#include "journal/journal.h"
#include "rush/cash_desk.h"
#include "rush/payer.h"
#include "rush/stage.h"
#include "specs/spec.h"

namespace onsale::rush {

inline constexpr std::uint64_t kBanks = 2;

class Till {
  public:
    // Before the stage is booted: its site will reach these banks and nobody else.
    Till(Stage& stage, std::uint64_t seed, bool cancels);

    // The banks get their keys and register; the session is set up.
    bool set_up();
    [[nodiscard]] MoneyParts parts() { return {banks_, told_}; }
    CashDesk& desk() { return desk_; }

    // No more faults: every flow comes to its end. False: the sale has failed.
    bool settle();
    // After the site has ended. Empty: every order has its tickets and its price at a bank, or
    // neither, and the journal and the banks agree about it.
    std::string compare(journal::Reader& reader);
    // What became of orders, payments and refunds, after compare().
    [[nodiscard]] const std::map<std::string, std::uint64_t>& counts() const { return counts_; }
    // Payments that were begun and refunds that were asked for, by what buyers were told.
    [[nodiscard]] std::uint64_t flows() const {
        return told_.payments.size() + told_.refunds.size();
    }

  private:
    bool register_bank(banks::Bank& bank);
    [[nodiscard]] std::string session_body();
    // What no box office has finished. False: the sale has failed.
    bool find_open(std::vector<std::string>& open);
    [[nodiscard]] bool banks_idle() const;
    bool close();

    Stage& stage_;
    std::uint64_t seed_;
    base::Prng random_;
    Banks banks_;
    banks::Told told_;
    CashDesk desk_;
    std::map<std::string, std::uint64_t> counts_;
};

}  // namespace onsale::rush
