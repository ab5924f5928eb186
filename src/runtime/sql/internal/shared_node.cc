#include "sql/internal/shared_node.h"

#include <algorithm>

namespace onsale::sql {

SharedNode::Level SharedNode::highest_of_others(Owner owner) const {
    Level highest = Level::none;
    for (const auto& [other, level] : levels_) {
        if (other != owner) highest = std::max(highest, level);
    }
    return highest;
}

bool SharedNode::raise(Owner owner, Level wanted) {
    Level& held = levels_[owner];
    if (held >= wanted) return true;
    const Level others = highest_of_others(owner);
    const Level bearable = wanted == Level::shared     ? Level::reserved
                           : wanted == Level::reserved ? Level::shared
                                                       : Level::none;
    if (others <= bearable) {
        held = wanted;
        return true;
    }
    if (wanted == Level::exclusive && others == Level::shared) held = Level::pending;
    return false;
}

void SharedNode::lower(Owner owner, Level wanted) {
    if (wanted == Level::none) {
        levels_.erase(owner);
    } else {
        levels_[owner] = std::min(levels_[owner], wanted);
    }
}

bool SharedNode::reserved() const {
    return highest_of_others(nullptr) >= Level::reserved;
}

void* SharedNode::region(Owner owner, std::size_t index, std::size_t bytes, bool make) {
    index_locks_.try_emplace(owner);
    if (index >= regions_.size()) {
        if (!make) return nullptr;
        regions_.resize(index + 1);
    }
    // Every piece has the same size, so one that is there fits.
    auto& piece = regions_[index];
    if (!piece && make) piece = std::make_unique<std::uint64_t[]>((bytes + 7) / 8);
    return piece.get();
}

bool SharedNode::lock_shared(Owner owner, std::uint32_t bits) {
    for (const auto& [other, locks] : index_locks_) {
        if (other != owner && (locks.exclusive & bits) != 0) return false;
    }
    index_locks_[owner].shared |= bits;
    return true;
}

bool SharedNode::lock_exclusive(Owner owner, std::uint32_t bits) {
    for (const auto& [other, locks] : index_locks_) {
        if (other != owner && ((locks.shared | locks.exclusive) & bits) != 0) return false;
    }
    index_locks_[owner].exclusive |= bits;
    return true;
}

void SharedNode::unlock(Owner owner, std::uint32_t bits) {
    IndexLocks& locks = index_locks_[owner];
    locks.shared &= ~bits;
    locks.exclusive &= ~bits;
}

void SharedNode::unmap(Owner owner) {
    index_locks_.erase(owner);
    if (index_locks_.empty()) regions_.clear();
}

}  // namespace onsale::sql
