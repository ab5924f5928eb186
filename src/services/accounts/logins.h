// Logins: the authenticated periods of people. A login is a family of refresh tokens: each use
// gives the next one, and an old one that comes again ends the family, since then two parties hold
// it. Any thread may call it. After a crash: logins that were answered go on, what was ended stays
// ended.
//
// The access token is made by the caller: TokenIssuer::issue(person, login, …).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "accounts/refusals.h"
#include "accounts/staff.h"
#include "accounts/tokens.h"
#include "base/time.h"
#include "domain/ids.h"
#include "env/executor.h"

namespace onsale::accounts {

struct Shared;

// Where a login comes from, as the person sees it in the list of their logins.
struct Origin {
    std::string address;
    std::string device;  // the user agent
};

struct LoginRequest {
    Audience audience = Audience::person;
    std::string name;  // a username, a mobile or an e-mail address
    std::string password;
    Origin origin;
};

struct OpenedLogin {
    domain::PersonId person;
    LoginId login;
    Roles roles;
    bool must_change_password = false;
    std::string refresh_token;
    base::Timestamp refresh_expires_at;
};

struct LoginInfo {
    LoginId login;
    Audience audience = Audience::person;
    Origin origin;
    base::Timestamp created_at;
    base::Timestamp used_at;
    base::Timestamp expires_at;
};

class Logins {
  public:
    explicit Logins(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    // wrong_credentials, too_many_attempts, account_disabled (right password only), staff_only
    // (right password only, audience staff), busy.
    void login(LoginRequest request, env::Executor& home, AccountReply<OpenedLogin> reply);
    // For who has just proved who they are by registering.
    void open(domain::PersonId person, Origin origin, env::Executor& home,
              AccountReply<OpenedLogin> reply);
    // token_invalid, login_expired, login_revoked, account_disabled.
    void refresh(std::string refresh_token, Audience audience, env::Executor& home,
                 AccountReply<OpenedLogin> reply);

    // Live logins of both audiences, the one used last first.
    void list(domain::PersonId person, env::Executor& home,
              AccountReply<std::vector<LoginInfo>> reply);
    // Out at once. login_unknown when the person has no such live login.
    void end(domain::PersonId person, LoginId login, env::Executor& home, AccountReply<void> reply);
    // All but `kept`; LoginId(0) keeps none. Returns how many ended.
    void end_others(domain::PersonId person, LoginId kept, env::Executor& home,
                    AccountReply<std::uint64_t> reply);

  private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace onsale::accounts
