#include "bench/response.h"

#include <charconv>
#include <optional>

namespace onsale::bench {
namespace {

constexpr std::string_view kVersion = "HTTP/1.1 ";
constexpr std::size_t kStatusDigits = 3;
constexpr std::size_t kHeadBytesMax = 16 * 1024;

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c =
            text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] | 0x20) : text[i];
        if (c != lower[i]) return false;
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

template <class Integer>
std::optional<Integer> number(std::string_view text) {
    Integer value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// The text behind `"name":`, from the value's first character.
std::string_view behind(std::string_view json, std::string_view quoted_name) {
    for (auto at = json.find(quoted_name); at != std::string_view::npos;
         at = json.find(quoted_name, at + 1)) {
        std::string_view rest = json.substr(at + quoted_name.size());
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        if (rest.empty() || rest.front() != ':') continue;
        rest.remove_prefix(1);
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        return rest;
    }
    return {};
}

std::string_view text_value(std::string_view json, std::string_view quoted_name) {
    std::string_view value = behind(json, quoted_name);
    if (value.empty() || value.front() != '"') return {};
    value.remove_prefix(1);
    return value.substr(0, value.find('"'));
}

}  // namespace

Parsed parse_response(std::string_view text, Response& out) {
    if (text.size() < kVersion.size() + kStatusDigits) return Parsed::incomplete;
    const auto status = number<std::uint32_t>(text.substr(kVersion.size(), kStatusDigits));
    if (!text.starts_with(kVersion) || !status) return Parsed::broken;
    const auto head_end = text.find("\r\n\r\n");
    if (head_end == std::string_view::npos)
        return text.size() > kHeadBytesMax ? Parsed::broken : Parsed::incomplete;

    std::optional<std::size_t> length;
    out.keep_alive = true;
    std::string_view head = text.substr(0, head_end);
    for (auto line_end = head.find("\r\n"); line_end != std::string_view::npos;
         line_end = head.find("\r\n")) {
        head.remove_prefix(line_end + 2);
        const std::string_view line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return Parsed::broken;
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (equal_ignoring_case(name, "content-length")) length = number<std::size_t>(value);
        if (equal_ignoring_case(name, "connection") && equal_ignoring_case(value, "close"))
            out.keep_alive = false;
    }
    if (*status == 204) length = 0;
    if (!length) return Parsed::broken;
    const std::size_t bytes = head_end + 4 + *length;
    if (text.size() < bytes) return Parsed::incomplete;
    out.status = *status;
    out.body = text.substr(head_end + 4, *length);
    out.bytes = bytes;
    return Parsed::complete;
}

OrderAnswer read_answer(const Response& response) {
    OrderAnswer answer;
    answer.code = text_value(response.body, "\"code\"");
    if (response.status != 200 && response.status != 201) return answer;
    answer.outcome = text_value(response.body, "\"outcome\"");
    const std::string_view id = behind(behind(response.body, "\"order\""), "\"id\"");
    const auto digits = id.find_first_not_of("0123456789");
    answer.order = number<std::uint64_t>(id.substr(0, digits)).value_or(0);
    return answer;
}

}  // namespace onsale::bench
