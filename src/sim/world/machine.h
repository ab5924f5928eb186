// Machine: one simulated computer. It has a disk, a wall clock and a process of ours. start() gives
// a process its environment; kill() ends it between two tasks; power_cut() also takes what was not
// synced. A process may be frozen while another one takes its place, and come back.
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
    // Ends every process at once: nothing of them runs or writes any more. Objects built on their
    // environments must be destroyed between kill() and end().
    void kill();
    void end();
    // After end(): what was not synced is lost.
    void power_cut() { disk_.power_cut(); }

    // The process is frozen, and its lock on files forgotten; a second one is started on the same
    // disk and from now on is `the process`. At most one is frozen at a time.
    env::Environment& start_beside();
    void thaw() { scheduler_.freeze(old_process_, false); }
    // Ends the frozen or thawed one alone. Objects built on its environment must be destroyed
    // between kill_old() and end_old().
    void kill_old() { scheduler_.kill(old_process_); }
    void end_old();

    // Why the process has ended by itself (die(), or a strike of the disk); empty while it lives.
    [[nodiscard]] const std::string& died() const { return died_; }
    [[nodiscard]] bool is_dead() const { return !died_.empty() || disk_.struck() == power_; }
    // The same of the one that was frozen.
    [[nodiscard]] const std::string& old_died() const { return old_died_; }
    [[nodiscard]] bool has_old() const { return old_ != nullptr; }

    Disk& disk() { return disk_; }
    void move_wall_clock(base::Duration by) { wall_offset_ = wall_offset_ + by; }

  private:
    class Process;
    class Kernel;
    void died(std::uint64_t process, std::string_view reason);

    std::string name_;
    Scheduler& scheduler_;
    Disk disk_;
    std::uint64_t seed_;
    std::uint64_t power_ = 0;  // the disk's name for everything since start()
    std::uint64_t process_ = 0;
    std::uint64_t old_process_ = 0;
    std::uint64_t starts_ = 0;
    std::string died_;
    std::string old_died_;
    base::Duration wall_offset_;
    std::unique_ptr<Kernel> kernel_;
    std::unique_ptr<Process> environment_;
    std::unique_ptr<Process> old_;
};

}  // namespace onsale::world
