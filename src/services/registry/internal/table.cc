#include "registry/internal/table.h"

#include <array>
#include <cstring>
#include <utility>

#include "records/rows.h"

namespace onsale::registry {
namespace {

using records::time_from_row;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE registry_parties (
        kind INTEGER NOT NULL,             -- 1: bank, 2: supplier
        number INTEGER NOT NULL,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL,
        enabled INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        PRIMARY KEY (kind, number)
    ) WITHOUT ROWID;
    CREATE TABLE registry_keys (
        kind INTEGER NOT NULL,
        number INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        to_party_id TEXT NOT NULL,         -- by which the site signs
        to_party_secret BLOB NOT NULL,     -- sealed
        to_site_id TEXT NOT NULL,          -- by which the party signs
        to_site_secret BLOB NOT NULL,      -- sealed
        created_at_ms INTEGER NOT NULL,
        retired_at_ms INTEGER,             -- NULL: in use; may lie ahead
        PRIMARY KEY (kind, number, generation)
    ) WITHOUT ROWID;
)sql"}};

std::string context_of(PartyId party, std::string_view key_id) {
    return "party key " + to_string(party) + " " + std::string(key_id);
}

std::int64_t kind_of(PartyId party) {
    return static_cast<std::int64_t>(party.kind);
}

}  // namespace

SqlResult<void> migrate_tables(sql::Connection& connection) {
    return sql::migrate(connection, "registry", kMigrations);
}

std::string Table::seal(PartyId party, const crypto::CallKey& key) const {
    const std::string_view secret(reinterpret_cast<const char*>(key.secret.data()),
                                  key.secret.size());
    return crypto::seal(key_, secret, context_of(party, key.id), entropy_);
}

SqlResult<crypto::CallKey> Table::open(PartyId party, std::string_view id,
                                       std::string_view sealed) const {
    crypto::CallKey key{.id = std::string(id)};
    const auto secret = crypto::open(key_, sealed, context_of(party, id));
    if (!secret || secret->size() != key.secret.size()) {
        return base::Unexpected{sql::SqlError{
            sql::ErrorCode::corrupt, "the key " + key.id + " of " + to_string(party) +
                                         " cannot be opened with this folder's master key"}};
    }
    std::memcpy(key.secret.data(), secret->data(), secret->size());
    return key;
}

SqlResult<std::vector<KeyPair>> Table::read_keys(sql::Connection& connection, PartyId party) const {
    std::vector<KeyPair> keys;
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT generation, to_party_id, to_party_secret, to_site_id, "
                                "to_site_secret, created_at_ms, retired_at_ms FROM registry_keys "
                                "WHERE kind = ? AND number = ? ORDER BY generation"));
    row.bind(1, kind_of(party)).bind(2, to_row(party.number));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return keys;
        KeyPair pair;
        pair.generation = static_cast<std::uint32_t>(row.integer(0));
        ONSALE_TRY_ASSIGN(to_party, open(party, row.text(1), row.blob(2)));
        ONSALE_TRY_ASSIGN(to_site, open(party, row.text(3), row.blob(4)));
        pair.to_party = std::move(to_party);
        pair.to_site = std::move(to_site);
        pair.created_at = time_from_row(row.integer(5));
        if (!row.is_null(6)) pair.retired_at = time_from_row(row.integer(6));
        keys.push_back(std::move(pair));
    }
}

SqlResult<std::vector<StoredParty>> Table::read(sql::Connection& connection) const {
    std::vector<StoredParty> all;
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT kind, number, name_zh, name_en, enabled, created_at_ms "
                                "FROM registry_parties ORDER BY kind, number"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) break;
        StoredParty stored;
        stored.party.id = {static_cast<PartyKind>(row.integer(0)),
                           records::id_from_row<PartyNumber>(row.integer(1))};
        stored.party.name_zh = row.text(2);
        stored.party.name_en = row.text(3);
        stored.party.enabled = row.integer(4) != 0;
        stored.party.created_at = time_from_row(row.integer(5));
        all.push_back(std::move(stored));
    }
    for (StoredParty& stored : all) {
        ONSALE_TRY_ASSIGN(keys, read_keys(connection, stored.party.id));
        stored.keys = std::move(keys);
    }
    return all;
}

SqlResult<void> Table::put_party(sql::Connection& connection, const Party& party) const {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO registry_parties VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
                                "ON CONFLICT DO UPDATE SET name_zh = ?3, name_en = ?4, "
                                "enabled = ?5"));
    row.bind(1, kind_of(party.id)).bind(2, to_row(party.id.number));
    row.bind(3, std::string_view(party.name_zh)).bind(4, std::string_view(party.name_en));
    return row.bind(5, std::int64_t{party.enabled}).bind(6, to_row(party.created_at)).run();
}

SqlResult<void> Table::put_keys(sql::Connection& connection, PartyId party,
                                const std::vector<KeyPair>& keys) const {
    ONSALE_TRY_ASSIGN(
        gone, connection.prepare("DELETE FROM registry_keys WHERE kind = ? AND number = ?"));
    ONSALE_TRY(gone.bind(1, kind_of(party)).bind(2, to_row(party.number)).run());
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO registry_keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const KeyPair& pair : keys) {
        const std::string to_party = seal(party, pair.to_party);
        const std::string to_site = seal(party, pair.to_site);
        row.bind(1, kind_of(party)).bind(2, to_row(party.number));
        row.bind(3, std::int64_t{pair.generation});
        row.bind(4, std::string_view(pair.to_party.id)).bind_blob(5, std::string_view(to_party));
        row.bind(6, std::string_view(pair.to_site.id)).bind_blob(7, std::string_view(to_site));
        row.bind(8, to_row(pair.created_at));
        if (pair.retired_at) {
            row.bind(9, to_row(*pair.retired_at));
        } else {
            row.bind_null(9);
        }
        ONSALE_TRY(row.run());
    }
    return {};
}

}  // namespace onsale::registry
