// What an engine needs to know: where its files are, and its limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/time.h"
#include "journal/limits.h"

namespace onsale::shard {

struct Options {
    std::string folder;         // journal.sqlite, snapshots/, high-water, reserve
    std::string vfs;            // env::Environment::sqlite_vfs()
    std::uint16_t shards = 16;  // fixed when a site is first started
    std::uint64_t reserve_bytes = journal::kReserveBytes;
    std::size_t queue_max = 100'000;  // commands waiting to be decided; beyond: busy (reads are
                                      // bounded by their callers)
    std::size_t batch_bytes_max = 1 << 20;  // facts of one commit
    std::size_t batch_commands_max = 8192;  // answers of one commit
    base::Duration company_wait =
        base::Duration::milliseconds(1);  // under load, to let a batch grow
    base::Duration tick =
        base::Duration::milliseconds(100);  // expiry, high-water file, disk-full probe
    std::uint32_t expiry_slice = 1000;      // orders that one slice of expiry or cancellation ends
    std::uint64_t snapshot_facts = 1'000'000;  // facts of a shard between snapshots
    base::Duration retire_after = base::Duration::days(30);
};

}  // namespace onsale::shard
