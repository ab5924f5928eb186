// What a bank answers about a customer's statement, as docs/formats/bank-interface.md has it. Pure,
// any thread; keeps nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "payments/bank_client.h"

namespace onsale::payments {

// At most `max` lines. Nothing: it makes no sense.
[[nodiscard]] std::optional<StatementPage> read_statements(std::string_view body, std::size_t max);

}  // namespace onsale::payments
