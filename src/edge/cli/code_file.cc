#include "cli/code_file.h"

#include <algorithm>
#include <string>

#include "vault/limits.h"

namespace onsale::cli {
namespace {

// The first column; quotes around it go.
std::string_view first_column(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!line.empty() && line.front() == '"') {
        const auto end = line.find('"', 1);
        return end == std::string_view::npos ? line : line.substr(1, end - 1);
    }
    return line.substr(0, line.find(','));
}

bool is_code(std::string_view code) {
    if (code.empty() || code.size() > vault::kCodeCharactersMax) return false;
    if (code.front() == ' ' || code.back() == ' ') return false;
    return std::ranges::all_of(code, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

std::vector<std::string_view> CodeReader::read(std::string_view text, const std::string& file,
                                               Mistakes& mistakes) {
    std::vector<std::string_view> codes;
    const auto number = static_cast<std::uint32_t>(files_.size());
    files_.push_back(file);
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    codes.reserve(lines);
    seen_.reserve(seen_.size() + lines);
    std::uint64_t line = 0;
    while (!text.empty() && mistakes.size() < kMistakesMax) {
        const auto end = text.find('\n');
        const auto code = first_column(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        ++line;
        if (line == 1 && code == "code") continue;
        if (!is_code(code)) {
            mistakes.push_back(
                {{file, line, 1},
                 "not a code",
                 "write 1 to 64 printable ASCII characters without spaces at the ends"});
            continue;
        }
        const auto [place, fresh] = seen_.try_emplace(code, Seen{number, line});
        if (fresh) {
            codes.push_back(code);
        } else {
            mistakes.push_back({{file, line, 1},
                                "this code stands in " + files_[place->second.file] + ":" +
                                    std::to_string(place->second.line) + " already",
                                "remove one of them"});
        }
    }
    if (codes.empty() && mistakes.empty())
        mistakes.push_back({{file, 0, 0}, "there is no code in it", "put one code on each line"});
    return codes;
}

}  // namespace onsale::cli
