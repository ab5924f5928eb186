// People: registering and importing them. A person is a number; what names a person lies sealed
// with a key of their own, is found by keyed hashes, and stands nowhere else. Any thread may call
// it: SQL runs on the records store's executor, password hashing (tens of milliseconds, 64 MiB) on
// an executor of its own behind a bounded queue. After a crash: a person whose registration was
// answered is there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/codes.h"
#include "accounts/limits.h"
#include "accounts/refusals.h"
#include "domain/ids.h"
#include "env/executor.h"

namespace onsale::accounts {

struct ImportResult {
    AccountRefusal refusal = AccountRefusal::none;
    domain::PersonId first_person;  // consecutive numbers in the order of the names
    domain::PersonId last_person;
    std::uint64_t imported = 0;
    std::uint64_t line = 0;  // of the mistake, from 1
    std::string message;
};

// A contact with the code that was sent to it.
struct ProvenContact {
    std::string text;
    std::string code;
};

struct Registration {
    std::string username;
    std::string password;
    std::string nickname;
    std::optional<ProvenContact> mobile;
    std::optional<ProvenContact> email;
    std::string address = {};  // of who registers
    std::optional<Language> language = {};
};

// What somebody may ask to be free: exactly one kind of name.
enum class NameKind : std::uint8_t { username, mobile, email };
struct NameQuestion {
    NameKind kind = NameKind::username;
    std::string text;
    std::string address;  // of who asks
};

class People {
  public:
    explicit People(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    // Each violated rule is a refusal of its own. Names differ by more than case: "Anna" and "anna"
    // are one name. That a contact is taken is told only to who has its code. The person is not
    // logged in yet: see Logins::open().
    void register_person(Registration registration, env::Executor& home,
                         AccountReply<domain::PersonId> reply);
    // People without a password yet, all or none of them. Names that are there already are refused
    // with their line, so a repeated import changes nothing.
    void import_people(std::vector<std::string> usernames, env::Executor& home,
                       base::UniqueFunction<void(ImportResult)> reply);
    // username_invalid, mobile_invalid, email_invalid, too_many_attempts.
    void is_free(NameQuestion question, env::Executor& home, AccountReply<bool> reply);

  private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace onsale::accounts
