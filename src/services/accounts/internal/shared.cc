#include "accounts/internal/shared.h"

#include "telemetry/log.h"

namespace onsale::accounts {
namespace {

// Compared with when there is nobody of that name. Of 32 random bytes that nobody kept, with the
// limits of crypto::hash_password().
constexpr std::string_view kNobodysHash =
    "$argon2id$v=19$m=65536,t=2,p=1$dsHZwAL7aeYtKe9jdfStrw$v8KkDB9ah6R6Du/"
    "WNL1PMPqu7g5krf59tAtImjrF2Zc";

crypto::Key random_key(env::Entropy& entropy) {
    crypto::Key key{};
    entropy.fill(key);
    return key;
}

}  // namespace

Shared::Shared(const Accounts::Parts& parts, const AccountsOptions& options_in,
               std::unique_ptr<vault::PersonKeys> keys)
    : store(parts.store),
      outbox(parts.outbox),
      clock(parts.environment.clock()),
      entropy(parts.environment.entropy()),
      options(options_in),
      names(parts.master),
      throttle(random_key(parts.environment.entropy())),
      people(names, std::move(keys), parts.environment.entropy()),
      codes(names),
      refresh_hmac(crypto::derive_key(parts.master, "accounts refresh tokens")),
      site_key(crypto::derive_key(parts.master, "accounts site")),
      desk(parts.environment, options_in.passwords_waiting_max) {}

bool Shared::compare(const Secret& secret, std::string password,
                     base::UniqueFunction<void(bool)> done) {
    const bool anybody = !secret.password_hash.empty();
    return desk.verify(
        anybody ? secret.password_hash : std::string(kNobodysHash), std::move(password),
        [anybody, done = std::move(done)](bool same) mutable { done(same && anybody); });
}

sql::SqlResult<Secret> Shared::secret_of(sql::Connection& connection, NameKind kind,
                                         std::string_view name) {
    ONSALE_TRY_ASSIGN(row, people.find(connection, kind, name));
    if (!row) return Secret{};
    return Secret{row->person, std::move(row->password_hash), row->disabled};
}

sql::SqlResult<std::vector<EndedLogin>> Shared::end_logins(sql::Connection& connection,
                                                           domain::PersonId person, LoginId kept) {
    ONSALE_TRY_ASSIGN(rows, LoginTable::list(connection, person, now()));
    std::vector<EndedLogin> ended;
    for (const LoginRow& row : rows) {
        if (row.login == kept) continue;
        ONSALE_TRY(LoginTable::revoke(connection, row.login, now()));
        ended.push_back({row.login, row.access_until});
    }
    return ended;
}

void cut_key_log(const std::shared_ptr<Shared>& shared) {
    const auto cut = shared->people.keys().cut_log();
    if (cut && *cut) return;
    telemetry::log_warning(
        "accounts", "the log of people's keys is cut later: " +
                        (cut ? std::string("somebody else reads the file") : cut.error().message));
    shared->store.executor().post_after(kCutAgainAfter, [weak = std::weak_ptr(shared)] {
        if (const auto still = weak.lock()) cut_key_log(still);
    });
}

void Shared::told_ended(const std::vector<EndedLogin>& logins) {
    for (const EndedLogin& ended : logins) revocations.revoke(ended.login, ended.access_until);
    if (!logins.empty()) revocations.prune(now());
}

}  // namespace onsale::accounts
