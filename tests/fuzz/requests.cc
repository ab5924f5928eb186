// Requests of HTTP as a connection reads them: the same bytes in any pieces give the same requests,
// and what is taken keeps to the limits and can be read in one way only.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/check.h"
#include "http/internal/parsed_request.h"
#include "http/internal/read_buffer.h"
#include "http/limits.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

using http::Method;
using http::internal::ParsedRequest;
using http::internal::ReadBuffer;
using Progress = ParsedRequest::Progress;

constexpr std::size_t kHeaderBytesMax = 2 * 1024;
constexpr std::size_t kBodyBytesMax = 64;
constexpr std::array kNames = {"a",      "Host",   "Cookie",         "Authorization",
                               "Origin", "Expect", "Content-Length", "Transfer-Encoding"};

// A route with a small limit, twice; everything else has the default.
std::unique_ptr<http::Router> make_router() {
    auto router = std::make_unique<http::Router>(
        [](http::Problem, const std::string&, const std::vector<std::string>&) {
            return http::Response{};
        });
    for (const auto* pattern : {"/a", "/a/{b}/c"}) {
        http::Route route;
        route.method = Method::post;
        route.pattern = pattern;
        route.body_bytes_max = kBodyBytesMax;
        route.handler = [](const http::Request&, http::Responder) {};
        router->add(std::move(route));
    }
    return router;
}

// The value of a header as the plainest of readers finds it; empty if there is none.
std::string_view naive_header(std::string_view head, std::string_view name) {
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        const auto line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
        const auto colon = line.find(':');
        if (colon != name.size()) continue;
        const bool same = std::equal(name.begin(), name.end(), line.begin(),
                                     [](char a, char b) { return (a | 0x20) == (b | 0x20); });
        if (!same) continue;
        auto value = line.substr(colon + 1);
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
            value.remove_prefix(1);
        return value;
    }
    return {};
}

// What the bytes of an accepted request must be, read without the parser.
void check_bytes(const ParsedRequest& request, std::string_view raw) {
    const auto end = raw.find("\r\n\r\n");
    ONSALE_CHECK(end != std::string_view::npos);
    const auto head = raw.substr(0, end);
    ONSALE_CHECK(head.size() <= 2 * kHeaderBytesMax);
    ONSALE_CHECK(head.find('\0') == std::string_view::npos);
    for (std::size_t i = 0; i < head.size(); ++i) {
        const bool line_end = head[i] == '\r' && i + 1 < head.size() && head[i + 1] == '\n';
        ONSALE_CHECK(head[i] != '\r' || line_end);
        ONSALE_CHECK(head[i] != '\n' || (i > 0 && head[i - 1] == '\r'));
        ONSALE_CHECK(!line_end || i + 2 >= head.size() ||
                     (head[i + 2] != ' ' && head[i + 2] != '\t'));
    }
    const auto coding = naive_header(head, "transfer-encoding");
    const auto length = naive_header(head, "content-length");
    ONSALE_CHECK(coding.empty() || length.empty());
    if (!coding.empty()) return;
    ONSALE_CHECK(raw.size() - end - 4 == request.body.size());
    ONSALE_CHECK(raw.substr(end + 4) == request.body);
    ONSALE_CHECK(length.empty() ? request.body.empty()
                                : std::stoull(std::string(length)) == request.body.size());
}

void check_request(const ParsedRequest& request, const http::Router& router) {
    ONSALE_CHECK(request.path.size() + request.query.size() <= kHeaderBytesMax);
    ONSALE_CHECK(request.path.starts_with('/') || request.path == "*");
    ONSALE_CHECK(request.path.find('?') == std::string_view::npos);
    const auto limit = request.known_method() ? router.body_bytes_max(request.method, request.path)
                                              : http::kBodyBytesMaxDefault;
    ONSALE_CHECK(request.body.size() <= limit);
    for (const auto* name : kNames) {
        for (const char c : request.header(name))
            ONSALE_CHECK(c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
    }
}

std::string told(const ParsedRequest& request) {
    std::string text = std::to_string(static_cast<int>(request.method)) + " ";
    text.append(request.path).append("?").append(request.query).append("\n");
    for (const auto* name : kNames)
        text.append(request.header(name)).append("|").append(request.last_header(name)) += '\n';
    text.append(request.body);
    return text + (request.keep_alive() ? "+" : "-");
}

// As Connection does it: begin, take, dispatch, and the end after the first refusal.
class Reader {
  public:
    explicit Reader(const http::Router& router) : router_(router) {}

    void arrive(std::string_view bytes) {
        while (!ended_ && !bytes.empty()) {
            const auto room = in_.room();
            const auto count = std::min(room.size(), bytes.size());
            std::copy_n(bytes.data(), count, room.data());
            in_.commit(count);
            bytes.remove_prefix(count);
            while (!ended_ && !in_.empty() && step()) {
            }
        }
    }
    [[nodiscard]] const std::vector<std::string>& requests() const { return requests_; }

  private:
    bool step() {
        if (fresh_) {
            fresh_ = false;
            raw_.clear();
            request_.begin();
        }
        std::size_t used = 0;
        const auto progress = request_.take(in_.bytes(), used);
        raw_.append(in_.bytes().substr(0, used));
        in_.consume(used);
        if (progress == Progress::refused || (progress == Progress::need_more && in_.full()))
            ended_ = true;
        if (progress == Progress::need_more) return used > 0;
        if (ended_) return false;
        check_request(request_, router_);
        check_bytes(request_, raw_);
        requests_.push_back(told(request_));
        ended_ = !request_.keep_alive() || !request_.known_method();
        fresh_ = true;
        return true;
    }

    const http::Router& router_;
    ParsedRequest request_{router_, kHeaderBytesMax};
    ReadBuffer in_{kHeaderBytesMax + http::kReadBytesFirst};
    std::string raw_;
    std::vector<std::string> requests_;
    bool fresh_ = true;
    bool ended_ = false;
};

}  // namespace

void run(Input input) {
    static const std::unique_ptr<http::Router> owned = make_router();
    const http::Router& router = *owned;
    auto sizes = input.number();
    const auto bytes = input.rest();
    Reader whole(router);
    whole.arrive(bytes);
    Reader single(router);
    for (const char& byte : bytes) single.arrive({&byte, 1});
    ONSALE_CHECK(whole.requests() == single.requests());
    Reader pieces(router);
    for (std::size_t at = 0; at < bytes.size();) {
        const auto piece = bytes.substr(at, 1 + sizes % 31);
        pieces.arrive(piece);
        at += piece.size();
        sizes = sizes >> 5 | sizes << 59;
    }
    ONSALE_CHECK(whole.requests() == pieces.requests());
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
