#include "payments/flow_name.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace onsale::payments {
namespace {

constexpr std::array<char, kFlowKinds> kLetters = {'P', 'R', 'U'};
constexpr std::size_t kIncarnationDigits = 16;
constexpr int kHex = 16;

}  // namespace

std::string_view to_string(FlowKind kind) {
    switch (kind) {
        case FlowKind::payment:
            return "payment";
        case FlowKind::refund:
            return "refund";
        case FlowKind::stray:
            break;
    }
    return "stray";
}

std::string to_string(const FlowName& name) {
    std::array<char, kIncarnationDigits> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), name.incarnation, kHex).ptr;
    const auto count = static_cast<std::size_t>(end - digits.data());
    std::string text(1, kLetters[static_cast<std::size_t>(name.kind)]);
    text += std::to_string(name.id);
    if (name.round > 0) text += "." + std::to_string(name.round);
    text += "-";
    text.append(kIncarnationDigits - count, '0').append(digits.data(), count);
    return text;
}

std::optional<FlowName> parse_flow_name(std::string_view text) {
    FlowName name;
    const auto dash = text.find('-');
    if (dash == std::string_view::npos || dash < 2) return std::nullopt;
    const auto* letter = std::char_traits<char>::find(kLetters.data(), kLetters.size(), text[0]);
    if (letter == nullptr) return std::nullopt;
    name.kind = static_cast<FlowKind>(letter - kLetters.data());
    const auto number = std::from_chars(text.data() + 1, text.data() + dash, name.id);
    if (*number.ptr == '.') std::from_chars(number.ptr + 1, text.data() + dash, name.round);
    if (name.kind == FlowKind::payment && name.round > 0) return std::nullopt;
    std::from_chars(text.data() + dash + 1, text.data() + text.size(), name.incarnation, kHex);
    if (name.id == 0 || name.id > domain::kIdMax || to_string(name) != text) return std::nullopt;
    return name;
}

}  // namespace onsale::payments
