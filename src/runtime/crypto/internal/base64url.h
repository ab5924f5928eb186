// Base64url (RFC 4648, section 5) into memory of the caller: tokens are checked on the hot path,
// without an allocation. Strict: no padding, no white space, unused bits zero, so that every byte
// string has exactly one spelling. Not in constant time: it is for text that whoever sends it knows
// anyway. Pure, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace onsale::crypto::internal {

// How many bytes were written to `out`; nothing if the text is not canonical or does not fit.
[[nodiscard]] std::optional<std::size_t> decode_base64url(std::string_view text,
                                                          std::span<std::byte> out);

}  // namespace onsale::crypto::internal
