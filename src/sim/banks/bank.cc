#include "banks/bank.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "bank/credentials.h"
#include "banks/wire.h"
#include "world/machine.h"

namespace onsale::banks {
namespace {

using base::Duration;
using http::ClientError;

constexpr auto kBeatPause = Duration::seconds(1);
// A real bank goes up to 10 minutes; a sale is over by then.
constexpr auto kToldAgainMax = Duration::seconds(20);
constexpr auto kRefundPauseMax = Duration::seconds(9);
constexpr auto kLateCallMax = Duration::seconds(9);
constexpr std::int64_t kAuthorisationSeconds = 90;
constexpr std::int64_t kMsPerSecond = 1000;

base::Unexpected<ClientError> fails(ClientError error) {
    return base::Unexpected{error};
}

std::int64_t number_in(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string header_of(const http::ClientRequest& request, std::string_view name) {
    for (const auto& header : request.headers)
        if (header.name == name) return header.value;
    return {};
}

}  // namespace

Bank::Bank(std::uint64_t number, std::uint64_t seed, world::Scheduler& scheduler, Send send)
    : number_(number),
      random_(seed ^ number * 0xba4c5),
      scheduler_(scheduler),
      executor_(scheduler.make_executor(0, "till-" + std::to_string(number), 0)),
      send_(std::move(send)),
      books_("T" + std::to_string(number)) {}

base::Timestamp Bank::now() const {
    return base::Timestamp::from_unix_ms(world::kBeginningMs + scheduler_.now_us() / 1000);
}

void Bank::after(Duration pause, env::Task task) {
    executor_->post_after(pause, std::move(task));
}

bool Bank::take_credentials(std::string_view text) {
    auto merchant = bank::parse_credentials(text);
    if (!merchant || merchant->to_bank.empty() || merchant->to_site.empty()) return false;
    merchant_ = merchant->name;
    to_bank_ = merchant->to_bank;
    to_site_ = merchant->to_site;
    return true;
}

std::string Bank::origin() const {
    return "https://bank-" + std::to_string(number_) + ".example";
}

Post Bank::signed_post(std::string path, std::string body) const {
    const auto mark = crypto::sign_call(to_site_.back(), {"POST", path, body}, now());
    Post post{std::move(path), std::move(body), {}};
    post.headers = {{std::string(crypto::kPartyHeader), "bank"},
                    {std::string(crypto::kKeyHeader), mark.key},
                    {std::string(crypto::kTimeHeader), mark.time},
                    {std::string(crypto::kSignatureHeader), mark.signature}};
    return post;
}

void Bank::start() {
    beat();
}

void Bank::restart() {
    ++starts_;
}

void Bank::set_faults(const Faults& faults) {
    faults_ = faults;
    ++illness_;
    for (std::uint64_t i = 0; i < faults.strangers; ++i) be_paid_by_strangers();
}

void Bank::heal_after(Duration pause) {
    after(pause, [this, illness = illness_] {
        if (illness == illness_) set_faults({});
    });
}

void Bank::beat() {
    after(kBeatPause, [this] { beat(); });
    if (faults_.down) return;
    const std::string body = R"({"kind":"bank","party":)" + std::to_string(number_) +
                             R"(,"instance":"i)" + std::to_string(starts_) + R"(","url":")" +
                             origin() + R"(","public_url":")" + origin() +
                             R"(","ways":["token","cashier"],"serving":true})";
    send_(signed_post("/api/v1/registry/heartbeats", body), [](std::uint16_t) {});
}

bool Bank::is_signed(const http::ClientRequest& request, std::string_view path) const {
    const crypto::CallMark mark{header_of(request, crypto::kKeyHeader),
                                header_of(request, crypto::kTimeHeader),
                                header_of(request, crypto::kSignatureHeader)};
    return header_of(request, crypto::kPartyHeader) == merchant_ &&
           crypto::check_call(to_bank_, {http::to_string(request.method), path, request.body}, mark,
                              now())
               .has_value();
}

base::Result<http::ClientResponse, ClientError> Bank::call(const http::ClientRequest& request) {
    ++traffic_.calls;
    if (faults_.down) return fails(ClientError::unreachable);
    const std::string path = request.url.substr(origin().size());
    if (!is_signed(request, path)) {
        problem_ = "a call of the site is not signed by it: " + path;
        return http::ClientResponse{401, {}, "{}"};
    }
    if (hit(faults_.lost_calls)) return fails(ClientError::unknown);
    if (hit(faults_.late_calls)) {
        ++pending_;
        const auto ms = static_cast<std::uint64_t>(kLateCallMax.count_ms());
        after(Duration::milliseconds(static_cast<std::int64_t>(random_.below(ms))),
              [this, path, body = request.body] {
                  --pending_;
                  carry_out(path, body);
              });
        return fails(ClientError::unknown);
    }
    std::string answer = carry_out(path, request.body);
    if (hit(faults_.lost_answers)) return fails(ClientError::unknown);
    if (!hit(faults_.nonsense)) return http::ClientResponse{200, {}, std::move(answer)};
    if (random_.chance(1, 3)) return http::ClientResponse{500, {}, "{}"};
    return http::ClientResponse{200, {}, random_.chance(1, 2) ? "{\"items\":[]}" : "<html>"};
}

Wish Bank::charged(Wish wish) {
    wish.takes = wish.amount;
    if (hit(faults_.wrong_amounts)) wish.takes += random_.chance(1, 2) ? 1 : -1;
    wish.now = now_seconds();
    return wish;
}

std::string Bank::carry_out(std::string_view path, std::string_view body) {
    books_.expire(now_seconds());
    const Question question = question_of(path);
    std::vector<std::string> answers;
    for (Item& item : read_items(body)) {
        const auto carried = crypto::open_carried(to_site_, item.token);
        if (carried) item.wish.authorisation = authorisation_in(carried->payload);
        const std::string& reference = item.wish.reference;
        switch (question) {
            case Question::deductions: {
                if (hit(faults_.refusals)) books_.give_up(item.wish);
                const Payment payment = books_.deduct(charged(item.wish));
                answers.push_back(write_answer(reference, payment));
                if (random_.chance(1, 2)) tell_payment(reference, payment);
                break;
            }
            case Question::queries:
                answers.push_back(write_answer(reference, books_.query(reference)));
                break;
            case Question::closures:
                answers.push_back(
                    write_answer(reference, books_.close(reference, item.wish.authorisation)));
                break;
            case Question::refunds: {
                item.refund.later = hit(faults_.later_refunds);
                item.refund.refuses = hit(faults_.refused_refunds);
                const Refund refund = books_.refund(item.refund);
                answers.push_back(write_answer(item.refund.refund, refund, true));
                if (refund.state == RefundState::accepted) do_refunds();
                break;
            }
            case Question::refund_queries:
                answers.push_back(write_answer(item.refund.refund,
                                               books_.query_refund(item.refund.refund), false));
                break;
            case Question::none:
                problem_ = "a call of the site to " + std::string(path);
                break;
        }
    }
    return write_answers(answers);
}

// Everything that was accepted until then is done a little later.
void Bank::do_refunds() {
    ++pending_;
    const auto ms = static_cast<std::uint64_t>(kRefundPauseMax.count_ms());
    after(Duration::milliseconds(static_cast<std::int64_t>(random_.below(ms))), [this] {
        --pending_;
        for (const auto& name : books_.complete_refunds()) tell_refund(name);
    });
}

std::string Bank::authorise(std::uint64_t customer, const std::string& order, std::int64_t amount) {
    const std::int64_t expires = now_seconds() + kAuthorisationSeconds;
    Wish wish;
    wish.customer = customer;
    wish.order = order;
    wish.amount = amount;
    wish.now = expires;
    const std::string id = books_.authorise(wish);
    if (id.empty()) return {};
    const crypto::CallKey& key = to_site_.back();
    return crypto::sign_carried(
        key, R"({"key":")" + key.id + R"(","bank":)" + std::to_string(number_) +
                 R"(,"authorisation":")" + id + R"(","merchant":")" + merchant_ + R"(","order":")" +
                 order + R"(","amount":)" + std::to_string(amount) +
                 R"(,"currency":"CNY","expires":)" + std::to_string(expires) + "}");
}

bool Bank::read_bill(const std::string& link, Bill& bill) {
    auto fields = fields_of(link);
    const std::vector<std::string_view> lines = {
        fields["merchant"], fields["reference"], fields["order"], fields["amount"],
        fields["currency"], fields["expires"],   fields["title"], fields["return"]};
    if (!crypto::check_lines(to_bank_, fields["key"], lines, fields["signature"])) {
        problem_ = "a link to the cashier that the site has not signed: " + link;
        return false;
    }
    bill.wish.reference = fields["reference"];
    bill.wish.order = fields["order"];
    bill.wish.amount = number_in(fields["amount"]);
    bill.expires = number_in(fields["expires"]);
    return true;
}

bool Bank::pay(std::uint64_t customer, const std::string& link) {
    Bill bill;
    if (faults_.down || !read_bill(link, bill)) return false;
    if (now_seconds() > bill.expires && !hit(faults_.late_money)) return false;
    bill.wish.customer = customer;
    const bool was_captured = books_.query(bill.wish.reference).state == FlowState::captured;
    const Payment payment = books_.pay(charged(bill.wish));
    if (was_captured || payment.state != FlowState::captured) return false;
    tell_payment(bill.wish.reference, payment);
    return true;
}

void Bank::give_up(const std::string& link) {
    Bill bill;
    if (faults_.down || !read_bill(link, bill)) return;
    const bool had_ended = books_.query(bill.wish.reference).state != FlowState::unknown;
    const Payment payment = books_.give_up(bill.wish);
    if (!had_ended) tell_payment(bill.wish.reference, payment);
}

void Bank::be_paid_by_strangers() {
    const auto payment =
        books_.pay_unasked(1'000'000, 100 + static_cast<std::int64_t>(random_.below(900)));
    for (const auto& [reference, known] : books_.payments()) {
        if (known.transaction == payment.transaction) tell_payment(reference, payment);
    }
}

void Bank::tell_payment(const std::string& reference, const Payment& payment) {
    std::string event = R"("kind":"payment","reference":")" + reference + R"(","status":")" +
                        to_string(payment.state) + R"(","order":")" + payment.order + '"';
    if (payment.state == FlowState::captured)
        event += R"(,"transaction":")" + payment.transaction + R"(","amount":)" +
                 std::to_string(payment.amount) + R"(,"currency":"CNY")";
    // What nobody else knows of must be told.
    if (!hit(faults_.lost_events) || payment.foreign) tell(std::move(event));
}

void Bank::tell_refund(const std::string& name) {
    const Refund refund = books_.query_refund(name);
    if (hit(faults_.lost_events)) return;
    tell(R"("kind":"refund","reference":")" + refund.payment + R"(","refund":")" + name +
         R"(","status":"completed","transaction":")" + refund.transaction + R"(","amount":)" +
         std::to_string(refund.amount) + R"(,"currency":"CNY")");
}

void Bank::tell(std::string event) {
    const std::uint64_t number = next_event_++;
    events_[number].text = R"({"event":"E)" + std::to_string(number) + R"(",)" + event + "}";
    after(Duration::milliseconds(static_cast<std::int64_t>(random_.below(40))),
          [this, number] { deliver(number); });
}

void Bank::deliver(std::uint64_t number) {
    const auto found = events_.find(number);
    if (found == events_.end()) return;
    if (faults_.silent || faults_.down)
        return after(kBeatPause, [this, number] { deliver(number); });
    Event& event = found->second;
    std::string list = event.text;
    // Now and then in company; that one is told apart, too.
    const auto next = std::next(found);
    if (next != events_.end() && random_.chance(1, 4)) list += "," + next->second.text;
    send_(signed_post("/api/v1/payments/callbacks/" + std::to_string(number_),
                      R"({"events":[)" + list + "]}"),
          [this, number](std::uint16_t status) { heard(number, status); });
}

// Anything but 200 is told again after a pause that doubles.
void Bank::heard(std::uint64_t number, std::uint16_t status) {
    const auto found = events_.find(number);
    if (found == events_.end()) return;
    Event& event = found->second;
    if (status / 100 == 4)
        problem_ = "the site refused an event with " + std::to_string(status) + ": " + event.text;
    const bool again = status == 200 && !event.again && hit(faults_.told_again);
    if (status == 200) ++traffic_.events;
    if (status == 200 && !again) {
        events_.erase(found);
        return;
    }
    event.again = event.again || again;
    const std::int64_t doubled = kMsPerSecond << std::min<std::uint64_t>(event.tries++, 5);
    const auto ms = static_cast<std::uint64_t>(std::min(doubled, kToldAgainMax.count_ms()));
    after(Duration::milliseconds(static_cast<std::int64_t>(ms / 2 + random_.below(ms))),
          [this, number] { deliver(number); });
}

std::string Bank::broken() const {
    return problem_.empty() ? books_.broken() : problem_;
}

base::Result<http::ClientResponse, ClientError> Line::call(const http::ClientRequest& request) {
    for (const auto& bank : banks_)
        if (request.url.starts_with(bank->origin() + "/")) return bank->call(request);
    return fails(ClientError::unreachable);
}

}  // namespace onsale::banks
