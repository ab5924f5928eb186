#include "http/internal/parsed_request.h"

#include <gtest/gtest.h>

#include "http/internal/test_server.h"

namespace onsale::http::internal {
namespace {

using Progress = ParsedRequest::Progress;

class ParsedRequestTest : public testing::Test {
  protected:
    // Two packets of these sizes, then the rest byte by byte; what is not taken waits for the next.
    Progress feed(std::string_view bytes, std::size_t first, std::size_t second) {
        request.begin();
        waiting.clear();
        auto progress = Progress::need_more;
        for (std::size_t piece = first; !bytes.empty() && progress == Progress::need_more;) {
            waiting += bytes.substr(0, piece);
            bytes.remove_prefix(std::min(piece, bytes.size()));
            std::size_t used = 0;
            do {
                progress = request.take(waiting, used);
                waiting.erase(0, used);
            } while (progress == Progress::need_more && used > 0 && !waiting.empty());
            piece = std::exchange(second, 1);
        }
        return progress;
    }

    Router router{test::plain_problem};
    ParsedRequest request{router, 8 * 1024};
    std::string waiting;
};

// Beast's parser ends the process when what follows the line of the last chunk comes alone.
TEST_F(ParsedRequestTest, takes_the_end_of_a_chunked_body_in_any_pieces) {
    const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const std::string chunks :
         {"0\r\n\r\n", "00\r\n\r\n", "0;a=b\r\n\r\n", "0\r\nt: u\r\n\r\n", "1\r\n0\r\n0\r\n\r\n"}) {
        const std::string whole = head + chunks;
        for (std::size_t first = 1; first <= whole.size(); ++first) {
            for (std::size_t second = 1; second <= chunks.size(); ++second) {
                SCOPED_TRACE(testing::Message() << chunks << " " << first << " " << second);
                ASSERT_EQ(feed(whole, first, second), Progress::complete);
                EXPECT_EQ(request.body, chunks.size() > 10 && chunks[0] == '1' ? "0" : "");
                EXPECT_TRUE(waiting.empty());
            }
        }
    }
}

TEST_F(ParsedRequestTest, refuses_lines_that_go_on_in_any_pieces) {
    for (const std::string_view lines :
         {"a:\r\n b\r\n", "a: b\r\n c\r\n", "a:\r\n\t\r\n", "Content-Length:\r\n 1\r\n",
          "Transfer-Encoding:\r\n chunked\r\n"}) {
        const std::string whole = "POST / HTTP/1.1\r\nHost: x\r\n" + std::string(lines) + "\r\n";
        for (std::size_t first = 1; first <= whole.size(); ++first) {
            SCOPED_TRACE(testing::Message() << lines << " " << first);
            EXPECT_EQ(feed(whole, first, 1), Progress::refused);
            EXPECT_EQ(request.problem(), Problem::malformed_request);
        }
    }
}

TEST_F(ParsedRequestTest, counts_the_blanks_of_headers) {
    std::string whole = "GET / HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 20; ++i) whole += "a:" + std::string(500, ' ') + "b\r\n";
    whole += "\r\n";
    for (const std::size_t first : {std::size_t{1}, std::size_t{4000}, whole.size()}) {
        EXPECT_EQ(feed(whole, first, whole.size()), Progress::refused) << first;
        EXPECT_EQ(request.problem(), Problem::headers_too_large) << first;
    }
}

TEST_F(ParsedRequestTest, counts_every_byte_of_a_header_in_any_pieces) {
    const std::string start = "GET / HTTP/1.1\r\nHost: x\r\na: b";
    for (const bool fits : {true, false}) {
        const std::size_t blanks = 8 * 1024 - start.size() - 4 + (fits ? 0 : 1);
        const auto whole = start + std::string(blanks, ' ') + "\r\n\r\n";
        for (const std::size_t first :
             {std::size_t{1}, std::size_t{16}, std::size_t{25}, whole.size() - 2, whole.size()}) {
            const auto progress = feed(whole, first, whole.size());
            EXPECT_EQ(progress, fits ? Progress::complete : Progress::refused) << first;
        }
    }
}

TEST_F(ParsedRequestTest, takes_the_path_from_behind_the_authority) {
    const auto path_of = [this](const std::string& target) {
        const auto progress = feed("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n", 7, 7);
        return progress == Progress::complete ? std::string(request.path) : std::string("refused");
    };
    EXPECT_EQ(path_of("http://shop.example/a?b"), "/a");
    EXPECT_EQ(path_of("HTTPS://shop.example"), "/");
    EXPECT_EQ(path_of("http://shop.example?/a"), "refused");
    EXPECT_EQ(path_of("shop.example:80"), "refused");
    EXPECT_EQ(path_of("*"), "*");
}

}  // namespace
}  // namespace onsale::http::internal
