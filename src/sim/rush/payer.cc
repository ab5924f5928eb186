#include "rush/payer.h"

#include <utility>

#include "rush/json_field.h"

namespace onsale::rush {
namespace {

using http::Method;

constexpr auto kRetryAfter = base::Duration::milliseconds(150);
constexpr std::uint64_t kPauseMaxMs = 12'000;
constexpr std::uint64_t kTriesAtCashier = 3;
constexpr const char* kOrders = "/api/v1/orders";

std::string order_path(std::uint64_t order) {
    return std::string(kOrders) + "/" + std::to_string(order);
}

// A bank that cannot be used is an answer, not a reason to ask again.
bool is_answered(const CallResult& result) {
    if (result.end != CallEnd::answered) return false;
    return result.status < 500 || text_field(result.body, "code") == "bank_unavailable";
}

}  // namespace

Payer::Payer(Network& network, MoneyParts money, std::uint64_t person, std::string token,
             std::uint64_t seed)
    : network_(network),
      money_(money),
      person_(person),
      token_(std::move(token)),
      random_(seed ^ person * 104729) {}

void Payer::start(std::uint64_t actions, std::function<void(Payer&)> act) {
    left_ = actions;
    act_ = std::move(act);
    next();
}

void Payer::next() {
    if (left_ == 0 || scheduled_) return;
    scheduled_ = true;
    network_.clients().post_after(
        base::Duration::milliseconds(static_cast<std::int64_t>(random_.below(kPauseMaxMs))),
        [this] { act(); });
}

void Payer::act() {
    scheduled_ = false;
    --left_;
    act_(*this);
    next();
}

void Payer::ask(Method method, std::string path, std::string body, Heard heard) {
    auto errand = std::make_shared<Errand>();
    errand->call.method = method;
    errand->call.path = std::move(path);
    errand->call.body = std::move(body);
    errand->call.token = token_;
    if (errand->call.path == kOrders)
        errand->call.idempotency_key =
            "m" + std::to_string(person_) + "-" + std::to_string(next_key_++);
    errand->heard = std::move(heard);
    ++under_way_;
    send(errand);
}

void Payer::send(const std::shared_ptr<Errand>& errand) {
    network_.send(errand->call, [this, errand](const CallResult& result) {
        if (!is_answered(result)) {
            network_.clients().post_after(kRetryAfter, [this, errand] { send(errand); });
            return;
        }
        errand->heard(result);
        --under_way_;
    });
}

void Payer::wait(std::uint64_t most_ms, std::function<void()> then) {
    ++under_way_;
    network_.clients().post_after(
        base::Duration::milliseconds(static_cast<std::int64_t>(random_.below(most_ms))),
        [this, then = std::move(then)] {
            then();
            --under_way_;
        });
}

banks::Bank& Payer::any_bank() {
    return *money_.banks[random_.below(money_.banks.size())];
}

// As it was seen last; 0: it has none.
std::uint64_t Payer::any_order(std::string_view state) {
    std::vector<std::uint64_t> found;
    for (const auto& [id, own] : orders_)
        if (state.empty() || own.state == state) found.push_back(id);
    return found.empty() ? 0 : found[random_.below(found.size())];
}

void Payer::note(const std::string& body) {
    const auto id = number_field(body, "id");
    const auto state = text_field(body, "state");
    const auto amount = number_field(body, "minor");
    if (!id || !state || !amount) return;
    orders_[*id] = {*amount, *state};
    auto& told = money_.told.orders[*id];
    told.amount = static_cast<std::int64_t>(*amount);
    told.completed = told.completed || *state == "completed";
    told.last = *state;
    told.has_tickets = body.find("\"tickets\":[{") != std::string::npos;
}

void Payer::buy(Then then) {
    const std::uint64_t tier = kMoneyTiers[random_.below(std::size(kMoneyTiers))];
    const std::string body = R"({"campaign":)" + std::to_string(kMoneyCampaign) +
                             R"(,"lines":[{"tier":)" + std::to_string(tier) + R"(,"quantity":)" +
                             std::to_string(1 + random_.below(2)) + "}]}";
    ask(Method::post, kOrders, body, [this, then](const CallResult& result) {
        if (result.status >= 300) return;
        note(result.body);
        const std::uint64_t order = number_field(result.body, "id").value_or(0);
        if (then == Then::nothing || orders_[order].state != "reserved") return;
        pay(order, any_bank());
        if (then == Then::pays_twice) pay(order, any_bank());
    });
}

void Payer::pay_one(Then then) {
    const std::uint64_t order = any_order("reserved");
    if (order == 0) return buy(then);
    pay(order, any_bank());
    if (then == Then::pays_twice) pay(order, any_bank());
}

void Payer::pay(std::uint64_t order, banks::Bank& bank) {
    random_.chance(1, 2) ? pay_by_token(order, bank) : pay_at_cashier(order, bank);
}

bool Payer::note_payment(const CallResult& result, const banks::Bank& bank) {
    const auto payment = number_field(result.body, "payment");
    const auto amount = number_field(result.body, "amount");
    if (result.status >= 300 || !payment || !amount) return false;
    money_.told.payments[*payment] = {bank.number(), static_cast<std::int64_t>(*amount)};
    return true;
}

void Payer::pay_by_token(std::uint64_t order, banks::Bank& bank) {
    const auto amount = static_cast<std::int64_t>(orders_[order].amount);
    const std::string granted = bank.authorise(person_, std::to_string(order), amount);
    if (granted.empty()) return;
    const std::string body = R"({"bank":)" + std::to_string(bank.number()) +
                             R"(,"way":"token","token":")" + granted + R"("})";
    ask(Method::post, order_path(order) + "/payments", body,
        [this, &bank, order](const CallResult& result) {
            if (note_payment(result, bank) && random_.chance(1, 2))
                wait(3000, [this, order] {
                    ask(Method::get, order_path(order), {}, [this](const CallResult& seen) {
                        if (seen.status < 300) note(seen.body);
                    });
                });
        });
}

void Payer::pay_at_cashier(std::uint64_t order, banks::Bank& bank) {
    const std::string body = R"({"bank":)" + std::to_string(bank.number()) + R"(,"way":"cashier"})";
    ask(Method::post, order_path(order) + "/payments", body,
        [this, &bank, order](const CallResult& result) {
            const auto link = text_field(result.body, "cashier_url");
            if (note_payment(result, bank) && link) stand_at_cashier(order, bank, *link);
        });
}

// In time, late, not at all, or while the order is being cancelled.
void Payer::stand_at_cashier(std::uint64_t order, banks::Bank& bank, const std::string& link) {
    const auto put_down = [this, &bank, link] { put_money_down(bank, link, 1); };
    switch (random_.below(10)) {
        case 0:
            return;
        case 1:
            return wait(20'000, [&bank, link] { bank.give_up(link); });
        case 2:
            return wait(100'000, put_down);
        case 3:
            wait(8000, put_down);
            return wait(8000, [this, order] {
                ask(Method::post, order_path(order) + "/cancel", {},
                    [this](const CallResult& done) {
                        if (done.status < 300) note(done.body);
                    });
            });
        default:
            return wait(9000, put_down);
    }
}

void Payer::put_money_down(banks::Bank& bank, const std::string& link, std::uint64_t tries) {
    if (bank.pay(person_, link) || tries == kTriesAtCashier) return;
    wait(4000, [this, &bank, link, tries] { put_money_down(bank, link, tries + 1); });
}

void Payer::cancel_one() {
    const std::uint64_t order = any_order("reserved");
    if (order == 0) return buy(Then::nothing);
    ask(Method::post, order_path(order) + "/cancel", {}, [this](const CallResult& result) {
        if (result.status < 300) note(result.body);
    });
}

void Payer::want_money_back() {
    std::uint64_t order = any_order("completed");
    if (order == 0) order = any_order({});
    if (order == 0) return buy(Then::pays);
    ask(Method::post, order_path(order) + "/refunds", R"({"reason":"schedule"})",
        [this](const CallResult& result) {
            const auto refund = number_field(result.body, "refund");
            const auto amount = number_field(result.body, "amount");
            if (result.status >= 300 || !refund || !amount) return;
            refunds_.push_back(*refund);
            money_.told.refunds[*refund] = {0, static_cast<std::int64_t>(*amount)};
        });
}

void Payer::give_up_refund() {
    if (refunds_.empty()) return want_money_back();
    const std::uint64_t refund = refunds_[random_.below(refunds_.size())];
    ask(Method::del, "/api/v1/refunds/" + std::to_string(refund), {}, [](const CallResult&) {});
}

void Payer::look_at_one() {
    const std::uint64_t order = any_order({});
    if (order == 0) return buy(Then::pays);
    ask(Method::get, order_path(order), {}, [this](const CallResult& result) {
        if (result.status < 300) note(result.body);
    });
}

void Payer::look_back() {
    for (const auto& [id, own] : orders_) {
        ask(Method::get, order_path(id), {}, [this](const CallResult& result) {
            if (result.status < 300) note(result.body);
        });
    }
}

}  // namespace onsale::rush
