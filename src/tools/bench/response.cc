#include "bench/response.h"

#include <string.h>

#include <algorithm>
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

std::size_t find(std::string_view text, std::string_view part, std::size_t from = 0) {
    if (from >= text.size()) return std::string_view::npos;
    const void* found = memmem(text.data() + from, text.size() - from, part.data(), part.size());
    if (found == nullptr) return std::string_view::npos;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// The text behind `"name":`, from the value's first character.
std::string_view behind(std::string_view json, std::string_view quoted_name) {
    for (auto at = find(json, quoted_name); at != std::string_view::npos;
         at = find(json, quoted_name, at + 1)) {
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

struct Fields {
    std::optional<std::size_t> length;
    bool has_length = false;
    bool keep_alive = true;
    bool broken = false;
};

// The fields that matter both begin with a C; everything else is passed over.
Fields read_fields(std::string_view lines) {
    Fields fields;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\r'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 2));
        if (line.empty() || (line.front() | 0x20) != 'c') continue;
        const auto colon = line.find(':');
        const std::string_view name = line.substr(0, colon);
        const bool has_value = colon != std::string_view::npos;
        const std::string_view value = has_value ? trimmed(line.substr(colon + 1)) : "";
        if (equal_ignoring_case(name, "content-length")) {
            fields.broken = fields.has_length;
            fields.has_length = true;
            fields.length = number<std::size_t>(value);
        } else if (equal_ignoring_case(name, "connection")) {
            fields.keep_alive = !equal_ignoring_case(value, "close");
        }
    }
    return fields;
}

}  // namespace

Parsed parse_response(std::string_view text, Response& out) {
    if (text.size() < kVersion.size() + kStatusDigits) return Parsed::incomplete;
    const auto status = number<std::uint32_t>(text.substr(kVersion.size(), kStatusDigits));
    if (!text.starts_with(kVersion) || !status) return Parsed::broken;
    const auto head_end = find(text, "\r\n\r\n");
    if (head_end == std::string_view::npos)
        return text.size() > kHeadBytesMax ? Parsed::broken : Parsed::incomplete;

    out.head = text.substr(0, head_end);
    const auto line_end = out.head.find('\r');
    Fields fields;
    if (line_end != std::string_view::npos) fields = read_fields(out.head.substr(line_end + 2));
    if (*status == 204 || *status == 304) fields.length = 0;
    if (fields.broken || !fields.length) return Parsed::broken;
    const std::size_t bytes = head_end + 4 + *fields.length;
    if (text.size() < bytes) return Parsed::incomplete;
    out.status = *status;
    out.keep_alive = fields.keep_alive;
    out.body = text.substr(head_end + 4, *fields.length);
    out.bytes = bytes;
    return Parsed::complete;
}

std::string_view field_of(std::string_view head, std::string_view lower) {
    for (auto end = head.find("\r\n"); end != std::string_view::npos; end = head.find("\r\n")) {
        head.remove_prefix(end + 2);
        const std::string_view line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), lower))
            return trimmed(line.substr(colon + 1));
    }
    return {};
}

std::string_view read_code(const Response& response) {
    return text_value(response.body, "\"code\"");
}

OrderAnswer read_answer(const Response& response) {
    OrderAnswer answer;
    answer.code = read_code(response);
    if (response.status != 200 && response.status != 201) return answer;
    answer.outcome = text_value(response.body, "\"outcome\"");
    const std::string_view id = behind(behind(response.body, "\"order\""), "\"id\"");
    const auto digits = id.find_first_not_of("0123456789");
    answer.order = number<std::uint64_t>(id.substr(0, digits)).value_or(0);
    return answer;
}

}  // namespace onsale::bench
