// Snapshots of a shard's memory: files named <shard>-<sequence>.snapshot in one folder, written
// beside and renamed, so that half a snapshot is never used. The content is opaque. Each starts
// with a header (magic, format version, shard, sequence, hash of the journal there, length and
// SHA-256 of the content).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "env/files.h"
#include "journal/journal.h"

namespace onsale::journal {

struct Snapshot {
    std::uint16_t shard = 0;
    Position position;
    std::string content;
};

class SnapshotStore {
  public:
    SnapshotStore(env::Files& files, std::string folder);

    env::FileResult<void> write(const Snapshot& snapshot);
    // The newest one that is whole; damaged ones are passed over (and named in `damaged`, for the
    // log).
    env::FileResult<std::optional<Snapshot>> newest(std::uint16_t shard,
                                                    std::vector<std::string>* damaged = nullptr);
    // The same among those that are not beyond `until`: where a replay to that place begins.
    env::FileResult<std::optional<Snapshot>> newest_until(
        std::uint16_t shard, std::uint64_t until, std::vector<std::string>* damaged = nullptr);
    // How long the file is that newest_until() would read first; 0 if there is none.
    env::FileResult<std::uint64_t> newest_bytes(std::uint16_t shard, std::uint64_t until);
    // Removes all but the newest `keep` of the shard.
    env::FileResult<void> prune(std::uint16_t shard, std::size_t keep);

  private:
    env::Files& files_;
    std::string folder_;
};

}  // namespace onsale::journal
