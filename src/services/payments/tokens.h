// Tokens: authorisations that buyers were given by their bank, sealed in the records as long as
// their payment is open. A token is a secret: it is in no fact and no log; a payment names it by a
// keyed hash. Any thread may call it. After a crash: what was answered is there.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "base/unique_function.h"
#include "crypto/crypto.h"
#include "env/environment.h"
#include "records/store.h"

namespace onsale::payments {

class GroupedWrites;

class Tokens {
  public:
    Tokens(records::Store& store, env::Environment& environment, const crypto::Key& master,
           std::shared_ptr<GroupedWrites> writes);

    // Before anything was posted to the store.
    [[nodiscard]] static sql::SqlResult<void> migrate(sql::Connection& connection);

    [[nodiscard]] std::uint64_t hash_of(std::string_view token) const;  // never 0

    template <class T>
    using Reply = base::UniqueFunction<void(records::StoreResult<T>)>;
    // Keeps it, durably. Keeping it again changes nothing.
    void keep(std::string token, env::Executor& home, Reply<void> reply);
    using Found = boost::unordered_flat_map<std::uint64_t, std::string>;
    // Those of these hashes that are there.
    void find(std::vector<std::uint64_t> hashes, env::Executor& home, Reply<Found> reply);
    // Their payments have ended.
    void drop(std::vector<std::uint64_t> hashes, env::Executor& home);
    // Drops those that were kept before `before` and are none of `open`: their payment never began,
    // or its end was not told before a crash.
    void sweep(boost::unordered_flat_set<std::uint64_t> open, base::Timestamp before,
               env::Executor& home);

  private:
    records::Store& store_;
    env::Environment& environment_;
    const crypto::Key hash_key_;
    const crypto::Key seal_key_;
    const std::shared_ptr<GroupedWrites> writes_;
};

}  // namespace onsale::payments
