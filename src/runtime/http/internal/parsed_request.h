// ParsedRequest: a request as it arrives, by Boost.Beast's parser over storage that is reused from
// request to request. Owned by one connection, on its loop's thread. It refuses what two HTTP
// programs could read differently (request smuggling): both or several of Content-Length and
// Transfer-Encoding, another coding than chunked, no Host or two; and bounds the header's bytes and
// fields over the whole request, which the parser alone does not.
// tidy: allow third-party-header: the parser is a base class held by value; only this module's .cc
// files include it
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/router.h"

namespace onsale::http::internal {

class ParsedRequest final : public Request {
  public:
    enum class Progress : std::uint8_t { need_more, complete, refused };

    ParsedRequest(const Router& router, std::size_t header_bytes_max)
        : router_(router), header_bytes_max_(header_bytes_max) {}

    // Forgets the last request, keeps its storage (up to a limit).
    void begin();
    // Takes bytes, of which `used` is how many; complete: all members and views are set. refused:
    // see problem().
    Progress take(std::string_view bytes, std::size_t& used);

    [[nodiscard]] std::string_view header(std::string_view name) const override;
    // The last header of this name: what the program next to us has written.
    [[nodiscard]] std::string_view last_header(std::string_view name) const;
    [[nodiscard]] Problem problem() const { return problem_; }
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] bool http_1_0() const { return version_ == 10; }
    [[nodiscard]] bool header_done() const { return header_done_; }
    [[nodiscard]] bool known_method() const { return known_method_; }
    // True once per request: the header is here, the body is not, and the client waits to be told
    // to send it.
    [[nodiscard]] bool take_expectation();

  private:
    struct Field {
        std::uint32_t name;
        std::uint32_t name_size;
        std::uint32_t value;
        std::uint32_t value_size;
    };
    // The callbacks of Beast's parser. Each sets `error` to stop.
    class Parser final : public boost::beast::http::basic_parser<true> {
      public:
        using string_view = boost::beast::string_view;
        using error_code = boost::beast::error_code;
        explicit Parser(ParsedRequest& request) : request_(request) {}

      private:
        void on_request_impl(boost::beast::http::verb verb, string_view, string_view target,
                             int version, error_code& error) override;
        void on_response_impl(int, string_view, int, error_code&) override {}
        void on_field_impl(boost::beast::http::field field, string_view name, string_view value,
                           error_code& error) override;
        void on_header_impl(error_code& error) override;
        void on_body_init_impl(const boost::optional<std::uint64_t>& length,
                               error_code& error) override;
        std::size_t on_body_impl(string_view piece, error_code& error) override;
        void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
        std::size_t on_chunk_body_impl(std::uint64_t, string_view piece,
                                       error_code& error) override;
        void on_finish_impl(error_code&) override {}

        ParsedRequest& request_;
    };

    void set_target(std::string_view target, boost::beast::error_code& error);
    [[nodiscard]] std::string_view stored(std::uint32_t place, std::uint32_t size) const {
        return std::string_view(texts_).substr(place, size);
    }
    std::uint32_t store(std::string_view text);
    [[nodiscard]] bool header_fits() const;
    [[nodiscard]] bool header_is_sound() const;
    [[nodiscard]] bool may_be_part_of_last_chunk(std::string_view bytes) const;
    [[nodiscard]] bool stands_on_one_line(std::string_view name, std::string_view value) const;
    void count_header_up_to(std::string_view part);
    void finish();

    const Router& router_;
    std::size_t header_bytes_max_;
    std::optional<Parser> parser_;
    std::string_view input_;  // during take()
    std::string texts_;       // target, then names and values
    std::vector<Field> fields_;
    std::string body_storage_;
    std::size_t header_bytes_ = 0;  // up to the part parsed last
    std::size_t counted_to_ = 0;    // the same, within this call's input
    std::size_t taken_bytes_ = 0;   // by calls of take() before this one
    std::uint32_t path_size_ = 0;
    std::uint32_t target_size_ = 0;
    int version_ = 11;
    int content_lengths_ = 0;
    int transfer_encodings_ = 0;
    int hosts_ = 0;
    bool chunked_ = false;
    bool header_done_ = false;
    bool expects_continue_ = false;
    bool known_method_ = true;
    Problem problem_ = Problem::malformed_request;
};

}  // namespace onsale::http::internal
