// The rows of the registry: parties and their pairs of keys, the secrets sealed. Functions for the
// records store's executor. After a crash: what a committed transaction wrote.
#pragma once

#include <string>
#include <vector>

#include "crypto/crypto.h"
#include "env/entropy.h"
#include "registry/internal/directory.h"
#include "sql/database.h"

namespace onsale::registry {

[[nodiscard]] sql::SqlResult<void> migrate_tables(sql::Connection& connection);

// Rows and values, with the key that seals secrets.
class Table {
  public:
    Table(const crypto::Key& key, env::Entropy& entropy) : key_(key), entropy_(entropy) {}

    // A secret that cannot be opened is corruption.
    [[nodiscard]] sql::SqlResult<std::vector<StoredParty>> read(sql::Connection& connection) const;
    // Each in a transaction of the caller's.
    [[nodiscard]] sql::SqlResult<void> put_party(sql::Connection& connection,
                                                 const Party& party) const;
    // All pairs of a party: those that are not among `keys` are deleted.
    [[nodiscard]] sql::SqlResult<void> put_keys(sql::Connection& connection, PartyId party,
                                                const std::vector<KeyPair>& keys) const;

  private:
    [[nodiscard]] std::string seal(PartyId party, const crypto::CallKey& key) const;
    [[nodiscard]] sql::SqlResult<crypto::CallKey> open(PartyId party, std::string_view id,
                                                       std::string_view sealed) const;
    [[nodiscard]] sql::SqlResult<std::vector<KeyPair>> read_keys(sql::Connection& connection,
                                                                 PartyId party) const;

    const crypto::Key key_;
    env::Entropy& entropy_;
};

}  // namespace onsale::registry
