// The real environment: this machine's clocks, kernel randomness, disk and threads.
// Made once by main before anything else and destroyed last; every member may be used from any
// thread. It keeps nothing that a crash could lose; what is durable is promised by env/files.h.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "env/environment.h"

namespace onsale::env::posix {

[[nodiscard]] std::unique_ptr<env::Environment> make_environment();

struct ThreadInfo {
    std::string name;
    std::string purpose;
    std::size_t queue_max = 0;
};

// Every thread of this process that make_executor has started so far, in that order, also those
// that have ended. Threads made again with the same options are listed once.
[[nodiscard]] std::vector<ThreadInfo> threads();

}  // namespace onsale::env::posix
