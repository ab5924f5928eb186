// SharedNode: what the connections of one database file share in FileVfs instead of the kernel's
// file locks and SQLite's -shm file: the lock levels of the file, and the WAL's index with its
// locks. Memory only, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace onsale::sql {

class SharedNode {
  public:
    using Owner = const void*;  // one open file of one connection
    // The values are SQLite's own (SQLITE_LOCK_NONE …).
    enum class Level : std::uint8_t { none, shared, reserved, pending, exclusive };

    // False: another owner is in the way. A refused `exclusive` leaves `pending`, which keeps new
    // readers out until the old ones are gone.
    bool raise(Owner owner, Level wanted);
    void lower(Owner owner, Level wanted);
    [[nodiscard]] bool reserved() const;

    // One piece of the WAL's index; null when it is not there and shall not be made.
    void* region(Owner owner, std::size_t index, std::size_t bytes, bool make);
    // Locks of the index, as a set of bits. False: another owner is in the way.
    bool lock_shared(Owner owner, std::uint32_t bits);
    bool lock_exclusive(Owner owner, std::uint32_t bits);
    void unlock(Owner owner, std::uint32_t bits);
    // The owner's locks go; with the last owner the index goes.
    void unmap(Owner owner);

  private:
    struct IndexLocks {
        std::uint32_t shared = 0;
        std::uint32_t exclusive = 0;
    };
    [[nodiscard]] Level highest_of_others(Owner owner) const;

    std::map<Owner, Level> levels_;
    std::map<Owner, IndexLocks> index_locks_;
    std::vector<std::unique_ptr<std::uint64_t[]>> regions_;
};

}  // namespace onsale::sql
