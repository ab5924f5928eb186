#include "accounts/logins.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "accounts/internal/shared.h"

namespace onsale::accounts {
namespace {

using base::Unexpected;
using enum AccountRefusal;

constexpr std::string_view kOriginWhat = "login";
constexpr std::size_t kSeedBytes = 32;

// A refresh token: login, generation, and what only we can compute from both with the login's seed
// and a key that is derived from the master key. So the next token can be given twice while the
// first answer may have been lost, and the records alone give none.
struct RefreshToken {
    std::uint64_t login = 0;
    std::uint64_t generation = 0;
    crypto::Digest secret{};
};
static_assert(sizeof(RefreshToken) == 48);

crypto::Digest secret_of(Shared& shared, const LoginRow& row, std::uint64_t generation) {
    return shared.refresh_hmac.sign(std::string(to_string(row.audience)) + "/" +
                                    std::to_string(row.login.value()) + "/" +
                                    std::to_string(generation) + "/" + row.seed);
}

std::string token_of(Shared& shared, const LoginRow& row) {
    const RefreshToken token{row.login.value(), row.generation,
                             secret_of(shared, row, row.generation)};
    std::array<std::byte, sizeof token> bytes{};
    std::memcpy(bytes.data(), &token, sizeof token);
    return crypto::to_base64url(bytes);
}

std::optional<RefreshToken> parse_token(std::string_view text) {
    const auto bytes = crypto::from_base64url(text);
    RefreshToken token;
    if (!bytes || bytes->size() != sizeof token) return std::nullopt;
    std::memcpy(&token, bytes->data(), sizeof token);
    return token;
}

base::Duration lifetime_of(const Shared& shared, Audience audience) {
    return audience == Audience::staff ? shared.options.staff_refresh_lifetime
                                       : shared.options.person_refresh_lifetime;
}

OpenedLogin opened(Shared& shared, const LoginRow& row) {
    OpenedLogin login;
    login.person = row.person;
    login.login = row.login;
    login.refresh_token = token_of(shared, row);
    login.refresh_expires_at = row.expires_at;
    if (const auto member = shared.directory.find(row.person)) {
        login.roles = member->roles;
        login.must_change_password = member->must_change_password;
    }
    return login;
}

// A used login, from now on.
void touch(const Shared& shared, LoginRow& row) {
    const base::Timestamp now = shared.now();
    row.used_at = now;
    row.expires_at = now + lifetime_of(shared, row.audience);
    row.access_until = now + shared.options.access_lifetime;
}

std::string random_bytes(env::Entropy& entropy, std::size_t count) {
    std::string bytes(count, '\0');
    entropy.fill(std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

struct Opening {
    domain::PersonId person;
    Audience audience = Audience::person;
    Origin origin;
    // What was compared; a password that was changed meanwhile opens nothing.
    std::optional<std::string> password_hash;
};

// Ends what is beyond the bound, the login not used for the longest time first.
sql::SqlResult<std::vector<EndedLogin>> make_room(Shared& shared, sql::Connection& connection,
                                                  domain::PersonId person) {
    ONSALE_TRY_ASSIGN(rows, LoginTable::list(connection, person, shared.now()));
    std::vector<EndedLogin> ended;
    for (std::size_t i = kLoginsPerPersonMax - 1; i < rows.size(); ++i) {
        ONSALE_TRY(LoginTable::revoke(connection, rows[i].login, shared.now()));
        ended.push_back({rows[i].login, rows[i].access_until});
    }
    return ended;
}

AccountResult<OpenedLogin> open_login(Shared& shared, sql::Connection& connection,
                                      const Opening& opening) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(person, shared.people.find(connection, opening.person));
    ONSALE_TRY_ASSIGN(seal, shared.people.seal_of(opening.person));
    if (!person || !seal || person->erased) return refused(wrong_credentials);
    if (opening.password_hash && *opening.password_hash != person->password_hash) {
        return refused(wrong_credentials);
    }
    if (person->disabled) return refused(account_disabled);
    ONSALE_TRY(LoginTable::prune(connection, shared.now()));
    ONSALE_TRY_ASSIGN(ended, make_room(shared, connection, opening.person));
    LoginRow row;
    row.login = LoginId(shared.entropy.next_u64() % domain::kIdMax + 1);
    row.person = opening.person;
    row.audience = opening.audience;
    row.seed = random_bytes(shared.entropy, kSeedBytes);
    row.generation = 1;
    const std::string_view device =
        std::string_view(opening.origin.device).substr(0, kDeviceBytesMax);
    row.origin = seal->seal(kOriginWhat, pack({opening.origin.address, device}), shared.entropy);
    row.created_at = shared.now();
    touch(shared, row);
    ONSALE_TRY(LoginTable::insert(connection, row));
    ONSALE_TRY(transaction.commit());
    shared.told_ended(ended);
    return opened(shared, row);
}

AccountResult<OpenedLogin> refresh_login(Shared& shared, sql::Connection& connection,
                                         const RefreshToken& token, Audience audience) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(found, LoginTable::find(connection, LoginId(token.login)));
    if (!found || found->audience != audience) return refused(token_invalid);
    LoginRow& row = *found;
    if (!crypto::equal(token.secret, secret_of(shared, row, token.generation))) {
        return refused(token_invalid);
    }
    if (row.revoked) return refused(login_revoked);
    if (shared.now() >= row.expires_at) return refused(login_expired);
    if (shared.revocations.standing(row.person, row.login) == Standing::account_disabled) {
        return refused(account_disabled);
    }
    // A later one than the row's is ours, too: the records came back from an older backup.
    if (token.generation >= row.generation) {
        row.generation = token.generation + 1;
        touch(shared, row);
        ONSALE_TRY(LoginTable::rotate(connection, row));
        ONSALE_TRY(transaction.commit());
        return opened(shared, row);
    }
    const bool just_used =
        token.generation + 1 == row.generation && shared.now() - row.used_at <= kRefreshGrace;
    if (just_used) {
        // The row keeps the time of the first use, so the grace ends; only what the second answer's
        // access token needs to be refused later is moved.
        row.access_until = shared.now() + shared.options.access_lifetime;
        ONSALE_TRY(LoginTable::rotate(connection, row));
        ONSALE_TRY(transaction.commit());
        return opened(shared, row);
    }
    ONSALE_TRY(LoginTable::revoke(connection, row.login, shared.now()));
    ONSALE_TRY(transaction.commit());
    shared.told_ended({{row.login, row.access_until}});
    return refused(login_revoked);
}

// On the desk's executor: what the comparison means.
void settle(const std::shared_ptr<Shared>& shared, const Answer<OpenedLogin>& answer,
            const LoginRequest& request, const Secret& secret) {
    shared->throttle.succeeded(lower(request.name), request.origin.address);
    if (secret.disabled) return answer.refuse(account_disabled);
    if (request.audience == Audience::staff && !shared->directory.find(secret.person)) {
        return answer.refuse(staff_only);
    }
    shared->ask<OpenedLogin>(
        answer, [shared, opening = Opening{secret.person, request.audience, request.origin,
                                           secret.password_hash}](sql::Connection& connection) {
            return open_login(*shared, connection, opening);
        });
}

// On the store's executor.
void compare(const std::shared_ptr<Shared>& shared, const Answer<OpenedLogin>& answer,
             const LoginRequest& request, sql::Connection& connection) {
    const auto secret = shared->secret_of(connection, Names::kind_of(request.name), request.name);
    const auto not_compared = [&](AccountError error) {
        shared->throttle.withdrawn(lower(request.name), request.origin.address);
        answer.refuse(std::move(error));
    };
    if (!secret) return not_compared(secret.error());
    const bool taken = shared->compare(*secret, request.password,
                                       [shared, answer, request, secret = *secret](bool right) {
                                           if (!right) return answer.refuse(wrong_credentials);
                                           settle(shared, answer, request, secret);
                                       });
    if (!taken) not_compared(busy);
}

}  // namespace

void Logins::login(LoginRequest request, env::Executor& home, AccountReply<OpenedLogin> reply) {
    const Answer<OpenedLogin> answer(home, std::move(reply));
    // What cannot be right is compared all the same, as of nobody: a refusal that costs nothing
    // could be had, and written down, without end.
    if (request.name.size() > kEmailBytesMax || request.password.size() > kPasswordBytesMax) {
        request.name.clear();
        request.password.clear();
    }
    const base::Duration wait =
        shared_->throttle.begin(lower(request.name), request.origin.address, shared_->now());
    if (wait > base::Duration()) return answer.refuse({too_many_attempts, wait});
    const std::string name = lower(request.name);
    const std::string address = request.origin.address;
    const bool taken = shared_->on_store(
        answer, [shared = shared_, answer, request = std::move(request)](
                    sql::Connection& connection) { compare(shared, answer, request, connection); });
    if (!taken) shared_->throttle.withdrawn(name, address);
}

void Logins::open(domain::PersonId person, Origin origin, env::Executor& home,
                  AccountReply<OpenedLogin> reply) {
    shared_->ask<OpenedLogin>(
        {home, std::move(reply)},
        [shared = shared_, opening = Opening{person, Audience::person, std::move(origin), {}}](
            sql::Connection& connection) { return open_login(*shared, connection, opening); });
}

void Logins::refresh(std::string refresh_token, Audience audience, env::Executor& home,
                     AccountReply<OpenedLogin> reply) {
    const Answer<OpenedLogin> answer(home, std::move(reply));
    const auto token = parse_token(refresh_token);
    if (!token) return answer.refuse(token_invalid);
    shared_->ask<OpenedLogin>(
        answer, [shared = shared_, token = *token, audience](sql::Connection& connection) {
            return refresh_login(*shared, connection, token, audience);
        });
}

void Logins::list(domain::PersonId person, env::Executor& home,
                  AccountReply<std::vector<LoginInfo>> reply) {
    shared_->ask<std::vector<LoginInfo>>({home, std::move(reply)},
                                         [shared = shared_, person](sql::Connection& connection) {
                                             return list_logins(*shared, connection, person);
                                         });
}

void Logins::end(domain::PersonId person, LoginId login, env::Executor& home,
                 AccountReply<void> reply) {
    shared_->ask<void>(
        {home, std::move(reply)},
        [shared = shared_, person, login](sql::Connection& connection) -> AccountResult<void> {
            ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
            ONSALE_TRY_ASSIGN(row, LoginTable::find(connection, login));
            if (!row || row->person != person || row->revoked) return refused(login_unknown);
            ONSALE_TRY(LoginTable::revoke(connection, login, shared->now()));
            ONSALE_TRY(transaction.commit());
            shared->told_ended({{login, row->access_until}});
            return {};
        });
}

void Logins::end_others(domain::PersonId person, LoginId kept, env::Executor& home,
                        AccountReply<std::uint64_t> reply) {
    shared_->ask<std::uint64_t>(
        {home, std::move(reply)},
        [shared = shared_, person,
         kept](sql::Connection& connection) -> AccountResult<std::uint64_t> {
            ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
            ONSALE_TRY_ASSIGN(ended, shared->end_logins(connection, person, kept));
            ONSALE_TRY(transaction.commit());
            shared->told_ended(ended);
            return std::uint64_t{ended.size()};
        });
}

AccountResult<std::vector<LoginInfo>> list_logins(Shared& shared, sql::Connection& connection,
                                                  domain::PersonId person) {
    ONSALE_TRY_ASSIGN(rows, LoginTable::list(connection, person, shared.now()));
    ONSALE_TRY_ASSIGN(seal, shared.people.seal_of(person));
    std::vector<LoginInfo> logins;
    for (const LoginRow& row : rows) {
        const auto plain = seal ? seal->open(kOriginWhat, row.origin) : std::nullopt;
        const auto texts = plain ? unpack(*plain) : std::nullopt;
        LoginInfo info{row.login, row.audience, {}, row.created_at, row.used_at, row.expires_at};
        if (texts && texts->size() >= 2) info.origin = {(*texts)[0], (*texts)[1]};
        logins.push_back(std::move(info));
    }
    return logins;
}

}  // namespace onsale::accounts
