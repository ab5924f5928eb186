// BankClient: banks over the network, by signed calls (docs/formats/bank-interface.md). Answers are
// reported as they are; whether an amount is right is the box office's to say. Belongs to one
// thread, which its calls block. Keeps nothing.
#pragma once

#include <memory>
#include <string>

#include "payments/bank.h"
#include "registry/party_caller.h"

namespace onsale::payments {

// A line of a customer's statement. The amount is above zero, whichever way it went.
struct StatementLine {
    std::string transaction;
    bool is_refund = false;
    std::uint64_t order = 0;  // 0: of none
    base::Money amount;
    base::Timestamp at;
    bool operator==(const StatementLine&) const = default;
};
struct StatementPage {
    std::vector<StatementLine> lines;
    std::uint64_t next = 0;  // `before` of the next page; 0: there is none
};
// consent_unknown: it has expired, was revoked, or is another bank's. away: the bank was not
// reached, does not answer, or does not answer with a statement.
enum class StatementTrouble : std::uint8_t { consent_unknown, away };
struct StatementFailure {
    StatementTrouble trouble = StatementTrouble::away;
    std::string message;  // a sentence for operators, without secrets
};

class BankClient final : public Bank {
  public:
    explicit BankClient(std::unique_ptr<registry::PartyCaller> caller)
        : caller_(std::move(caller)) {}

    [[nodiscard]] Answers ask(domain::BankId bank, Ask ask,
                              const std::vector<BankItem>& items) override;

    using Text = base::Result<std::string, BankFailure>;
    // The file of a day, 2026-11-20, as the bank sends it.
    [[nodiscard]] Text day_file(domain::BankId bank, const std::string& day);

    struct StatementsWish {
        std::string consent;       // a secret of the customer's
        std::uint64_t before = 0;  // 0: the newest
        std::uint32_t max = 0;
    };
    using Page = base::Result<StatementPage, StatementFailure>;
    // A customer's own transactions with us, as the bank tells them.
    [[nodiscard]] Page statements(domain::BankId bank, const StatementsWish& wish);

  private:
    [[nodiscard]] Text call(const registry::PartyCall& call);

    std::unique_ptr<registry::PartyCaller> caller_;
};

}  // namespace onsale::payments
