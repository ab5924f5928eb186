#include "payments/internal/bank_messages.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <utility>

#include "domain/limits.h"
#include "payments/limits.h"

namespace onsale::payments {
namespace {

namespace json = boost::json;
using domain::PaymentReason;

struct StatusName {
    std::string_view name;
    BankStatus status;
};
constexpr std::array kPaymentStatuses = {
    StatusName{"unknown", BankStatus::unknown},   StatusName{"open", BankStatus::open},
    StatusName{"captured", BankStatus::captured}, StatusName{"failed", BankStatus::failed},
    StatusName{"closed", BankStatus::closed},
};
constexpr std::array kRefundStatuses = {
    StatusName{"unknown", BankStatus::unknown},
    StatusName{"accepted", BankStatus::accepted},
    StatusName{"completed", BankStatus::completed},
    StatusName{"refused", BankStatus::refused},
};

bool is_of_refund(Ask ask) {
    return ask == Ask::refund || ask == Ask::query_refund;
}

std::string_view text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

std::optional<std::int64_t> number_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    if (const auto* number = value->if_int64()) return *number;
    return std::nullopt;
}

std::optional<json::object> parse_object(std::string_view body) {
    boost::system::error_code error;
    auto value = json::parse(body, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

BankStatus status_of(std::string_view text, bool of_refund) {
    const auto find = [text](const auto& names) {
        for (const auto& known : names)
            if (known.name == text) return known.status;
        return BankStatus::nonsense;
    };
    return of_refund ? find(kRefundStatuses) : find(kPaymentStatuses);
}

// closed: we had said that we do not want it any more.
PaymentReason reason_of(std::string_view text) {
    if (text == "insufficient") return PaymentReason::insufficient;
    if (text == "authorisation_expired" || text == "expired") return PaymentReason::expired;
    if (text == "closed") return PaymentReason::closed_by_us;
    if (text == "given_up") return PaymentReason::given_up;
    const bool of_authorisation = text == "authorisation_used" || text == "authorisation_unknown" ||
                                  text == "other_order" || text == "over_authorised";
    return of_authorisation ? PaymentReason::authorisation_refused : PaymentReason::bank_refused;
}

// No order costs more; a bank that says more is not believed, and sums stay far from overflowing.
constexpr std::int64_t kAmountMax = domain::kPriceMinorMax * domain::kTicketsPerOrderMax;

// Whether there is an amount of money that we can write down.
bool read_money(const json::object& object, base::Money& money) {
    const auto amount = number_of(object, "amount");
    const auto currency = parse_currency(text_of(object, "currency"));
    if (!amount || *amount <= 0 || *amount > kAmountMax || !currency) return false;
    money = {*amount, *currency};
    return true;
}

bool read_transaction(const json::object& object, std::string& transaction) {
    transaction = text_of(object, "transaction");
    return transaction.size() <= domain::kTransactionBytesMax;
}

BankAnswer read_answer(const json::object& object, bool of_refund) {
    BankAnswer answer;
    answer.status = status_of(text_of(object, "status"), of_refund);
    if (!read_transaction(object, answer.transaction)) return {};
    if (answer.status == BankStatus::failed) answer.reason = reason_of(text_of(object, "reason"));
    answer.given_before =
        answer.status == BankStatus::refused && text_of(object, "reason") == "refunded_before";
    if (answer.status != BankStatus::captured) return answer;
    const bool whole = read_money(object, answer.amount) && !answer.transaction.empty();
    return whole ? answer : BankAnswer();
}

json::object object_of(Ask ask, const BankItem& item) {
    json::object object;
    object[is_of_refund(ask) ? "refund" : "reference"] = to_string(item.name);
    if (ask == Ask::query || ask == Ask::query_refund) return object;
    if (ask == Ask::close) {
        if (!item.token.empty()) object["token"] = item.token;
        return object;
    }
    if (ask == Ask::deduct) {
        object["token"] = item.token;
        object["order"] = std::to_string(item.order.value());
    } else if (item.name.kind == FlowKind::stray) {
        object["transaction"] = item.transaction;
    } else {
        object["reference"] = to_string(item.payment);
    }
    object["amount"] = item.amount.minor;
    object["currency"] = std::string(currency_text(item.amount.currency));
    // Out of one payment there is one refund. What the bank has given back besides, in a past that
    // we have lost, has to be looked at by people.
    if (ask == Ask::refund) object["refunded_before"] = 0;
    return object;
}

BankEvent read_event(const json::object& object) {
    BankEvent event;
    event.id = text_of(object, "event");
    event.body = json::serialize(object);
    event.is_refund = text_of(object, "kind") == "refund";
    event.name = parse_flow_name(text_of(object, event.is_refund ? "refund" : "reference"));
    event.status = status_of(text_of(object, "status"), event.is_refund);
    const bool is_final = event.status != BankStatus::unknown && event.status != BankStatus::open &&
                          event.status != BankStatus::accepted;
    const bool has_kind = event.is_refund || text_of(object, "kind") == "payment";
    const bool fits = read_transaction(object, event.transaction) && is_final && has_kind;
    const bool captured = event.status == BankStatus::captured;
    if (!fits || (captured && (!read_money(object, event.amount) || event.transaction.empty())))
        event.status = BankStatus::nonsense;
    return event;
}

}  // namespace

std::string_view to_string(Ask ask) {
    switch (ask) {
        case Ask::deduct:
            return "deduct";
        case Ask::query:
            return "query";
        case Ask::close:
            return "close";
        case Ask::refund:
            return "refund";
        case Ask::query_refund:
            break;
    }
    return "query_refund";
}

std::string_view path_of(Ask ask) {
    switch (ask) {
        case Ask::deduct:
            return "/merchant/v1/deductions";
        case Ask::query:
            return "/merchant/v1/queries";
        case Ask::close:
            return "/merchant/v1/closures";
        case Ask::refund:
            return "/merchant/v1/refunds";
        case Ask::query_refund:
            break;
    }
    return "/merchant/v1/refund-queries";
}

std::string_view currency_text(base::Currency currency) {
    switch (currency) {
        case base::Currency::usd:
            return "USD";
        case base::Currency::eur:
            return "EUR";
        case base::Currency::cny:
            break;
    }
    return "CNY";
}

std::optional<base::Currency> parse_currency(std::string_view text) {
    for (const auto currency : {base::Currency::cny, base::Currency::usd, base::Currency::eur})
        if (currency_text(currency) == text) return currency;
    return std::nullopt;
}

std::string write_items(Ask ask, const std::vector<BankItem>& items) {
    json::array array;
    for (const auto& item : items) array.push_back(object_of(ask, item));
    json::object body;
    body["items"] = std::move(array);
    return json::serialize(body);
}

std::vector<BankAnswer> read_answers(Ask ask, std::string_view body,
                                     const std::vector<BankItem>& items) {
    std::vector<BankAnswer> answers(items.size());
    const auto object = parse_object(body);
    const auto* list = object ? object->if_contains("items") : nullptr;
    if (list == nullptr || !list->is_array()) return answers;
    boost::unordered_flat_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < items.size(); ++i) places.emplace(to_string(items[i].name), i);
    std::vector<bool> answered(items.size());
    const bool of_refund = is_of_refund(ask);
    for (const auto& element : list->get_array()) {
        const auto* one = element.if_object();
        if (one == nullptr) continue;
        const auto place =
            places.find(std::string(text_of(*one, of_refund ? "refund" : "reference")));
        if (place == places.end()) continue;
        // Two answers for one name: neither is believed.
        answers[place->second] =
            answered[place->second] ? BankAnswer() : read_answer(*one, of_refund);
        answered[place->second] = true;
    }
    return answers;
}

std::optional<std::vector<BankEvent>> read_events(std::string_view body) {
    const auto object = parse_object(body);
    const auto* list = object ? object->if_contains("events") : nullptr;
    if (list == nullptr || !list->is_array()) return std::nullopt;
    const auto& array = list->get_array();
    if (array.empty() || array.size() > kEventsPerCallback) return std::nullopt;
    std::vector<BankEvent> events;
    for (const auto& element : array) {
        if (!element.is_object()) return std::nullopt;
        events.push_back(read_event(element.get_object()));
        const std::string& id = events.back().id;
        if (id.empty() || id.size() > kEventIdBytesMax) return std::nullopt;
    }
    return events;
}

}  // namespace onsale::payments
