#include "rush/client.h"

#include <utility>

#include "rush/json_field.h"

namespace onsale::rush {
namespace {

constexpr auto kRetryAfter = base::Duration::milliseconds(150);
constexpr std::uint64_t kPauseMaxMs = 12'000;

// The newest order of a list: up to where the next one begins.
std::string first_order(const std::string& list) {
    const std::size_t first = list.find("\"person\":");
    return first == std::string::npos ? "" : list.substr(0, list.find("\"person\":", first + 1));
}

std::string order_path(std::uint64_t order) {
    return "/api/v1/orders/" + std::to_string(order);
}

}  // namespace

Client::Client(Network& network, History& history, std::uint64_t person, std::string token,
               std::uint64_t seed)
    : network_(network),
      history_(history),
      person_(person),
      token_(std::move(token)),
      random_(seed ^ person * 7919) {}

void Client::start(std::uint32_t actions) {
    left_ = actions;
    next();
}

void Client::next() {
    if (left_ == 0) return;
    network_.clients().post_after(
        base::Duration::milliseconds(static_cast<std::int64_t>(random_.below(kPauseMaxMs))),
        [this] { act(); });
}

void Client::act() {
    if (left_ == 0) return;
    --left_;
    switch (random_.below(8)) {
        case 0:
        case 1:
            return place(kFreeCampaign, 1);
        case 2:
        case 3:
        case 4:
            return place(kPricedCampaign, 1 + static_cast<std::uint32_t>(random_.below(2)));
        case 5:
        case 6:
            if (!own_orders_.empty()) return cancel(own_orders_[random_.below(own_orders_.size())]);
            return place(kPricedCampaign, 1);
        default:
            if (!own_orders_.empty())
                return look_at(own_orders_[random_.below(own_orders_.size())]);
            return persist(call(http::Method::get, "/api/v1/orders"), 0);
    }
}

Call Client::call(http::Method method, std::string path) const {
    Call made;
    made.method = method;
    made.path = std::move(path);
    made.token = token_;
    return made;
}

void Client::place(std::uint64_t campaign, std::uint32_t quantity) {
    Call made = call(http::Method::post, "/api/v1/orders");
    made.idempotency_key = "p" + std::to_string(person_) + "-" + std::to_string(next_key_++);
    made.body = "{\"campaign\":" + std::to_string(campaign);
    if (campaign == kPricedCampaign)
        made.body += ",\"lines\":[{\"tier\":12,\"quantity\":" + std::to_string(quantity) + "}]";
    made.body += "}";
    if (random_.chance(1, 3)) glance();
    persist(std::move(made), campaign);
}

// Looks at the list while an order is on its way: what it shows must have happened.
void Client::glance() {
    const Call made = call(http::Method::get, "/api/v1/orders");
    for (const std::int64_t delay_ms : {0, 1, 3}) {
        network_.clients().post_after(base::Duration::milliseconds(delay_ms), [this, made] {
            network_.send(made, [this](const CallResult& result) {
                if (result.status == 200) note_order(first_order(result.body));
            });
        });
    }
}

void Client::hurry() {
    glance();
    place(random_.chance(1, 2) ? kFreeCampaign : kPricedCampaign, 1);
}

void Client::grab(std::uint64_t campaign) {
    place(campaign, 1);
}

void Client::cancel(std::uint64_t order) {
    persist(call(http::Method::post, order_path(order) + "/cancel"), 0);
}

void Client::look_at(std::uint64_t order) {
    persist(call(http::Method::get, order_path(order)), 0);
}

void Client::persist(Call made, std::uint64_t campaign) {
    waiting_ = true;
    Call sent = made;
    network_.send(std::move(sent), [this, made = std::move(made),
                                    campaign](const CallResult& result) mutable {
        const bool unfinished = result.end != CallEnd::answered || result.status >= 500;
        if (unfinished) {
            network_.clients().post_after(kRetryAfter,
                                          [this, made = std::move(made), campaign]() mutable {
                                              persist(std::move(made), campaign);
                                          });
            return;
        }
        waiting_ = false;
        heard(made, result, campaign);
        next();
    });
}

void Client::heard(const Call& made, const CallResult& result, std::uint64_t campaign) {
    const bool about_one_order = made.path != "/api/v1/orders" || made.method == http::Method::post;
    if (result.status < 300 && about_one_order) return note_order(result.body);
    if (made.method == http::Method::get && result.status >= 300) {
        history_.missed(made.path + ": " + std::to_string(result.status) + " " + result.body);
    }
    if (text_field(result.body, "code") == "sold_out") history_.saw_sold_out(campaign);
}

// An order's answer; the campaign is read from it, since other requests than placing show orders
// too.
void Client::note_order(const std::string& body) {
    const auto id = number_field(body, "id");
    const auto state = text_field(body, "state");
    const auto campaign = number_field(body, "campaign");
    if (!id || !state || !campaign) return;
    const std::size_t tickets = body.find("\"tickets\":[{");
    const auto code = tickets == std::string::npos
                          ? std::nullopt
                          : text_field(std::string_view(body).substr(tickets), "code");
    const auto amount = number_field(body, "minor");  // of the whole order: it stands first
    history_.saw_order(*id, {person_, *campaign, *state, code.value_or(""), amount.value_or(0)});
    if (*state == "reserved") own_orders_.push_back(*id);
}

}  // namespace onsale::rush
