// People: who can log in. A person is a number; names and password hashes are records and stand
// nowhere else. Any thread may call it: SQL runs on the records store's executor, password hashing
// (tens of milliseconds, 64 MiB) on an executor of its own behind a bounded queue. After a crash: a
// person whose registration was answered is there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_function.h"
#include "domain/ids.h"
#include "env/environment.h"
#include "records/store.h"

namespace onsale::accounts {

enum class AccountRefusal : std::uint8_t {
    none,
    username_invalid,   // not a letter followed by 3 to 15 letters, digits or underscores
    password_invalid,   // not 8 to 20 printable ASCII characters with a letter and a digit among
                        // them
    username_taken,     // of an import: line
    username_repeated,  // of an import: line stands twice in it
    import_empty,
    import_too_long,    // more than kImportLinesMax lines
    wrong_credentials,  // unknown name, wrong password, or a person without one: always the same
                        // answer
    busy,
    storage_full,
    failed,  // message has the reason
};
[[nodiscard]] std::string_view to_string(AccountRefusal refusal);

inline constexpr std::size_t kImportLinesMax = 10'000;

struct Credentials {
    std::string username;
    std::string password;
};

struct PersonResult {
    AccountRefusal refusal = AccountRefusal::none;
    domain::PersonId person;
    std::string message;
};

struct ImportResult {
    AccountRefusal refusal = AccountRefusal::none;
    domain::PersonId first_person;  // consecutive numbers in the order of the names
    domain::PersonId last_person;
    std::uint64_t imported = 0;
    std::uint64_t line = 0;  // of the mistake, from 1
    std::string message;
};

struct PeopleOptions {
    std::size_t passwords_waiting_max =
        256;  // further registrations and logins are answered `busy`
};

class People {
  public:
    // Migrates the tables: call it before anything was posted to the store.
    static sql::SqlResult<std::unique_ptr<People>> create(records::Store& store,
                                                          env::Environment& environment,
                                                          const PeopleOptions& options);
    ~People();
    People(const People&) = delete;
    People& operator=(const People&) = delete;

    // Names differ by more than case: "Anna" and "anna" are one name.
    void register_person(Credentials credentials, env::Executor& home,
                         base::UniqueFunction<void(PersonResult)> reply);
    void login(Credentials credentials, env::Executor& home,
               base::UniqueFunction<void(PersonResult)> reply);
    // People without a password yet, all or none of them. Names that are there already are refused
    // with their line, so a repeated import changes nothing.
    void import_people(std::vector<std::string> usernames, env::Executor& home,
                       base::UniqueFunction<void(ImportResult)> reply);

  private:
    struct Impl;
    explicit People(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

// The rules of names and passwords, as data for tests and pages.
[[nodiscard]] bool is_username(std::string_view text);
[[nodiscard]] bool is_password(std::string_view text);

}  // namespace onsale::accounts
