// Files of codes: one code a line, or the first column of a CSV; a first line `code` is a header.
// A pure class: text in, codes out. One object for all files of a campaign, since a code may stand
// in only one of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "cli/mistake.h"

namespace onsale::cli {

class CodeReader {
  public:
    // The codes of a file in its order; `text` must live as long as the reader and the codes.
    [[nodiscard]] std::vector<std::string_view> read(std::string_view text, const std::string& file,
                                                     Mistakes& mistakes);

  private:
    struct Seen {
        std::uint32_t file = 0;
        std::uint64_t line = 0;
    };
    std::vector<std::string> files_;
    boost::unordered_flat_map<std::string_view, Seen> seen_;
};

}  // namespace onsale::cli
