// PageCache: ready-made pages that many ask for at once, each good for a tenth of a second. Whoever
// finds a page too old makes it again; two may do so at the same time, which costs less than
// waiting. Bounded: when it is full it is emptied. Thread-safe; nothing is kept after a crash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/time.h"
#include "env/clock.h"

namespace onsale::api {

class PageCache {
  public:
    PageCache(env::Clock& clock, base::Duration lifetime)
        : clock_(clock), lifetime_us_(lifetime.count_ms() * 1000) {}

    using Page = std::shared_ptr<const std::string>;
    // The page under `key`, made by `make()` unless a fresh one is there.
    template <class Make>
    Page get(std::uint64_t key, Make&& make) {
        const std::int64_t now_us = clock_.monotonic_us();
        if (Page page = find(key, now_us)) return page;
        auto page = std::make_shared<const std::string>(make());
        keep(key, page, now_us);
        return page;
    }

  private:
    static constexpr std::size_t kPagesMax = 1024;
    struct Entry {
        Page page;
        std::int64_t made_us = 0;
    };

    Page find(std::uint64_t key, std::int64_t now_us) {
        const std::lock_guard lock(mutex_);
        const auto found = pages_.find(key);
        if (found == pages_.end() || now_us - found->second.made_us >= lifetime_us_) return nullptr;
        return found->second.page;
    }
    void keep(std::uint64_t key, Page page, std::int64_t now_us) {
        const std::lock_guard lock(mutex_);
        if (pages_.size() >= kPagesMax) pages_.clear();
        pages_[key] = {std::move(page), now_us};
    }

    env::Clock& clock_;
    std::int64_t lifetime_us_;
    std::mutex mutex_;  // owns pages_
    boost::unordered_flat_map<std::uint64_t, Entry> pages_;
};

}  // namespace onsale::api
