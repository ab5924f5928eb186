// The languages of what is drawn and exported. A plain value, any thread; nothing to promise after
// a crash.
#pragma once

#include <cstdint>

namespace onsale::statistics {

enum class Language : std::uint8_t { en, zh };

}  // namespace onsale::statistics
