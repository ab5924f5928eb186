#include "tickets/code_place.h"

namespace onsale::tickets {

std::optional<CodePlace> code_place(std::span<const domain::Addition> additions,
                                    std::uint64_t ordinal) {
    if (ordinal == 0) return std::nullopt;
    std::uint64_t position = ordinal - 1;
    for (const auto& addition : additions) {
        if (position < addition.count) return CodePlace{addition.id, position};
        position -= addition.count;
    }
    return std::nullopt;
}

}  // namespace onsale::tickets
