// CodeHashes: which codes are on the site, as keyed hashes. New ones are kept as runs (one row per
// chunk) and in memory, and go into the sorted table many at a time: random insertion chunk by
// chunk would write the whole table again with every chunk. Bounded: kFreshHashesMax are merged at
// the latest. Lives on the records store's executor; calls with a connection belong to the caller's
// transaction, whose commit is told by added() or merged(). After a crash the runs are read again
// when first needed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include "sql/database.h"

namespace onsale::vault {

using CodeHash = std::array<std::byte, 16>;
struct HashedLine {
    CodeHash hash{};
    std::uint64_t line = 0;  // within the chunk, from 1
    auto operator<=>(const HashedLine&) const = default;
};

class CodeHashes {
  public:
    // The lines, ascending, whose codes stand earlier in `sorted` or anywhere on the site.
    sql::SqlResult<std::vector<std::uint64_t>> repeated(sql::Connection& connection,
                                                        std::span<const HashedLine> sorted);
    sql::SqlResult<void> add(sql::Connection& connection, std::span<const HashedLine> sorted);
    void added(std::span<const HashedLine> sorted);

    // Whether so many are fresh that they must be merged before more are added.
    [[nodiscard]] bool full() const { return fresh_.size() >= kFreshHashesMax; }
    sql::SqlResult<void> merge(sql::Connection& connection);
    void merged();

    static constexpr std::size_t kFreshHashesMax = 1'000'000;

  private:
    struct Mixed {
        std::size_t operator()(const CodeHash& hash) const noexcept;
    };
    sql::SqlResult<void> load(sql::Connection& connection);

    boost::unordered_flat_set<CodeHash, Mixed>
        fresh_;  // INVARIANT: once loaded, what the runs hold
    bool loaded_ = false;
};

}  // namespace onsale::vault
