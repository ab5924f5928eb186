#include "http/internal/response_format.h"

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "base/check.h"

namespace onsale::http::internal {
namespace {

constexpr std::string_view kDateShape = "Thu, 01 Jan 1970 00:00:00 GMT";
constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool has_line_break(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

// A header made from what somebody sent must not be able to end itself and begin another.
void append_header_text(std::string& out, std::string_view text) {
    if (!has_line_break(text)) [[likely]] {
        out += text;
        return;
    }
    for (const char c : text) out += has_line_break({&c, 1}) ? ' ' : c;
}

bool is_cache_control(const Header& header) {
    constexpr std::string_view kName = "cache-control";
    return header.name.size() == kName.size() &&
           std::equal(kName.begin(), kName.end(), header.name.begin(),
                      [](char a, char b) { return a == (b | 0x20) || a == b; });
}

bool has_body(std::uint16_t status) {
    return status >= 200 && status != 204 && status != 304;
}

}  // namespace

ResponseFormat::ResponseFormat(bool https_only) {
    for (unsigned status = 100; status < 600; ++status) {
        const auto reason =
            boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
        status_lines_[status - 100] = "HTTP/1.1 " + std::to_string(status) + " " +
                                      std::string(reason.data(), reason.size()) + "\r\n";
    }
    fixed_ =
        "Server: onsale\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Referrer-Policy: no-referrer\r\n"
        "X-Frame-Options: DENY\r\n";
    if (https_only) fixed_ += "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";
    fixed_ += "Date: ";
    date_place_ = fixed_.size();
    fixed_ += kDateShape;
    fixed_ += "\r\n";
}

void ResponseFormat::set_date(base::Timestamp now) {
    using namespace std::chrono;
    const auto time = sys_time<milliseconds>(milliseconds(now.unix_ms()));
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  kDays[weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                  kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    fixed_.replace(date_place_, kDateShape.size(), text.data(), kDateShape.size());
}

void ResponseFormat::append_head(std::string& out, const Response& response,
                                 const ResponseFrame& frame) const {
    ONSALE_CHECK(response.status >= 200 && response.status < 600);
    out += status_lines_[response.status - 100U];
    out += fixed_;
    if (has_body(response.status)) {
        out += "Content-Type: ";
        out += response.content_type;
        if (!frame.event_stream) {
            std::array<char, 24> digits;
            const auto end =
                std::to_chars(digits.begin(), digits.end(), response.content().size()).ptr;
            out += "\r\nContent-Length: ";
            out.append(digits.data(), end);
        }
        out += "\r\n";
    }
    out += "Content-Security-Policy: ";
    out += response.content_policy;
    out += "\r\nX-Request-Id: ";
    out += frame.request_id;
    bool cache_control = false;
    for (const Header& header : response.headers) {
        cache_control = cache_control || is_cache_control(header);
        out += "\r\n";
        append_header_text(out, header.name);
        out += ": ";
        append_header_text(out, header.value);
    }
    if (!cache_control) out += "\r\nCache-Control: no-store";
    if (!frame.keep_alive) {
        out += "\r\nConnection: close";
    } else if (frame.http_1_0) {
        out += "\r\nConnection: keep-alive";
    }
    out += "\r\n\r\n";
}

}  // namespace onsale::http::internal
