// The requests of a crowd, made before the clock starts: one order per person, complete with login
// token and idempotency key, so that sending one costs a copy and a system call. Tokens are minted
// with the site's own key, which the generator reads from the data folder: it measures orders, not
// log-ins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "env/files.h"

namespace onsale::bench {

// The site's master key: <folder>/keys/master.key, 64 hexadecimal digits. The error is a sentence.
[[nodiscard]] base::Result<crypto::Key, std::string> read_master_key(env::Files& files,
                                                                     const std::string& folder);

struct TokenOptions {
    std::uint64_t subject = 0;
    std::string audience = "person";  // or "staff"
    base::Timestamp now;
    base::Duration lifetime = base::Duration::hours(1);  // below zero: one that has expired
};
[[nodiscard]] std::string mint_token(const crypto::Key& master, const TokenOptions& options);

struct CrowdRequests {
    std::uint16_t port = 0;
    std::uint64_t first_person = 1;
    std::uint64_t people = 1;
    std::vector<std::string> bodies;  // of orders; the persons take them in turn
    std::string key_prefix;           // keys are prefix-person-try
    base::Timestamp now;
};

class PeopleRequests {
  public:
    static constexpr std::uint32_t kTriesMax = 999'999;

    PeopleRequests(const crypto::Key& master, const CrowdRequests& options);

    // The request of person number `index` (0 is the first) with this try's key; good until that
    // person's next.
    [[nodiscard]] std::string_view request(std::uint64_t index, std::uint32_t try_number);
    [[nodiscard]] std::string key(std::uint64_t index, std::uint32_t try_number) const;
    [[nodiscard]] std::uint64_t person(std::uint64_t index) const { return first_person_ + index; }
    [[nodiscard]] std::uint64_t count() const { return offsets_.size() - 1; }

  private:
    std::uint64_t first_person_;
    std::string key_prefix_;
    std::vector<std::size_t> tail_bytes_;  // behind the key, by body
    std::string bytes_;                    // all requests, one after another
    std::vector<std::size_t> offsets_;     // where each begins, and the end
};

}  // namespace onsale::bench
