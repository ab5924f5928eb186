#include "accounts/internal/person_table.h"

#include <algorithm>

#include "records/rows.h"

namespace onsale::accounts {
namespace {

using records::to_row;
using sql::SqlResult;

constexpr std::string_view kColumns =
    "SELECT person, password_hash, sealed, created_at_ms, disabled_at_ms IS NOT NULL, "
    "erased_at_ms IS NOT NULL FROM accounts_people ";

PersonRow row_of(const sql::Statement& statement) {
    return {records::id_from_row<domain::PersonId>(statement.integer(0)),
            std::string(statement.text(1)),
            std::string(statement.blob(2)),
            records::time_from_row(statement.integer(3)),
            statement.integer(4) != 0,
            statement.integer(5) != 0};
}

SqlResult<std::optional<PersonRow>> first_row(sql::Statement& statement) {
    ONSALE_TRY_ASSIGN(there, statement.step());
    if (!there) return std::optional<PersonRow>{};
    return std::optional(row_of(statement));
}

// The hash of a name, or no value where there is none. `hash` must live until the statement ran.
void bind_name(sql::Statement& statement, int place, const std::string& name,
               const NameHash& hash) {
    if (name.empty()) {
        statement.bind_null(place);
    } else {
        statement.bind_blob(place, bytes_of(hash));
    }
}

}  // namespace

SqlResult<std::optional<PersonRow>> PersonTable::find(sql::Connection& connection,
                                                      domain::PersonId person) {
    ONSALE_TRY_ASSIGN(statement, connection.prepare(std::string(kColumns) + "WHERE person = ?"));
    statement.bind(1, to_row(person));
    return first_row(statement);
}

SqlResult<std::optional<PersonRow>> PersonTable::find(sql::Connection& connection, NameKind kind,
                                                      std::string_view name) {
    static constexpr std::array<std::string_view, 3> kWhere{
        "WHERE username_hash = ?", "WHERE mobile_hash = ?", "WHERE email_hash = ?"};
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare(std::string(kColumns) +
                                         std::string(kWhere[static_cast<std::size_t>(kind)])));
    const NameHash hash = names_.hash(kind, name);
    statement.bind_blob(1, bytes_of(hash));
    return first_row(statement);
}

SqlResult<std::vector<PersonRow>> PersonTable::page(sql::Connection& connection,
                                                    std::uint64_t before, std::size_t limit) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare(std::string(kColumns) +
                                         "WHERE person < ? ORDER BY person DESC LIMIT ?"));
    statement.bind(1, to_row(before == 0 ? domain::kIdMax : before));
    statement.bind(2, static_cast<std::int64_t>(limit));
    std::vector<PersonRow> rows;
    while (true) {
        ONSALE_TRY_ASSIGN(there, statement.step());
        if (!there) return rows;
        rows.push_back(row_of(statement));
    }
}

SqlResult<std::vector<domain::PersonId>> PersonTable::out(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("SELECT person FROM accounts_people WHERE disabled_at_ms "
                                         "IS NOT NULL OR erased_at_ms IS NOT NULL"));
    std::vector<domain::PersonId> people;
    while (true) {
        ONSALE_TRY_ASSIGN(there, statement.step());
        if (!there) return people;
        people.push_back(records::id_from_row<domain::PersonId>(statement.integer(0)));
    }
}

SqlResult<std::optional<PersonSeal>> PersonTable::seal_of(domain::PersonId person) {
    ONSALE_TRY_ASSIGN(key, keys_->find(person));
    if (!key) return std::optional<PersonSeal>{};
    return std::optional(PersonSeal(person, *key));
}

SqlResult<std::optional<PersonData>> PersonTable::data(const PersonRow& row) {
    if (row.erased) return std::optional<PersonData>{};
    ONSALE_TRY_ASSIGN(seal, seal_of(row.person));
    if (!seal) return std::optional<PersonData>{};
    return seal->open_data(row.sealed);
}

SqlResult<domain::PersonId> PersonTable::insert(sql::Connection& connection,
                                                const std::vector<NewPerson>& people,
                                                base::Timestamp now) {
    std::uint64_t last = 0;
    {
        ONSALE_TRY_ASSIGN(statement, connection.prepare("SELECT max(person) FROM accounts_people"));
        ONSALE_TRY_ASSIGN(there, statement.step());
        ONSALE_TRY_ASSIGN(last_key, keys_->last());
        last =
            std::max(there ? records::number_from_row(statement.integer(0)) : 0, last_key.value());
    }
    const domain::PersonId first(last + 1);
    ONSALE_TRY_ASSIGN(keys, keys_->create(first, people.size()));
    for (std::size_t i = 0; i < people.size(); ++i) {
        const PersonSeal seal(domain::PersonId(first.value() + i), keys[i]);
        ONSALE_TRY(insert_one(connection, people[i], seal, to_row(first.value() + i), now));
    }
    return first;
}

SqlResult<void> PersonTable::insert_one(sql::Connection& connection, const NewPerson& person,
                                        const PersonSeal& seal, std::int64_t number,
                                        base::Timestamp now) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("INSERT INTO accounts_people (person, username_hash, "
                                         "mobile_hash, email_hash, password_hash, sealed, "
                                         "created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"));
    const PersonData& data = person.data;
    const NameHash username = names_.hash(NameKind::username, data.username);
    const NameHash mobile = names_.hash(NameKind::mobile, data.mobile);
    const NameHash email = names_.hash(NameKind::email, data.email);
    const std::string sealed = seal.seal(data, entropy_);
    statement.bind(1, number).bind_blob(2, bytes_of(username));
    bind_name(statement, 3, data.mobile, mobile);
    bind_name(statement, 4, data.email, email);
    if (person.password_hash.empty()) {
        statement.bind_null(5);
    } else {
        statement.bind(5, person.password_hash);
    }
    statement.bind_blob(6, sealed).bind(7, to_row(now));
    return statement.run();
}

SqlResult<void> PersonTable::set_data(sql::Connection& connection, domain::PersonId person,
                                      const PersonData& data) {
    ONSALE_TRY_ASSIGN(seal, seal_of(person));
    if (!seal) {
        return base::Unexpected{sql::SqlError{sql::ErrorCode::corrupt, "a person's key is gone"}};
    }
    ONSALE_TRY_ASSIGN(statement, connection.prepare("UPDATE accounts_people SET mobile_hash = ?, "
                                                    "email_hash = ?, sealed = ? WHERE person = ?"));
    const NameHash mobile = names_.hash(NameKind::mobile, data.mobile);
    const NameHash email = names_.hash(NameKind::email, data.email);
    const std::string sealed = seal->seal(data, entropy_);
    bind_name(statement, 1, data.mobile, mobile);
    bind_name(statement, 2, data.email, email);
    statement.bind_blob(3, sealed).bind(4, to_row(person));
    return statement.run();
}

SqlResult<bool> PersonTable::set_password(sql::Connection& connection, domain::PersonId person,
                                          std::string_view old_hash, std::string_view new_hash) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("UPDATE accounts_people SET password_hash = ? WHERE "
                                         "person = ? AND coalesce(password_hash, '') = ?"));
    statement.bind(1, new_hash).bind(2, to_row(person)).bind(3, old_hash);
    ONSALE_TRY(statement.run());
    return connection.changes() == 1;
}

SqlResult<void> PersonTable::set_disabled(sql::Connection& connection, domain::PersonId person,
                                          std::optional<base::Timestamp> since) {
    ONSALE_TRY_ASSIGN(statement, connection.prepare("UPDATE accounts_people SET disabled_at_ms = ? "
                                                    "WHERE person = ?"));
    if (since) {
        statement.bind(1, to_row(*since));
    } else {
        statement.bind_null(1);
    }
    return statement.bind(2, to_row(person)).run();
}

SqlResult<void> PersonTable::forget(sql::Connection& connection, domain::PersonId person,
                                    base::Timestamp now) {
    static constexpr std::array<std::string_view, 4> kForget{
        "UPDATE accounts_people SET username_hash = NULL, mobile_hash = NULL, email_hash = NULL, "
        "password_hash = NULL, sealed = NULL, erased_at_ms = coalesce(erased_at_ms, ?2) "
        "WHERE person = ?1",
        "DELETE FROM accounts_staff WHERE person = ?1 AND ?2 > 0",
        "DELETE FROM accounts_staff_organisers WHERE person = ?1 AND ?2 > 0",
        "UPDATE accounts_operations SET sealed = NULL WHERE person = ?1 AND ?2 > 0"};
    for (const std::string_view sql : kForget) {
        ONSALE_TRY_ASSIGN(statement, connection.prepare(sql));
        ONSALE_TRY(statement.bind(1, to_row(person)).bind(2, to_row(now)).run());
    }
    return {};
}

SqlResult<void> PersonTable::adopt(sql::Connection& connection, domain::PersonId number,
                                   const NewPerson& person, base::Timestamp created_at) {
    ONSALE_TRY_ASSIGN(seal, seal_of(number));
    if (!seal) {
        return base::Unexpected{sql::SqlError{sql::ErrorCode::corrupt, "a person's key is gone"}};
    }
    return insert_one(connection, person, *seal, to_row(number), created_at);
}

}  // namespace onsale::accounts
