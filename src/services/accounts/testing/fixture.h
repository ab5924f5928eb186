// For tests of the accounts: a site's accounts in a folder of their own, with a clock that stands
// still until it is moved, and a sender that keeps what it was given.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "accounts/accounts.h"
#include "records/testing/scratch.h"
#include "telemetry/metrics.h"

namespace onsale::accounts {

class SetClock final : public env::Clock {
  public:
    [[nodiscard]] base::Timestamp wall_now() const override {
        return base::Timestamp::from_unix_ms(now_ms_);
    }
    [[nodiscard]] std::int64_t monotonic_us() const override { return now_ms_ * 1000; }
    void pass(base::Duration time) { now_ms_ += time.count_ms(); }

  private:
    std::atomic<std::int64_t> now_ms_ = 1'795'176'000'000;
};

// The real environment with that clock.
class SetTimeEnvironment final : public env::Environment {
  public:
    SetTimeEnvironment(env::Environment& real, SetClock& clock) : real_(real), clock_(clock) {}
    env::Clock& clock() override { return clock_; }
    env::Entropy& entropy() override { return real_.entropy(); }
    env::Files& files() override { return real_.files(); }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions options) override {
        return real_.make_executor(std::move(options));
    }
    void die(env::FatalCause cause, std::string_view reason) override { real_.die(cause, reason); }
    [[nodiscard]] std::string sqlite_vfs() const override { return real_.sqlite_vfs(); }

  private:
    env::Environment& real_;
    SetClock& clock_;
};

class KeepingSender final : public messages::Sender {
  public:
    struct Kept {
        std::mutex mutex;
        std::condition_variable more;
        std::deque<messages::Message> messages;
    };
    explicit KeepingSender(std::shared_ptr<Kept> kept) : kept_(std::move(kept)) {}
    [[nodiscard]] bool sends(messages::Kind) const override { return true; }
    base::Result<void, messages::SendError> send(const messages::Message& message) override {
        const std::lock_guard lock(kept_->mutex);
        kept_->messages.push_back(message);
        kept_->more.notify_one();
        return {};
    }

  private:
    std::shared_ptr<Kept> kept_;
};

class AccountsTest : public testing::Test {
  protected:
    static constexpr const char* kPassword = "secret123";

    void SetUp() override { open(); }
    void TearDown() override { close(); }
    void close() {
        accounts_.reset();
        store_.reset();
    }
    // Another life of the process.
    void open() {
        close();
        store_ = scratch_.open("records.sqlite");
        AccountsOptions options;
        options.person_keys_path = scratch_.path("people.sqlite");
        auto made = Accounts::create({*store_, outbox_, master_, environment_}, options);
        ASSERT_TRUE(made) << made.error();
        accounts_ = std::move(*made);
    }

    template <class T, class Ask>
    AccountResult<T> wait(Ask&& ask) {
        return scratch_.wait<AccountResult<T>>(std::forward<Ask>(ask));
    }
    template <class T>
    static AccountRefusal refusal_of(const AccountResult<T>& result) {
        return result ? AccountRefusal::none : result.error().refusal;
    }

    AccountResult<domain::PersonId> register_person(Registration registration) {
        return wait<domain::PersonId>([&](auto reply) {
            accounts_->people().register_person(std::move(registration), scratch_.home(), reply);
        });
    }
    domain::PersonId person_named(const std::string& name) {
        const auto made = register_person({name, kPassword, name, {}, {}});
        EXPECT_TRUE(made) << to_string(refusal_of(made));
        return made ? *made : domain::PersonId();
    }
    AccountResult<OpenedLogin> login(const std::string& name, const std::string& password,
                                     Audience audience = Audience::person,
                                     const std::string& address = "192.0.2.1") {
        return wait<OpenedLogin>([&](auto reply) {
            accounts_->logins().login({audience, name, password, {address, "test"}},
                                      scratch_.home(), reply);
        });
    }
    AccountResult<OpenedLogin> open_login(domain::PersonId person) {
        return wait<OpenedLogin>([&](auto reply) {
            accounts_->logins().open(person, {"192.0.2.1", "test"}, scratch_.home(), reply);
        });
    }
    AccountResult<OpenedLogin> refresh(const std::string& token) {
        return wait<OpenedLogin>([&](auto reply) {
            accounts_->logins().refresh(token, Audience::person, scratch_.home(), reply);
        });
    }
    AccountResult<CodeSent> send_code(CodePurpose purpose, const Contact& to,
                                      const std::string& address = "192.0.2.1") {
        return wait<CodeSent>([&](auto reply) {
            accounts_->codes().send({purpose, to, address, Language::en}, scratch_.home(), reply);
        });
    }
    // The code of the oldest message with one that was not looked at yet; waits for it.
    std::string next_code() {
        std::unique_lock lock(kept_->mutex);
        while (true) {
            kept_->more.wait(lock, [this] { return !kept_->messages.empty(); });
            const std::string text = kept_->messages.front().text;
            kept_->messages.pop_front();
            const auto begin = text.find_first_of("0123456789");
            if (begin != std::string::npos) return text.substr(begin, kCodeDigits);
        }
    }
    std::string code_for(CodePurpose purpose, const Contact& to) {
        EXPECT_TRUE(send_code(purpose, to));
        return next_code();
    }
    static std::string wrong(const std::string& code) { return code == "000000" ? "1" : "000000"; }
    AccountResult<void> disable(domain::PersonId person, bool disabled = true) {
        return wait<void>([&](auto reply) {
            accounts_->staff().set_disabled({person, disabled, "because"}, scratch_.home(), reply);
        });
    }
    AccountResult<domain::PersonId> create_staff(const std::string& name, Roles roles,
                                                 std::vector<std::uint64_t> organisers = {}) {
        return wait<domain::PersonId>([&](auto reply) {
            accounts_->staff().create({name, kPassword, name, roles, organisers}, scratch_.home(),
                                      reply);
        });
    }
    Standing standing(const OpenedLogin& login) {
        return accounts_->revocations().standing(login.person, login.login);
    }

    records::Scratch scratch_{testing::TempDir()};
    SetClock clock_;
    SetTimeEnvironment environment_{scratch_.environment(), clock_};
    telemetry::Metrics metrics_;
    crypto::Key master_{std::byte{7}};
    std::shared_ptr<KeepingSender::Kept> kept_ = std::make_shared<KeepingSender::Kept>();
    messages::Outbox outbox_{environment_, metrics_, std::make_unique<KeepingSender>(kept_), {}};
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<Accounts> accounts_;
};

}  // namespace onsale::accounts
