#include "accounts/internal/schema.h"

#include <array>

namespace onsale::accounts {
namespace {

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE accounts_people (
        person INTEGER PRIMARY KEY, -- 1, 2, 3, …
        username TEXT NOT NULL UNIQUE COLLATE NOCASE,
        password_hash TEXT, -- absent: imported
        created_at_ms INTEGER NOT NULL
    );
)sql"},
                                    // Names are sealed from here on; seal_names() moves the rows.
                                    sql::Migration{2, R"sql(
    ALTER TABLE accounts_people RENAME TO accounts_people_in_clear;
    CREATE TABLE accounts_people (
        person INTEGER PRIMARY KEY,
        username_hash BLOB UNIQUE, -- keyed hashes of 16 bytes; absent once erased
        mobile_hash BLOB UNIQUE,
        email_hash BLOB UNIQUE,
        password_hash TEXT, -- absent: imported or erased
        sealed BLOB, -- what names the person, under the person's key; absent once erased
        created_at_ms INTEGER NOT NULL,
        disabled_at_ms INTEGER,
        erased_at_ms INTEGER
    ) STRICT;
    CREATE INDEX accounts_people_out ON accounts_people (person)
        WHERE disabled_at_ms IS NOT NULL OR erased_at_ms IS NOT NULL;
    CREATE TABLE accounts_logins (
        login INTEGER PRIMARY KEY, -- random
        person INTEGER NOT NULL,
        audience INTEGER NOT NULL, -- 0 person, 1 staff
        seed BLOB NOT NULL, -- with the master key it gives the refresh tokens
        generation INTEGER NOT NULL, -- of the refresh token that is good now
        origin BLOB, -- address and device, under the person's key
        created_at_ms INTEGER NOT NULL,
        used_at_ms INTEGER NOT NULL,
        expires_at_ms INTEGER NOT NULL,
        access_until_ms INTEGER NOT NULL, -- when its last access token expires
        revoked_at_ms INTEGER
    ) STRICT;
    CREATE INDEX accounts_logins_by_person ON accounts_logins (person);
    CREATE INDEX accounts_logins_by_expiry ON accounts_logins (expires_at_ms);
    CREATE TABLE accounts_staff (
        person INTEGER PRIMARY KEY,
        operates INTEGER NOT NULL,
        administers INTEGER NOT NULL,
        must_change_password INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE accounts_staff_organisers (
        person INTEGER NOT NULL,
        organiser INTEGER NOT NULL,
        PRIMARY KEY (person, organiser)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE accounts_codes (
        target BLOB NOT NULL, -- keyed hash of the mobile or e-mail address
        purpose INTEGER NOT NULL,
        code BLOB NOT NULL, -- keyed hash
        sent_at_ms INTEGER NOT NULL,
        expires_at_ms INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        PRIMARY KEY (target, purpose)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX accounts_codes_by_expiry ON accounts_codes (expires_at_ms);
    CREATE TABLE accounts_operations (
        operation INTEGER PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        person INTEGER NOT NULL, -- 0: nobody
        action TEXT NOT NULL,
        object TEXT NOT NULL,
        result TEXT NOT NULL,
        request_id TEXT NOT NULL,
        sealed BLOB -- address and details, under the key of the person or of the site
    ) STRICT;
    CREATE INDEX accounts_operations_by_person ON accounts_operations (person, operation);
    CREATE INDEX accounts_operations_by_action ON accounts_operations (action, operation);
    CREATE INDEX accounts_operations_by_time ON accounts_operations (at_ms);
)sql"},
                                    // Guesses are counted for a target, not only for one code.
                                    sql::Migration{3, R"sql(
    CREATE TABLE accounts_code_failures (
        target BLOB PRIMARY KEY, -- keyed hash of the mobile or e-mail address
        until_ms INTEGER NOT NULL, -- when they are forgotten
        wrong INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX accounts_code_failures_by_end ON accounts_code_failures (until_ms);
)sql"},
                                    // A changed or missing operation record shows: rows are chained
                                    // from here on; those that were there stay as they are.
                                    sql::Migration{4, R"sql(
    ALTER TABLE accounts_operations ADD COLUMN sealed_digest BLOB; -- SHA-256
    ALTER TABLE accounts_operations ADD COLUMN hash BLOB; -- of this row and of the hash before it
    CREATE TABLE accounts_operation_chain (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        removed INTEGER NOT NULL, -- rows up to here are gone, or older than the chain
        removed_hash BLOB NOT NULL, -- of the last of them
        newest INTEGER NOT NULL,
        newest_hash BLOB NOT NULL
    ) STRICT;
    INSERT INTO accounts_operation_chain
        SELECT 1, coalesce(max(operation), 0), zeroblob(32), coalesce(max(operation), 0), zeroblob(32)
        FROM accounts_operations;
)sql"}};

}  // namespace

std::span<const sql::Migration> migrations() {
    return kMigrations;
}

}  // namespace onsale::accounts
