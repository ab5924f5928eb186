// A golden file: bytes as they were once written, and what they mean. Lines that begin with '#' are
// the meaning, all others are the bytes in hexadecimal. A file that exists is never changed by a
// test; a missing one is written only if ONSALE_WRITE_GOLDEN is set. For tests of every layer.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace onsale::wire::testing {

struct Golden {
    std::string text;  // each line ends with '\n'
    std::string bytes;
    bool operator==(const Golden&) const = default;
};

inline std::string to_hex(std::string_view bytes) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string hex;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex += kHex[byte >> 4U];
        hex += kHex[byte & 15U];
    }
    return hex;
}

// Nothing if it is not made of pairs of digits.
inline std::optional<std::string> from_hex(std::string_view hex) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string bytes;
    if (hex.size() % 2 != 0) return std::nullopt;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = kHex.find(hex[i]);
        const auto low = kHex.find(hex[i + 1]);
        if (high == kHex.npos || low == kHex.npos) return std::nullopt;
        bytes.push_back(static_cast<char>(high << 4U | low));
    }
    return bytes;
}

inline std::optional<Golden> read_golden(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) return std::nullopt;
    Golden golden;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("# ")) {
            golden.text += line.substr(2) + "\n";
            continue;
        }
        const auto bytes = from_hex(line);
        if (!bytes) return std::nullopt;
        golden.bytes += *bytes;
    }
    return golden;
}

// Writes what is missing, if the environment asks for it; never touches a file that exists.
inline void write_golden_if_missing(const std::filesystem::path& path, const Golden& golden) {
    if (std::getenv("ONSALE_WRITE_GOLDEN") == nullptr || std::filesystem::exists(path)) return;
    constexpr std::size_t kDigitsPerLine = 96;
    std::ofstream file(path);
    std::string_view text = golden.text;
    while (!text.empty()) {
        const auto end = text.find('\n');
        file << "# " << text.substr(0, end) << '\n';
        text.remove_prefix(end + 1);
    }
    const std::string hex = to_hex(golden.bytes);
    for (std::size_t at = 0; at < hex.size(); at += kDigitsPerLine)
        file << hex.substr(at, kDigitsPerLine) << '\n';
}

}  // namespace onsale::wire::testing
