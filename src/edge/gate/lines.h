// Bodies of text/plain: one item a line. A pure function, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onsale::gate {

// Lines without their ends ("\n" or "\r\n"). A last line without an end counts; nothing behind a
// last end does.
[[nodiscard]] inline std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        lines.emplace_back(line);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

}  // namespace onsale::gate
