#include "bank/books/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/check.h"

namespace onsale::books {
namespace {

template <class Enum, std::size_t N>
using Words = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Words<TransactionKind, 7> kTransactions{{{TransactionKind::deposit, "deposit"},
                                                   {TransactionKind::withdrawal, "withdrawal"},
                                                   {TransactionKind::hold, "hold"},
                                                   {TransactionKind::release, "release"},
                                                   {TransactionKind::deduction, "deduction"},
                                                   {TransactionKind::bill, "bill"},
                                                   {TransactionKind::refund, "refund"}}};
constexpr Words<AuthorisationState, 5> kAuthorisations{{{AuthorisationState::open, "open"},
                                                        {AuthorisationState::used, "used"},
                                                        {AuthorisationState::expired, "expired"},
                                                        {AuthorisationState::closed, "closed"},
                                                        {AuthorisationState::revoked, "revoked"}}};
constexpr Words<PaymentState, 5> kPayments{{{PaymentState::unknown, "unknown"},
                                            {PaymentState::open, "open"},
                                            {PaymentState::captured, "captured"},
                                            {PaymentState::failed, "failed"},
                                            {PaymentState::closed, "closed"}}};
constexpr Words<Reason, 9> kReasons{{{Reason::none, ""},
                                     {Reason::authorisation_expired, "authorisation_expired"},
                                     {Reason::authorisation_used, "authorisation_used"},
                                     {Reason::authorisation_unknown, "authorisation_unknown"},
                                     {Reason::other_order, "other_order"},
                                     {Reason::over_authorised, "over_authorised"},
                                     {Reason::insufficient, "insufficient"},
                                     {Reason::closed, "closed"},
                                     {Reason::abandoned, "abandoned"}}};
constexpr Words<RefundState, 4> kRefunds{{{RefundState::unknown, "unknown"},
                                          {RefundState::accepted, "accepted"},
                                          {RefundState::completed, "completed"},
                                          {RefundState::refused, "refused"}}};
constexpr Words<RefundReason, 6> kRefundReasons{
    {{RefundReason::none, ""},
     {RefundReason::unknown, "unknown"},
     {RefundReason::over_captured, "over_captured"},
     {RefundReason::wrong_currency, "wrong_currency"},
     {RefundReason::declined, "declined"},
     {RefundReason::refunded_before, "refunded_before"}}};
constexpr Words<CallbackState, 4> kCallbacks{{{CallbackState::waiting, "waiting"},
                                              {CallbackState::acknowledged, "acknowledged"},
                                              {CallbackState::given_up, "given_up"},
                                              {CallbackState::lost, "lost"}}};

template <class Enum, std::size_t N>
std::string_view word(const Words<Enum, N>& words, Enum value) {
    const auto found = std::ranges::find(words, value, &std::pair<Enum, std::string_view>::first);
    return found == words.end() ? "unknown" : found->second;
}

template <class Enum, std::size_t N>
std::optional<Enum> value(const Words<Enum, N>& words, std::string_view text) {
    const auto found = std::ranges::find(words, text, &std::pair<Enum, std::string_view>::second);
    if (found == words.end()) return std::nullopt;
    return found->first;
}

}  // namespace

std::string_view to_string(TransactionKind kind) {
    return word(kTransactions, kind);
}
std::string_view to_string(AuthorisationState state) {
    return word(kAuthorisations, state);
}
std::string_view to_string(PaymentState state) {
    return word(kPayments, state);
}
std::string_view to_string(Reason reason) {
    return word(kReasons, reason);
}
std::string_view to_string(RefundState state) {
    return word(kRefunds, state);
}
std::string_view to_string(RefundReason reason) {
    return word(kRefundReasons, reason);
}
std::string_view to_string(CallbackState state) {
    return word(kCallbacks, state);
}
std::optional<TransactionKind> parse_transaction_kind(std::string_view text) {
    return value(kTransactions, text);
}
std::optional<CallbackState> parse_callback_state(std::string_view text) {
    return value(kCallbacks, text);
}

std::string spell(char letter, std::uint64_t number) {
    return letter + std::to_string(number);
}

std::optional<std::uint64_t> parse_name(char letter, std::string_view text) {
    if (text.size() < 2 || text.size() > 17 || text[0] != letter || text[1] == '0') {
        return std::nullopt;
    }
    std::uint64_t found = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, end, found);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return found;
}

}  // namespace onsale::books
