// The inside of a Disk: inodes with their durable and their current content, and names with the
// operations on them that are not durable yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/prng.h"
#include "env/files.h"
#include "world/disk.h"

namespace onsale::world {

using Bytes = std::vector<std::byte>;

struct UnsyncedChange {
    bool resize = false;
    std::uint64_t offset = 0;  // or the new size
    Bytes data;
};

struct Inode {
    Bytes durable;
    Bytes current;
    std::vector<UnsyncedChange> unsynced;
    bool locked = false;

    void write(std::uint64_t offset, std::span<const std::byte> data);
    void resize(std::uint64_t size);
    void sync();
    void lose_unsynced(base::Prng& random);
};

using Names = std::map<std::string, std::shared_ptr<Inode>>;

struct Disk::State {
    explicit State(std::uint64_t seed) : random(seed) {}

    base::Prng random;
    Names names;
    Names durable_names;
    std::vector<Names>
        unsynced_names;  // the names after each operation since the last sync of a folder
    std::set<std::string> folders;
    std::set<std::uint64_t> dead;
    std::uint64_t space = ~std::uint64_t{0};
    bool syncs_refused = false;
    std::string denied_sync;      // a part of a path; empty: none
    std::uint64_t strike_in = 0;  // 0: no strike
    std::string strike_part;
    std::uint64_t struck = 0;

    // False when the process is dead, or dies by this operation.
    [[nodiscard]] bool enter(std::uint64_t process, const std::string& path);
    // True once, for the sync that is to be denied.
    [[nodiscard]] bool deny_sync_of(const std::string& path);
    [[nodiscard]] std::uint64_t bytes() const;
    [[nodiscard]] bool has_space_for(const Inode& inode, std::uint64_t size) const;
    void names_changed() { unsynced_names.push_back(names); }
};

}  // namespace onsale::world
