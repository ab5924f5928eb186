// Tokens of logins and receipts of refusals: each has one spelling, and nothing that differs from
// it by a byte is taken. A text is tried as it is, and with a right signature behind it, so that
// what stands before the signature is read, too.
#include <span>
#include <string>

#include "accounts/tokens.h"
#include "answers/receipt.h"
#include "base/check.h"
#include "crypto/crypto.h"
#include "crypto/jwt.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

constexpr crypto::Key kKey{std::byte{7}};
constexpr auto kNow = base::Timestamp::from_unix_ms(1'795'176'000'000);

void verify(std::string_view text) {
    crypto::Hmac hmac(kKey);
    const auto claims = crypto::verify_token(text, "person", kNow, hmac);
    if (!claims) return;
    ONSALE_CHECK(claims->audience == "person" && claims->expires_at > kNow);
    ONSALE_CHECK(crypto::sign_token(*claims, hmac) == text);
}

// As one of `letters` is changed, a good text is none any more.
template <class Refused>
void spoil(std::string text, std::size_t place, std::uint8_t with, const Refused& refused) {
    char& byte = text[place % text.size()];
    if (byte == static_cast<char>(with)) return;
    byte = static_cast<char>(with);
    ONSALE_CHECK(refused(text));
}

void sign_login(Input input) {
    static accounts::TokenIssuer issuer(kKey, accounts::Audience::person);
    static accounts::TokenVerifier verifier(kKey, accounts::Audience::person, 16);
    const auto subject = input.number();
    const accounts::LoginId login(input.number() & ((std::uint64_t{1} << 53) - 1));
    const auto token = issuer.issue(subject, login, kNow).token;
    const auto checked = verifier.check(token, kNow);
    ONSALE_CHECK(checked && checked->subject == subject && checked->login == login);
    ONSALE_CHECK(!verifier.check(token, kNow + accounts::kTokenLifetime));
    const std::size_t place = input.byte();
    spoil(token, place, input.byte(),
          [](const std::string& text) { return !verifier.check(text, kNow).has_value(); });
    static_cast<void>(verifier.check(input.rest(), kNow));
}

void sign_receipt(Input input) {
    static answers::ReceiptSigner signer(kKey);
    answers::Receipt receipt;
    receipt.refusal = domain::Refusal::sold_out;
    receipt.shard = domain::ShardId(static_cast<std::uint16_t>(input.number()));
    receipt.session = domain::SessionId(input.number());
    receipt.campaign = domain::CampaignId(input.number());
    receipt.sequence = input.number();
    receipt.ordinal = input.number();
    receipt.free = input.number();
    receipt.at = kNow;
    const auto text = signer.sign(receipt);
    ONSALE_CHECK(signer.parse_receipt(text) == receipt);
    const std::size_t place = input.byte();
    spoil(text, place, input.byte(),
          [](const std::string& other) { return !signer.parse_receipt(other); });
    if (const auto other = signer.parse_receipt(input.rest()))
        ONSALE_CHECK(signer.sign(*other) == input.rest());
}

}  // namespace

void run(Input input) {
    const auto way = input.choice(4);
    if (way == 0) return sign_login(input);
    if (way == 1) return sign_receipt(input);
    if (way == 2) return verify(input.rest());
    crypto::Hmac hmac(kKey);
    const std::string text(input.rest());
    const auto signature = hmac.sign(text);
    verify(text + "." + crypto::to_base64url(signature));
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
