// Reads what a load generator needs of an HTTP response and of its JSON, and nothing more: it shall
// cost less than the server's work. It understands responses with Content-Length, 204 and 304;
// anything else is `broken`, which is counted as a failure, never guessed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace onsale::bench {

enum class Parsed : std::uint8_t { incomplete, complete, broken };

struct Response {
    std::uint32_t status = 0;
    bool keep_alive = true;
    std::string_view head;  // inside the text given, as is the body
    std::string_view body;
    std::size_t bytes = 0;  // of the whole response
};

// A response at the beginning of `text`, if it is all there.
[[nodiscard]] Parsed parse_response(std::string_view text, Response& out);

// The value of a header field; `lower` is its name in small letters. Empty: there is none.
[[nodiscard]] std::string_view field_of(std::string_view head, std::string_view lower);

// The answer to an order, or a refusal.
struct OrderAnswer {
    std::string_view code;     // of the first ticket, or of the refusal
    std::string_view outcome;  // "accepted", "repeated", "already_joined"
    std::uint64_t order = 0;
};
[[nodiscard]] OrderAnswer read_answer(const Response& response);
// Its code alone.
[[nodiscard]] std::string_view read_code(const Response& response);

}  // namespace onsale::bench
