// PersonKeys: one random key for each person, with which everything that names the person is
// sealed. The keys lie in a SQLite file of their own (keys/people.sqlite) that is never part of a
// backup of the data, so destroying a key destroys what it sealed everywhere, also in old backups.
// Belongs to one executor at a time (the records store's). After a crash: keys whose call returned
// are there; a destroyed key is gone from the file and from its log, and stays known as destroyed.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "crypto/crypto.h"
#include "domain/ids.h"
#include "env/entropy.h"
#include "sql/database.h"

namespace onsale::vault {

class PersonKeys {
  public:
    static sql::SqlResult<std::unique_ptr<PersonKeys>> open(const sql::OpenOptions& database,
                                                            env::Entropy& entropy);

    // The highest number that ever had a key; 0: none had. Numbers are never given twice, also not
    // after the records came back from an older backup.
    sql::SqlResult<domain::PersonId> last();
    // Keys of `count` people from `first` on, in one transaction. Make them before the records that
    // need them: a crash in between leaves unused keys.
    sql::SqlResult<std::vector<crypto::Key>> create(domain::PersonId first, std::size_t count);
    // Nothing for who has none, or whose key was destroyed.
    sql::SqlResult<std::optional<crypto::Key>> find(domain::PersonId person);
    // Overwrites the key in the file and cuts the log back, so that no file holds it any more.
    sql::SqlResult<void> destroy(domain::PersonId person);
    // Everybody whose key was ever destroyed, ascending: records that came back from a backup
    // must forget them again.
    sql::SqlResult<std::vector<domain::PersonId>> destroyed();

  private:
    PersonKeys(std::unique_ptr<sql::Connection> connection, env::Entropy& entropy)
        : connection_(std::move(connection)), entropy_(entropy) {}
    sql::SqlResult<void> cut_log();

    std::unique_ptr<sql::Connection> connection_;
    env::Entropy& entropy_;
};

}  // namespace onsale::vault
