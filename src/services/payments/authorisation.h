// Authorisation: what a bank grants its customer for one order, as the token that the buyer hands
// to the site says it. Pure functions, any thread; nothing to promise after a crash.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/signed_call.h"
#include "domain/payment.h"

namespace onsale::payments {

// What a token must be good for.
struct TokenWish {
    domain::BankId bank;
    std::string merchant;
    domain::OrderId order;
};
struct Authorisation {
    base::Money amount;  // at most
    base::Timestamp until;
};
enum class TokenRefusal : std::uint8_t {
    malformed,   // not a token, or not signed by this bank
    other_bank,  // or of another merchant
    other_order,
};
// Signature, bank, merchant and order. Amount and time are the box office's to compare.
[[nodiscard]] base::Result<Authorisation, TokenRefusal> read_token(
    std::string_view token, const std::vector<crypto::CallKey>& keys, const TokenWish& wish);

}  // namespace onsale::payments
