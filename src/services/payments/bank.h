// Bank: what the site can ask its banks, in batches. The interface stands between the agent and the
// network: BankClient on a machine, a bank in memory in tests. An object belongs to one thread,
// which a call blocks. Keeps nothing; what an answer means after a crash is the agent's to know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/payment.h"
#include "payments/flow_name.h"

namespace onsale::payments {

// All but the two queries have an effect at the bank.
enum class Ask : std::uint8_t { deduct = 0, query = 1, close = 2, refund = 3, query_refund = 4 };
inline constexpr std::size_t kAsks = 5;
[[nodiscard]] std::string_view to_string(Ask ask);

// Fields that the question does not use are empty.
struct BankItem {
    FlowName name;
    FlowName payment;         // refund: out of which payment
    std::string transaction;  // return of unassigned money: of the bank's transaction
    std::string token;        // deduct, close: a secret
    domain::OrderId order;
    base::Money amount;
};

// nonsense: an answer that cannot be understood, or none for this item.
enum class BankStatus : std::uint8_t {
    nonsense = 0,
    unknown,
    open,
    captured,
    failed,
    closed,
    accepted,
    completed,
    refused,
};
struct BankAnswer {
    BankStatus status = BankStatus::nonsense;
    base::Money amount;       // captured: as the bank says, whatever was asked for
    std::string transaction;  // captured, and of most refunds
    domain::PaymentReason reason = domain::PaymentReason::none;  // failed
    bool given_before = false;  // a refund that is refused: more has gone back than we know of
};

// unreachable: nobody was reached, or the bank does not hear us; nothing happened. silent: it may
// have happened. refused: the bank has looked at the call as a whole and does not take it.
enum class BankTrouble : std::uint8_t { unreachable, silent, refused };
struct BankFailure {
    BankTrouble trouble = BankTrouble::unreachable;
    std::string message;  // a sentence for operators, without secrets
};

class Bank {
  public:
    using Answers = base::Result<std::vector<BankAnswer>, BankFailure>;

    virtual ~Bank() = default;
    // One answer for each of at most kItemsPerCall items, in their order.
    [[nodiscard]] virtual Answers ask(domain::BankId bank, Ask ask,
                                      const std::vector<BankItem>& items) = 0;
};

}  // namespace onsale::payments
