// Banks: what they send the site. Answers give one for each question whatever comes; a callback
// that is taken has events with ids; a name has one spelling; a token of another shape grants
// nothing.
#include <string>
#include <vector>

#include "base/check.h"
#include "payments/authorisation.h"
#include "payments/flow_name.h"
#include "payments/internal/bank_messages.h"
#include "payments/limits.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

using namespace payments;

void check_answers(std::string_view text) {
    const std::vector<BankItem> payments_asked(3,
                                               {{FlowKind::payment, 8192, 1}, {}, {}, {}, {}, {}});
    const std::vector<BankItem> refunds_asked(3, {{FlowKind::refund, 8192, 1}, {}, {}, {}, {}, {}});
    for (std::size_t i = 0; i < kAsks; ++i) {
        const Ask ask = static_cast<Ask>(i);
        const bool of_refund = ask == Ask::refund || ask == Ask::query_refund;
        const auto answers = read_answers(ask, text, of_refund ? refunds_asked : payments_asked);
        ONSALE_CHECK(answers.size() == 3);
        for (const auto& answer : answers) {
            ONSALE_CHECK(answer.transaction.size() <= domain::kTransactionBytesMax);
            ONSALE_CHECK(answer.status != BankStatus::captured || answer.amount.minor > 0);
        }
    }
}

void check_events(std::string_view text) {
    const auto events = read_events(text);
    if (!events) return;
    ONSALE_CHECK(!events->empty() && events->size() <= kEventsPerCallback);
    for (const auto& event : *events) {
        ONSALE_CHECK(!event.id.empty() && event.id.size() <= kEventIdBytesMax);
        if (event.status != BankStatus::captured) continue;
        ONSALE_CHECK(event.amount.minor > 0 && !event.transaction.empty());
    }
}

void check_name(std::string_view text) {
    const auto name = parse_flow_name(text);
    ONSALE_CHECK(!name || to_string(*name) == text);
}

void check_token(std::string_view text) {
    const crypto::CallKey key{"00000001", {}};
    const TokenWish wish{domain::BankId(1), "onsale", domain::OrderId(256)};
    ONSALE_CHECK(!read_token(text, {}, wish));
    if (text.size() > crypto::kCarriedTokenBytesMax / 2) return;
    const auto granted = read_token(crypto::sign_carried(key, text), {key}, wish);
    ONSALE_CHECK(!granted || granted->amount.minor >= 0);
}

}  // namespace
}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = onsale::fuzz::Input(data, size).rest();
    onsale::fuzz::check_answers(text);
    onsale::fuzz::check_events(text);
    onsale::fuzz::check_name(text);
    onsale::fuzz::check_token(text);
    return 0;
}
