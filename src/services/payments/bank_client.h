// BankClient: banks over the network, by signed calls (docs/formats/bank-interface.md). Answers are
// reported as they are; whether an amount is right is the box office's to say. Belongs to one
// thread, which its calls block. Keeps nothing.
#pragma once

#include <memory>
#include <string>

#include "payments/bank.h"
#include "registry/party_caller.h"

namespace onsale::payments {

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
    // A customer's own transactions with us, as JSON of the bank.
    [[nodiscard]] Text statements(domain::BankId bank, const StatementsWish& wish);

  private:
    [[nodiscard]] Text call(const registry::PartyCall& call);

    std::unique_ptr<registry::PartyCaller> caller_;
};

}  // namespace onsale::payments
