// What a picture is, by its first bytes and not by what its sender says: PNG (W3C PNG 3, IHDR),
// JPEG (ITU T.81, SOF) or WebP (RFC 9649). Pure function; nothing is decoded.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace onsale::catalog {

struct ImageHeader {
    std::string_view content_type;  // a literal: image/png, image/jpeg, image/webp
    std::string_view extension;     // a literal: png, jpg, webp
    std::uint32_t width = 0;        // pixels, at least 1
    std::uint32_t height = 0;
};

// Nothing for anything else, and for a header that is cut off or says a size of zero.
[[nodiscard]] std::optional<ImageHeader> read_image_header(std::string_view bytes);

}  // namespace onsale::catalog
