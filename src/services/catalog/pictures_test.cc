#include "catalog/pictures.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <vector>

#include "catalog/internal/image_header.h"
#include "catalog/internal/table.h"
#include "catalog/testing/image.h"
#include "records/testing/scratch.h"

namespace onsale::catalog {
namespace {

class Pictures_ : public testing::Test {
  protected:
    Pictures_() { open({}); }
    void open(Pictures::Options options) {
        pictures_.reset();
        store_.reset();
        store_ = scratch_.open("records.sqlite");
        ONSALE_CHECK(sql::migrate(store_->connection(), "catalog", migrations()).has_value());
        auto made = Pictures::create(*store_, options);
        ONSALE_CHECK(made.has_value());
        pictures_ = *made;
    }
    PutResult put(const std::string& bytes, std::uint64_t sender = 0) {
        return scratch_.wait<PutResult>([&](auto reply) {
            pictures_->put(bytes, domain::PersonId(sender), scratch_.home(), reply);
        });
    }
    SharedPicture find(const std::string& name) {
        auto found = scratch_.wait<Pictures::Found>(
            [&](auto reply) { pictures_->find(name, scratch_.home(), reply); });
        return found ? *found : nullptr;
    }

    records::Scratch scratch_{testing::TempDir()};
    std::unique_ptr<records::Store> store_;
    std::shared_ptr<Pictures> pictures_;
};

TEST_F(Pictures_, the_same_bytes_have_one_name_that_stays) {
    const auto first = put(png(640, 480));
    ASSERT_EQ(first.refusal, PictureRefusal::none);
    EXPECT_EQ(first.picture->width, 640U);
    EXPECT_EQ(first.picture->height, 480U);
    EXPECT_EQ(put(png(640, 480)).picture->name, first.picture->name);
    const auto other = put(png(640, 480, 100, 'y'));
    EXPECT_NE(other.picture->name, first.picture->name);
    open({});
    ASSERT_TRUE(pictures_->knows(first.picture->name));
    const auto again = find(first.picture->name);
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(*again->bytes, png(640, 480));
    EXPECT_EQ(again->content_type, "image/png");
}

TEST_F(Pictures_, refuses_what_is_no_picture_or_too_large) {
    EXPECT_EQ(put("<svg onload='alert(1)'/>").refusal, PictureRefusal::invalid);
    EXPECT_EQ(put("").refusal, PictureRefusal::invalid);
    EXPECT_EQ(put(png(0, 10)).refusal, PictureRefusal::invalid);
    EXPECT_EQ(put(png(kPictureSideMax + 1, 10)).refusal, PictureRefusal::invalid);
    EXPECT_EQ(put(png(10, 10, kPictureBytesMax)).refusal, PictureRefusal::invalid);
    EXPECT_EQ(put(png(10, 10, kPictureBytesMax - 24)).refusal, PictureRefusal::none);
}

TEST_F(Pictures_, are_bounded_in_number_but_the_same_one_may_come_again) {
    open({.pictures_max = 1});
    ASSERT_EQ(put(png(1, 1)).refusal, PictureRefusal::none);
    EXPECT_EQ(put(png(2, 2)).refusal, PictureRefusal::too_many);
    EXPECT_EQ(put(png(1, 1)).refusal, PictureRefusal::none);
}

TEST_F(Pictures_, of_one_sender_are_bounded_also_after_a_restart) {
    const Pictures::Options options{.pictures_per_sender_max = 2,
                                    .bytes_per_sender_max = png(1, 1).size() + png(2, 2).size()};
    open(options);
    ASSERT_EQ(put(png(1, 1), 5).refusal, PictureRefusal::none);
    ASSERT_EQ(put(png(2, 2), 5).refusal, PictureRefusal::none);
    EXPECT_EQ(put(png(3, 3), 5).refusal, PictureRefusal::too_many);
    open(options);
    EXPECT_EQ(put(png(3, 3), 5).refusal, PictureRefusal::too_many);
    EXPECT_EQ(put(png(1, 1), 5).refusal, PictureRefusal::none);  // it is there
    EXPECT_EQ(put(png(1, 1), 6).refusal, PictureRefusal::none);  // and stays the first one's
    EXPECT_EQ(put(png(4, 4), 6).refusal, PictureRefusal::none);
    // By bytes, though the number would allow it.
    EXPECT_EQ(put(png(5, 5, 2 * png(1, 1).size()), 6).refusal, PictureRefusal::too_many);
    EXPECT_EQ(put(png(5, 5, 2 * png(1, 1).size())).refusal, PictureRefusal::none);
}

TEST_F(Pictures_, unknown_names_are_answered_while_the_records_do_nothing) {
    ASSERT_EQ(put(png(1, 1)).refusal, PictureRefusal::none);
    std::promise<void> go;
    ASSERT_TRUE(store_->post([&](sql::Connection&) { go.get_future().wait(); }));
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_EQ(find("unknown-" + std::to_string(i) + ".png"), nullptr);
    }
    go.set_value();
    std::promise<void> over;  // the records let go of `go`
    ASSERT_TRUE(store_->post([&](sql::Connection&) { over.set_value(); }));
    over.get_future().wait();
    EXPECT_EQ(pictures_->reads(), 0U);
}

TEST_F(Pictures_, a_thousand_at_once_read_the_records_once) {
    const auto name = put(png(3, 3)).picture->name;
    open({});
    // The records are held up until all have asked.
    std::promise<void> go;
    ASSERT_TRUE(store_->post([&](sql::Connection&) { go.get_future().wait(); }));
    std::atomic<int> told = 0;
    std::promise<void> all_told;
    for (int i = 0; i < 1000; ++i) {
        pictures_->find(name, scratch_.home(), [&](const Pictures::Found& found) {
            ASSERT_TRUE(found && *found != nullptr);
            if (++told == 1000) all_told.set_value();
        });
    }
    go.set_value();
    all_told.get_future().wait();
    EXPECT_EQ(pictures_->reads(), 1U);
    EXPECT_NE(pictures_->in_memory(name), nullptr);
}

TEST_F(Pictures_, memory_is_bounded_and_lets_go_of_what_was_used_longest_ago) {
    const auto a = put(png(1, 1)).picture->name;
    const auto b = put(png(2, 2)).picture->name;
    const auto c = put(png(3, 3)).picture->name;
    open({.cache_bytes = 2 * png(1, 1).size()});
    (void)find(a);
    (void)find(b);
    (void)find(a);
    (void)find(c);
    EXPECT_NE(pictures_->in_memory(a), nullptr);
    EXPECT_EQ(pictures_->in_memory(b), nullptr);
    EXPECT_NE(pictures_->in_memory(c), nullptr);
    EXPECT_EQ(pictures_->reads(), 3U);
}

TEST(ImageHeader, reads_the_three_kinds_by_their_bytes) {
    const std::string jpeg(
        "\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc2\x00\x11\x08\x01\xe0\x02\x80\x03", 18);
    const auto read = read_image_header(jpeg);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->content_type, "image/jpeg");
    EXPECT_EQ(read->width, 640U);
    EXPECT_EQ(read->height, 480U);
    const std::string lossy(
        "RIFF\x20\0\0\0WEBPVP8 \x10\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01\0\0", 32);
    EXPECT_EQ(read_image_header(lossy)->width, 640U);
    EXPECT_EQ(read_image_header(lossy)->height, 480U);
    // 640 - 1 in 14 bits, then 480 - 1.
    const std::string lossless("RIFF\x20\0\0\0WEBPVP8L\x10\0\0\0\x2f\x7f\xc2\x77\0\0\0\0\0\0\0",
                               32);
    EXPECT_EQ(read_image_header(lossless)->width, 640U);
    EXPECT_EQ(read_image_header(lossless)->height, 480U);
    const std::string extended("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x7f\x02\0\xdf\x01\0\0\0",
                               32);
    EXPECT_EQ(read_image_header(extended)->width, 640U);
    EXPECT_EQ(read_image_header(extended)->height, 480U);
}

TEST(ImageHeader, refuses_headers_that_are_cut_off) {
    const auto whole = png(640, 480, 0);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(read_image_header(std::string_view(whole).substr(0, size))) << size;
    }
    EXPECT_TRUE(read_image_header(whole));
    EXPECT_FALSE(read_image_header(std::string_view("\xff\xd8\xff\xda\0\x02\0\0\0\0\0\0\0\0", 14)));
    EXPECT_FALSE(read_image_header(std::string_view("\xff\xd8\xff\xe0\0\x01\0\0\0\0\0\0\0\0", 14)));
}

}  // namespace
}  // namespace onsale::catalog
