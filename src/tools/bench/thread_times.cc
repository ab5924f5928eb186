#include "bench/thread_times.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

namespace onsale::bench {
namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// schedstat counts nanoseconds; stat only ticks, and is used where the kernel keeps no better
// account.
std::int64_t time_of(const std::filesystem::path& task, const std::string& stat) {
    std::istringstream precise(content_of(task / "schedstat"));
    std::int64_t nanoseconds = 0;
    if (precise >> nanoseconds && nanoseconds > 0) return nanoseconds / 1000;
    std::istringstream fields(stat.substr(stat.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;  // up to utime
    std::int64_t user = 0;
    std::int64_t system = 0;
    fields >> user >> system;
    return (user + system) * 1'000'000 / sysconf(_SC_CLK_TCK);
}

}  // namespace

ThreadTimes thread_times(std::int64_t process) {
    ThreadTimes times;
    std::error_code error;
    const std::filesystem::directory_iterator tasks(fmt::format("/proc/{}/task", process), error);
    if (error) return times;
    for (const auto& task : tasks) {
        const std::string stat = content_of(task.path() / "stat");
        const auto open = stat.find('(');
        const auto close = stat.rfind(')');
        if (open == std::string::npos || close == std::string::npos) continue;  // it has just ended
        times[stat.substr(open + 1, close - open - 1)] += time_of(task.path(), stat);
    }
    return times;
}

ThreadTimes difference(const ThreadTimes& before, const ThreadTimes& after) {
    ThreadTimes result;
    for (const auto& [name, time] : after) {
        const auto found = before.find(name);
        result[name] = time - (found == before.end() ? 0 : found->second);
    }
    return result;
}

std::int64_t own_time_us() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto us = [](const timeval& time) {
        return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
    };
    return us(usage.ru_utime) + us(usage.ru_stime);
}

}  // namespace onsale::bench
