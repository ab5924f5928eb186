// PersonTable: the rows of people with their sealed names. Belongs to the records store's executor,
// together with the file of people's keys; calls with a connection belong to the caller's
// transaction unless they say otherwise. INVARIANT: a person's key is on disk before the row that
// it seals, so a crash leaves at most an unused key.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/internal/names.h"
#include "accounts/internal/person_data.h"
#include "base/time.h"
#include "domain/ids.h"
#include "env/entropy.h"
#include "sql/database.h"
#include "vault/person_keys.h"

namespace onsale::accounts {

struct PersonRow {
    domain::PersonId person;
    std::string password_hash;  // empty: imported, cannot log in yet
    std::string sealed;
    base::Timestamp created_at;
    bool disabled = false;
    bool erased = false;
};

struct NewPerson {
    PersonData data;
    std::string password_hash;  // empty: none
};

class PersonTable {
  public:
    PersonTable(const Names& names, std::unique_ptr<vault::PersonKeys> keys, env::Entropy& entropy)
        : names_(names), keys_(std::move(keys)), entropy_(entropy) {}

    sql::SqlResult<std::optional<PersonRow>> find(sql::Connection& connection,
                                                  domain::PersonId person);
    sql::SqlResult<std::optional<PersonRow>> find(sql::Connection& connection, NameKind kind,
                                                  std::string_view name);
    // Newest first, below `before` (0: from the newest).
    sql::SqlResult<std::vector<PersonRow>> page(sql::Connection& connection, std::uint64_t before,
                                                std::size_t limit);
    // Who is disabled or erased.
    sql::SqlResult<std::vector<domain::PersonId>> out(sql::Connection& connection);
    // Nothing for who has no key any more.
    sql::SqlResult<std::optional<PersonSeal>> seal_of(domain::PersonId person);
    sql::SqlResult<std::optional<PersonData>> data(const PersonRow& row);

    // Consecutive numbers from the returned one on. Within a transaction; the names must be free.
    sql::SqlResult<domain::PersonId> insert(sql::Connection& connection,
                                            const std::vector<NewPerson>& people,
                                            base::Timestamp now);
    // A person of a former version, who has a number and a key already.
    sql::SqlResult<void> adopt(sql::Connection& connection, domain::PersonId number,
                               const NewPerson& person, base::Timestamp created_at);
    // Also under which mobile and e-mail address the person is found.
    sql::SqlResult<void> set_data(sql::Connection& connection, domain::PersonId person,
                                  const PersonData& data);
    // False: the password is not `old_hash` any more; nothing happened.
    sql::SqlResult<bool> set_password(sql::Connection& connection, domain::PersonId person,
                                      std::string_view old_hash, std::string_view new_hash);
    sql::SqlResult<void> set_disabled(sql::Connection& connection, domain::PersonId person,
                                      std::optional<base::Timestamp> since);
    // What the records hold of a person whose key is gone.
    sql::SqlResult<void> forget(sql::Connection& connection, domain::PersonId person,
                                base::Timestamp now);

    [[nodiscard]] vault::PersonKeys& keys() { return *keys_; }
    [[nodiscard]] env::Entropy& entropy() { return entropy_; }

  private:
    sql::SqlResult<void> insert_one(sql::Connection& connection, const NewPerson& person,
                                    const PersonSeal& seal, std::int64_t number,
                                    base::Timestamp now);

    const Names& names_;
    std::unique_ptr<vault::PersonKeys> keys_;
    env::Entropy& entropy_;
};

// Moves the rows of former versions, whose names stood in clear, and leaves no page that holds
// them. Before anything was posted to the store. After a crash: again from the beginning.
sql::SqlResult<std::uint64_t> seal_names(sql::Connection& connection, PersonTable& table);

}  // namespace onsale::accounts
