#include "payments/payments.h"

#include <array>
#include <utility>

#include "crypto/signed_call.h"
#include "payments/agent.h"
#include "payments/authorisation.h"
#include "payments/bank_client.h"
#include "payments/callbacks.h"
#include "payments/internal/grouped_writes.h"
#include "payments/tokens.h"

namespace onsale::payments {
namespace {

using base::Unexpected;
using domain::PayWay;

constexpr std::int64_t kMsPerSecond = 1000;

std::string_view word_of(PayWay way) {
    return way == PayWay::token ? "token" : "cashier";
}

bool is_usable(const registry::PartyView& view, PayWay way) {
    if (!view.party.enabled) return false;
    for (const auto& known : view.ways)
        if (known == word_of(way)) return true;
    return false;
}

StartRefusal refusal_of(TokenRefusal refusal) {
    return refusal == TokenRefusal::other_order ? StartRefusal::token_other_order
                                                : StartRefusal::token_invalid;
}

StartRefusal refusal_of(const records::StoreError& error) {
    switch (error.trouble) {
        case records::StoreTrouble::busy:
            return StartRefusal::busy;
        case records::StoreTrouble::storage_full:
            return StartRefusal::storage_full;
        case records::StoreTrouble::failed:
            break;
    }
    return StartRefusal::failed;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    std::string encoded;
    for (const char character : text) {
        if (kPlain.find(character) != std::string_view::npos) {
            encoded += character;
            continue;
        }
        const auto byte = static_cast<unsigned char>(character);
        encoded += '%';
        encoded += kDigits[byte >> 4U];
        encoded += kDigits[byte & 15U];
    }
    return encoded;
}

// One wish on its way to the box office.
struct Starting {
    StartWish wish;
    domain::StartPayment command;
    Started started;
    base::UniqueFunction<void(Started)> reply;
};

}  // namespace

struct Payments::Impl {
    Impl(PaymentsParts p, PaymentsOptions o)
        : options(std::move(o)),
          engine(p.engine),
          registry(p.registry),
          writes(std::make_shared<GroupedWrites>(p.store)),
          tokens(p.store, p.environment, p.master, writes),
          callbacks({p.environment, p.engine, p.metrics, strays, writes}),
          agent({p.environment, p.engine, p.feed, std::move(p.source), tokens, p.metrics, strays,
                 [&known = p.registry] {
                     return std::make_unique<BankClient>(known.make_caller());
                 }}) {}

    // Whether the wish can go to the box office; fills the command.
    [[nodiscard]] StartRefusal check(Starting& starting) const;
    void submit(const std::shared_ptr<Starting>& starting, env::Executor& home);
    [[nodiscard]] std::string cashier_url(const domain::Payment& payment,
                                          base::Timestamp deadline) const;

    const PaymentsOptions options;
    shard::Engine& engine;
    registry::Registry& registry;
    const std::shared_ptr<GroupedWrites> writes;
    Tokens tokens;
    StrayCounts strays;
    Callbacks callbacks;
    PaymentAgent agent;
};

StartRefusal Payments::Impl::check(Starting& starting) const {
    const StartWish& wish = starting.wish;
    const auto party = registry::bank_party(wish.bank.value());
    const auto view = registry.find(party);
    if (!view || !view->party.enabled) return StartRefusal::bank_unknown;
    starting.started.bank_name_zh = view->party.name_zh;
    starting.started.bank_name_en = view->party.name_en;
    if (!is_usable(*view, wish.way)) {
        for (const auto& other : registry.parties(registry::PartyKind::bank))
            if (is_usable(other, wish.way))
                starting.started.usable.push_back({domain::BankId(other.party.id.number.value()),
                                                   other.party.name_zh, other.party.name_en});
        return StartRefusal::bank_unavailable;
    }
    starting.command = {wish.person, wish.order, wish.bank, wish.way, 0, {}, {}};
    if (wish.way == PayWay::cashier) return StartRefusal::none;
    const auto authorisation = read_token(wish.token, registry.keys_of(party),
                                          {wish.bank, registry.options().merchant, wish.order});
    if (!authorisation) return refusal_of(authorisation.error());
    starting.command.token = tokens.hash_of(wish.token);
    starting.command.authorised = authorisation->amount;
    starting.command.authorised_until = authorisation->until;
    return StartRefusal::none;
}

void Payments::Impl::submit(const std::shared_ptr<Starting>& starting, env::Executor& home) {
    const auto shard = domain::shard_of(starting->wish.order);
    if (shard.value() >= engine.shards()) {
        starting->started.answer.outcome.refusal = domain::Refusal::order_unknown;
        home.post([starting] { starting->reply(std::move(starting->started)); });
        return;
    }
    engine.submit(shard, starting->command, home, [this, starting](const shard::Answer& answer) {
        Started& started = starting->started;
        started.answer = answer;
        if (answer.outcome.payment != nullptr)
            started.cashier_url =
                cashier_url(*answer.outcome.payment, answer.outcome.order.deadline);
        starting->reply(std::move(started));
    });
}

std::string Payments::Impl::cashier_url(const domain::Payment& payment,
                                        base::Timestamp deadline) const {
    if (payment.way != PayWay::cashier || !domain::is_open(payment.state)) return {};
    const auto place =
        registry.public_place(registry::bank_party(payment.bank.value()), word_of(payment.way));
    if (!place) return {};
    const auto& known = registry.options();
    const std::string order = std::to_string(domain::order_of(payment.id).value());
    const std::string return_url =
        known.site.empty() ? std::string() : known.site + "/orders/" + order + "/paid";
    // The names of the fields, in the order in which their values are signed.
    constexpr std::array kNames = {"merchant", "reference", "order", "amount",
                                   "currency", "expires",   "title", "return"};
    const std::array<std::string, kNames.size()> values = {
        known.merchant,
        to_string(name_of(payment)),
        order,
        std::to_string(payment.amount.minor),
        std::string(currency_text(payment.amount.currency)),
        std::to_string(deadline.unix_ms() / kMsPerSecond),
        options.title,
        return_url};
    const std::array<std::string_view, kNames.size()> lines = {
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]};
    const auto signature = crypto::sign_lines(place->key, lines);
    if (!signature) return {};
    std::string url = place->public_url + "/cashier?";
    for (std::size_t i = 0; i < kNames.size(); ++i)
        url += std::string(kNames[i]) + "=" + percent_encoded(values[i]) + "&";
    return url + "key=" + place->key.id + "&signature=" + *signature;
}

base::Result<std::unique_ptr<Payments>, std::string> Payments::create(PaymentsParts parts,
                                                                      PaymentsOptions options) {
    auto& connection = parts.store.connection();
    if (auto done = Tokens::migrate(connection); !done) return Unexpected{done.error().message};
    if (auto done = Callbacks::migrate(connection); !done) return Unexpected{done.error().message};
    return std::unique_ptr<Payments>(
        new Payments(std::make_unique<Impl>(std::move(parts), std::move(options))));
}

Payments::Payments(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Payments::~Payments() = default;

void Payments::start() {
    impl_->agent.start();
}

void Payments::stop() {
    impl_->agent.stop();
    impl_->writes->stop();
}

void Payments::start_payment(StartWish wish, env::Executor& home,
                             base::UniqueFunction<void(Started)> reply) {
    auto starting = std::make_shared<Starting>();
    starting->wish = std::move(wish);
    starting->reply = std::move(reply);
    const auto refuse = [&home](const std::shared_ptr<Starting>& refused, StartRefusal refusal) {
        refused->started.refusal = refusal;
        home.post([refused] { refused->reply(std::move(refused->started)); });
    };
    const StartRefusal refusal = impl_->check(*starting);
    if (refusal != StartRefusal::none) return refuse(starting, refusal);
    if (starting->wish.way == PayWay::cashier) return impl_->submit(starting, home);
    // The token is there before its payment is.
    std::string token = std::move(starting->wish.token);
    impl_->tokens.keep(
        std::move(token), home,
        [impl = impl_.get(), starting, &home, refuse](const GroupedWrites::Written& written) {
            if (!written) return refuse(starting, refusal_of(written.error()));
            impl->submit(starting, home);
        });
}

void Payments::receive(domain::BankId bank, std::string_view body, env::Executor& home,
                       base::UniqueFunction<void(CallbackResult)> reply) {
    impl_->callbacks.receive(bank, body, home, std::move(reply));
}

std::string Payments::cashier_url(const domain::Payment& payment, base::Timestamp deadline) const {
    return impl_->cashier_url(payment, deadline);
}

}  // namespace onsale::payments
