// How long each thread of a process has been on a processor, by the kernel's own account, summed by
// thread name.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace onsale::bench {

using ThreadTimes = std::map<std::string, std::int64_t>;  // name → microseconds

// Empty when there is no such process.
[[nodiscard]] ThreadTimes thread_times(std::int64_t process);
[[nodiscard]] ThreadTimes difference(const ThreadTimes& before, const ThreadTimes& after);
// Of this process, user and system.
[[nodiscard]] std::int64_t own_time_us();

}  // namespace onsale::bench
