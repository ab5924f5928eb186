#include "bank/testing/world.h"

#include <stdlib.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <utility>

#include "bank/errors.h"
#include "crypto/signed_call.h"
#include "env/posix/environment.h"
#include "http/curl_client.h"
#include "telemetry/log.h"

namespace onsale::bank::testing {
namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr std::string_view kPassword = "correct horse";

std::string secret_of(char digit) {
    return std::string(crypto::kSecretChars, digit);
}

}  // namespace

FakeMerchant::FakeMerchant(env::Environment& environment)
    : environment_(environment), router_(problem_response) {
    const auto add = [this](std::string pattern, auto handler) {
        http::Route route;
        route.method = http::Method::post;
        route.pattern = std::move(pattern);
        route.body_bytes_max = 256 * 1024;
        route.handler = [this, handler](const http::Request& request, http::Responder responder) {
            (this->*handler)(request, std::move(responder));
        };
        router_.add(std::move(route));
    };
    add("/api/v1/payments/callbacks/{bank}", &FakeMerchant::take_callback);
    add("/api/v1/registry/heartbeats", &FakeMerchant::take_heartbeat);
    http::ServerOptions options;
    options.port = 0;
    auto started = http::Server::start(options, router_, environment, metrics_);
    if (!started) ADD_FAILURE() << started.error();
    server_ = std::move(*started);
}

FakeMerchant::~FakeMerchant() = default;

std::string FakeMerchant::site() const {
    return "http://127.0.0.1:" + std::to_string(server_->port());
}

void FakeMerchant::set_keys(std::vector<crypto::CallKey> to_site) {
    const std::lock_guard lock(mutex_);
    keys_ = std::move(to_site);
    heartbeats_.clear();
}

void FakeMerchant::answer_callbacks_with(std::uint16_t status) {
    const std::lock_guard lock(mutex_);
    status_ = status;
}

bool FakeMerchant::is_signed(const http::Request& request) {
    const crypto::CallParts call{"POST", request.path, request.body};
    const crypto::CallMark mark{std::string(request.header(crypto::kKeyHeader)),
                                std::string(request.header(crypto::kTimeHeader)),
                                std::string(request.header(crypto::kSignatureHeader))};
    return crypto::check_call(keys_, call, mark, environment_.clock().wall_now()).has_value();
}

void FakeMerchant::take_callback(const http::Request& request, http::Responder responder) {
    const std::lock_guard lock(mutex_);
    http::Response response;
    response.status = is_signed(request) ? status_ : 401;
    if (response.status != 401) {
        auto body = http::parse_body<EventsBody>(request.body);
        for (auto& event : body->events) events_.push_back(std::move(event));
    }
    responder.send(std::move(response));
    changed_.notify_all();
}

void FakeMerchant::take_heartbeat(const http::Request& request, http::Responder responder) {
    const std::lock_guard lock(mutex_);
    http::Response response;
    response.status = is_signed(request) ? 200 : 401;
    if (response.status == 200) {
        heartbeats_.push_back(*http::parse_body<HeartbeatBody>(request.body));
    }
    responder.send(std::move(response));
    changed_.notify_all();
}

std::vector<EventBody> FakeMerchant::wait_for_events(std::size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, kPatience, [&] { return events_.size() >= count; }));
    return events_;
}

HeartbeatBody FakeMerchant::wait_for_heartbeat(
    const std::function<bool(const HeartbeatBody&)>& wanted) {
    std::unique_lock lock(mutex_);
    const auto found = [&] { return !heartbeats_.empty() && wanted(heartbeats_.back()); };
    if (!changed_.wait_for(lock, kPatience, found)) {
        ADD_FAILURE() << "no such heartbeat";
        return {};
    }
    return heartbeats_.back();
}

std::size_t FakeMerchant::event_count() {
    const std::lock_guard lock(mutex_);
    return events_.size();
}

BankWorld::BankWorld()
    : environment_(env::posix::make_environment()),
      merchant_(*environment_),
      client_(http::make_curl_client()) {
    telemetry::set_level(telemetry::Level::error);
    std::string pattern = (std::filesystem::temp_directory_path() / "bank-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    write_credentials("0badcafe");
    EXPECT_TRUE(set_up(folder_ + "/data", "teller", std::string(kPassword), *environment_));
    const std::string csv = "name,password,balance\nada," + std::string(kPassword) +
                            ",100000\nbob," + std::string(kPassword) + ",500\n";
    EXPECT_TRUE(env::replace_file(environment_->files(), folder_ + "/customers.csv", csv));
    const auto made =
        import_customers(folder_ + "/data", folder_ + "/customers.csv", *environment_);
    EXPECT_TRUE(made && *made == 2);
    start_bank();
}

BankWorld::~BankWorld() {
    bank_.reset();
    std::filesystem::remove_all(folder_);
}

void BankWorld::write_credentials(const std::string& key_id) {
    const std::string text = "site = \"" + merchant_.site() +
                             "\"\nbank = 7\nmerchant = \"onsale\"\n[[to_bank]]\nid = \"" + key_id +
                             "\"\nsecret = \"" + secret_of(key_id[0]) + "\"\n[[to_site]]\nid = \"" +
                             key_id + "\"\nsecret = \"" + secret_of(key_id[1]) + "\"\n";
    credentials_ = *parse_credentials(text);
    merchant_.set_keys(credentials_.to_site);
    EXPECT_TRUE(env::replace_file(environment_->files(), folder_ + "/onsale.toml", text));
}

BankOptions BankWorld::options() const {
    BankOptions options;
    options.folder = folder_ + "/data";
    options.port = port_;
    options.name = "Test Bank";
    options.credentials = {folder_ + "/onsale.toml"};
    options.trusted_proxies = {"127.0.0.1"};
    return options;
}

void BankWorld::start_bank() {
    auto started = Bank::start(options(), *environment_);
    if (!started) {
        ADD_FAILURE() << started.error();
        return;
    }
    bank_ = std::move(*started);
    port_ = bank_->port();
}

void BankWorld::stop_bank() {
    bank_->stop();
    bank_.reset();
}

Answer BankWorld::call(http::Method method, const std::string& path, const std::string& body,
                       const std::string& token) {
    http::ClientRequest request;
    request.method = method;
    request.url = "http://127.0.0.1:" + std::to_string(port_) + path;
    request.body = body;
    if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
    const auto answer = client_->call(request);
    if (!answer) return {};
    return {answer->status, answer->body};
}

Answer BankWorld::signed_call(http::Method method, const std::string& path,
                              const std::string& body) {
    http::ClientRequest request;
    request.method = method;
    request.url = "http://127.0.0.1:" + std::to_string(port_) + path;
    request.body = body;
    const crypto::CallParts parts{http::to_string(method), path, body};
    const auto mark =
        crypto::sign_call(credentials_.to_bank.back(), parts, environment_->clock().wall_now());
    request.headers = {{std::string(crypto::kPartyHeader), "onsale"},
                       {std::string(crypto::kKeyHeader), mark.key},
                       {std::string(crypto::kTimeHeader), mark.time},
                       {std::string(crypto::kSignatureHeader), mark.signature}};
    request.deadline = base::Duration::seconds(2);
    const auto answer = client_->call(request);
    if (!answer) return {};
    return {answer->status, answer->body};
}

std::uint16_t BankWorld::log_in_from(const std::string& address, const std::string& name,
                                     const std::string& password) {
    http::ClientRequest request;
    request.method = http::Method::post;
    request.url = "http://127.0.0.1:" + std::to_string(port_) + "/api/v1/customers/logins";
    request.body = http::to_json(LoginBody{name, password});
    request.headers = {{"X-Forwarded-For", address}};
    const auto answer = client_->call(request);
    return answer ? answer->status : 0;
}

std::string BankWorld::log_in(const std::string& name) {
    return post("/api/v1/customers/logins", LoginBody{name, std::string(kPassword)})
        .as<LoggedInBody>()
        .token;
}

std::string BankWorld::log_in_teller() {
    return post("/api/v1/tellers/logins", LoginBody{"teller", std::string(kPassword)})
        .as<LoggedInBody>()
        .token;
}

GrantedBody BankWorld::grant(const std::string& login, const std::string& order,
                             std::int64_t amount) {
    NewAuthorisationBody wanted;
    wanted.merchant = "onsale";
    wanted.order = order;
    wanted.amount = amount;
    wanted.currency = "CNY";
    const Answer answer = post("/api/v1/me/authorisations", wanted, login);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.as<GrantedBody>();
}

PaymentAnswer BankWorld::deduct(const std::string& reference, const std::string& token,
                                const std::string& order, std::int64_t amount) {
    const DeductionsBody body{{{reference, token, order, amount, "CNY"}}};
    const auto answers = ask<PaymentAnswersBody>("/merchant/v1/deductions", body);
    return answers.items.empty() ? PaymentAnswer() : answers.items[0];
}

BillLinkBody BankWorld::link(const std::string& reference, std::int64_t amount) {
    BillLinkBody body;
    body.merchant = "onsale";
    body.reference = reference;
    body.order = "77";
    body.amount = amount;
    body.currency = "CNY";
    body.expires = environment_->clock().wall_now().unix_ms() / 1000 + 600;
    body.title = "Two tickets";
    body.return_to = merchant_.site() + "/orders/77/pay";
    body.key = credentials_.to_bank.back().id;
    const std::string amount_text = std::to_string(body.amount);
    const std::string expires = std::to_string(body.expires);
    const std::array<std::string_view, 8> lines{body.merchant, body.reference, body.order,
                                                amount_text,   body.currency,  expires,
                                                body.title,    body.return_to};
    body.signature = *crypto::sign_lines(credentials_.to_bank.back(), lines);
    return body;
}

void BankWorld::set_faults(const FaultsBody& faults) {
    const Answer answer =
        call(http::Method::put, "/api/v1/teller/faults", http::to_json(faults), log_in_teller());
    EXPECT_EQ(answer.status, 200) << answer.body;
}

BooksBody BankWorld::books() {
    auto found = check(folder_ + "/data", *environment_);
    if (!found) {
        ADD_FAILURE() << found.error();
        return {};
    }
    for (const auto& sentence : found->broken) ADD_FAILURE() << sentence;
    return *found;
}

}  // namespace onsale::bank::testing
