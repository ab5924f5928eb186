#include "imports/mistake.h"

#include <algorithm>

namespace onsale::imports {

void Mistakes::sort() {
    std::ranges::stable_sort(list_, {}, &Mistake::place);
}

Place Places::find(std::string_view field, Place otherwise) const {
    while (!field.empty()) {
        const auto found = std::ranges::find(
            fields_, field, [](const auto& entry) { return std::string_view(entry.first); });
        if (found != fields_.end()) return found->second;
        const auto end = field.find_last_of(".[");
        field = field.substr(0, end == std::string_view::npos ? 0 : end);
    }
    return otherwise;
}

}  // namespace onsale::imports
