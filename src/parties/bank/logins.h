// Logins of customers and tellers: passwords are checked on an executor of their own (Argon2 takes
// tens of milliseconds), tokens are JWT with a key and audiences of this bank, so that a token of a
// site is refused here, and a customer's is refused where tellers work. A password that was right
// is remembered by a keyed hash in memory, so that the same login is cheap the second time; ten
// wrong ones within ten minutes close a name for the rest of them. After a crash: tokens stay good,
// the rest is forgotten.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "bank/books/customers.h"
#include "base/time.h"
#include "base/unique_function.h"
#include "crypto/crypto.h"
#include "crypto/jwt.h"
#include "env/environment.h"

namespace onsale::bank {

enum class Audience : std::uint8_t { customer, teller };

// What a token says; whether its owner may still act, the books know.
struct Login {
    std::uint64_t number = 0;
    base::Timestamp issued_at;
};

class Logins {
  public:
    enum class Check : std::uint8_t { right, wrong, too_many };
    struct Attempt {
        Audience audience = Audience::customer;
        std::string name;
        std::string password;
        std::optional<books::Identity> identity;  // nothing: no such name
    };

    Logins(const crypto::Key& key, env::Environment& environment);
    ~Logins();
    Logins(const Logins&) = delete;
    Logins& operator=(const Logins&) = delete;

    // `reply` runs on the executor of passwords. False: too many wait.
    [[nodiscard]] bool check(Attempt attempt, base::UniqueFunction<void(Check)> reply);

    struct Issued {
        std::string token;
        base::Timestamp expires_at;
    };
    [[nodiscard]] Issued issue(Audience audience, std::uint64_t number, base::Timestamp now) const;
    // Of an Authorization header; nothing if it is not a token of this bank and audience.
    [[nodiscard]] std::optional<Login> read(Audience audience, std::string_view authorization,
                                            base::Timestamp now) const;
    // Runs on the executor of passwords: the hash of a new password.
    [[nodiscard]] bool hash(std::string password, base::UniqueFunction<void(std::string)> reply);

  private:
    struct Failures {
        std::uint32_t count = 0;
        base::Timestamp since;
    };
    Check check_now(const Attempt& attempt);
    bool take_place();
    void leave_place();
    Check failed(const std::string& name, base::Timestamp now);

    const crypto::Key key_;
    const crypto::Key memory_key_;  // of this process
    env::Clock& clock_;
    const std::string
        dummy_hash_;  // compared where there is no such name, so that it takes as long
    std::set<std::array<std::byte, 16>> known_;  // the executor's
    std::map<std::string, Failures> failures_;   // the executor's
    std::mutex mutex_;
    std::size_t waiting_ = 0;  // guarded by mutex_
    std::unique_ptr<env::Executor> executor_;
};

}  // namespace onsale::bank
