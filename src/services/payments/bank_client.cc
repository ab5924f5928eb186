#include "payments/bank_client.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "payments/internal/bank_messages.h"
#include "payments/internal/statement_messages.h"
#include "payments/limits.h"

namespace onsale::payments {
namespace {

using base::Unexpected;

// The file of a whole day takes a bank longer than a question does; who asks waits for nothing
// else.
constexpr auto kDayFileDeadline = base::Duration::seconds(20);
constexpr std::size_t kDayFileBytesMax = 64 * 1024 * 1024;
constexpr std::uint16_t kBadRequest = 400;
constexpr std::uint16_t kNotFound = 404;
constexpr std::uint16_t kTooLarge = 413;
constexpr std::uint16_t kUnprocessable = 422;

// Only what can be the fault of the body is worth trying with a smaller one. Anything else (keys
// that do not fit, a limit, an address that is not there) is mended by people, and meanwhile the
// bank is as good as away.
BankTrouble trouble_of(const registry::PartyFailure& failure) {
    switch (failure.trouble) {
        case registry::PartyTrouble::unreachable:
            return BankTrouble::unreachable;
        case registry::PartyTrouble::unknown:
            return BankTrouble::silent;
        case registry::PartyTrouble::refused:
            break;
    }
    const bool of_body = failure.status == kBadRequest || failure.status == kTooLarge ||
                         failure.status == kUnprocessable;
    return of_body ? BankTrouble::refused : BankTrouble::unreachable;
}

}  // namespace

BankClient::Text BankClient::call(const registry::PartyCall& call) {
    auto answer = caller_->call(call);
    if (answer) return std::move(*answer);
    const auto& failure = answer.error();
    return Unexpected{BankFailure{trouble_of(failure), failure.message}};
}

Bank::Answers BankClient::ask(domain::BankId bank, Ask ask, const std::vector<BankItem>& items) {
    registry::PartyCall wish;
    wish.party = registry::bank_party(bank.value());
    wish.path = path_of(ask);
    wish.body = write_items(ask, items);
    ONSALE_TRY_ASSIGN(body, call(wish));
    return read_answers(ask, body, items);
}

BankClient::Text BankClient::day_file(domain::BankId bank, const std::string& day) {
    registry::PartyCall wish;
    wish.party = registry::bank_party(bank.value());
    wish.method = http::Method::get;
    wish.path = "/merchant/v1/days/" + day + ".csv";
    wish.deadline = kDayFileDeadline;
    wish.answer_bytes_max = kDayFileBytesMax;
    return call(wish);
}

BankClient::Page BankClient::statements(domain::BankId bank, const StatementsWish& wish) {
    boost::json::object body;
    body["consent"] = wish.consent;
    if (wish.before != 0) body["before"] = wish.before;
    body["max"] = wish.max;
    registry::PartyCall outgoing;
    outgoing.party = registry::bank_party(bank.value());
    outgoing.path = "/merchant/v1/statements";
    outgoing.body = boost::json::serialize(body);
    auto answer = caller_->call(outgoing);
    if (!answer) {
        const auto& failure = answer.error();
        const bool of_consent = failure.trouble == registry::PartyTrouble::refused &&
                                (failure.status == kNotFound || failure.status == kBadRequest);
        return Unexpected{StatementFailure{
            of_consent ? StatementTrouble::consent_unknown : StatementTrouble::away,
            failure.message}};
    }
    auto page = read_statements(*answer, wish.max);
    if (page) return *std::move(page);
    return Unexpected{StatementFailure{StatementTrouble::away,
                                       to_string(outgoing.party) + " did not answer a statement"}};
}

}  // namespace onsale::payments
