// Logins of customers and tellers. Passwords are checked on executors of their own (Argon2 takes
// tens of milliseconds): one for customers, one for tellers, and one for names that nobody has, so
// that a crowd, or a script with made-up names, keeps no teller out. Tokens are JWT with a key and
// audiences of this bank, so that a token of a site is refused here, and a customer's is refused
// where tellers work. A password that was right is remembered by a keyed hash in memory, so that
// the same login is cheap the second time. Any thread. After a crash: tokens stay good, the rest
// is forgotten.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "bank/books/customers.h"
#include "bank/guard.h"
#include "bank/oldest_out.h"
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
    base::Timestamp issued_at;  // to the millisecond
    // Logins ended at `not_before`: those that were issued until then.
    [[nodiscard]] bool is_ended(base::Timestamp not_before) const {
        return issued_at <= not_before;
    }
};

class Logins {
  public:
    enum class Check : std::uint8_t { right, wrong, too_many };
    struct Attempt {
        Audience audience = Audience::customer;
        std::string name;
        std::string password;
        std::string address;                      // of who asks
        std::optional<books::Identity> identity;  // nothing: no such name
        base::Timestamp asked_at;                 // when the identity was read
    };

    Logins(const crypto::Key& key, env::Environment& environment);
    ~Logins();
    Logins(const Logins&) = delete;
    Logins& operator=(const Logins&) = delete;

    // `reply` runs on an executor of passwords. False: too many wait.
    [[nodiscard]] bool check(Attempt attempt, base::UniqueFunction<void(Check)> reply);

    struct Issued {
        std::string token;
        base::Timestamp expires_at;
    };
    // For somebody whose identity was read at `asked_at`: after the end of former logins that it
    // tells of, before any that comes later.
    [[nodiscard]] Issued issue(Audience audience, const books::Identity& identity,
                               base::Timestamp asked_at) const;
    // Of an Authorization header; nothing if it is not a token of this bank and audience.
    [[nodiscard]] std::optional<Login> read(Audience audience, std::string_view authorization,
                                            base::Timestamp now) const;
    // Runs on the tellers' executor: the hash of a new password.
    [[nodiscard]] bool hash(std::string password, base::UniqueFunction<void(std::string)> reply);

  private:
    enum class Who : std::uint8_t { customers, tellers, nobody };
    struct Queue {
        std::size_t waiting = 0;  // guarded by mutex_
        std::unique_ptr<env::Executor> executor;
    };
    Check check_now(const Attempt& attempt);
    bool is_remembered(const std::array<std::byte, 16>& mark);
    void remember(const std::array<std::byte, 16>& mark);
    [[nodiscard]] bool post(Who who, env::Task task);

    const crypto::Key key_;
    const crypto::Key memory_key_;  // of this process
    env::Clock& clock_;
    // Compared where there is no such name, so that it takes as long.
    const std::string dummy_hash_;
    Guard guard_;
    std::mutex mutex_;
    OldestOut<std::array<std::byte, 16>, bool> known_;  // guarded by mutex_
    std::array<Queue, 3> queues_;
};

}  // namespace onsale::bank
