// Small pieces of JSON appended to a string: for the answers of the rush, which are written
// straight into one buffer. Everything else uses http::to_json. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/strong.h"
#include "base/time.h"

namespace onsale::answers {

void append_number(std::string& out, std::uint64_t value);
template <class Tag, class Integer>
void append_number(std::string& out, base::Strong<Tag, Integer> id) {
    append_number(out, std::uint64_t{id.value()});
}
// In quotes, escaped.
void append_text(std::string& out, std::string_view text);
// In quotes: "2026-11-20T12:00:00.000Z".
void append_time(std::string& out, base::Timestamp time);
// {"minor":1250,"currency":"CNY"}
void append_money(std::string& out, base::Money money);

[[nodiscard]] std::string_view to_string(base::Currency currency);

}  // namespace onsale::answers
