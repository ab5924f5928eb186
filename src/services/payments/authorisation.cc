#include "payments/authorisation.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <optional>

#include "payments/internal/bank_messages.h"
#include "payments/limits.h"

namespace onsale::payments {
namespace {

namespace json = boost::json;
using base::Unexpected;

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

}  // namespace

base::Result<Authorisation, TokenRefusal> read_token(std::string_view token,
                                                     const std::vector<crypto::CallKey>& keys,
                                                     const TokenWish& wish) {
    if (token.size() > kTokenBytesMax) return Unexpected{TokenRefusal::malformed};
    const auto carried = crypto::open_carried(keys, token);
    if (!carried) return Unexpected{TokenRefusal::malformed};
    boost::system::error_code error;
    const auto value = json::parse(carried->payload, error);
    if (error || !value.is_object()) return Unexpected{TokenRefusal::malformed};
    const auto& object = value.get_object();
    const auto amount = number_of(object, "amount");
    const auto currency = parse_currency(text_of(object, "currency"));
    const auto expires = number_of(object, "expires");
    constexpr std::int64_t kSecondsMax = std::int64_t{1} << 40;
    const bool whole = amount && *amount >= 0 && currency && expires && *expires > 0 &&
                       *expires < kSecondsMax && text_of(object, "key") == carried->key_id;
    if (!whole) return Unexpected{TokenRefusal::malformed};
    if (number_of(object, "bank") != static_cast<std::int64_t>(wish.bank.value()) ||
        text_of(object, "merchant") != wish.merchant)
        return Unexpected{TokenRefusal::other_bank};
    if (text_of(object, "order") != std::to_string(wish.order.value()))
        return Unexpected{TokenRefusal::other_order};
    constexpr std::int64_t kMsPerSecond = 1000;
    return Authorisation{{*amount, *currency},
                         base::Timestamp::from_unix_ms(*expires * kMsPerSecond)};
}

}  // namespace onsale::payments
