// HeapFile: a file without a name, for what SQLite spills to temporary files. It never reaches the
// disk, so a power cut cannot find it.
#pragma once

#include <algorithm>
#include <cstring>
#include <vector>

#include "env/files.h"

namespace onsale::sql {

class HeapFile final : public env::File {
  public:
    env::FileResult<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
        if (offset >= bytes_.size()) return std::size_t{0};
        const std::size_t count = std::min<std::size_t>(out.size(), bytes_.size() - offset);
        std::memcpy(out.data(), bytes_.data() + offset, count);
        return count;
    }
    env::FileResult<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override {
        if (bytes_.size() < offset + data.size()) bytes_.resize(offset + data.size());
        std::ranges::copy(data, bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
        return {};
    }
    env::FileResult<void> truncate(std::uint64_t size) override {
        bytes_.resize(size);
        return {};
    }
    env::FileResult<void> sync() override { return {}; }
    env::FileResult<std::uint64_t> size() override { return std::uint64_t{bytes_.size()}; }
    env::FileResult<void> allocate(std::uint64_t) override { return {}; }

  private:
    std::vector<std::byte> bytes_;
};

}  // namespace onsale::sql
