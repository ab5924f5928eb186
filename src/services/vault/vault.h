// Vault: the ticket codes, which must not stand in a journal that is kept for ever. A list is
// staged chunk by chunk, sealed once, and from then on is known outside as (list, count, digest);
// the box office hands out ordinals, and the edge asks the vault for the text. Codes are encrypted
// in blocks of 256 and unique over the whole site by a keyed hash. Any thread may call it: SQL runs
// on the records store's executor, decrypted blocks sit in a bounded cache. After a crash: a chunk
// that was answered is there, a sealed list stays sealed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_function.h"
#include "crypto/crypto.h"
#include "domain/offer.h"
#include "env/environment.h"
#include "records/store.h"

namespace onsale::vault {

// A list of codes is an addition to a pool's stock, under the same id.
using ListId = domain::AdditionId;

enum class VaultRefusal : std::uint8_t {
    none,
    list_invalid,  // an id outside 1 .. 2^53 - 1
    chunk_empty,
    chunk_too_long,  // more than kCodesPerChunkMax codes
    chunk_missing,   // an earlier chunk is not there: chunks come as 0, 1, 2, …
    chunk_differs,   // this index was stored with other codes
    list_too_long,   // more than kCodesPerListMax codes
    code_invalid,    // line: not 1 to 64 printable ASCII characters, or a space at an end
    code_repeated,   // line: the code stands earlier in this chunk or anywhere on the site
    list_sealed,     // nothing can be added any more
    list_unknown,
    busy,
    storage_full,
    failed,  // message has the reason
};
[[nodiscard]] std::string_view to_string(VaultRefusal refusal);

// Who uses a list of codes: a list belongs to the member of staff who began it, and to those who
// may use all of them. To anybody else it is as unknown as one that does not exist.
struct ListUser {
    std::uint64_t staff = 0;
    bool all_lists = true;
    [[nodiscard]] bool may_use(std::uint64_t owner) const {
        return all_lists || (owner != 0 && owner == staff);
    }
};

// The place of a chunk, and who brings it.
struct ChunkPlace {
    ListId list;
    std::uint32_t index = 0;
    ListUser by;
};

struct StageResult {
    VaultRefusal refusal = VaultRefusal::none;
    std::uint64_t stored = 0;  // codes of the list so far, this chunk included
    std::uint64_t line = 0;    // of the mistake, from 1
    std::string message;
};

// What staging a chunk would find, without doing it.
struct ChunkCheck {
    VaultRefusal refusal = VaultRefusal::none;  // code_repeated, chunk_differs, list_sealed, …
    bool there = false;                         // this chunk is stored already, with these codes
    std::vector<std::uint64_t> repeated;        // lines of codes that the site knows, from 1
    std::uint64_t list_count = 0;               // codes of the list so far
    bool sealed = false;
    std::string message;
};

struct SealResult {
    VaultRefusal refusal = VaultRefusal::none;
    domain::Addition
        addition;  // list, count, SHA-256 over all codes in order, each followed by '\n'
    std::string message;
};

struct VaultError {
    VaultRefusal refusal = VaultRefusal::failed;
    std::string message;
};
using CodeResult = base::Result<std::string, VaultError>;

struct VaultOptions {
    std::size_t cached_blocks_max = 4096;  // decrypted blocks in memory, about 6 KB each
};

class Vault {
  public:
    // Migrates the vault's tables: call it before anything was posted to the store.
    static sql::SqlResult<std::unique_ptr<Vault>> create(records::Store& store,
                                                         const crypto::Key& master,
                                                         env::Entropy& entropy,
                                                         const VaultOptions& options);
    ~Vault();
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    // Stores chunk `index` of a list. The same chunk again answers the same and changes nothing,
    // also after sealing.
    void stage_chunk(ChunkPlace place, std::vector<std::string> codes, env::Executor& home,
                     base::UniqueFunction<void(StageResult)> reply);

    // Whether stage_chunk() would take this chunk; changes nothing. Codes are not looked at one by
    // one for their form.
    void check_chunk(ChunkPlace place, std::vector<std::string> codes, env::Executor& home,
                     base::UniqueFunction<void(ChunkCheck)> reply);

    // Closes a list. Again: the same answer.
    void seal(ListId list, ListUser by, env::Executor& home,
              base::UniqueFunction<void(SealResult)> reply);

    // A sealed list as an addition, or why there is none (list_unknown also for a list not sealed
    // yet). On the store's executor only.
    [[nodiscard]] SealResult sealed_list(sql::Connection& connection, ListId list,
                                         ListUser by) const;

    // The code at `position` (0 is the list's first) if its block is in memory. Reads ahead in the
    // background when a block is half used.
    [[nodiscard]] std::optional<std::string> cached_code(ListId list, std::uint64_t position);
    // The same from the disk when it is not: `reply` runs at once, inside this call, when the block
    // is in memory, and otherwise on `home`. The next block is loaded too.
    void code(ListId list, std::uint64_t position, env::Executor& home,
              base::UniqueFunction<void(CodeResult)> reply);

    // The code of a ticket whose pool is only a number: 20 characters of Crockford's base 32 (100
    // bits) of a keyed hash of the ticket's id. Nothing is stored.
    [[nodiscard]] std::string derived_code(domain::TicketId ticket) const;

  private:
    struct Impl;
    explicit Vault(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::vault
