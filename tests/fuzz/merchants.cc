// Merchants: what a bank reads of those who call it, once the signature was right, of its customers
// and tellers, and of its own files. What was read can be written and read again; a name has one
// spelling; nobody's token is taken who did not sign it; settings that are taken make sense.
#include <string>
#include <string_view>

#include "bank/books/words.h"
#include "bank/credentials.h"
#include "bank/faults.h"
#include "bank/merchant_messages.h"
#include "bank/messages.h"
#include "bank/teller_messages.h"
#include "base/check.h"
#include "crypto/signed_call.h"
#include "http/described.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

using namespace bank;

template <class Body>
void check_body(std::string_view text) {
    const auto body = http::parse_body<Body>(text);
    if (!body) return;
    const std::string written = http::to_json(*body);
    const auto again = http::parse_body<Body>(written);
    ONSALE_CHECK(again && http::to_json(*again) == written);
}

void check_bodies(std::string_view text) {
    check_body<DeductionsBody>(text);
    check_body<QueriesBody>(text);
    check_body<ClosuresBody>(text);
    check_body<RefundsBody>(text);
    check_body<RefundQueriesBody>(text);
    check_body<StatementsQueryBody>(text);
    check_body<BillLinkBody>(text);
    check_body<LoginBody>(text);
    check_body<NewAuthorisationBody>(text);
    check_body<CustomerChangeBody>(text);
    check_body<CashBody>(text);
}

void check_faults(std::string_view text) {
    const auto wish = http::parse_body<FaultsWishBody>(text);
    if (!wish) return;
    const FaultsBody settings = settings_of(*wish);
    if (wrong_setting(settings)) return;
    Faults faults;
    faults.set(settings);
    (void)faults.next_reply();
    (void)faults.next_refund();
    ONSALE_CHECK(faults.of_callback(1).repeats <= settings.callbacks_repeats);
    const auto kept = http::parse_body<FaultsWishBody>(http::to_json(settings));
    ONSALE_CHECK(kept && http::to_json(settings_of(*kept)) == http::to_json(settings));
}

void check_names(std::string_view text) {
    for (const char letter : {'A', 'E', 'T'}) {
        const auto number = books::parse_name(letter, text);
        ONSALE_CHECK(!number || books::spell(letter, *number) == text);
    }
}

void check_token(std::string_view text) {
    const crypto::CallKey key{"00000001", {}};
    const crypto::CallKey other{"00000001", {std::byte{1}}};
    if (text.size() > crypto::kCarriedTokenBytesMax / 2) return;
    const std::string token = crypto::sign_carried(key, text);
    const auto opened = crypto::open_carried({&key, 1}, token);
    ONSALE_CHECK(text.empty() || (opened && opened->payload == text));
    ONSALE_CHECK(!crypto::open_carried({&other, 1}, token));
    if (opened) check_body<TokenBody>(opened->payload);
}

void check_credentials(std::string_view text) {
    const auto merchant = parse_credentials(text);
    if (!merchant) {
        ONSALE_CHECK(!merchant.error().empty());
        return;
    }
    ONSALE_CHECK(!merchant->to_bank.empty() && !merchant->to_site.empty());
    ONSALE_CHECK(!merchant->name.empty() && !merchant->site.ends_with('/'));
}

}  // namespace
}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = onsale::fuzz::Input(data, size).rest();
    onsale::fuzz::check_bodies(text);
    onsale::fuzz::check_faults(text);
    onsale::fuzz::check_names(text);
    onsale::fuzz::check_token(text);
    onsale::fuzz::check_credentials(text);
    return 0;
}
