#include "http/internal/parsed_request.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <functional>
#include <limits>

#include "http/limits.h"

namespace onsale::http::internal {

namespace beast_http = boost::beast::http;
using beast_http::field;
using beast_http::verb;
using HttpError = beast_http::error;

namespace {

// Method names are case-sensitive, header names are not.
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}

std::optional<Method> method_of(verb value) {
    switch (value) {
        case verb::get:
            return Method::get;
        case verb::head:
            return Method::head;
        case verb::post:
            return Method::post;
        case verb::put:
            return Method::put;
        case verb::patch:
            return Method::patch;
        case verb::delete_:
            return Method::del;
        case verb::options:
            return Method::options;
        default:
            return std::nullopt;
    }
}

// Proxies send the absolute form; only its path is ours to judge (RFC 9112, 3.2.2). An authority
// ends at '?', too: "http://x?/a" has no path, and who would take "/a" for it sees another request
// than the proxy. Such a target comes back empty.
std::string_view without_authority(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!same_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        const auto end = target.find_first_of("/?", scheme.size());
        if (end == std::string_view::npos) return "/";
        return target[end] == '/' ? target.substr(end) : std::string_view{};
    }
    return target;
}

// A list of lengths ("1, 1") is taken by some programs and refused by others.
bool is_one_length(std::string_view value) {
    return !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

void give_back_if_large(std::string& text) {
    text.clear();
    if (text.capacity() > kKeepBytesMax) text.shrink_to_fit();
}

}  // namespace

void ParsedRequest::Parser::on_request_impl(verb value, string_view, string_view target,
                                            int version, error_code& error) {
    const auto known = method_of(value);
    request_.known_method_ = known.has_value();
    request_.method = known.value_or(Method::get);
    request_.version_ = version;
    request_.set_target(view(target), error);
}

void ParsedRequest::Parser::on_field_impl(field id, string_view name, string_view value,
                                          error_code& error) {
    if (request_.header_done_)
        return;  // trailers: allowed, and ignored, for they could contradict the header
    if (!request_.stands_on_one_line(view(name), view(value))) {
        error = HttpError::bad_value;
        return;
    }
    request_.count_header_up_to(view(value));
    if (request_.header_bytes_ > request_.header_bytes_max_ ||
        request_.fields_.size() == kFieldsMax) {
        error = HttpError::header_limit;
        return;
    }
    if (id == field::content_length) {
        ++request_.content_lengths_;
        if (!is_one_length(view(value))) {
            error = HttpError::bad_content_length;
            return;
        }
    }
    if (id == field::host) ++request_.hosts_;
    if (id == field::transfer_encoding) {
        ++request_.transfer_encodings_;
        request_.chunked_ = same_ignoring_case(view(value), "chunked");
    }
    if (id == field::expect)
        request_.expects_continue_ = same_ignoring_case(view(value), "100-continue");
    const auto name_place = request_.store(view(name));
    const auto value_place = request_.store(view(value));
    request_.fields_.push_back({name_place, static_cast<std::uint32_t>(name.size()), value_place,
                                static_cast<std::uint32_t>(value.size())});
}

void ParsedRequest::Parser::on_header_impl(error_code& error) {
    request_.header_done_ = true;
    if (!request_.header_fits()) {
        error = HttpError::header_limit;
        return;
    }
    if (!request_.header_is_sound()) {
        error = HttpError::bad_field;
        return;
    }
    const auto path = request_.stored(0, request_.path_size_);
    const std::size_t limit = request_.known_method_
                                  ? request_.router_.body_bytes_max(request_.method, path)
                                  : kBodyBytesMaxDefault;
    const auto length = content_length();
    if (length && *length > limit) {
        error = HttpError::body_limit;
        return;
    }
    body_limit(limit);
}

void ParsedRequest::Parser::on_body_init_impl(const boost::optional<std::uint64_t>& length,
                                              error_code&) {
    // What is announced is not yet sent: beyond the first bytes the storage grows with what
    // arrives.
    if (length)
        request_.body_storage_.reserve(std::min(static_cast<std::size_t>(*length), kKeepBytesMax));
}

std::size_t ParsedRequest::Parser::on_body_impl(string_view piece, error_code&) {
    request_.expects_continue_ = false;
    request_.body_storage_.append(piece.data(), piece.size());
    return piece.size();
}

std::size_t ParsedRequest::Parser::on_chunk_body_impl(std::uint64_t, string_view piece,
                                                      error_code& error) {
    return on_body_impl(piece, error);
}

void ParsedRequest::begin() {
    parser_.emplace(*this);
    parser_->eager(true);
    // The parser's own limit depends on how the bytes come in; ours is counted here.
    parser_->header_limit(std::numeric_limits<std::uint32_t>::max());
    parser_->body_limit(boost::none);  // known once the header has named the route
    texts_.clear();
    fields_.clear();
    give_back_if_large(body_storage_);
    header_bytes_ = 0;
    taken_bytes_ = 0;
    path_size_ = 0;
    target_size_ = 0;
    content_lengths_ = 0;
    transfer_encodings_ = 0;
    hosts_ = 0;
    chunked_ = false;
    header_done_ = false;
    expects_continue_ = false;
    known_method_ = true;
    path = {};
    query = {};
    body = {};
    parameters = {};
    method = Method::get;
    version_ = 11;
}

ParsedRequest::Progress ParsedRequest::take(std::string_view bytes, std::size_t& used) {
    used = 0;
    if (may_be_part_of_last_chunk(bytes)) return Progress::need_more;
    boost::beast::error_code error;
    input_ = bytes;
    counted_to_ = 0;
    used = parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    taken_bytes_ += used;
    if (!error && parser_->is_done()) {
        finish();
        return Progress::complete;
    }
    if (!error || error == HttpError::need_more) {
        if (header_done_ || taken_bytes_ + bytes.size() - used <= header_bytes_max_)
            return Progress::need_more;
        error = HttpError::header_limit;
    }
    if (error == HttpError::header_limit) {
        problem_ = Problem::headers_too_large;
    } else if (error == HttpError::body_limit) {
        problem_ = Problem::body_too_large;
    } else {
        problem_ = Problem::malformed_request;
    }
    return Progress::refused;
}

std::string_view ParsedRequest::header(std::string_view name) const {
    for (const Field& entry : fields_) {
        if (same_ignoring_case(stored(entry.name, entry.name_size), name))
            return stored(entry.value, entry.value_size);
    }
    return {};
}

std::string_view ParsedRequest::last_header(std::string_view name) const {
    for (auto entry = fields_.rbegin(); entry != fields_.rend(); ++entry) {
        if (same_ignoring_case(stored(entry->name, entry->name_size), name))
            return stored(entry->value, entry->value_size);
    }
    return {};
}

bool ParsedRequest::keep_alive() const {
    return parser_->is_header_done() && parser_->keep_alive();
}

bool ParsedRequest::take_expectation() {
    const bool wanted = header_done_ && expects_continue_ && version_ == 11;
    if (wanted) expects_continue_ = false;
    return wanted;
}

// Beast 1.81 asserts that whatever follows the line of the last chunk comes with it: "0 CR LF" and
// a single CR in the next packet would end the process. Every chunked body ends with at least these
// five bytes, so nothing is lost by waiting for them.
bool ParsedRequest::may_be_part_of_last_chunk(std::string_view bytes) const {
    constexpr std::string_view kLastChunk = "0\r\n\r\n";
    return header_done_ && chunked_ && bytes.size() < kLastChunk.size() && bytes.starts_with('0');
}

// A value continued on the next line (obs-fold) is put together outside the input, or begins behind
// a line's end if its first line is empty. Nobody sends it in good faith any more.
bool ParsedRequest::stands_on_one_line(std::string_view name, std::string_view value) const {
    const std::less<> before;
    const char* const name_end = name.data() + name.size();
    if (before(value.data(), name_end) ||
        before(input_.data() + input_.size(), value.data() + value.size()))
        return false;
    const std::string_view between(name_end, static_cast<std::size_t>(value.data() - name_end));
    return between.find('\n') == std::string_view::npos;
}

// All of its bytes count, also the blanks that no name or value holds.
void ParsedRequest::count_header_up_to(std::string_view part) {
    counted_to_ = static_cast<std::size_t>(part.data() + part.size() - input_.data());
    header_bytes_ = taken_bytes_ + counted_to_;
}

// Behind what was counted last there are blanks and two line ends; behind nothing, since it was
// taken before, there is the second line end.
bool ParsedRequest::header_fits() const {
    constexpr std::string_view kEnd = "\r\n\r\n";
    const std::size_t end =
        counted_to_ == 0 ? kEnd.size() / 2 : input_.find(kEnd, counted_to_) + kEnd.size();
    return taken_bytes_ + end <= header_bytes_max_;
}

void ParsedRequest::set_target(std::string_view target, boost::beast::error_code& error) {
    count_header_up_to(target);
    if (header_bytes_ > header_bytes_max_) {
        error = HttpError::header_limit;
        return;
    }
    target = without_authority(target);
    if (!target.starts_with('/') && target != "*") {
        error = HttpError::bad_target;
        return;
    }
    store(target);
    target_size_ = static_cast<std::uint32_t>(target.size());
    path_size_ = static_cast<std::uint32_t>(std::min(target.find('?'), target.size()));
}

std::uint32_t ParsedRequest::store(std::string_view text) {
    const auto place = static_cast<std::uint32_t>(texts_.size());
    texts_.append(text);
    return place;
}

bool ParsedRequest::header_is_sound() const {
    if (content_lengths_ > 1 || transfer_encodings_ > 1) return false;
    if (transfer_encodings_ == 1 && (content_lengths_ == 1 || !chunked_ || version_ == 10))
        return false;
    return hosts_ == 1 || (hosts_ == 0 && version_ == 10);
}

void ParsedRequest::finish() {
    path = stored(0, path_size_);
    query = path_size_ < target_size_ ? stored(path_size_ + 1, target_size_ - path_size_ - 1)
                                      : std::string_view{};
    body = body_storage_;
}

}  // namespace onsale::http::internal
