#include "catalog/internal/image_header.h"

namespace onsale::catalog {
namespace {

std::uint32_t byte_at(std::string_view bytes, std::size_t place) {
    return static_cast<unsigned char>(bytes[place]);
}
std::uint32_t big_16(std::string_view bytes, std::size_t place) {
    return byte_at(bytes, place) << 8 | byte_at(bytes, place + 1);
}
std::uint32_t big_32(std::string_view bytes, std::size_t place) {
    return big_16(bytes, place) << 16 | big_16(bytes, place + 2);
}
std::uint32_t little_16(std::string_view bytes, std::size_t place) {
    return byte_at(bytes, place) | byte_at(bytes, place + 1) << 8;
}
std::uint32_t little_24(std::string_view bytes, std::size_t place) {
    return little_16(bytes, place) | byte_at(bytes, place + 2) << 16;
}

std::optional<ImageHeader> read_png(std::string_view bytes) {
    constexpr std::string_view kStart("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
    if (bytes.size() < kStart.size() + 8 || !bytes.starts_with(kStart)) return std::nullopt;
    return ImageHeader{"image/png", "png", big_32(bytes, 16), big_32(bytes, 20)};
}

// Start of frame: C0 to CF without DHT (C4), JPG (C8) and DAC (CC).
bool is_frame(std::uint32_t marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

std::optional<ImageHeader> read_jpeg(std::string_view bytes) {
    if (!bytes.starts_with("\xff\xd8\xff")) return std::nullopt;
    std::size_t place = 2;
    while (place + 9 < bytes.size()) {
        if (byte_at(bytes, place) != 0xff) return std::nullopt;
        const std::uint32_t marker = byte_at(bytes, place + 1);
        if (marker == 0xff) {  // fill byte
            ++place;
            continue;
        }
        if (is_frame(marker)) {
            return ImageHeader{"image/jpeg", "jpg", big_16(bytes, place + 7),
                               big_16(bytes, place + 5)};
        }
        const std::uint32_t length = big_16(bytes, place + 2);
        // Data begins (SOS) or ends (EOI) before any frame: this is no picture.
        if (length < 2 || marker == 0xda || marker == 0xd9) return std::nullopt;
        place += 2 + length;
    }
    return std::nullopt;
}

std::optional<ImageHeader> read_webp(std::string_view bytes) {
    if (bytes.size() < 30 || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WEBP")
        return std::nullopt;
    ImageHeader header{"image/webp", "webp"};
    const auto kind = bytes.substr(12, 4);
    if (kind == "VP8X") {
        header.width = little_24(bytes, 24) + 1;
        header.height = little_24(bytes, 27) + 1;
    } else if (kind == "VP8L" && byte_at(bytes, 20) == 0x2f) {
        const std::uint32_t bits = little_16(bytes, 21) | little_16(bytes, 23) << 16;
        header.width = (bits & 0x3fff) + 1;
        header.height = (bits >> 14 & 0x3fff) + 1;
    } else if (kind == "VP8 " && bytes.substr(23, 3) == "\x9d\x01\x2a") {
        header.width = little_16(bytes, 26) & 0x3fff;
        header.height = little_16(bytes, 28) & 0x3fff;
    } else {
        return std::nullopt;
    }
    return header;
}

}  // namespace

std::optional<ImageHeader> read_image_header(std::string_view bytes) {
    auto header = read_png(bytes);
    if (!header) header = read_jpeg(bytes);
    if (!header) header = read_webp(bytes);
    if (!header || header->width == 0 || header->height == 0) return std::nullopt;
    return header;
}

}  // namespace onsale::catalog
