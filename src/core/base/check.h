// ONSALE_CHECK: a programmer's error ends the process, in release builds too. What a user, a disk
// or another company can cause is never checked this way: it is a refusal (data) or a Result.
#pragma once

namespace onsale::base {

// Prints the place and the broken condition to standard error and aborts.
[[noreturn]] void check_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace onsale::base

#define ONSALE_CHECK(condition)                                           \
    do {                                                                  \
        if (!(condition)) [[unlikely]]                                    \
            ::onsale::base::check_failed(#condition, __FILE__, __LINE__); \
    } while (false)
