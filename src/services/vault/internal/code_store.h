// CodeStore: the vault's tables. All calls come from the records store's executor; every change is
// one transaction. After a crash: a chunk whose stage() returned is there whole, any other not at
// all.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/crypto.h"
#include "env/entropy.h"
#include "sql/database.h"
#include "vault/internal/block.h"
#include "vault/internal/code_hashes.h"
#include "vault/vault.h"

namespace onsale::vault {

[[nodiscard]] std::span<const sql::Migration> migrations();

class CodeStore {
  public:
    CodeStore(const crypto::Key& master, env::Entropy& entropy);

    // Whether the file was begun with this master key. The first call of a file decides.
    sql::SqlResult<bool> same_key(sql::Connection& connection);

    sql::SqlResult<StageResult> stage(sql::Connection& connection, const ChunkPlace& place,
                                      const std::vector<std::string>& codes);
    // What stage() would find. Changes nothing.
    sql::SqlResult<ChunkCheck> check(sql::Connection& connection, const ChunkPlace& place,
                                     const std::vector<std::string>& codes);
    sql::SqlResult<SealResult> seal(sql::Connection& connection, ListId list, ListUser by);
    sql::SqlResult<SealResult> sealed(sql::Connection& connection, ListId list, ListUser by) const;
    // A block of a sealed list; nothing beyond its end, for a list that is not sealed, and for
    // bytes that this key does not open.
    sql::SqlResult<std::optional<Block>> load(sql::Connection& connection, ListId list,
                                              std::uint64_t block) const;

  private:
    struct ListRow {
        std::uint64_t count = 0;
        std::uint64_t chunks = 0;
        std::uint64_t owner = 0;               // 0: who may use all lists
        std::optional<crypto::Digest> digest;  // once it is sealed
    };
    struct Chunk {
        ListId list;
        std::uint32_t index = 0;
        crypto::Digest digest{};
        const std::vector<std::string>& codes;
    };
    sql::SqlResult<std::optional<ListRow>> find_list(sql::Connection& connection,
                                                     ListId list) const;
    sql::SqlResult<std::optional<StageResult>> find_chunk(sql::Connection& connection,
                                                          const Chunk& chunk) const;
    // Within the transaction; commits it.
    sql::SqlResult<StageResult> append(sql::Transaction& transaction, sql::Connection& connection,
                                       const Chunk& chunk, ListRow row);
    sql::SqlResult<void> write_blocks(sql::Connection& connection, const Chunk& chunk,
                                      std::uint64_t first_position);
    sql::SqlResult<std::optional<Block>> read_block(sql::Connection& connection, ListId list,
                                                    std::uint64_t block) const;

    sql::SqlResult<void> write_rows(sql::Connection& connection, const Chunk& chunk, ListRow row);
    [[nodiscard]] std::vector<HashedLine> hashed(const std::vector<std::string>& codes) const;

    CodeHashes hashes_;
    crypto::Key code_key_;
    crypto::Key hash_key_;
    std::array<std::byte, 16> key_check_;
    env::Entropy& entropy_;
};

}  // namespace onsale::vault
