// Profiles: what a person has told about themselves, the password, and the end of it all. Any
// thread may call it. After a crash: a change that was answered is there; an erasure that was
// answered is final, also for backups made before (they lack the key).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/codes.h"
#include "accounts/logins.h"
#include "accounts/operations.h"
#include "accounts/people.h"
#include "accounts/refusals.h"
#include "base/time.h"
#include "domain/ids.h"
#include "env/executor.h"

namespace onsale::accounts {

enum class Gender : std::uint8_t { unknown, female, male, other };
[[nodiscard]] std::string_view to_string(Gender gender);
[[nodiscard]] std::optional<Gender> gender_of(std::string_view text);

struct Profile {
    domain::PersonId person;
    std::string username;
    std::string nickname;
    Gender gender = Gender::unknown;
    std::string avatar;  // empty: none; the same for the next two
    std::string mobile;
    std::string email;
    base::Timestamp created_at;
    std::optional<Language> language = {};  // of what is written to them; nothing: never said
};

struct ProfileChange {
    std::optional<std::string> nickname;
    std::optional<Gender> gender;
    std::optional<std::string> avatar;
    std::optional<Language> language = {};
};

struct ContactChange {
    domain::PersonId person;
    Contact contact;
    std::string code;
    std::string password;  // the present one; of who has one
    std::string address;
    Language language = Language::zh;  // of what is said to the contacts of before
};

struct PasswordChange {
    domain::PersonId person;
    LoginId login;  // goes on; all others of the person end
    std::string old_password;
    std::string new_password;
    std::string address;
};

struct PasswordReset {
    Contact contact;
    std::string code;
    std::string password;
    std::string address;
    std::string request_id = {};  // for the record of a wrong code
};

struct Erasure {
    domain::PersonId person;
    std::string password;
    std::string address;
};

// Everything that this module knows of a person.
struct PersonExport {
    Profile profile;
    Roles roles;
    std::vector<std::uint64_t> organisers;
    std::vector<LoginInfo> logins;
    std::vector<OperationRecord> operations;  // the newest kExportedOperationsMax
};
inline constexpr std::size_t kExportedOperationsMax = 10'000;

class Profiles {
  public:
    explicit Profiles(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    void find(domain::PersonId person, env::Executor& home, AccountReply<Profile> reply);
    // Usernames in the order of the people; empty for who is erased or unknown. At most kNamesMax.
    void names(std::vector<domain::PersonId> people, env::Executor& home,
               AccountReply<std::vector<std::string>> reply);
    // Answers with the profile as it is now.
    void change(domain::PersonId person, ProfileChange change, env::Executor& home,
                AccountReply<Profile> reply);
    // mobile_invalid, email_invalid, password_wrong, code_wrong, too_many_attempts, mobile_taken,
    // email_taken. The contacts of before are told.
    void set_contact(ContactChange change, env::Executor& home, AccountReply<Profile> reply);

    // password_wrong, password_invalid, password_unchanged, too_many_attempts. Ends the other
    // logins.
    void change_password(PasswordChange change, env::Executor& home, AccountReply<void> reply);
    // code_wrong (also when there is no such person), password_invalid, too_many_attempts. Ends
    // all logins.
    void reset_password(PasswordReset reset, env::Executor& home, AccountReply<void> reply);

    void export_person(domain::PersonId person, env::Executor& home,
                       AccountReply<PersonExport> reply);
    // Destroys the person's key. password_wrong, too_many_attempts, last_admin.
    void erase(Erasure erasure, env::Executor& home, AccountReply<void> reply);

  private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace onsale::accounts
