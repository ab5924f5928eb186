#include "gate/page_cache.h"

#include <gtest/gtest.h>

namespace onsale::gate {
namespace {

class HandClock : public env::Clock {
  public:
    [[nodiscard]] base::Timestamp wall_now() const override { return {}; }
    [[nodiscard]] std::int64_t monotonic_us() const override { return now_ms * 1000; }
    std::int64_t now_ms = 1'000'000;
};

class AskedRequest : public http::Request {
  public:
    AskedRequest(std::string_view asked_path, std::string_view asked_query) {
        path = asked_path;
        query = asked_query;
    }
    [[nodiscard]] std::string_view header(std::string_view) const override { return {}; }
};

class PageCache_ : public testing::Test {
  protected:
    // The body under "key", made from `body` where it has to be made.
    std::string get(const std::string& body) {
        const auto page = cache_.get("key", [&] {
            ++made_;
            return body;
        });
        return *page.ready->plain;
    }

    HandClock clock_;
    PageCache cache_{clock_, base::Duration::milliseconds(100)};
    int made_ = 0;
};

TEST_F(PageCache_, makes_a_page_again_only_when_it_is_asked_for_and_old) {
    EXPECT_EQ(get("one"), "one");
    clock_.now_ms += 99;
    EXPECT_EQ(get("two"), "one");
    clock_.now_ms += 1;
    EXPECT_EQ(get("two"), "two");
    clock_.now_ms += 100'000;
    EXPECT_EQ(get("three"), "three");
    EXPECT_EQ(made_, 3);
}

TEST_F(PageCache_, an_unchanged_page_stays_the_same_bytes) {
    const auto first = cache_.get("key", [] { return std::string("one"); });
    clock_.now_ms += 100;
    const auto second = cache_.get("key", [] { return std::string("one"); });
    EXPECT_EQ(first.ready, second.ready);
    EXPECT_GT(second.made_us, first.made_us);
}

TEST_F(PageCache_, whoever_asks_while_a_page_is_made_again_gets_the_former_one) {
    EXPECT_EQ(get("one"), "one");
    clock_.now_ms += 120;
    std::string meanwhile;
    const auto page = cache_.get("key", [&] {
        meanwhile = get("never");
        return std::string("two");
    });
    EXPECT_EQ(meanwhile, "one");
    EXPECT_EQ(*page.ready->plain, "two");
    EXPECT_EQ(made_, 1);
}

TEST_F(PageCache_, a_page_of_long_ago_is_given_to_nobody) {
    EXPECT_EQ(get("one"), "one");
    clock_.now_ms += 10'000;
    std::string meanwhile;
    const auto page = cache_.get("key", [&] {
        meanwhile = get("two");
        return std::string("two");
    });
    EXPECT_EQ(meanwhile, "two");
    EXPECT_EQ(*page.ready->plain, "two");
}

TEST_F(PageCache_, a_shelf_knows_a_page_by_its_address_until_it_is_old) {
    PageShelf shelf(cache_);
    const AskedRequest request("/api/v1/home", "");
    EXPECT_EQ(shelf.find(request), nullptr);
    const auto page = cache_.get("home", [] { return std::string("one"); });
    shelf.keep(request, page);
    EXPECT_EQ(shelf.find(request), page.ready);
    EXPECT_EQ(shelf.find(AskedRequest("/api/v1/home", "x=1")), nullptr);
    clock_.now_ms += 100;
    EXPECT_EQ(shelf.find(request), nullptr);
}

TEST_F(PageCache_, stays_bounded_however_many_addresses_there_are) {
    PageShelf shelf(cache_);
    for (int i = 0; i < 5000; ++i) {
        const auto text = std::to_string(i);
        const auto page = cache_.get(text, [&] { return text; });
        EXPECT_EQ(*page.ready->plain, text);
        shelf.keep(AskedRequest("/", text), page);
    }
    EXPECT_LE(cache_.size(), 1024U);
    EXPECT_LE(shelf.size(), 256U);
}

}  // namespace
}  // namespace onsale::gate
