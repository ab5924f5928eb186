#include "bank/logins.h"

#include <span>
#include <utility>

#include "bank/limits.h"
#include "base/check.h"

namespace onsale::bank {
namespace {

constexpr std::string_view kBearer = "Bearer ";

std::string_view audience_of(Audience audience) {
    switch (audience) {
        case Audience::customer:
            return "bank-customer";
        case Audience::teller:
            return "bank-teller";
    }
    return "";
}

crypto::Key random_key(env::Entropy& entropy) {
    crypto::Key key{};
    entropy.fill(key);
    return key;
}

}  // namespace

Logins::Logins(const crypto::Key& key, env::Environment& environment)
    : key_(key),
      memory_key_(random_key(environment.entropy())),
      clock_(environment.clock()),
      dummy_hash_(crypto::hash_password("nobody has this password")),
      executor_(environment.make_executor(
          {"bank-passwords", "checks passwords of customers and tellers", kPasswordsMax + 16})) {}

Logins::~Logins() {
    executor_->close();
    executor_.reset();
}

bool Logins::take_place() {
    const std::lock_guard lock(mutex_);
    if (waiting_ >= kPasswordsMax) return false;
    ++waiting_;
    return true;
}

void Logins::leave_place() {
    const std::lock_guard lock(mutex_);
    --waiting_;
}

bool Logins::check(Attempt attempt, base::UniqueFunction<void(Check)> reply) {
    if (!take_place()) return false;
    executor_->post([this, attempt = std::move(attempt), reply = std::move(reply)]() mutable {
        const Check result = check_now(attempt);
        leave_place();
        reply(result);
    });
    return true;
}

bool Logins::hash(std::string password, base::UniqueFunction<void(std::string)> reply) {
    if (!take_place()) return false;
    executor_->post([this, password = std::move(password), reply = std::move(reply)]() mutable {
        leave_place();
        reply(crypto::hash_password(password));
    });
    return true;
}

Logins::Check Logins::check_now(const Attempt& attempt) {
    const base::Timestamp now = clock_.wall_now();
    const std::string name = std::string(audience_of(attempt.audience)) + "/" + attempt.name;
    if (const auto found = failures_.find(name); found != failures_.end()) {
        if (now - found->second.since >= kFailureWindow) {
            failures_.erase(found);
        } else if (found->second.count >= kFailuresPerName) {
            return Check::too_many;
        }
    }
    const bool known_name = attempt.identity && !attempt.identity->password_hash.empty();
    const std::string& hash = known_name ? attempt.identity->password_hash : dummy_hash_;
    const auto mark = crypto::keyed_hash(memory_key_, hash + '\n' + attempt.password);
    const bool known = known_name && known_.contains(mark);
    if (!known && (!crypto::verify_password(hash, attempt.password) || !known_name)) {
        return failed(name, now);
    }
    if (known_.size() >= kKnownPasswordsMax) known_.clear();
    known_.insert(mark);
    failures_.erase(name);
    return Check::right;
}

Logins::Check Logins::failed(const std::string& name, base::Timestamp now) {
    if (failures_.size() >= kFailuresMax) failures_.clear();
    Failures& failures = failures_.try_emplace(name, Failures{0, now}).first->second;
    ++failures.count;
    return Check::wrong;
}

Logins::Issued Logins::issue(Audience audience, std::uint64_t number, base::Timestamp now) const {
    crypto::Claims claims;
    claims.subject = number;
    claims.audience = audience_of(audience);
    claims.issued_at = base::Timestamp::from_unix_ms(now.unix_ms() / 1000 * 1000);
    claims.expires_at =
        claims.issued_at + (audience == Audience::teller ? kTellerLogin : kCustomerLogin);
    crypto::Hmac hmac(key_);
    return {crypto::sign_token(claims, hmac), claims.expires_at};
}

std::optional<Login> Logins::read(Audience audience, std::string_view authorization,
                                  base::Timestamp now) const {
    if (!authorization.starts_with(kBearer)) return std::nullopt;
    authorization.remove_prefix(kBearer.size());
    crypto::Hmac hmac(key_);
    const auto claims = crypto::verify_token(authorization, audience_of(audience), now, hmac);
    if (!claims) return std::nullopt;
    return Login{claims->subject, claims->issued_at};
}

}  // namespace onsale::bank
