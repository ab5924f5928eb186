#include "vault/person_keys.h"

#include <array>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "records/rows.h"

namespace onsale::vault {
namespace {

using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE person_keys (
        person INTEGER PRIMARY KEY,
        key BLOB NOT NULL -- 32 random bytes
    ) STRICT;
    CREATE TABLE person_keys_destroyed (person INTEGER PRIMARY KEY) STRICT;
)sql"}};

}  // namespace

SqlResult<std::unique_ptr<PersonKeys>> PersonKeys::open(std::shared_ptr<sql::Connection> connection,
                                                        std::int64_t busy_timeout_ms,
                                                        env::Entropy& entropy) {
    {
        ONSALE_TRY_ASSIGN(secure, connection->prepare("PRAGMA secure_delete=ON"));
        ONSALE_TRY(secure.step());
    }
    ONSALE_TRY(sql::migrate(*connection, "person_keys", kMigrations));
    return std::unique_ptr<PersonKeys>(
        new PersonKeys(std::move(connection), entropy, busy_timeout_ms));
}

SqlResult<domain::PersonId> PersonKeys::last() {
    ONSALE_TRY_ASSIGN(select, connection_->prepare(
                                  "SELECT max(coalesce((SELECT max(person) FROM person_keys), 0), "
                                  "coalesce((SELECT max(person) FROM person_keys_destroyed), 0))"));
    ONSALE_TRY_ASSIGN(there, select.step());
    return domain::PersonId(there ? records::number_from_row(select.integer(0)) : 0);
}

SqlResult<std::vector<crypto::Key>> PersonKeys::create(domain::PersonId first, std::size_t count) {
    std::vector<crypto::Key> keys(count);
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(*connection_));
    ONSALE_TRY_ASSIGN(insert, connection_->prepare("INSERT INTO person_keys VALUES (?, ?)"));
    for (std::size_t i = 0; i < count; ++i) {
        entropy_.fill(keys[i]);
        insert.bind(1, to_row(first.value() + i)).bind_blob(2, std::span<const std::byte>(keys[i]));
        ONSALE_TRY(insert.run());
    }
    ONSALE_TRY(transaction.commit());
    return keys;
}

SqlResult<std::optional<crypto::Key>> PersonKeys::find(domain::PersonId person) {
    ONSALE_TRY_ASSIGN(select, connection_->prepare("SELECT key FROM person_keys WHERE person = ?"));
    ONSALE_TRY_ASSIGN(there, select.bind(1, to_row(person)).step());
    if (!there) return std::optional<crypto::Key>{};
    const std::string_view bytes = select.blob(0);
    crypto::Key key{};
    if (bytes.size() != key.size()) {
        return base::Unexpected{sql::SqlError{sql::ErrorCode::corrupt, "a person's key is cut"}};
    }
    std::memcpy(key.data(), bytes.data(), key.size());
    return std::optional(key);
}

SqlResult<void> PersonKeys::destroy(domain::PersonId person) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(*connection_));
    ONSALE_TRY_ASSIGN(remove, connection_->prepare("DELETE FROM person_keys WHERE person = ?"));
    ONSALE_TRY(remove.bind(1, to_row(person)).run());
    ONSALE_TRY_ASSIGN(
        mark, connection_->prepare("INSERT OR IGNORE INTO person_keys_destroyed VALUES (?)"));
    ONSALE_TRY(mark.bind(1, to_row(person)).run());
    return transaction.commit();
}

SqlResult<std::vector<domain::PersonId>> PersonKeys::destroyed() {
    ONSALE_TRY_ASSIGN(
        select, connection_->prepare("SELECT person FROM person_keys_destroyed ORDER BY person"));
    std::vector<domain::PersonId> people;
    while (true) {
        ONSALE_TRY_ASSIGN(there, select.step());
        if (!there) return people;
        people.push_back(records::id_from_row<domain::PersonId>(select.integer(0)));
    }
}

// Pages of the log hold what the file no longer does. A copy that is being made keeps them, and to
// wait for its end would hold up everything else of this executor.
SqlResult<bool> PersonKeys::cut_log() {
    const auto cut = [this]() -> SqlResult<bool> {
        ONSALE_TRY(connection_->execute("PRAGMA busy_timeout=0"));
        ONSALE_TRY_ASSIGN(checkpoint, connection_->prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
        ONSALE_TRY_ASSIGN(there, checkpoint.step());
        return there && checkpoint.integer(0) == 0;
    };
    const auto done = cut();
    ONSALE_TRY(connection_->execute("PRAGMA busy_timeout=" + std::to_string(busy_timeout_ms_)));
    return done;
}

}  // namespace onsale::vault
