#include "banks/wire.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <utility>

namespace onsale::banks {
namespace {

namespace json = boost::json;

struct QuestionPath {
    std::string_view path;
    Question question;
};
constexpr std::array kQuestions = {
    QuestionPath{"/merchant/v1/deductions", Question::deductions},
    QuestionPath{"/merchant/v1/queries", Question::queries},
    QuestionPath{"/merchant/v1/closures", Question::closures},
    QuestionPath{"/merchant/v1/refunds", Question::refunds},
    QuestionPath{"/merchant/v1/refund-queries", Question::refund_queries},
};

json::object parse_object(std::string_view text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    if (error || !value.is_object()) return {};
    return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

std::int64_t number_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* number = value == nullptr ? nullptr : value->if_int64();
    return number == nullptr ? 0 : *number;
}

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

std::string captured_fields(const Payment& payment) {
    return R"(,"transaction":)" + quoted(payment.transaction) + R"(,"amount":)" +
           std::to_string(payment.amount) + R"(,"currency":"CNY")";
}

std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const bool is_escape = text[i] == '%' && i + 2 < text.size();
        if (is_escape) {
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
            i += 2;
        }
        plain += is_escape ? static_cast<char>(byte) : text[i];
    }
    return plain;
}

}  // namespace

Question question_of(std::string_view path) {
    for (const auto& known : kQuestions)
        if (known.path == path) return known.question;
    return Question::none;
}

std::vector<Item> read_items(std::string_view body) {
    std::vector<Item> items;
    const json::object object = parse_object(body);
    const auto* list = object.if_contains("items");
    if (list == nullptr || !list->is_array()) return items;
    for (const auto& element : list->get_array()) {
        const auto* one = element.if_object();
        if (one == nullptr) continue;
        Item item;
        item.token = text_of(*one, "token");
        item.wish.reference = text_of(*one, "reference");
        item.wish.order = text_of(*one, "order");
        item.wish.amount = number_of(*one, "amount");
        item.refund.refund = text_of(*one, "refund");
        item.refund.reference = item.wish.reference;
        item.refund.transaction = text_of(*one, "transaction");
        item.refund.amount = item.wish.amount;
        items.push_back(std::move(item));
    }
    return items;
}

std::string write_answer(const std::string& reference, const Payment& payment) {
    std::string text =
        R"({"reference":)" + quoted(reference) + R"(,"status":)" + quoted(to_string(payment.state));
    if (payment.state == FlowState::captured) text += captured_fields(payment);
    if (payment.state == FlowState::failed) text += R"(,"reason":)" + quoted(payment.reason);
    return text + "}";
}

std::string write_answer(const std::string& name, const Refund& refund, bool with_transaction) {
    std::string text =
        R"({"refund":)" + quoted(name) + R"(,"status":)" + quoted(to_string(refund.state));
    if (with_transaction && !refund.transaction.empty())
        text += R"(,"transaction":)" + quoted(refund.transaction);
    if (refund.state == RefundState::refused) text += R"(,"reason":)" + quoted(refund.reason);
    return text + "}";
}

std::string write_answers(const std::vector<std::string>& answers) {
    std::string text = R"({"items":[)";
    for (const auto& answer : answers) {
        if (text.back() != '[') text += ',';
        text += answer;
    }
    return text + "]}";
}

std::string authorisation_in(std::string_view payload) {
    return text_of(parse_object(payload), "authorisation");
}

std::map<std::string, std::string> fields_of(std::string_view link) {
    std::map<std::string, std::string> fields;
    std::string_view rest = link.substr(std::min(link.size(), link.find('?') + 1));
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        const std::size_t equals = std::min(pair.size(), pair.find('='));
        fields[std::string(pair.substr(0, equals))] =
            decoded(pair.substr(std::min(pair.size(), equals + 1)));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    }
    return fields;
}

}  // namespace onsale::banks
