#include "answers/json_text.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "http/described.h"

namespace onsale::answers {
namespace {

template <class Integer>
void append_integer(std::string& out, Integer value) {
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    out.append(digits, end);
}

bool is_plain(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

}  // namespace

void append_number(std::string& out, std::uint64_t value) {
    append_integer(out, value);
}

void append_text(std::string& out, std::string_view text) {
    if (!std::ranges::all_of(text, is_plain)) {
        out += http::to_json(std::string(text));
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

void append_time(std::string& out, base::Timestamp time) {
    out += '"';
    out += base::to_rfc3339(time);
    out += '"';
}

void append_money(std::string& out, base::Money money) {
    out += R"({"minor":)";
    append_integer(out, money.minor);
    out += R"(,"currency":")";
    out += to_string(money.currency);
    out += R"("})";
}

std::string_view to_string(base::Currency currency) {
    switch (currency) {
        case base::Currency::cny:
            return "CNY";
        case base::Currency::usd:
            return "USD";
        case base::Currency::eur:
            return "EUR";
    }
    return "";
}

}  // namespace onsale::answers
