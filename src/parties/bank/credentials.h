// Credentials: which merchants a bank serves, and the keys that both sides sign with, as their
// files say (docs/formats/bank-interface.md). Files are read again every second, so that keys
// change without a restart; a file that cannot be read or understood changes nothing. Readers get
// an immutable copy, on any thread. Secrets are never logged.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/signed_call.h"
#include "env/files.h"

namespace onsale::bank {

struct Merchant {
    std::string name;
    std::string site;        // origin, without a slash at its end
    std::uint32_t bank = 0;  // our number there
    std::vector<crypto::CallKey> to_bank;
    std::vector<crypto::CallKey> to_site;  // the last is the newest
    std::uint64_t number = 0;              // in the books

    [[nodiscard]] const crypto::CallKey& signing_key() const { return to_site.back(); }
};

using Merchants = std::vector<Merchant>;
using SharedMerchants = std::shared_ptr<const Merchants>;

// The error is a sentence with the remedy.
[[nodiscard]] base::Result<Merchant, std::string> parse_credentials(std::string_view text);
[[nodiscard]] const Merchant* find_merchant(const Merchants& merchants, std::string_view name);
[[nodiscard]] const Merchant* find_merchant(const Merchants& merchants, std::uint64_t number);

class Credentials {
  public:
    Credentials(env::Files& files, std::vector<std::string> paths);

    [[nodiscard]] SharedMerchants current() const;

    // What the files say now, to be given numbers and handed to replace(); nothing if it is what
    // they said the last time. The error is a sentence. On one thread.
    [[nodiscard]] base::Result<std::shared_ptr<Merchants>, std::string> read_changes();
    void replace(SharedMerchants merchants);

  private:
    env::Files& files_;
    std::vector<std::string> paths_;
    std::vector<std::string> texts_;  // as last read
    mutable std::mutex mutex_;
    SharedMerchants merchants_;  // guarded by mutex_
};

}  // namespace onsale::bank
