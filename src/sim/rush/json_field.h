// The few fields that a client reads of an answer, found by their name: enough for answers that our
// own server writes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onsale::rush {

// The number behind "name": at its first place in `body`.
[[nodiscard]] std::optional<std::uint64_t> number_field(std::string_view body,
                                                        std::string_view name);
// The text behind "name":" at its first place, without unescaping.
[[nodiscard]] std::optional<std::string> text_field(std::string_view body, std::string_view name);

}  // namespace onsale::rush
