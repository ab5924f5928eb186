#include "http/internal/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

#include "http/client.h"

namespace onsale::http {
namespace {

struct Range4 {
    std::uint32_t first;
    int bits;
};
// RFC 6890 and its registry.
constexpr std::array kSpecial4 = {
    Range4{0x00000000, 8},  Range4{0x0A000000, 8},  Range4{0x64400000, 10}, Range4{0x7F000000, 8},
    Range4{0xA9FE0000, 16}, Range4{0xAC100000, 12}, Range4{0xC0000000, 24}, Range4{0xC0000200, 24},
    Range4{0xC0586300, 24}, Range4{0xC0A80000, 16}, Range4{0xC6120000, 15}, Range4{0xC6336400, 24},
    Range4{0xCB007100, 24}, Range4{0xE0000000, 4},  Range4{0xF0000000, 4}};

bool is_public4(std::uint32_t address) {
    return std::ranges::none_of(kSpecial4, [address](const Range4& range) {
        return (address ^ range.first) >> (32 - range.bits) == 0;
    });
}

std::uint32_t four(std::span<const std::uint8_t> bytes) {
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
           std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

// Only global unicast (2000::/3) is public, without what leads back to IPv4 or to nobody.
bool is_public6(const std::array<std::uint8_t, 16>& bytes) {
    constexpr std::array<std::uint8_t, 12> kNat64 = {0, 0x64, 0xff, 0x9b};
    if (std::equal(kNat64.begin(), kNat64.end(), bytes.begin()))
        return is_public4(four(std::span(bytes).subspan(12)));
    if ((bytes[0] & 0xE0) != 0x20) return false;
    if (bytes[0] == 0x20 && bytes[1] == 0x02)  // 6to4
        return is_public4(four(std::span(bytes).subspan(2)));
    const std::uint32_t prefix = four(bytes);
    const bool assigned_to_protocols = prefix >> 9 == 0x20010000U >> 9;  // Teredo among them
    return !assigned_to_protocols && prefix != 0x20010DB8U;
}

}  // namespace

bool is_public_address(int family, const void* address) {
    if (family == AF_INET) {
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), address, bytes.size());
        return is_public4(four(bytes));
    }
    if (family != AF_INET6) return false;
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), address, bytes.size());
    constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin()))
        return is_public4(four(std::span(bytes).subspan(12)));
    return is_public6(bytes);
}

bool is_public_address(const std::string& text) {
    std::array<std::uint8_t, 16> bytes{};
    for (const int family : {AF_INET, AF_INET6}) {
        if (::inet_pton(family, text.c_str(), bytes.data()) == 1)
            return is_public_address(family, bytes.data());
    }
    return false;
}

}  // namespace onsale::http
