#include "accounts/internal/password_desk.h"

#include <utility>

#include "crypto/crypto.h"

namespace onsale::accounts {

PasswordDesk::PasswordDesk(env::Environment& environment, std::size_t waiting_max)
    : waiting_max_(waiting_max),
      executor_(environment.make_executor(
          {"passwords", "hashes and compares passwords (Argon2id)", waiting_max + 1})) {}

bool PasswordDesk::post(env::Task task) {
    if (waiting_.fetch_add(1, std::memory_order_relaxed) >= waiting_max_) {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        return false;
    }
    executor_->post([this, task = std::move(task)]() mutable {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        task();
    });
    return true;
}

bool PasswordDesk::hash(std::string password, base::UniqueFunction<void(std::string)> done) {
    return post([password = std::move(password), done = std::move(done)]() mutable {
        done(crypto::hash_password(password));
    });
}

bool PasswordDesk::verify(std::string hash, std::string password,
                          base::UniqueFunction<void(bool)> done) {
    return post(
        [hash = std::move(hash), password = std::move(password), done = std::move(done)]() mutable {
            done(crypto::verify_password(hash, password));
        });
}

}  // namespace onsale::accounts
