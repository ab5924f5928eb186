#include "messages/internal/mail_text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace onsale::messages {
namespace {

constexpr std::size_t kLineCharacters = 76;
constexpr std::size_t kSubjectBytes = 45;  // of one encoded word, which may have 75 characters

std::string date_of(base::Timestamp at) {
    static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = at.unix_ms() / 1000;
    std::tm utc{};
    if (gmtime_r(&seconds, &utc) == nullptr) return "Thu, 01 Jan 1970 00:00:00 +0000";
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000",
                  kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                  kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                  utc.tm_min, utc.tm_sec);
    return text.data();
}

// Encoded words (RFC 2047), each with whole characters.
std::string encoded_subject(std::string_view subject) {
    std::string out;
    while (!subject.empty()) {
        std::size_t bytes = std::min(subject.size(), kSubjectBytes);
        while (bytes < subject.size() && bytes > 1 &&
               (static_cast<unsigned char>(subject[bytes]) & 0xc0) == 0x80) {
            --bytes;
        }
        if (!out.empty()) out += "\r\n ";
        out += "=?utf-8?B?" + base64(subject.substr(0, bytes)) + "?=";
        subject.remove_prefix(bytes);
    }
    return out;
}

}  // namespace

std::string base64(std::string_view bytes) {
    static constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t there = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            group = group << 8 | (j < there ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        }
        if (column == kLineCharacters) {
            out += "\r\n";
            column = 0;
        }
        for (std::size_t j = 0; j < 4; ++j) {
            out += j <= there ? kAlphabet[group >> (18 - 6 * j) & 63U] : '=';
        }
        column += 4;
    }
    return out;
}

std::string mail_text(const Message& message, const MailHead& head) {
    const std::string host = head.from.substr(head.from.find('@') + 1);
    const std::string name = message.name.empty() ? std::to_string(head.number) : message.name;
    return "Date: " + date_of(head.at) + "\r\nFrom: <" + head.from + ">\r\nTo: <" + message.to +
           ">\r\nMessage-ID: <" + name + "@" + host +
           ">\r\nSubject: " + encoded_subject(message.subject) +
           "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0"
           "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64"
           "\r\n\r\n" +
           base64(message.text) + "\r\n";
}

}  // namespace onsale::messages
