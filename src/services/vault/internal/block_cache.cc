#include "vault/internal/block_cache.h"

#include <algorithm>

namespace onsale::vault {

BlockCache::BlockCache(std::size_t blocks_max)
    : blocks_max_(std::max<std::size_t>(blocks_max, 2)) {}

std::optional<std::string> BlockCache::code(ListId list, std::uint64_t position) {
    const Key key{list.value(), position / kCodesPerBlock};
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(key);
    if (place == places_.end()) return std::nullopt;
    entries_.splice(entries_.begin(), entries_, place->second);
    const auto code = place->second->block.code(position % kCodesPerBlock);
    if (!code) return std::nullopt;
    return std::string(*code);
}

bool BlockCache::holds(ListId list, std::uint64_t block) const {
    const std::lock_guard lock(mutex_);
    return places_.contains(Key{list.value(), block});
}

void BlockCache::put(ListId list, std::uint64_t block, Block content) {
    const Key key{list.value(), block};
    const std::lock_guard lock(mutex_);
    if (places_.contains(key)) return;
    if (entries_.size() >= blocks_max_) {
        places_.erase(entries_.back().key);
        entries_.pop_back();
    }
    entries_.push_front({key, std::move(content)});
    places_.emplace(key, entries_.begin());
}

}  // namespace onsale::vault
