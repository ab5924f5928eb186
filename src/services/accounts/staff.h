// Staff: who may operate and administer, and what administrators do with people: roles, disabling,
// looking people up. The directory is in memory, so each request of staff is checked against what
// holds now. Any thread may call it. After a crash: as answered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/refusals.h"
#include "base/time.h"
#include "domain/ids.h"
#include "env/executor.h"

namespace onsale::accounts {

struct Shared;

struct Roles {
    bool operates = false;     // "operator": acts for the organisers that are named
    bool administers = false;  // "admin": everything
    auto operator<=>(const Roles&) const = default;
    [[nodiscard]] bool any() const { return operates || administers; }
    [[nodiscard]] std::vector<std::string> names() const;
};
// Nothing for a name that is no role.
[[nodiscard]] std::optional<Roles> roles_of(const std::vector<std::string>& names);

struct StaffMember {
    Roles roles;
    std::vector<std::uint64_t> organisers;  // ascending
    bool must_change_password = false;
    [[nodiscard]] bool acts_for(std::uint64_t organiser) const;  // admins for every one
};

struct NewStaff {
    std::string username;
    std::string password;
    std::string nickname;
    Roles roles;
    std::vector<std::uint64_t> organisers;
};

struct RoleChange {
    domain::PersonId person;
    Roles roles;  // none: no staff any more
    std::vector<std::uint64_t> organisers;
};

struct Disabling {
    domain::PersonId person;
    bool disabled = true;
    std::string reason;  // 1 to 500 bytes when disabling
};

struct PersonSummary {
    domain::PersonId person;
    std::string username;
    std::string nickname;
    std::string mobile_masked;  // empty: none
    std::string email_masked;
    Roles roles;
    std::vector<std::uint64_t> organisers;
    bool must_change_password = false;
    bool has_password = false;  // false: imported, cannot log in yet
    bool disabled = false;
    std::string disabled_reason;
    base::Timestamp created_at;
    bool erased = false;
};

// Names lie sealed, so a query is a whole username, mobile, e-mail address or number; empty: all.
struct PeopleQuery {
    std::string text;
    std::uint64_t before = 0;  // number of a person; 0: from the newest
    std::size_t limit = 20;
};
struct PeoplePage {
    std::vector<PersonSummary> people;  // newest first
    std::uint64_t next = 0;             // for `before`; 0: no more
};

class Staff {
  public:
    explicit Staff(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    // Nothing for who is no staff, disabled or erased. One shared look-up under a mutex.
    [[nodiscard]] std::shared_ptr<const StaffMember> member(domain::PersonId person) const;

    // The member must change the password at the first login. Refusals as of a registration.
    void create(NewStaff member, env::Executor& home, AccountReply<domain::PersonId> reply);
    // The same at once, with the password's hash: for the start, before anything was posted to the
    // store.
    AccountResult<domain::PersonId> create_now(const NewStaff& member,
                                               const std::string& password_hash);
    // person_unknown, roles_invalid, last_admin.
    void set_roles(RoleChange change, env::Executor& home, AccountReply<void> reply);
    // Out at once: logins end, tokens are refused. person_unknown, reason_invalid, last_admin.
    void set_disabled(Disabling change, env::Executor& home, AccountReply<void> reply);

    void find(domain::PersonId person, env::Executor& home, AccountReply<PersonSummary> reply);
    void list(PeopleQuery query, env::Executor& home, AccountReply<PeoplePage> reply);

  private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace onsale::accounts
