// For tests: a bank on a folder of its own and a free port, and a merchant beside it that signs its
// calls and keeps what it is told. Both are real servers; the test's thread is the browser.
// tidy: allow third-party-header: its assertions are GoogleTest's; only tests include it
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "bank/credentials.h"
#include "bank/merchant_messages.h"
#include "bank/messages.h"
#include "bank/program.h"
#include "bank/teller_messages.h"
#include "env/environment.h"
#include "http/client.h"
#include "http/described.h"
#include "http/server.h"
#include "telemetry/metrics.h"

namespace onsale::bank::testing {

// A merchant's site: takes callbacks and heartbeats, checks their signatures, and answers as told.
class FakeMerchant {
  public:
    explicit FakeMerchant(env::Environment& environment);
    ~FakeMerchant();

    [[nodiscard]] std::string site() const;
    // Former heartbeats are forgotten.
    void set_keys(std::vector<crypto::CallKey> to_site);
    void answer_callbacks_with(std::uint16_t status);
    // Blocks until so many have come in; fails the test after 20 s.
    std::vector<EventBody> wait_for_events(std::size_t count);
    HeartbeatBody wait_for_heartbeat(const std::function<bool(const HeartbeatBody&)>& wanted);
    [[nodiscard]] std::size_t event_count();

  private:
    bool is_signed(const http::Request& request);
    void take_callback(const http::Request& request, http::Responder responder);
    void take_heartbeat(const http::Request& request, http::Responder responder);

    env::Environment& environment_;
    telemetry::Metrics metrics_;
    http::Router router_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<crypto::CallKey> keys_;
    std::uint16_t status_ = 200;
    std::vector<EventBody> events_;
    std::vector<HeartbeatBody> heartbeats_;
    std::unique_ptr<http::Server> server_;
};

struct Answer {
    std::uint16_t status = 0;
    std::string body;

    [[nodiscard]] std::string code() const {
        const auto error = http::parse_body<ErrorBody>(body);
        return error ? error->code : body;
    }
    template <class Body>
    [[nodiscard]] Body as() const {
        auto parsed = http::parse_body<Body>(body);
        if (!parsed) {
            ADD_FAILURE() << status << " " << body << ": " << parsed.error().field;
            return {};
        }
        return std::move(*parsed);
    }
};

class BankWorld : public ::testing::Test {
  protected:
    BankWorld();
    ~BankWorld() override;

    void write_credentials(const std::string& key_id);
    [[nodiscard]] BankOptions options() const;
    void start_bank();
    void stop_bank();

    Answer call(http::Method method, const std::string& path, const std::string& body = {},
                const std::string& token = {});
    template <class Body>
    Answer post(const std::string& path, const Body& body, const std::string& token = {}) {
        return call(http::Method::post, path, http::to_json(body), token);
    }
    Answer get(const std::string& path, const std::string& token) {
        return call(http::Method::get, path, {}, token);
    }
    // As the merchant, signed with the current key.
    Answer signed_call(http::Method method, const std::string& path, const std::string& body);
    template <class Answers, class Body>
    Answers ask(const std::string& path, const Body& body) {
        const Answer answer = signed_call(http::Method::post, path, http::to_json(body));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.as<Answers>();
    }

    // The status of a login from an address, as a proxy tells it.
    std::uint16_t log_in_from(const std::string& address, const std::string& name,
                              const std::string& password);
    std::string log_in(const std::string& name);
    std::string log_in_teller();
    GrantedBody grant(const std::string& login, const std::string& order, std::int64_t amount);
    PaymentAnswer deduct(const std::string& reference, const std::string& token,
                         const std::string& order, std::int64_t amount);
    BillLinkBody link(const std::string& reference, std::int64_t amount);
    void set_faults(const FaultsBody& faults);
    BooksBody books();

    std::string folder_;
    std::unique_ptr<env::Environment> environment_;
    FakeMerchant merchant_;
    Merchant credentials_;
    std::unique_ptr<http::Client> client_;
    std::unique_ptr<Bank> bank_;
    std::uint16_t port_ = 0;
};

}  // namespace onsale::bank::testing
