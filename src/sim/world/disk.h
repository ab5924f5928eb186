// Disk: the files of a simulated machine. It survives processes; a power cut takes what was not
// synced: each sector of each unsynced write is kept or lost by the seed's choice, and names that
// were not synced come and go likewise. It can be full, refuse to sync, or stop at a chosen
// operation, as if the power went in the middle of a commit, or carry out a sync and deny it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/prng.h"
#include "env/files.h"

namespace onsale::world {

class Disk {
  public:
    explicit Disk(std::uint64_t seed);
    ~Disk();

    // Files as one process sees them; after kill() every call of it fails and changes nothing.
    std::unique_ptr<env::Files> open_for(std::uint64_t process);
    void kill(std::uint64_t process);

    // Loses what was not synced. All processes must be dead.
    void power_cut();

    // Faults. The space counts the bytes of all files.
    void limit_space(std::uint64_t bytes);
    void refuse_sync(bool refuse);
    // Kills the process that makes the n-th operation from now on, before it is carried out;
    // `struck()` then names it (0: nobody yet). Only operations on paths with `part` in them count.
    void strike_at(std::uint64_t operations, std::string part = {});
    [[nodiscard]] std::uint64_t struck() const;
    // The next sync of a file with `part` in its path is carried out, and reported as failed: its
    // caller cannot know what became of its commit.
    void deny_next_sync(std::string part);
    void allow_syncs();  // takes back refuse_sync() and deny_next_sync()
    // Lets go of every lock on a file, as if they had stood on a machine that is gone.
    void break_locks();
    [[nodiscard]] std::uint64_t bytes() const;

  private:
    friend class DiskFiles;
    friend class DiskFile;
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace onsale::world
