// Templates of the files of an import, for download: with comments in both languages, and good to
// be imported as they are once `codes.csv` is there. Constant texts; any thread.
#pragma once

#include <string_view>

namespace onsale::imports {

[[nodiscard]] std::string_view template_toml();
[[nodiscard]] std::string_view template_csv();

}  // namespace onsale::imports
