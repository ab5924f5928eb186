// The bodies of calls of a bank, docs/formats/bank-interface.md: written for the bank, read as from
// somebody who may send anything. Pure functions, any thread; nothing to promise after a crash.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "payments/bank.h"

namespace onsale::payments {

[[nodiscard]] std::string_view path_of(Ask ask);
[[nodiscard]] std::string write_items(Ask ask, const std::vector<BankItem>& items);
// One answer for each item, found by its name, wherever it stands; what is missing, stands twice or
// does not make sense is nonsense. Nothing of another shape is an error: all is nonsense then.
[[nodiscard]] std::vector<BankAnswer> read_answers(Ask ask, std::string_view body,
                                                   const std::vector<BankItem>& items);

[[nodiscard]] std::string_view currency_text(base::Currency currency);
[[nodiscard]] std::optional<base::Currency> parse_currency(std::string_view text);

// One event of a callback. `body` is its text as it is stored.
struct BankEvent {
    std::string id;
    std::string body;
    std::optional<FlowName> name;  // nothing: not a name that we give
    bool is_refund = false;
    BankStatus status = BankStatus::nonsense;  // nonsense: not one of an event
    std::string transaction;
    base::Money amount;
};
// Nothing if the body is not a list of 1 to kEventsPerCallback events that each have an id. An
// event that makes no sense beyond that is read as nonsense, so that it can be stored.
[[nodiscard]] std::optional<std::vector<BankEvent>> read_events(std::string_view body);

}  // namespace onsale::payments
