// Little-endian numbers in byte strings, and the check sum of small files.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace onsale::journal {

template <std::unsigned_integral Integer>
void put(std::string& out, Integer value) {
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
        out.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
    }
}

inline void put(std::string& out, const std::array<std::byte, 32>& bytes) {
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

// The number at `offset`; the caller knows that it is inside.
template <std::unsigned_integral Integer>
[[nodiscard]] Integer get(std::string_view bytes, std::size_t offset) {
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(Integer); i > 0; --i) {
        value = value << 8 | static_cast<unsigned char>(bytes[offset + i - 1]);
    }
    return static_cast<Integer>(value);
}

// CRC-32 as in zlib and gzip (polynomial 0xedb88320 reflected). Bit by bit: for short texts only.
[[nodiscard]] constexpr std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xedb88320U & (0U - (crc & 1U)));
    }
    return ~crc;
}

}  // namespace onsale::journal
