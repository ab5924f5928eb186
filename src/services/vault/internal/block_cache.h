// BlockCache: the blocks used last, decrypted. Bounded: the block that was not used for the longest
// time goes. Thread-safe; the mutex is held for one look-up or one insertion, never across SQL or
// decryption.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "vault/internal/block.h"
#include "vault/limits.h"
#include "vault/vault.h"

namespace onsale::vault {

class BlockCache {
  public:
    explicit BlockCache(std::size_t blocks_max);

    [[nodiscard]] std::optional<std::string> code(ListId list, std::uint64_t position);
    [[nodiscard]] bool holds(ListId list, std::uint64_t block) const;
    void put(ListId list, std::uint64_t block, Block content);

  private:
    using Key = std::pair<std::uint64_t, std::uint64_t>;  // list, block
    struct Entry {
        Key key;
        Block block;
    };
    using Entries = std::list<Entry>;

    mutable std::mutex mutex_;  // owns everything below
    std::size_t blocks_max_;
    Entries entries_;  // the one used last in front
    boost::unordered_flat_map<Key, Entries::iterator> places_;
};

}  // namespace onsale::vault
