// Where a code stands in the vault: the ordinals 1, 2, 3, … of a pool run through its additions in
// order. A pure function of the pool's additions, so it is the same on every node and after every
// restart.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "domain/offer.h"

namespace onsale::tickets {

struct CodePlace {
    domain::AdditionId list;
    std::uint64_t position = 0;  // within the list, from 0
    bool operator==(const CodePlace&) const = default;
};

// Nothing for ordinal 0 and for one beyond the last addition.
[[nodiscard]] std::optional<CodePlace> code_place(std::span<const domain::Addition> additions,
                                                  std::uint64_t ordinal);

}  // namespace onsale::tickets
