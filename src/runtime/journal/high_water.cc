#include "journal/high_water.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>

#include "crypto/crypto.h"
#include "journal/internal/bytes.h"

namespace onsale::journal {
namespace {

using base::Unexpected;

constexpr std::string_view kCrcWord = "crc ";

std::string crc_line(std::string_view lines) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const std::uint32_t crc = crc32(lines);
    std::string line(kCrcWord);
    for (int shift = 28; shift >= 0; shift -= 4) line.push_back(kDigits[(crc >> shift) & 0xf]);
    return line + "\n";
}

// Cuts the text up to `end` off `rest`; nothing when `end` is not in it.
std::optional<std::string_view> cut(std::string_view& rest, char end) {
    const auto place = rest.find(end);
    if (place == std::string_view::npos) return std::nullopt;
    const std::string_view piece = rest.substr(0, place);
    rest.remove_prefix(place + 1);
    return piece;
}

template <class Integer>
bool parse(std::string_view text, Integer& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
}

bool parse_line(std::string_view line, Positions& out) {
    const auto shard_text = cut(line, ' ');
    const auto sequence_text = cut(line, ' ');
    const auto hash = crypto::from_hex(line);
    if (!shard_text || !sequence_text || !hash) return false;
    std::uint16_t shard = 0;
    Position position;
    if (!parse(*shard_text, shard) || !parse(*sequence_text, position.sequence)) return false;
    if (hash->size() != position.hash.size()) return false;
    std::ranges::copy(std::as_bytes(std::span(*hash)), position.hash.begin());
    return out.emplace(shard, position).second;
}

std::optional<Positions> parse_file(std::string_view content) {
    const auto crc_place = content.rfind(kCrcWord);
    if (crc_place == std::string_view::npos) return std::nullopt;
    std::string_view lines = content.substr(0, crc_place);
    if (content.substr(crc_place) != crc_line(lines)) return std::nullopt;
    Positions positions;
    while (!lines.empty()) {
        const auto line = cut(lines, '\n');
        if (!line || !parse_line(*line, positions)) return std::nullopt;
    }
    return positions;
}

}  // namespace

env::FileResult<void> write_high_water(env::Files& files, const std::string& path,
                                       const Positions& positions) {
    std::string lines;
    for (const auto& [shard, position] : positions) {
        lines += std::to_string(shard) + " " + std::to_string(position.sequence) + " " +
                 crypto::to_hex(position.hash) + "\n";
    }
    return env::replace_file(files, path, lines + crc_line(lines));
}

env::FileResult<Positions> read_high_water(env::Files& files, const std::string& path) {
    const auto content = env::read_file(files, path);
    if (!content) {
        if (content.error() == env::FileError::not_found) return Positions{};
        return Unexpected{content.error()};
    }
    auto positions = parse_file(*content);
    if (!positions) return Unexpected{env::FileError::io_error};
    return *std::move(positions);
}

}  // namespace onsale::journal
