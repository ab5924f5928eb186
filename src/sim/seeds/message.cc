#include "seeds/message.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace onsale::seeds {
namespace {

constexpr char kBetween = '\t';
constexpr std::size_t kFields = 12;

void append(std::string& line, std::uint64_t number) {
    line += kBetween;
    line += std::to_string(number);
}

void append(std::string& line, const std::map<std::string, std::uint64_t>& counts) {
    line += kBetween;
    for (const auto& [name, count] : counts) line += name + '=' + std::to_string(count) + ',';
}

std::vector<std::string_view> split(std::string_view text, char between) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(between);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

bool read(std::string_view text, std::uint64_t& number) {
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc() && parsed.ptr == end;
}

bool read(std::string_view text, std::map<std::string, std::uint64_t>& counts) {
    for (const auto part : split(text, ',')) {
        if (part.empty()) continue;
        const std::size_t equal = part.find('=');
        if (equal == std::string_view::npos ||
            !read(part.substr(equal + 1), counts[std::string(part.substr(0, equal))]))
            return false;
    }
    return true;
}

}  // namespace

std::string write_message(const Message& message) {
    std::string line = std::to_string(message.seed);
    if (!message.result) return line;
    const rush::SaleResult& result = *message.result;
    for (const std::uint64_t number : {result.digest, result.steps, result.commands, result.answers,
                                       result.orders, result.receipts, result.snapshots})
        append(line, number);
    append(line, result.faults);
    append(line, result.workloads);
    append(line, result.money);
    std::string failure = result.failure;
    std::ranges::replace(failure, '\n', ' ');
    std::ranges::replace(failure, kBetween, ' ');
    return line + kBetween + failure;
}

std::optional<Message> read_message(std::string_view line) {
    const auto fields = split(line, kBetween);
    Message message;
    if (!read(fields[0], message.seed)) return std::nullopt;
    if (fields.size() == 1) return message;
    if (fields.size() != kFields) return std::nullopt;
    rush::SaleResult& result = message.result.emplace();
    std::uint64_t* const numbers[] = {&result.digest,   &result.steps,  &result.commands,
                                      &result.answers,  &result.orders, &result.receipts,
                                      &result.snapshots};
    std::size_t field = 1;
    for (auto* number : numbers) {
        if (!read(fields[field++], *number)) return std::nullopt;
    }
    for (auto* counts : {&result.faults, &result.workloads, &result.money}) {
        if (!read(fields[field++], *counts)) return std::nullopt;
    }
    result.failure = std::string(fields[field]);
    return message;
}

}  // namespace onsale::seeds
