#include "rush/json_field.h"

#include <charconv>

namespace onsale::rush {
namespace {

std::optional<std::string_view> behind(std::string_view body, std::string_view name) {
    const std::string quoted = "\"" + std::string(name) + "\":";
    const std::size_t found = body.find(quoted);
    if (found == std::string_view::npos) return std::nullopt;
    return body.substr(found + quoted.size());
}

}  // namespace

std::optional<std::uint64_t> number_field(std::string_view body, std::string_view name) {
    const auto rest = behind(body, name);
    std::uint64_t value = 0;
    if (!rest ||
        std::from_chars(rest->data(), rest->data() + rest->size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

std::optional<std::string> text_field(std::string_view body, std::string_view name) {
    const auto rest = behind(body, name);
    if (!rest || rest->empty() || rest->front() != '"') return std::nullopt;
    const std::size_t end = rest->find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    return std::string(rest->substr(1, end - 1));
}

}  // namespace onsale::rush
