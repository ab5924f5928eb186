#include "accounts/rules.h"

#include <algorithm>

#include "accounts/limits.h"

namespace onsale::accounts {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The bytes of one well-formed, printable character at the start of `text`; 0: there is none.
std::size_t printable_character(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return first >= 0x20 && first != 0x7f ? 1 : 0;
    const std::size_t bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < bytes) return 0;
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
    }
    const bool control = first == 0xc2 && byte(1) < 0xa0;
    const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool surrogate = first == 0xed && byte(1) >= 0xa0;
    const bool beyond = first == 0xf4 && byte(1) >= 0x90;
    // Marks that turn the direction of what follows, so that a name could rewrite its page.
    const bool turns = first == 0xe2 && ((byte(1) == 0x80 && byte(2) >= 0xa8 && byte(2) <= 0xae) ||
                                         (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9));
    return control || overlong || surrogate || beyond || turns ? 0 : bytes;
}

bool is_label(std::string_view label) {
    const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, allowed);
}

bool is_domain(std::string_view domain) {
    std::size_t labels = 0;
    while (true) {
        const std::size_t dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) return false;
        ++labels;
        if (dot == std::string_view::npos) return labels >= 2;
        domain.remove_prefix(dot + 1);
    }
}

}  // namespace

bool is_username(std::string_view text) {
    if (text.size() < 4 || text.size() > 16 || !is_letter(text.front())) return false;
    return std::ranges::all_of(text,
                               [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

bool is_password(std::string_view text) {
    if (text.size() < 8 || text.size() > 20) return false;
    const bool printable = std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
    return printable && std::ranges::any_of(text, is_letter) && std::ranges::any_of(text, is_digit);
}

bool is_mobile(std::string_view text) {
    return text.size() == 11 && text[0] == '1' && text[1] >= '3' &&
           std::ranges::all_of(text, is_digit);
}

bool is_email(std::string_view text) {
    if (text.size() > kEmailBytesMax) return false;
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64) return false;
    const std::string_view local = text.substr(0, at);
    const auto allowed = [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
    };
    const bool dots =
        local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos;
    return dots && std::ranges::all_of(local, allowed) && is_domain(text.substr(at + 1));
}

AccountRefusal check_nickname(std::string_view text) {
    if (text.empty()) return AccountRefusal::nickname_missing;
    if (text.front() == ' ' || text.back() == ' ') return AccountRefusal::nickname_invalid;
    std::size_t characters = 0;
    while (!text.empty()) {
        const std::size_t bytes = printable_character(text);
        if (bytes == 0 || ++characters > kNicknameCharactersMax) {
            return AccountRefusal::nickname_invalid;
        }
        text.remove_prefix(bytes);
    }
    return AccountRefusal::none;
}

bool is_avatar(std::string_view text) {
    if (text.empty()) return true;
    const auto allowed = [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view("/:.-_~%?=&").find(c) != std::string_view::npos;
    };
    const bool place = text.starts_with("/pictures/") || text.starts_with("https://");
    return place && text.size() <= kAvatarBytesMax && std::ranges::all_of(text, allowed);
}

std::string masked_mobile(std::string_view mobile) {
    if (mobile.size() < 8) return {};
    return std::string(mobile.substr(0, 3)) + "****" +
           std::string(mobile.substr(mobile.size() - 4));
}

std::string masked_email(std::string_view email) {
    const std::size_t at = email.find('@');
    if (at == std::string_view::npos || at == 0) return {};
    return std::string(email.substr(0, 1)) + "***" + std::string(email.substr(at));
}

}  // namespace onsale::accounts
