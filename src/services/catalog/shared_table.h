// SharedTable: a table from numbers to values in pieces that its copies share. Copying costs the
// pointers of the pieces, and changing one value copies one piece, so that a new version of a large
// table costs little and old versions stay as they are. A table that others may read is not changed
// any more; whoever makes the next version changes a copy. Plain value; nothing is kept after a
// crash.
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/strong.h"

namespace onsale::catalog {

template <class Value>
class SharedTable {
  public:
    SharedTable() = default;
    SharedTable(const SharedTable& other) : pieces_(other.pieces_), size_(other.size_) {}
    SharedTable& operator=(const SharedTable& other) {
        pieces_ = other.pieces_;
        size_ = other.size_;
        own_.reset();
        return *this;
    }
    ~SharedTable() = default;

    [[nodiscard]] const Value* find(std::uint64_t key) const {
        const auto& piece = pieces_[place_of(key)];
        if (piece == nullptr) return nullptr;
        const auto found = lower_bound(*piece, key);
        return found != piece->end() && found->first == key ? &found->second : nullptr;
    }
    void set(std::uint64_t key, Value value) {
        Piece& piece = own_piece(key);
        const auto found = lower_bound(piece, key);
        if (found != piece.end() && found->first == key) {
            found->second = std::move(value);
            return;
        }
        piece.emplace(found, key, std::move(value));
        ++size_;
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    // All values, in no order that means anything.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const auto& piece : pieces_) {
            if (piece == nullptr) continue;
            for (const auto& [key, value] : *piece) visit(value);
        }
    }

  private:
    static constexpr std::size_t kPieces = 256;
    using Piece = std::vector<std::pair<std::uint64_t, Value>>;  // ascending

    static std::size_t place_of(std::uint64_t key) { return base::mix_bits(key) % kPieces; }
    template <class P>
    static auto lower_bound(P& piece, std::uint64_t key) {
        return std::lower_bound(piece.begin(), piece.end(), key,
                                [](const auto& item, std::uint64_t k) { return item.first < k; });
    }
    Piece& own_piece(std::uint64_t key) {
        const std::size_t place = place_of(key);
        auto& piece = pieces_[place];
        if (piece == nullptr) {
            piece = std::make_shared<Piece>();
        } else if (!own_[place]) {
            piece = std::make_shared<Piece>(*piece);
        }
        own_.set(place);
        return *piece;
    }

    std::array<std::shared_ptr<Piece>, kPieces> pieces_;
    std::bitset<kPieces> own_;  // pieces that no other table has yet
    std::size_t size_ = 0;
};

}  // namespace onsale::catalog
