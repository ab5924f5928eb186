// For tests: the first bytes of pictures, with as many bytes behind them as are wanted.
#pragma once

#include <cstdint>
#include <string>

namespace onsale::catalog {

[[nodiscard]] inline std::string png(std::uint32_t width, std::uint32_t height,
                                     std::size_t more = 100, char filling = 'x') {
    std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
    for (const std::uint32_t side : {width, height}) {
        for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(side >> shift & 0xff);
    }
    return bytes + std::string(more, filling);
}

}  // namespace onsale::catalog
