// Where a file lives.
#pragma once

#include <string>

namespace onsale::journal {

[[nodiscard]] inline std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return path.substr(0, slash == 0 ? 1 : slash);
}

}  // namespace onsale::journal
