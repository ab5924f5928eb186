#include "rush/client.h"

#include <algorithm>
#include <utility>

#include "domain/outcome.h"
#include "orders/order_service.h"
#include "rush/json_field.h"

namespace onsale::rush {
namespace {

constexpr auto kRetryAfter = base::Duration::milliseconds(150);
constexpr std::uint64_t kPauseMaxMs = 12'000;
constexpr const char* kOrders = "/api/v1/orders";

std::string order_path(std::uint64_t order) {
    return std::string(kOrders) + "/" + std::to_string(order);
}

}  // namespace

Client::Client(ClientParts parts, std::uint64_t person, std::string token, std::uint64_t seed)
    : network_(parts.network),
      history_(parts.history),
      read_receipt_(parts.read_receipt),
      person_(person),
      token_(std::move(token)),
      random_(seed ^ person * 7919) {}

void Client::start(std::uint64_t actions, std::function<void(Client&)> act) {
    left_ = actions;
    act_ = std::move(act);
    next();
}

void Client::next() {
    if (left_ == 0 || under_way_ > 0 || std::exchange(scheduled_, true)) return;
    network_.clients().post_after(
        base::Duration::milliseconds(static_cast<std::int64_t>(random_.below(kPauseMaxMs))),
        [this] { act(); });
}

void Client::act() {
    scheduled_ = false;
    if (left_ == 0) return;
    --left_;
    act_(*this);
    next();
}

Client::Errand Client::errand(http::Method method, std::string path) const {
    Errand made;
    made.call.method = method;
    made.call.path = std::move(path);
    made.call.token = token_;
    made.history_age = history_.times_gone_back();
    return made;
}

Placement Client::placement(const Wish& wish) const {
    return {person_, orders::hash_of_key(domain::CampaignId(wish.campaign), wish.key)};
}

void Client::place(std::uint64_t campaign, std::uint64_t quantity) {
    wishes_.push_back(
        {campaign, quantity, "p" + std::to_string(person_) + "-" + std::to_string(next_key_++)});
    send_wish(wishes_.back());
    if (random_.chance(1, 3)) glance();
}

void Client::send_wish(Wish wish) {
    Errand made = errand(http::Method::post, kOrders);
    made.places = true;
    made.call.idempotency_key = wish.key;
    made.call.body = "{\"campaign\":" + std::to_string(wish.campaign);
    if (wish.quantity > 0)
        made.call.body +=
            ",\"lines\":[{\"tier\":" + std::string(wish.campaign == kFreeCampaign ? "11" : "12") +
            ",\"quantity\":" + std::to_string(wish.quantity) + "}]";
    made.call.body += "}";
    keys_[wish.key].quantities.insert(wish.quantity);
    made.wish = std::move(wish);
    history_.sends(placement(made.wish));
    persist(std::move(made));
}

void Client::repeat(bool other_wish) {
    if (wishes_.empty()) return grab();
    Wish wish = wishes_[random_.below(wishes_.size())];
    if (other_wish) wish.quantity = wish.quantity == 1 ? 2 : 1;
    send_wish(std::move(wish));
}

void Client::use_key_of(const Client& other) {
    if (other.wishes_.empty()) return grab();
    Wish wish = other.wishes_.back();
    if (history_.order_of(placement(wish)).has_value()) return reserve(1);  // used it before
    wishes_.push_back(wish);
    send_wish(std::move(wish));
}

void Client::glance() {
    const Call made = errand(http::Method::get, kOrders).call;
    for (const std::int64_t delay_ms : {0, 1, 3}) {
        network_.clients().post_after(base::Duration::milliseconds(delay_ms), [this, made] {
            network_.send(made, [this](const CallResult& result) {
                if (result.status == 200) note_orders(result.body);
            });
        });
    }
}

void Client::hurry() {
    glance();
    random_.chance(1, 2) ? grab() : reserve(1);
}

void Client::cancel_one() {
    if (own_orders_.empty()) return reserve(1);
    const std::uint64_t order = own_orders_[random_.below(own_orders_.size())];
    persist(errand(http::Method::post, order_path(order) + "/cancel"));
}

void Client::hide_one() {
    if (own_orders_.empty()) return reserve(1);
    const std::uint64_t order = own_orders_[random_.below(own_orders_.size())];
    persist(errand(http::Method::del, order_path(order)));
}

void Client::look_at_one() {
    if (own_orders_.empty()) return list();
    read(order_path(own_orders_[random_.below(own_orders_.size())]));
}

void Client::forget_orders() {
    own_orders_.clear();
    for (auto& [key, use] : keys_) use.accepted.reset();
}

void Client::list() {
    read(kOrders);
}

void Client::read(std::string path) {
    persist(errand(http::Method::get, std::move(path)));
}

void Client::look_back() {
    Errand all = errand(http::Method::get, kOrders);
    all.call.query = "limit=100";
    all.all_pages = true;
    persist(std::move(all));
    for (const auto& [order, seen] : history_.orders()) {
        if (seen.person == person_) read(order_path(order));
    }
}

void Client::persist(Errand made) {
    if (made.tries++ == 0) ++under_way_;
    if (made.places) ++keys_[made.wish.key].under_way;
    Call sent = made.call;
    auto done = [this, made = std::move(made)](const CallResult& result) mutable {
        const bool unfinished = result.end != CallEnd::answered || result.status >= 500;
        if (unfinished) {
            network_.clients().post_after(kRetryAfter, [this, made = std::move(made)]() mutable {
                persist(std::move(made));
            });
            return;
        }
        --under_way_;
        heard(made, result);
        next();
    };
    network_.send(std::move(sent), std::move(done));
}

void Client::heard(const Errand& made, const CallResult& result) {
    // After a restore, an order that was looked for may be another's, or not be there.
    const bool certain = made.history_age == history_.times_gone_back();
    if (made.call.method == http::Method::get) {
        if (result.status < 300 && made.call.path.starts_with(kOrders))
            return heard_list(made, result.body);
        if (result.status >= 300 && certain)
            history_.missed(made.call.path + ": " + std::to_string(result.status) + " " +
                            result.body);
        return;
    }
    if (result.status >= 300) heard_refusal(made, result);
    if (made.places) return heard_of_wish(made, result);
    if (result.status < 300) note_orders(result.body);
}

void Client::heard_list(const Errand& made, const std::string& body) {
    note_orders(body);
    const auto next_page = number_field(body, "next");
    if (!made.all_pages || !next_page) return;
    Errand next_errand = made;
    next_errand.tries = 0;
    next_errand.call.query = "limit=100&before=" + std::to_string(*next_page);
    persist(std::move(next_errand));
}

void Client::heard_of_wish(const Errand& made, const CallResult& result) {
    KeyUse& use = keys_[made.wish.key];
    if (!result.may_arrive_again) --use.under_way;
    const std::string outcome = text_field(result.body, "outcome").value_or("");
    const auto order = number_field(result.body, "id");
    const bool certain = made.history_age == history_.times_gone_back();
    if (outcome == "accepted" || outcome == "repeated") {
        if (number_field(result.body, "person") != person_)
            history_.missed("person " + std::to_string(person_) +
                            " was given the order of somebody else: " + result.body);
        if (!use.accepted) use.accepted = made.wish.quantity;
        if (use.accepted != made.wish.quantity && certain)
            history_.missed("a key was used for two wishes: " + result.body);
        if (order) history_.saw_placed(placement(made.wish), *order);
    } else if (text_field(result.body, "code") != "key_reused") {  // which has an order
        history_.saw_refused(placement(made.wish), use.under_way == 0);
    }
    if (result.status < 300) note_orders(result.body);
}

void Client::heard_refusal(const Errand& made, const CallResult& result) {
    const std::string code = text_field(result.body, "code").value_or("");
    if (made.places && code == "sold_out") history_.saw_sold_out(made.wish.campaign);
    if (code == "key_reused" && keys_[made.wish.key].quantities.size() < 2)
        history_.missed("person " + std::to_string(person_) +
                        " was refused for a key that only others have used");
    const auto signed_receipt = text_field(result.body, "receipt");
    if (!signed_receipt) return;
    const auto receipt = read_receipt_(*signed_receipt);
    if (!receipt) return history_.missed("a receipt that the site has not signed: " + result.body);
    const bool stands_for_it =
        domain::to_string(receipt->refusal) == code &&
        (!made.places || receipt->campaign == domain::CampaignId(made.wish.campaign)) &&
        (code != "sold_out" || receipt->free == 0) &&
        (code != "not_enough_stock" || receipt->free > 0);
    if (!stands_for_it) history_.missed("a receipt for something else: " + result.body);
    history_.saw_receipt(*receipt);
}

// Every order of an answer begins with its id, followed by its person.
void Client::note_orders(const std::string& body) {
    constexpr std::string_view kBegin = "{\"id\":";
    std::string_view rest = body;
    const auto is_order = [&](std::size_t at) {
        const std::size_t end = rest.find_first_not_of("0123456789", at + kBegin.size());
        return end != std::string_view::npos && rest.substr(end).starts_with(",\"person\":");
    };
    const auto find = [&](std::size_t from) {
        std::size_t at = rest.find(kBegin, from);
        while (at != std::string_view::npos && !is_order(at)) at = rest.find(kBegin, at + 1);
        return at;
    };
    for (std::size_t at = find(0); at != std::string_view::npos;) {
        const std::size_t following = find(at + 1);
        note_order(
            rest.substr(at, following == std::string_view::npos ? following : following - at));
        at = following;
    }
}

void Client::note_order(std::string_view body) {
    const auto id = number_field(body, "id");
    const auto person = number_field(body, "person");
    const auto state = text_field(body, "state");
    const auto campaign = number_field(body, "campaign");
    if (!id || !person || !state || !campaign) return;
    const std::size_t tickets = body.find("\"tickets\":[{");
    const auto code =
        tickets == std::string_view::npos ? std::nullopt : text_field(body.substr(tickets), "code");
    const auto amount = number_field(body, "minor");  // of the whole order: it stands first
    if (*person != person_)
        history_.missed("person " + std::to_string(person_) + " sees an order of person " +
                        std::to_string(*person));
    history_.saw_order(*id, {*person, *campaign, *state, code.value_or(""), amount.value_or(0)});
    if (*state == "reserved" && std::ranges::find(own_orders_, *id) == own_orders_.end())
        own_orders_.push_back(*id);
}

}  // namespace onsale::rush
