#include "http/ready.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <map>

namespace onsale::http {
namespace {

class Headers final : public Request {
  public:
    using Map = std::map<std::string, std::string, std::less<>>;
    explicit Headers(std::initializer_list<Map::value_type> headers) : headers_(headers) {}
    [[nodiscard]] std::string_view header(std::string_view name) const override {
        const auto found = headers_.find(name);
        return found == headers_.end() ? std::string_view{} : std::string_view(found->second);
    }

  private:
    Map headers_;
};

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& header : response.headers) {
        if (header.name == name) return header.value;
    }
    return {};
}

std::string unpack(std::string_view packed) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(100'000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

const std::string kLong(5000, 'a');

TEST(Ready, gives_the_packed_bytes_to_those_who_take_them) {
    const auto ready = make_ready(kLong);
    const auto packed = answer_from(*ready, Headers{{"Accept-Encoding", "br, gzip;q=0.5"}});
    EXPECT_EQ(header_of(packed, "Content-Encoding"), "gzip");
    EXPECT_LT(packed.content().size(), 200U);
    EXPECT_EQ(unpack(packed.content()), kLong);
    const auto plain = answer_from(*ready, Headers{{"Accept-Encoding", "br, gzip;q=0"}});
    EXPECT_EQ(header_of(plain, "Content-Encoding"), "");
    EXPECT_EQ(plain.content(), kLong);
    EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding");
    EXPECT_EQ(plain.shared_body, ready->plain);  // not a copy
}

TEST(Ready, what_the_browser_has_is_not_sent_again) {
    const auto ready = make_ready(kLong);
    const auto first = answer_from(*ready, Headers{});
    const auto tag = header_of(first, "ETag");
    EXPECT_EQ(answer_from(*ready, Headers{{"If-None-Match", tag}}).status, 304);
    EXPECT_EQ(answer_from(*ready, Headers{{"If-None-Match", "\"x\", W/" + tag}}).status, 304);
    EXPECT_EQ(answer_from(*ready, Headers{{"If-None-Match", "*"}}).status, 304);
    EXPECT_EQ(answer_from(*ready, Headers{{"If-None-Match", "\"x\""}}).status, 200);
    // The packed variant is other bytes and has another tag.
    const Headers packed{{"If-None-Match", tag}, {"Accept-Encoding", "gzip"}};
    EXPECT_EQ(answer_from(*ready, packed).status, 200);
    EXPECT_NE(header_of(answer_from(*ready, packed), "ETag"), tag);
}

TEST(Ready, a_tag_is_of_the_content) {
    EXPECT_EQ(etag_of("abc"), etag_of("abc"));
    EXPECT_NE(etag_of("abc"), etag_of("abd"));
    EXPECT_EQ(etag_of("").front(), '"');
}

TEST(Ready, what_does_not_shrink_is_not_packed) {
    EXPECT_EQ(gzip("short"), nullptr);
    std::string noise;
    std::uint32_t state = 1;
    for (int i = 0; i < 4000; ++i) {
        state = state * 1664525U + 1013904223U;
        noise += static_cast<char>(state >> 24);
    }
    EXPECT_EQ(gzip(noise), nullptr);
}

}  // namespace
}  // namespace onsale::http
