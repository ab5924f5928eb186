#include "bench/response.h"

#include <gtest/gtest.h>

#include <string>

namespace onsale::bench {
namespace {

const std::string kAccepted =
    R"({"order":{"id":256,"person":7,"session":100,"campaign":1001,"state":"completed","lines":[],)"
    R"("tickets":[{"id":8192,"tier":2001,"code":"AB-1"}]},"outcome":"accepted"})";

std::string with_body(const std::string& body, const std::string& status = "409 Conflict",
                      const std::string& more = "") {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           more + "\r\n" + body;
}

TEST(Response, is_incomplete_until_its_last_byte) {
    const std::string text = with_body("{}");
    Response response;
    for (std::size_t i = 0; i < text.size(); ++i) {
        EXPECT_EQ(parse_response(std::string_view(text).substr(0, i), response), Parsed::incomplete)
            << i;
    }
    EXPECT_EQ(parse_response(text, response), Parsed::complete);
    EXPECT_EQ(response.status, 409U);
    EXPECT_EQ(response.body, "{}");
    EXPECT_EQ(response.bytes, text.size());
}

TEST(Response, what_follows_is_not_its_own) {
    const std::string text = with_body("{}") + "HTTP/1.1";
    Response response;
    EXPECT_EQ(parse_response(text, response), Parsed::complete);
    EXPECT_EQ(response.bytes, text.size() - 8);
}

TEST(Response, without_a_length_is_broken) {
    Response response;
    EXPECT_EQ(
        parse_response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", response),
        Parsed::broken);
    EXPECT_EQ(parse_response("SSH-2.0-OpenSSH_9.2\r\n\r\n", response), Parsed::broken);
    EXPECT_EQ(parse_response("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", response),
              Parsed::broken);
}

TEST(Response, no_content_needs_no_length) {
    Response response;
    EXPECT_EQ(parse_response("HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n", response),
              Parsed::complete);
    EXPECT_TRUE(response.body.empty());
}

TEST(Response, says_when_the_server_closes) {
    Response response;
    ASSERT_EQ(parse_response(with_body("{}", "503 Service Unavailable", "Connection: Close\r\n"),
                             response),
              Parsed::complete);
    EXPECT_FALSE(response.keep_alive);
    ASSERT_EQ(parse_response(with_body("{}"), response), Parsed::complete);
    EXPECT_TRUE(response.keep_alive);
}

TEST(Response, not_modified_needs_no_length) {
    Response response;
    ASSERT_EQ(parse_response("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n", response),
              Parsed::complete);
    EXPECT_EQ(field_of(response.head, "etag"), "\"a\"");
    EXPECT_EQ(field_of(response.head, "date"), "");
}

TEST(Response, with_two_lengths_is_broken) {
    Response response;
    EXPECT_EQ(parse_response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                             response),
              Parsed::broken);
}

TEST(OrderAnswer, of_an_accepted_order_has_id_and_code) {
    const std::string text = with_body(kAccepted, "201 Created");
    Response response;
    ASSERT_EQ(parse_response(text, response), Parsed::complete);
    const OrderAnswer answer = read_answer(response);
    EXPECT_EQ(answer.order, 256U);
    EXPECT_EQ(answer.code, "AB-1");
    EXPECT_EQ(answer.outcome, "accepted");
}

TEST(OrderAnswer, of_a_refusal_has_its_code_and_no_order) {
    const std::string text =
        with_body(R"({"code": "sold_out", "message": "x", "details": {"free": 0}})");
    Response response;
    ASSERT_EQ(parse_response(text, response), Parsed::complete);
    const OrderAnswer answer = read_answer(response);
    EXPECT_EQ(answer.code, "sold_out");
    EXPECT_EQ(answer.order, 0U);
    EXPECT_TRUE(answer.outcome.empty());
}

TEST(OrderAnswer, of_an_order_without_tickets_has_no_code) {
    const std::string text =
        with_body(R"({"order":{"id":512,"state":"reserved"},"outcome":"accepted"})", "201 Created");
    Response response;
    ASSERT_EQ(parse_response(text, response), Parsed::complete);
    EXPECT_EQ(read_answer(response).order, 512U);
    EXPECT_TRUE(read_answer(response).code.empty());
}

}  // namespace
}  // namespace onsale::bench
