// Files of codes: one code a line, or the first column of a CSV; a first line `code` is a header.
// Pure functions: text in, codes out. A code may stand only once in all files of an import.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "imports/mistake.h"

namespace onsale::imports {

// The codes of a file in its order; they are pieces of its text.
struct Codes {
    std::uint32_t file = 0;
    std::uint64_t first_line = 1;  // of the first code: the others follow line by line
    std::vector<std::string_view> list;
};

[[nodiscard]] Codes read_codes(std::string_view text, std::uint32_t file, Mistakes& mistakes);

// Every code that stands a second time, in its own file or another one, is a mistake that names the
// first place. `names`: of the files, by number.
void find_repeated_codes(std::span<const Codes* const> all, std::span<const std::string_view> names,
                         Mistakes& mistakes);

}  // namespace onsale::imports
