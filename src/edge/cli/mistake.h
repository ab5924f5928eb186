// Mistakes in files that somebody wrote: each with its place and what to do about it, so that all
// of them can be mended before the next try. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace onsale::cli {

// Lines and columns count from 1; 0: the file as a whole.
struct Place {
    std::string file;
    std::uint64_t line = 0;
    std::uint64_t column = 0;
};

struct Mistake {
    Place place;
    std::string what;
    std::string remedy;
};

// "campaign.toml:12:9: price is not an amount of money; write it as "12.50""
[[nodiscard]] inline std::string to_text(const Mistake& mistake) {
    std::string text = mistake.place.file;
    if (mistake.place.line != 0)
        text +=
            ":" + std::to_string(mistake.place.line) + ":" + std::to_string(mistake.place.column);
    text += ": " + mistake.what;
    if (!mistake.remedy.empty()) text += "; " + mistake.remedy;
    return text;
}

// A file with more mistakes than this is of another kind altogether; the rest is not looked for.
inline constexpr std::size_t kMistakesMax = 50;
using Mistakes = std::vector<Mistake>;

}  // namespace onsale::cli
