#include <string>

#include "crypto/crypto.h"
#include "journal/internal/bytes.h"
#include "journal/journal.h"

namespace onsale::journal {

Hash hash_of(const Batch& batch) {
    constexpr std::size_t kHeaderBytes = 2 + 8 + 8 + 8 + 8 + 32;
    std::string bytes;
    bytes.reserve(kHeaderBytes + batch.body.size());
    put(bytes, batch.shard);
    put(bytes, batch.sequence);
    put(bytes, batch.epoch);
    put(bytes, batch.incarnation);
    put(bytes, static_cast<std::uint64_t>(batch.time.unix_ms()));
    put(bytes, batch.previous);
    bytes += batch.body;
    return crypto::sha256(bytes);
}

}  // namespace onsale::journal
