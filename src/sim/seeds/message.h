// Messages: what a working process tells the one that started it, one line each: which seed it
// begins, and what came of it. Plain functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rush/sale.h"

namespace onsale::seeds {

struct Message {
    std::uint64_t seed = 0;
    std::optional<rush::SaleResult> result;  // nothing: the seed begins
};

// Without the end of the line.
[[nodiscard]] std::string write_message(const Message& message);
[[nodiscard]] std::optional<Message> read_message(std::string_view line);

}  // namespace onsale::seeds
