// TicketKeys: the Ed25519 pairs that sign tickets. The first one is made at the first start,
// further ones by rotate(); they stand in records.sqlite, the secret half sealed under the master
// key, and are never removed, for old tickets are still checked with them. Any thread may call it;
// SQL runs on the records store's executor. After a crash: a key that was answered is there.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/unique_function.h"
#include "crypto/crypto.h"
#include "env/environment.h"
#include "records/store.h"
#include "tickets/key_ring.h"

namespace onsale::tickets {

// Both halves; immutable, so whoever holds it sees no change.
struct KeySet {
    KeyRing ring;
    std::vector<crypto::SigningKey> signing;  // one for each of ring.keys()
};
using SharedKeySet = std::shared_ptr<const KeySet>;

struct RotateResult {
    bool too_many = false;  // kKeysMax are there: nothing was done
    KeyId key;
    base::Timestamp from;
};

class TicketKeys {
  public:
    // Migrates the table and makes the first key: call it before anything was posted to the store.
    // The error is a sentence.
    static base::Result<std::unique_ptr<TicketKeys>, std::string> create(
        records::Store& store, const crypto::Key& master, env::Environment& environment);
    TicketKeys(const TicketKeys&) = delete;
    TicketKeys& operator=(const TicketKeys&) = delete;

    [[nodiscard]] SharedKeySet current() const;

    // Adds a key that signs what is issued from `lead` (at least kKeyLeadMin) from now on, or a
    // second after the newest key's begin if that is later. It is published at once.
    using Rotated = records::StoreResult<RotateResult>;
    void rotate(base::Duration lead, env::Executor& home,
                base::UniqueFunction<void(Rotated)> reply);

  private:
    struct StoredKey {
        base::Timestamp from;
        crypto::SigningKey key;
    };
    TicketKeys(records::Store& store, const crypto::Key& master, env::Environment& environment);
    sql::SqlResult<std::vector<StoredKey>> read(sql::Connection& connection) const;
    sql::SqlResult<StoredKey> add(sql::Connection& connection, base::Timestamp from);
    sql::SqlResult<RotateResult> add_after(sql::Connection& connection, base::Timestamp from);
    sql::SqlResult<void> load(sql::Connection& connection);

    records::Store& store_;
    const crypto::Key sealing_key_;
    env::Environment& environment_;
    mutable std::mutex mutex_;  // owns what follows
    SharedKeySet current_;
};

}  // namespace onsale::tickets
