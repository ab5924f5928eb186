// Mistakes in files that somebody wrote: each with its place, what is wrong and what to do about
// it, in both languages of the site, so that all of them can be mended before the next try. Plain
// values without an owner.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/definition.h"
#include "imports/limits.h"

namespace onsale::imports {

using Words = catalog::Text;

// Lines and columns count from 1; 0: the file as a whole, or the line as a whole.
struct Place {
    std::uint32_t file = 0;  // number of the file within its import
    std::uint64_t line = 0;
    std::uint64_t column = 0;
    auto operator<=>(const Place&) const = default;
};

struct Mistake {
    Place place;
    Words message;
    Words remedy;
};

// Bounded: files with more mistakes than kMistakesMax are of another kind altogether, and the rest
// is not looked for.
class Mistakes {
  public:
    void add(Place place, Words message, Words remedy) {
        if (!full()) list_.push_back({place, std::move(message), std::move(remedy)});
    }
    [[nodiscard]] bool empty() const { return list_.empty(); }
    [[nodiscard]] bool full() const { return list_.size() >= kMistakesMax; }
    [[nodiscard]] const std::vector<Mistake>& list() const { return list_; }
    // By file, line and column.
    void sort();

  private:
    std::vector<Mistake> list_;
};

// Where the fields of a definition stand, by their names ("tiers[0].price").
class Places {
  public:
    void add(std::string field, Place place) { fields_.emplace_back(std::move(field), place); }
    // The place of the field, or of the nearest thing around it that has one, or else `otherwise`.
    [[nodiscard]] Place find(std::string_view field, Place otherwise) const;

  private:
    std::vector<std::pair<std::string, Place>> fields_;
};

}  // namespace onsale::imports
