#include "accounts/people.h"

#include <memory>
#include <utility>

#include "accounts/internal/password_desk.h"
#include "accounts/internal/people_table.h"
#include "crypto/crypto.h"

namespace onsale::accounts {

std::string_view to_string(AccountRefusal refusal) {
    switch (refusal) {
        case AccountRefusal::none:
            return "none";
        case AccountRefusal::username_invalid:
            return "username_invalid";
        case AccountRefusal::password_invalid:
            return "password_invalid";
        case AccountRefusal::username_taken:
            return "username_taken";
        case AccountRefusal::username_repeated:
            return "username_repeated";
        case AccountRefusal::import_empty:
            return "import_empty";
        case AccountRefusal::import_too_long:
            return "import_too_long";
        case AccountRefusal::wrong_credentials:
            return "wrong_credentials";
        case AccountRefusal::busy:
            return "busy";
        case AccountRefusal::storage_full:
            return "storage_full";
        case AccountRefusal::failed:
            return "failed";
    }
    return "unknown";
}

namespace {

using PersonReply = base::UniqueFunction<void(PersonResult)>;

PersonResult refuse(AccountRefusal refusal) {
    return {refusal, {}, {}};
}

// The value, or the same shape with the store's trouble as its refusal.
template <class T>
T told(sql::SqlResult<T> result) {
    if (result) return std::move(*result);
    auto error = records::to_store_error(result.error());
    T failed;
    switch (error.trouble) {
        case records::StoreTrouble::busy:
            failed.refusal = AccountRefusal::busy;
            break;
        case records::StoreTrouble::storage_full:
            failed.refusal = AccountRefusal::storage_full;
            break;
        case records::StoreTrouble::failed:
            failed.refusal = AccountRefusal::failed;
            break;
    }
    failed.message = std::move(error.message);
    return failed;
}

void answer(env::Executor& home, PersonReply reply, PersonResult result) {
    home.post([reply = std::move(reply), result = std::move(result)]() mutable {
        reply(std::move(result));
    });
}

// Compared with when there is nobody of that name, so that the answer takes as long. Of 32 random
// bytes that nobody kept, with the limits of crypto::hash_password().
constexpr std::string_view kNobodysHash =
    "$argon2id$v=19$m=65536,t=2,p=1$dsHZwAL7aeYtKe9jdfStrw$v8KkDB9ah6R6Du/"
    "WNL1PMPqu7g5krf59tAtImjrF2Zc";

}  // namespace

// Shared with the work that waits on the store, which may outlive the People. Work on the desk
// holds nothing of it, so the desk's thread never ends itself.
struct People::Impl {
    Impl(records::Store& store_in, env::Environment& environment, const PeopleOptions& options)
        : store(store_in),
          clock(environment.clock()),
          desk(environment, options.passwords_waiting_max) {}

    records::Store& store;
    env::Clock& clock;
    PasswordDesk desk;
};

sql::SqlResult<std::unique_ptr<People>> People::create(records::Store& store,
                                                       env::Environment& environment,
                                                       const PeopleOptions& options) {
    ONSALE_TRY(sql::migrate(store.connection(), "accounts", migrations()));
    return std::unique_ptr<People>(new People(std::make_shared<Impl>(store, environment, options)));
}

People::People(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
People::~People() = default;

void People::register_person(Credentials credentials, env::Executor& home, PersonReply reply) {
    if (!is_username(credentials.username)) {
        return answer(home, std::move(reply), refuse(AccountRefusal::username_invalid));
    }
    if (!is_password(credentials.password)) {
        return answer(home, std::move(reply), refuse(AccountRefusal::password_invalid));
    }
    auto owed = std::make_shared<PersonReply>(std::move(reply));
    const bool taken = impl_->desk.hash(
        credentials.password,
        [&store = impl_->store, &clock = impl_->clock, &home, owed,
         username = std::move(credentials.username)](std::string hash) mutable {
            store.ask<PersonResult>(
                home,
                [&clock, username = std::move(username),
                 hash = std::move(hash)](sql::Connection& connection) {
                    return told(insert_person(connection, username, hash, clock.wall_now()));
                },
                [owed](PersonResult result) { (*owed)(std::move(result)); },
                refuse(AccountRefusal::busy));
        });
    if (!taken) answer(home, std::move(*owed), refuse(AccountRefusal::busy));
}

void People::login(Credentials credentials, env::Executor& home, PersonReply reply) {
    auto owed = std::make_shared<PersonReply>(std::move(reply));
    auto check = [impl = impl_, &home, owed, password = std::move(credentials.password)](
                     sql::SqlResult<std::optional<PersonRow>> found) mutable {
        if (!found) {
            const auto refused = told<PersonResult>(base::Unexpected{found.error()});
            return answer(home, std::move(*owed), refused);
        }
        const bool can_log_in = *found && !(*found)->password_hash.empty();
        const PersonResult right{
            AccountRefusal::none, *found ? (*found)->person : PersonRow{}.person, {}};
        const std::string hash = can_log_in ? (*found)->password_hash : std::string(kNobodysHash);
        const bool taken = impl->desk.verify(
            hash, std::move(password), [&home, owed, can_log_in, right](bool same) mutable {
                const bool good = same && can_log_in;
                answer(home, std::move(*owed),
                       good ? right : refuse(AccountRefusal::wrong_credentials));
            });
        if (!taken) answer(home, std::move(*owed), refuse(AccountRefusal::busy));
    };
    const bool taken = impl_->store.post(
        [username = std::move(credentials.username), check = std::move(check)](
            sql::Connection& connection) mutable { check(find_person(connection, username)); });
    if (!taken) answer(home, std::move(*owed), refuse(AccountRefusal::busy));
}

void People::import_people(std::vector<std::string> usernames, env::Executor& home,
                           base::UniqueFunction<void(ImportResult)> reply) {
    ImportResult busy;
    busy.refusal = AccountRefusal::busy;
    impl_->store.ask<ImportResult>(
        home,
        [&clock = impl_->clock, usernames = std::move(usernames)](sql::Connection& connection) {
            return told(insert_people(connection, usernames, clock.wall_now()));
        },
        std::move(reply), std::move(busy));
}

}  // namespace onsale::accounts
