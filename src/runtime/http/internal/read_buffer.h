// ReadBuffer: bytes read and not parsed yet, of one connection. Starts small (there are many idle
// connections), grows up to a bound, and goes back to its beginning whenever it is empty.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include "base/check.h"
#include "http/limits.h"

namespace onsale::http::internal {

class ReadBuffer {
  public:
    explicit ReadBuffer(std::size_t bytes_max) : bytes_max_(std::max(bytes_max, kReadBytesMax)) {}

    [[nodiscard]] std::string_view bytes() const { return {data_.get() + begin_, end_ - begin_}; }
    [[nodiscard]] bool empty() const { return begin_ == end_; }
    // Nothing more can be read before something is consumed.
    [[nodiscard]] bool full() const { return end_ - begin_ == bytes_max_; }

    // Room for the next read: at least one byte, unless full.
    std::span<char> room() {
        if (capacity_ == 0) resize(kReadBytesFirst);
        if (end_ == capacity_ && begin_ > 0) {
            std::memmove(data_.get(), data_.get() + begin_, end_ - begin_);
            end_ -= begin_;
            begin_ = 0;
        }
        if (end_ == capacity_ && capacity_ < bytes_max_)
            resize(std::min(capacity_ * 2, bytes_max_));
        return {data_.get() + end_, capacity_ - end_};
    }
    void commit(std::size_t count) {
        ONSALE_CHECK(count <= capacity_ - end_);
        end_ += count;
    }
    void consume(std::size_t count) {
        ONSALE_CHECK(count <= end_ - begin_);
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }

  private:
    void resize(std::size_t capacity) {
        auto larger = std::make_unique_for_overwrite<char[]>(capacity);
        if (end_ > 0) std::memcpy(larger.get(), data_.get(), end_);
        data_ = std::move(larger);
        capacity_ = capacity;
    }

    std::size_t bytes_max_;
    std::unique_ptr<char[]> data_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace onsale::http::internal
