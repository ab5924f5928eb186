// Shared: what the faces of the accounts have in common. Held together by them and by the work that
// waits on the records store, which may outlive them. Members say which thread they belong to.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "accounts/accounts.h"
#include "accounts/internal/code_table.h"
#include "accounts/internal/first_admin.h"
#include "accounts/internal/login_table.h"
#include "accounts/internal/names.h"
#include "accounts/internal/operation_queue.h"
#include "accounts/internal/password_desk.h"
#include "accounts/internal/person_table.h"
#include "accounts/internal/staff_directory.h"
#include "accounts/internal/throttle.h"
#include "accounts/revocations.h"
#include "base/unique_function.h"
#include "crypto/crypto.h"

namespace onsale::accounts {

// A reply that is still owed, and where. Copied along the way of a request, since work that is
// refused is destroyed and its reply is owed nevertheless.
template <class T>
class Answer {
  public:
    Answer(env::Executor& home, AccountReply<T> reply)
        : home_(&home), owed_(std::make_shared<AccountReply<T>>(std::move(reply))) {}
    void operator()(AccountResult<T> result) const {
        home_->post(
            [owed = owed_, result = std::move(result)]() mutable { (*owed)(std::move(result)); });
    }
    void refuse(AccountError error) const { (*this)(base::Unexpected{std::move(error)}); }

  private:
    env::Executor* home_;
    std::shared_ptr<AccountReply<T>> owed_;
};

// What a password is compared with, and whose it is.
struct Secret {
    domain::PersonId person;
    std::string password_hash;  // empty: nobody, or nobody who can log in
    bool disabled = false;
};

struct Shared : std::enable_shared_from_this<Shared> {
    Shared(const Accounts::Parts& parts, const AccountsOptions& options_in,
           std::unique_ptr<vault::PersonKeys> keys);

    [[nodiscard]] base::Timestamp now() const { return clock.wall_now(); }

    // Runs `work` on the store's executor and answers with its value; busy when too many wait.
    template <class T>
    void ask(const Answer<T>& answer,
             base::UniqueFunction<AccountResult<T>(sql::Connection&)> work) {
        on_store(answer, [answer, work = std::move(work)](sql::Connection& connection) mutable {
            answer(work(connection));
        });
    }
    // False: too many wait; the answer was given.
    template <class T>
    bool on_store(const Answer<T>& answer, records::Store::Work work) {
        const bool taken =
            store.post([self = shared_from_this(), work = std::move(work)](
                           sql::Connection& connection) mutable { work(connection); });
        if (!taken) answer.refuse(AccountRefusal::busy);
        return taken;
    }
    // `done` runs on the desk's executor.
    template <class T>
    void hash(const Answer<T>& answer, std::string password,
              base::UniqueFunction<void(std::string)> done) {
        if (!desk.hash(std::move(password), std::move(done))) answer.refuse(AccountRefusal::busy);
    }
    // Compares with a hash that nobody has when there is none, so that it takes as long.
    [[nodiscard]] bool compare(const Secret& secret, std::string password,
                               base::UniqueFunction<void(bool)> done);

    // On the store's executor: looks the secret up by what somebody typed.
    sql::SqlResult<Secret> secret_of(sql::Connection& connection, NameKind kind,
                                     std::string_view name);
    // On the store's executor, within a transaction: ends the logins of a person but `kept`, and
    // returns them for told_ended() after the commit.
    sql::SqlResult<std::vector<EndedLogin>> end_logins(sql::Connection& connection,
                                                       domain::PersonId person, LoginId kept);
    void told_ended(const std::vector<EndedLogin>& logins);

    // From any thread.
    records::Store& store;
    messages::Outbox& outbox;
    env::Clock& clock;
    env::Entropy& entropy;
    const AccountsOptions options;
    const Names names;
    Revocations revocations;
    StaffDirectory directory;
    Throttle throttle;
    OperationQueue operations;

    // On the store's executor.
    PersonTable people;
    CodeTable codes;
    FirstAdmin first_admin;
    crypto::Hmac refresh_hmac;
    const crypto::Key site_key;  // seals what belongs to nobody

    PasswordDesk desk;  // closed by ~Accounts, so that its thread never holds the last reference
};

// On the store's executor: parts of one face that another one needs, too.
AccountResult<std::vector<LoginInfo>> list_logins(Shared& shared, sql::Connection& connection,
                                                  domain::PersonId person);
AccountResult<OperationPage> list_operations(Shared& shared, sql::Connection& connection,
                                             const OperationQuery& query);
// Cuts the log of the file of people's keys as soon as nobody else reads it: now or later.
void cut_key_log(const std::shared_ptr<Shared>& shared);
// Whether nobody else who may administer is able to.
[[nodiscard]] bool is_last_admin(const Shared& shared, domain::PersonId person);
// `old_hash` must be what is still there. Ends the logins but `kept`.
AccountResult<void> replace_password(Shared& shared, sql::Connection& connection,
                                     const Secret& old_secret, const std::string& new_hash,
                                     LoginId kept);

}  // namespace onsale::accounts
