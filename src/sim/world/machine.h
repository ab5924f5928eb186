// Machine: one simulated computer. It has a disk, a wall clock and, at most, one process of ours at
// a time. start() gives a process its environment; kill() ends it between two tasks; power_cut()
// also takes what was not synced.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "env/environment.h"
#include "sql/file_vfs.h"
#include "world/disk.h"
#include "world/scheduler.h"

namespace onsale::world {

// 2026-11-01T00:00:00Z: every simulated world begins here.
inline constexpr std::int64_t kBeginningMs = 1'793'491'200'000;

class Machine {
  public:
    // `name` is unique in this program: SQLite knows the machine's disk by it.
    Machine(std::string name, Scheduler& scheduler, std::uint64_t seed);
    ~Machine();

    // The environment of a new process. The one before must have been ended; the new one lives
    // until end().
    env::Environment& start();
    // Ends the process at once: nothing of it runs or writes any more. Objects built on its
    // environment must be destroyed between kill() and end().
    void kill();
    void end();
    // After end(): what was not synced is lost.
    void power_cut() { disk_.power_cut(); }

    // Why the process has ended by itself (die(), or a strike of the disk); empty while it lives.
    [[nodiscard]] const std::string& died() const { return died_; }
    [[nodiscard]] bool is_dead() const { return !died_.empty() || disk_.struck() == process_; }

    Disk& disk() { return disk_; }
    void move_wall_clock(base::Duration by) { wall_offset_ = wall_offset_ + by; }

  private:
    class Process;
    std::string name_;
    Scheduler& scheduler_;
    Disk disk_;
    std::uint64_t seed_;
    std::uint64_t process_ = 0;
    std::uint64_t starts_ = 0;
    std::string died_;
    base::Duration wall_offset_;
    std::unique_ptr<Process> environment_;
};

}  // namespace onsale::world
