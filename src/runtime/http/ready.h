// Ready: an answer made once and given to many: its bytes, packed variants of them, and a strong
// ETag. Answering costs a look at two request headers and no copy of the body. Immutable once made,
// so any thread may answer from it; nothing to promise after a crash.
//
//   auto page = http::make_ready(json);                       // once, whenever the content changes
//   responder.send(http::answer_from(*page, request));        // per request: 200, or 304
//
// An answer that is made for one request only gets its 304 by etag_of() and matches().
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"

namespace onsale::http {

using SharedBytes = std::shared_ptr<const std::string>;

struct ReadyOptions {
    std::string_view content_type = "application/json";  // a literal
    std::string_view cache_control = "no-cache";         // ask each time, by the ETag
    std::string_view content_policy = kClosedPolicy;     // a literal
    bool pack = true;  // make the gzip variant; pointless for pictures
};

struct Ready {
    ReadyOptions options;
    std::string etag;  // in quotes; variants have one of their own
    SharedBytes plain;
    SharedBytes gzip;    // null: not smaller, or not wanted
    SharedBytes brotli;  // null: none was given
};
using SharedReady = std::shared_ptr<const Ready>;

[[nodiscard]] SharedReady make_ready(std::string body, const ReadyOptions& options = {});
// 200 with the smallest variant that the request takes, or 304 when it has it already.
[[nodiscard]] Response answer_from(const Ready& ready, const Request& request);

// A strong ETag with its quotes: length and 64-bit hash of the bytes.
[[nodiscard]] std::string etag_of(std::string_view bytes);
// Whether If-None-Match of the request names this tag (or everything, by *).
[[nodiscard]] bool matches(const Request& request, std::string_view etag);
// Whether Accept-Encoding of the request takes `coding` ("gzip", "br").
[[nodiscard]] bool takes_coding(const Request& request, std::string_view coding);

// The gzip form; nothing if it would not be smaller. By zlib, at its best level: for bytes that are
// made once and sent often.
[[nodiscard]] SharedBytes gzip(std::string_view bytes);

}  // namespace onsale::http
