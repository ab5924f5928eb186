#include "http/ready.h"

#include <zlib.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <utility>

namespace onsale::http {
namespace {

constexpr std::size_t kPackBytesMin = 256;  // a packet carries this much anyway

bool is_token_end(char c) {
    return c == ',' || c == ';' || c == ' ' || c == '\t';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool begins_with_token(std::string_view text, std::string_view token) {
    if (text.size() < token.size()) return false;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (lower(text[i]) != token[i]) return false;
    }
    return text.size() == token.size() || is_token_end(text[token.size()]);
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// "gzip;q=0" and "gzip;q=0.000" refuse it; any other weight takes it.
bool is_refused(std::string_view item) {
    const auto place = item.find("q=");
    if (place == std::string_view::npos) return false;
    return item.substr(place + 2).find_first_of("123456789") == std::string_view::npos;
}

std::string_view cut_item(std::string_view& list) {
    const auto end = list.find(',');
    const auto item = trim(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
    return item;
}

struct Variant {
    const SharedBytes* bytes;
    std::string_view coding;  // empty: as it is
};

Variant choose(const Ready& ready, const Request& request) {
    if (ready.brotli && takes_coding(request, "br")) return {&ready.brotli, "br"};
    if (ready.gzip && takes_coding(request, "gzip")) return {&ready.gzip, "gzip"};
    return {&ready.plain, {}};
}

// "…" becomes "…-gzip": two variants of one page are different bytes.
std::string tag_of(const Ready& ready, std::string_view coding) {
    if (coding.empty()) return ready.etag;
    std::string tag = ready.etag;
    tag.back() = '-';
    tag += coding;
    tag += '"';
    return tag;
}

}  // namespace

SharedReady make_ready(std::string body, const ReadyOptions& options) {
    auto ready = std::make_shared<Ready>();
    ready->options = options;
    ready->etag = etag_of(body);
    if (options.pack) ready->gzip = gzip(body);
    ready->plain = std::make_shared<const std::string>(std::move(body));
    return ready;
}

Response answer_from(const Ready& ready, const Request& request) {
    const Variant variant = choose(ready, request);
    Response response;
    response.content_type = ready.options.content_type;
    response.content_policy = ready.options.content_policy;
    auto tag = tag_of(ready, variant.coding);
    const bool known = matches(request, tag);
    response.headers.reserve(4);
    response.headers.push_back({"Cache-Control", std::string(ready.options.cache_control)});
    response.headers.push_back({"ETag", std::move(tag)});
    if (ready.gzip || ready.brotli) response.headers.push_back({"Vary", "Accept-Encoding"});
    if (known) {
        response.status = 304;
        return response;
    }
    if (!variant.coding.empty())
        response.headers.push_back({"Content-Encoding", std::string(variant.coding)});
    response.shared_body = *variant.bytes;
    return response;
}

std::string etag_of(std::string_view bytes) {
    constexpr std::uint64_t kBasis = 14695981039346656037U;  // FNV-1a, 64 bits
    constexpr std::uint64_t kPrime = 1099511628211U;
    std::uint64_t hash = kBasis;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
    std::array<char, 48> text{};
    const int size = std::snprintf(text.data(), text.size(), "\"%zx-%016llx\"", bytes.size(),
                                   static_cast<unsigned long long>(hash));
    return std::string(text.data(), static_cast<std::size_t>(size));
}

bool matches(const Request& request, std::string_view etag) {
    std::string_view list = request.header("If-None-Match");
    while (!list.empty()) {
        auto item = cut_item(list);
        if (item == "*") return true;
        if (item.starts_with("W/")) item.remove_prefix(2);  // a proxy has weakened it
        if (item == etag) return true;
    }
    return false;
}

bool takes_coding(const Request& request, std::string_view coding) {
    std::string_view list = request.header("Accept-Encoding");
    while (!list.empty()) {
        const auto item = cut_item(list);
        if (begins_with_token(item, coding)) return !is_refused(item);
    }
    return false;
}

SharedBytes gzip(std::string_view bytes) {
    constexpr int kGzipWindow = 15 + 16;  // the largest window, in gzip's frame
    constexpr int kMemoryLevel = 9;
    if (bytes.size() < kPackBytesMin || bytes.size() > std::numeric_limits<uInt>::max())
        return nullptr;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return nullptr;
    // Room for one byte less than it had: what does not fit is not worth it.
    std::string out(bytes.size() - 1, '\0');
    // zlib does not write through next_in; its type has no const for reasons of age.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    const std::size_t size = stream.total_out;
    deflateEnd(&stream);
    if (result != Z_STREAM_END) return nullptr;
    out.resize(size);
    return std::make_shared<const std::string>(std::move(out));
}

}  // namespace onsale::http
