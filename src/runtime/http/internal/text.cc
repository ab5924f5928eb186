#include "http/internal/text.h"

#include <cstdint>

namespace onsale::http::internal {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            const auto byte = static_cast<unsigned char>(c);
            out += "\\u00";
            out += kHexDigits[byte >> 4];
            out += kHexDigits[byte & 15U];
    }
}

void append_escaped_text(std::string& out, std::string_view text) {
    std::size_t start = 0;  // of the run that needs no escape
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) >= 0x20 && text[i] != '"' && text[i] != '\\')
            continue;
        out.append(text.substr(start, i - start));
        append_escaped(out, text[i]);
        start = i + 1;
    }
    out.append(text.substr(start));
}

// How many bytes follow a leading byte, with the smallest code point that may be written so.
struct Lead {
    std::size_t following = 0;
    std::uint32_t smallest = 0;
    std::uint32_t bits = 0;
};

std::optional<Lead> lead_of(unsigned char byte) {
    if (byte < 0x80) return Lead{0, 0, byte};
    if (byte >= 0xc2 && byte < 0xe0) return Lead{1, 0x80, byte & 0x1fU};
    if (byte >= 0xe0 && byte < 0xf0) return Lead{2, 0x800, byte & 0x0fU};
    if (byte >= 0xf0 && byte < 0xf5) return Lead{3, 0x10000, byte & 0x07U};
    return std::nullopt;
}

}  // namespace

std::optional<std::string> decode_form(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out.push_back(' ');
        } else if (text[i] != '%') {
            out.push_back(text[i]);
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        }
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            ++i;
            continue;
        }
        const auto lead = lead_of(static_cast<unsigned char>(text[i]));
        if (!lead || i + lead->following >= text.size()) return false;
        std::uint32_t point = lead->bits;
        for (std::size_t k = 1; k <= lead->following; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            if ((byte & 0xc0U) != 0x80U) return false;
            point = (point << 6) | (byte & 0x3fU);
        }
        if (point < lead->smallest || point > 0x10ffff) return false;
        if (point >= 0xd800 && point < 0xe000) return false;
        i += lead->following + 1;
    }
    return true;
}

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    if (is_utf8(text)) {
        append_escaped_text(out, text);
    } else {
        std::string repaired(text);
        for (char& c : repaired) {
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
        }
        append_escaped_text(out, repaired);
    }
    out += '"';
}

}  // namespace onsale::http::internal
