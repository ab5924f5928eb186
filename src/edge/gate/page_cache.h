// PageCache: ready-made answers that many ask for at once, each good for a tenth of a second after
// it was made. It is made again only when somebody asks for it, by one of those who ask; the others
// get the former one meanwhile, so a page that has grown old under load costs one making and never
// an error. PageShelf is one event loop's own copy of what it has lately given out, by the address
// as it was asked for: there an answer costs one look-up, without a lock and without reading the
// query. Both are bounded: what is full is emptied. The cache is thread-safe, a shelf belongs to
// its loop; nothing is kept after a crash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/time.h"
#include "env/clock.h"
#include "http/ready.h"

namespace onsale::gate {

struct Page {
    http::SharedReady ready;
    std::int64_t made_us = 0;  // of the monotonic clock
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>()(text);
    }
};
template <class Value>
using TextMap = boost::unordered_flat_map<std::string, Value, TextHash, std::equal_to<>>;

class PageCache {
  public:
    PageCache(env::Clock& clock, base::Duration lifetime)
        : clock_(clock),
          lifetime_us_(lifetime.count_ms() * 1000),
          former_us_(lifetime_us_ + lifetime_us_ / 2) {}

    // The page under `key`, made by `make()`, which gives its body, unless a fresh one is there.
    template <class Make>
    Page get(std::string_view key, Make&& make, const http::ReadyOptions& options = {}) {
        Page former;
        {
            const std::lock_guard lock(mutex_);
            Entry& entry = entry_of(key);
            former = entry.page;
            const bool good = age_us(former) < (entry.making ? former_us_ : lifetime_us_);
            if (former.ready != nullptr && good) return former;
            entry.making = true;
        }
        const std::int64_t now_us = clock_.monotonic_us();  // what it shows is not older than this
        std::string body = make();
        // Packing is the dear part, and most pages are as they were.
        if (former.ready == nullptr || *former.ready->plain != body)
            former.ready = http::make_ready(std::move(body), options);
        former.made_us = now_us;
        keep(key, former);
        return former;
    }
    [[nodiscard]] bool is_fresh(const Page& page) const {
        return page.ready != nullptr && age_us(page) < lifetime_us_;
    }

    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return pages_.size();
    }

  private:
    static constexpr std::size_t kPagesMax = 1024;
    static constexpr std::size_t kBytesMax = 64 * 1024 * 1024;
    struct Entry {
        Page page;
        bool making = false;
    };

    [[nodiscard]] std::int64_t age_us(const Page& page) const {
        return clock_.monotonic_us() - page.made_us;
    }
    Entry& entry_of(std::string_view key) {
        if (const auto found = pages_.find(key); found != pages_.end()) return found->second;
        if (pages_.size() >= kPagesMax || bytes_ > kBytesMax) {
            pages_.clear();
            bytes_ = 0;
        }
        return pages_[std::string(key)];
    }
    void keep(std::string_view key, const Page& page) {
        const std::lock_guard lock(mutex_);
        Entry& entry = entry_of(key);
        if (entry.page.ready != nullptr) bytes_ -= entry.page.ready->plain->size();
        bytes_ += page.ready->plain->size();
        entry = {page, false};
    }

    env::Clock& clock_;
    std::int64_t lifetime_us_;
    std::int64_t former_us_;    // how old a page may be while somebody makes the next one
    mutable std::mutex mutex_;  // owns what follows
    TextMap<Entry> pages_;
    std::size_t bytes_ = 0;
};

class PageShelf {
  public:
    explicit PageShelf(const PageCache& cache) : cache_(cache) {}

    // A page that was given out for this address and is still fresh; null: ask the cache.
    [[nodiscard]] http::SharedReady find(const http::Request& request) {
        const auto found = pages_.find(address_of(request));
        if (found == pages_.end() || !cache_.is_fresh(found->second)) return nullptr;
        return found->second.ready;
    }
    void keep(const http::Request& request, Page page) {
        constexpr std::size_t kPagesMax = 256;
        constexpr std::size_t kAddressBytesMax = 256;
        if (address_of(request).size() > kAddressBytesMax) return;
        if (pages_.size() >= kPagesMax) pages_.clear();
        pages_[address_] = std::move(page);
    }

    [[nodiscard]] std::size_t size() const { return pages_.size(); }

  private:
    const std::string& address_of(const http::Request& request) {
        address_.assign(request.path).append("?").append(request.query);
        return address_;
    }

    const PageCache& cache_;
    TextMap<Page> pages_;
    std::string address_;  // reused, so that a look-up allocates nothing
};

}  // namespace onsale::gate
