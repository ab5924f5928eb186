#include "bank/logins.h"

#include <algorithm>
#include <utility>

#include "bank/limits.h"

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
      guard_(memory_key_),
      known_(kKnownPasswordsMax) {
    constexpr std::array<std::array<const char*, 2>, 3> kThreads{{
        {"bank-passwords", "checks passwords of customers"},
        {"bank-tellers", "checks passwords of tellers, hashes new ones"},
        {"bank-nobodies", "checks passwords of names that nobody has"},
    }};
    for (std::size_t i = 0; i < queues_.size(); ++i)
        queues_[i].executor =
            environment.make_executor({kThreads[i][0], kThreads[i][1], kPasswordsMax + 16});
}

Logins::~Logins() {
    for (const auto& queue : queues_) queue.executor->close();
}

bool Logins::post(Who who, env::Task task) {
    Queue& queue = queues_[static_cast<std::size_t>(who)];
    {
        const std::lock_guard lock(mutex_);
        if (queue.waiting >= kPasswordsMax) return false;
        ++queue.waiting;
    }
    queue.executor->post([this, &queue, task = std::move(task)]() mutable {
        {
            const std::lock_guard lock(mutex_);
            --queue.waiting;
        }
        task();
    });
    return true;
}

bool Logins::check(Attempt attempt, base::UniqueFunction<void(Check)> reply) {
    const Who who = !attempt.identity                      ? Who::nobody
                    : attempt.audience == Audience::teller ? Who::tellers
                                                           : Who::customers;
    return post(who, [this, attempt = std::move(attempt), reply = std::move(reply)]() mutable {
        reply(check_now(attempt));
    });
}

bool Logins::hash(std::string password, base::UniqueFunction<void(std::string)> reply) {
    return post(Who::tellers, [password = std::move(password), reply = std::move(reply)]() mutable {
        reply(crypto::hash_password(password));
    });
}

bool Logins::is_remembered(const std::array<std::byte, 16>& mark) {
    const std::lock_guard lock(mutex_);
    return known_.find(mark) != nullptr;
}

void Logins::remember(const std::array<std::byte, 16>& mark) {
    const std::lock_guard lock(mutex_);
    known_.get_or_put(mark, true);
}

Logins::Check Logins::check_now(const Attempt& attempt) {
    const base::Timestamp now = clock_.wall_now();
    const bool exists = attempt.identity && !attempt.identity->password_hash.empty();
    const std::string name = std::string(audience_of(attempt.audience)) + "/" + attempt.name;
    const Guard::Who who{name, attempt.address, exists};
    // Also for a right one: else the wait would only slow down who guesses wrong.
    if (guard_.has_to_wait(who, now)) return Check::too_many;
    const std::string& hash = exists ? attempt.identity->password_hash : dummy_hash_;
    const auto mark = crypto::keyed_hash(memory_key_, hash + '\n' + attempt.password);
    const bool known = exists && is_remembered(mark);
    if (!known && (!crypto::verify_password(hash, attempt.password) || !exists)) {
        guard_.failed(who, now);
        return Check::wrong;
    }
    remember(mark);
    guard_.succeeded(who);
    return Check::right;
}

Logins::Issued Logins::issue(Audience audience, const books::Identity& identity,
                             base::Timestamp asked_at) const {
    const base::Timestamp issued_at =
        std::max(asked_at, identity.not_before + base::Duration::milliseconds(1));
    crypto::Claims claims;
    claims.subject = identity.number;
    // The claim "iat" has whole seconds, too few to tell two logins of one second apart.
    claims.login = static_cast<std::uint64_t>(issued_at.unix_ms());
    claims.audience = audience_of(audience);
    claims.issued_at = base::Timestamp::from_unix_ms(issued_at.unix_ms() / 1000 * 1000);
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
    return Login{claims->subject,
                 base::Timestamp::from_unix_ms(static_cast<std::int64_t>(claims->login))};
}

}  // namespace onsale::bank
