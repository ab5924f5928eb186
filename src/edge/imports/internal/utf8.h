// Whether a text is UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
// What an operator uploads is shown to buyers as JSON. A pure function.
#pragma once

#include <cstddef>
#include <string_view>

namespace onsale::imports {

[[nodiscard]] inline bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t at) {
            return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
        };
        const unsigned first = byte(i);
        const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if ((first >= 0x80 && first < 0xc2) || first > 0xf4) return false;
        const unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        const unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (length > 1 && (byte(i + 1) < low || byte(i + 1) > high)) return false;
        for (std::size_t k = 2; k < length; ++k) {
            if ((byte(i + k) & 0xc0U) != 0x80) return false;
        }
        i += length;
    }
    return true;
}

}  // namespace onsale::imports
