#include "payments/internal/statement_messages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <utility>

#include "domain/limits.h"

namespace onsale::payments {
namespace {

namespace json = boost::json;

constexpr std::size_t kTransactionBytesMax = 64;
constexpr std::int64_t kAmountMax = std::int64_t{1} << 53;

std::string_view text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

std::optional<std::int64_t> number_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* number = value == nullptr ? nullptr : value->if_int64();
    if (number == nullptr) return std::nullopt;
    return *number;
}

// Of another site's or of none: 0.
std::uint64_t order_of(std::string_view text) {
    std::uint64_t order = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), order);
    const bool is_number = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return is_number && order <= domain::kIdMax ? order : 0;
}

std::optional<StatementLine> line_of(const json::value& value) {
    const auto* object = value.if_object();
    if (object == nullptr) return std::nullopt;
    StatementLine line;
    line.transaction = text_of(*object, "transaction");
    const auto kind = text_of(*object, "kind");
    line.is_refund = kind == "refund";
    line.order = order_of(text_of(*object, "order"));
    const auto amount = number_of(*object, "amount");
    const auto at = base::parse_rfc3339(text_of(*object, "at"));
    const bool is_right = !line.transaction.empty() &&
                          line.transaction.size() <= kTransactionBytesMax &&
                          (line.is_refund || kind == "payment") && amount && *amount > 0 &&
                          *amount <= kAmountMax && at && text_of(*object, "currency") == "CNY";
    if (!is_right) return std::nullopt;
    line.amount = {*amount, base::Currency::cny};
    line.at = *at;
    return line;
}

}  // namespace

std::optional<StatementPage> read_statements(std::string_view body, std::size_t max) {
    boost::system::error_code error;
    const auto value = json::parse(body, error);
    const auto* object = error ? nullptr : value.if_object();
    const auto* items = object == nullptr ? nullptr : object->if_contains("items");
    const auto* lines = items == nullptr ? nullptr : items->if_array();
    if (lines == nullptr || lines->size() > max) return std::nullopt;
    StatementPage page;
    for (const auto& item : *lines) {
        auto line = line_of(item);
        if (!line) return std::nullopt;
        page.lines.push_back(std::move(*line));
    }
    const auto next = number_of(*object, "next").value_or(0);
    if (next < 0 || next > static_cast<std::int64_t>(domain::kIdMax)) return std::nullopt;
    page.next = static_cast<std::uint64_t>(next);
    return page;
}

}  // namespace onsale::payments
