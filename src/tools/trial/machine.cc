#include <fmt/format.h>
#include <sys/statfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "trial/outcome.h"

namespace onsale::trial {
namespace {

std::string first_line(const std::string& path) {
    std::string line;
    std::ifstream file(path);
    std::getline(file, line);
    return line;
}

std::string processor_name() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "unknown";
}

std::string file_system_of(const std::string& folder) {
    struct statfs info {};
    if (statfs(folder.c_str(), &info) != 0) return "unknown";
    switch (static_cast<unsigned long>(info.f_type)) {
        case 0xef53:
            return "ext4";
        case 0x01021994:
            return "tmpfs (in memory: syncs cost nothing)";
        case 0x58465342:
            return "xfs";
        case 0x9123683e:
            return "btrfs";
        case 0x794c7630:
            return "overlayfs";
        default:
            return fmt::format("{:#x}", static_cast<unsigned long>(info.f_type));
    }
}

}  // namespace

Machine describe_machine(const std::string& data_folder) {
    Machine machine;
    machine.processor = processor_name();
    machine.cores = static_cast<std::uint32_t>(sysconf(_SC_NPROCESSORS_ONLN));
    machine.memory_mib = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                         static_cast<std::uint64_t>(sysconf(_SC_PAGE_SIZE)) / (1024 * 1024);
    utsname name{};
    if (uname(&name) == 0) machine.kernel = fmt::format("{} {}", name.sysname, name.release);
    machine.file_system = file_system_of(data_folder);
    double loads[1] = {0};
    if (getloadavg(loads, 1) == 1) machine.load = loads[0];
    return machine;
}

std::string current_commit() {
    std::error_code error;
    auto folder = std::filesystem::current_path(error);
    while (!error && !std::filesystem::exists(folder / ".git" / "HEAD", error)) {
        if (folder == folder.parent_path()) return {};
        folder = folder.parent_path();
    }
    const std::string head = first_line(folder / ".git" / "HEAD");
    constexpr std::string_view kReference = "ref: ";
    if (!head.starts_with(kReference)) return head;
    const std::string reference = head.substr(kReference.size());
    std::string commit = first_line(folder / ".git" / reference);
    if (!commit.empty()) return commit;
    std::ifstream packed(folder / ".git" / "packed-refs");
    for (std::string line; std::getline(packed, line);) {
        if (line.ends_with(" " + reference)) return line.substr(0, line.find(' '));
    }
    return {};
}

}  // namespace onsale::trial
