// A SQLite VFS over env::Files, for simulation: every byte of every database goes through the seam,
// so a simulated disk can tear, refuse and forget. WAL's shared memory lives on the heap: one
// process, one thread. Not used on real machines, where SQLite's own VFS is the well-tested one.
// SQLite's random numbers are process-wide: creating a FileVfs seeds them from `entropy`, so that a
// simulation repeats byte by byte.
#pragma once

#include <memory>
#include <string>

#include "env/clock.h"
#include "env/entropy.h"
#include "env/files.h"

namespace onsale::sql {

// Registered with SQLite under `name` while the object lives; all its connections must be closed
// before it dies.
class FileVfs {
  public:
    FileVfs(std::string name, env::Files& files, env::Clock& clock, env::Entropy& entropy);
    ~FileVfs();
    FileVfs(const FileVfs&) = delete;
    FileVfs& operator=(const FileVfs&) = delete;

    // The power is gone: from now on every call of SQLite fails with an I/O error and nothing
    // reaches the files, so that closing the connections that are still open cannot checkpoint or
    // remove a WAL. There is no way back; the next life of the node has a FileVfs of its own.
    void kill();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsale::sql
