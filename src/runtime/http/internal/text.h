// Texts that cross the border: percent decoding of URL parts, UTF-8, JSON strings. Pure functions,
// any thread, nothing kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace onsale::http::internal {

// Form rules: '+' is a space. "%2" or "%zz" is an error, never passed through, and so is text that
// is not UTF-8 afterwards: what leaves here may be put into JSON.
[[nodiscard]] std::optional<std::string> decode_form(std::string_view text);
// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);
// Appends `text` in quotes, escaped. Bytes that are not UTF-8 would spoil the whole document, so a
// text with any has '?' for every byte above 0x7f.
void append_json_string(std::string& out, std::string_view text);

}  // namespace onsale::http::internal
