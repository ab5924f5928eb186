// PersonKeys: one random key for each person, with which everything that names the person is
// sealed. The keys lie in a SQLite file of their own (keys/people.sqlite) that is never part of a
// backup of the data, so destroying a key destroys what it sealed everywhere, also in old backups.
// Belongs to one executor at a time (the records store's). After a crash: keys whose call returned
// are there; a destroyed key is gone from the file, and stays known as destroyed; its log is cut at
// the next start if it was not yet.
#pragma once

#include <cstddef>
#include <cstdint>
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
    // Over an open file, which nobody else writes to. `busy_timeout_ms` as it was opened.
    static sql::SqlResult<std::unique_ptr<PersonKeys>> open(
        std::shared_ptr<sql::Connection> connection, std::int64_t busy_timeout_ms,
        env::Entropy& entropy);

    // The highest number that ever had a key; 0: none had. Numbers are never given twice, also not
    // after the records came back from an older backup.
    sql::SqlResult<domain::PersonId> last();
    // Keys of `count` people from `first` on, in one transaction. Make them before the records that
    // need them: a crash in between leaves unused keys.
    sql::SqlResult<std::vector<crypto::Key>> create(domain::PersonId first, std::size_t count);
    // Nothing for who has none, or whose key was destroyed.
    sql::SqlResult<std::optional<crypto::Key>> find(domain::PersonId person);
    // Overwrites the key; for good, whatever becomes of the log. Call cut_log() until it is true,
    // for until then the log may hold the key.
    sql::SqlResult<void> destroy(domain::PersonId person);
    // Cuts the log back, so that no file holds a destroyed key any more. False: somebody else reads
    // the file, for whom it does not wait.
    sql::SqlResult<bool> cut_log();
    // Everybody whose key was ever destroyed, ascending: records that came back from a backup
    // must forget them again.
    sql::SqlResult<std::vector<domain::PersonId>> destroyed();

  private:
    PersonKeys(std::shared_ptr<sql::Connection> connection, env::Entropy& entropy,
               std::int64_t busy_timeout_ms)
        : connection_(std::move(connection)),
          entropy_(entropy),
          busy_timeout_ms_(busy_timeout_ms) {}
    std::shared_ptr<sql::Connection> connection_;
    env::Entropy& entropy_;
    const std::int64_t busy_timeout_ms_;
};

}  // namespace onsale::vault
