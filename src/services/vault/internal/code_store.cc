#include "vault/internal/code_store.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "records/rows.h"
#include "vault/limits.h"

namespace onsale::vault {
namespace {

using base::Unexpected;
using records::number_from_row;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE vault_lists (
        list INTEGER PRIMARY KEY,
        count INTEGER NOT NULL,
        chunks INTEGER NOT NULL,
        sealed INTEGER NOT NULL DEFAULT 0,
        digest BLOB
    );
    CREATE TABLE vault_chunks (
        list INTEGER NOT NULL,
        chunk INTEGER NOT NULL,
        digest BLOB NOT NULL,
        total INTEGER NOT NULL, -- codes of the list with this chunk
        PRIMARY KEY (list, chunk)
    ) WITHOUT ROWID;
    CREATE TABLE vault_blocks (
        list INTEGER NOT NULL,
        block INTEGER NOT NULL,
        sealed_bytes BLOB NOT NULL,
        PRIMARY KEY (list, block)
    );
    CREATE TABLE vault_code_hashes (
        hash BLOB PRIMARY KEY
    ) WITHOUT ROWID;
    CREATE TABLE vault_hash_runs (
        run INTEGER PRIMARY KEY,
        hashes BLOB NOT NULL -- 16 bytes each, not in vault_code_hashes yet
    );
)sql"},
                                    sql::Migration{2, R"sql(
    ALTER TABLE vault_lists ADD COLUMN owner INTEGER NOT NULL DEFAULT 0; -- member of staff; 0: see ListUser
)sql"},
                                    sql::Migration{3, R"sql(
    CREATE TABLE vault_key_check (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        hash BLOB NOT NULL -- of a constant, keyed by the master key
    ) STRICT;
)sql"}};

constexpr std::string_view kKeyChecked = "onsale";

std::string context_of(ListId list, std::uint64_t block) {
    return std::to_string(list.value()) + "/" + std::to_string(block);
}

// Printable ASCII, 1 to 64 characters, no space at either end.
bool is_code(std::string_view code) {
    if (code.empty() || code.size() > kCodeCharactersMax) return false;
    if (code.front() == ' ' || code.back() == ' ') return false;
    return std::all_of(code.begin(), code.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string joined(const std::vector<std::string>& codes) {
    std::string text;
    for (const auto& code : codes) text.append(code).push_back('\n');
    return text;
}

StageResult refuse(VaultRefusal refusal, std::uint64_t line = 0) {
    StageResult result;
    result.refusal = refusal;
    result.line = line;
    return result;
}

sql::SqlError damaged(ListId list, std::uint64_t block) {
    return {sql::ErrorCode::corrupt, "block " + context_of(list, block) +
                                         " of the vault is missing or does not open with this "
                                         "master key"};
}

std::span<const std::byte> bytes_of(const crypto::Digest& digest) {
    return std::span(digest);
}

}  // namespace

std::span<const sql::Migration> migrations() {
    return kMigrations;
}

CodeStore::CodeStore(const crypto::Key& master, env::Entropy& entropy)
    : code_key_(crypto::derive_key(master, "vault codes")),
      hash_key_(crypto::derive_key(master, "vault code hashes")),
      key_check_(crypto::keyed_hash(crypto::derive_key(master, "vault key check"), kKeyChecked)),
      entropy_(entropy) {}

SqlResult<bool> CodeStore::same_key(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(insert,
                      connection.prepare("INSERT INTO vault_key_check VALUES (1, ?) ON CONFLICT DO "
                                         "NOTHING"));
    ONSALE_TRY(insert.bind_blob(1, std::span<const std::byte>(key_check_)).run());
    ONSALE_TRY_ASSIGN(select, connection.prepare("SELECT hash FROM vault_key_check"));
    ONSALE_TRY_ASSIGN(there, select.step());
    return there && std::ranges::equal(std::as_bytes(std::span(select.blob(0))), key_check_);
}

SqlResult<StageResult> CodeStore::stage(sql::Connection& connection, const ChunkPlace& place,
                                        const std::vector<std::string>& codes) {
    const ListId list = place.list;
    if (list.value() == 0 || list.value() > domain::kIdMax) {
        return refuse(VaultRefusal::list_invalid);
    }
    if (codes.empty()) return refuse(VaultRefusal::chunk_empty);
    if (codes.size() > kCodesPerChunkMax) return refuse(VaultRefusal::chunk_too_long);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (!is_code(codes[i])) return refuse(VaultRefusal::code_invalid, i + 1);
    }
    const Chunk chunk{list, place.index, crypto::sha256(joined(codes)), codes};

    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(found, find_list(connection, list));
    if (found && !place.by.may_use(found->owner)) return refuse(VaultRefusal::list_unknown);
    ONSALE_TRY_ASSIGN(stored, find_chunk(connection, chunk));
    if (stored) return *stored;
    const ListRow row = found.value_or(ListRow{0, 0, place.by.staff, {}});
    if (row.digest) return refuse(VaultRefusal::list_sealed);
    if (place.index != row.chunks) return refuse(VaultRefusal::chunk_missing);
    if (row.count + codes.size() > kCodesPerListMax) return refuse(VaultRefusal::list_too_long);
    return append(transaction, connection, chunk, row);
}

SqlResult<ChunkCheck> CodeStore::check(sql::Connection& connection, const ChunkPlace& place,
                                       const std::vector<std::string>& codes) {
    const ListId list = place.list;
    ChunkCheck result;
    const Chunk chunk{list, place.index, crypto::sha256(joined(codes)), codes};
    ONSALE_TRY_ASSIGN(row, find_list(connection, list));
    if (row && !place.by.may_use(row->owner)) {
        result.refusal = VaultRefusal::list_unknown;
        return result;
    }
    if (row) {
        result.list_count = row->count;
        result.sealed = row->digest.has_value();
    }
    ONSALE_TRY_ASSIGN(stored, find_chunk(connection, chunk));
    if (stored) {
        result.refusal = stored->refusal;
        result.there = stored->refusal == VaultRefusal::none;
        return result;
    }
    if (result.sealed) {
        result.refusal = VaultRefusal::list_sealed;
        return result;
    }
    ONSALE_TRY_ASSIGN(repeated, hashes_.repeated(connection, hashed(codes)));
    result.repeated = std::move(repeated);
    if (!result.repeated.empty()) result.refusal = VaultRefusal::code_repeated;
    return result;
}

SqlResult<std::optional<CodeStore::ListRow>> CodeStore::find_list(sql::Connection& connection,
                                                                  ListId list) const {
    ONSALE_TRY_ASSIGN(statement, connection.prepare(
                                     "SELECT count, chunks, sealed, digest, owner FROM vault_lists "
                                     "WHERE list = ?"));
    ONSALE_TRY_ASSIGN(there, statement.bind(1, to_row(list)).step());
    if (!there) return std::optional<ListRow>{};
    ListRow row{number_from_row(statement.integer(0)),
                number_from_row(statement.integer(1)),
                number_from_row(statement.integer(4)),
                {}};
    if (statement.integer(2) != 0) {
        const auto bytes = statement.blob(3);
        crypto::Digest digest{};
        if (bytes.size() != digest.size()) return Unexpected{damaged(list, 0)};
        std::memcpy(digest.data(), bytes.data(), digest.size());
        row.digest = digest;
    }
    return std::optional(row);
}

SqlResult<std::optional<StageResult>> CodeStore::find_chunk(sql::Connection& connection,
                                                            const Chunk& chunk) const {
    ONSALE_TRY_ASSIGN(statement, connection.prepare("SELECT digest, total FROM vault_chunks "
                                                    "WHERE list = ? AND chunk = ?"));
    statement.bind(1, to_row(chunk.list)).bind(2, std::int64_t{chunk.index});
    ONSALE_TRY_ASSIGN(there, statement.step());
    if (!there) return std::optional<StageResult>{};
    const auto digest = statement.blob(0);
    const bool same = digest.size() == chunk.digest.size() &&
                      std::memcmp(digest.data(), chunk.digest.data(), digest.size()) == 0;
    if (!same) return std::optional(refuse(VaultRefusal::chunk_differs));
    StageResult result;
    result.stored = number_from_row(statement.integer(1));
    return std::optional(result);
}

SqlResult<StageResult> CodeStore::append(sql::Transaction& transaction, sql::Connection& connection,
                                         const Chunk& chunk, ListRow row) {
    const auto lines = hashed(chunk.codes);
    ONSALE_TRY_ASSIGN(repeated, hashes_.repeated(connection, lines));
    if (!repeated.empty()) return refuse(VaultRefusal::code_repeated, repeated.front());
    const bool merging = hashes_.full();
    if (merging) ONSALE_TRY(hashes_.merge(connection));
    ONSALE_TRY(hashes_.add(connection, lines));
    ONSALE_TRY(write_blocks(connection, chunk, row.count));
    ONSALE_TRY(write_rows(connection, chunk, row));
    ONSALE_TRY(transaction.commit());
    if (merging) hashes_.merged();
    hashes_.added(lines);
    StageResult result;
    result.stored = row.count + chunk.codes.size();
    return result;
}

std::vector<HashedLine> CodeStore::hashed(const std::vector<std::string>& codes) const {
    std::vector<HashedLine> lines;
    lines.reserve(codes.size());
    for (const auto& code : codes) {
        lines.push_back({crypto::keyed_hash(hash_key_, code), lines.size() + 1});
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

SqlResult<void> CodeStore::write_rows(sql::Connection& connection, const Chunk& chunk,
                                      ListRow row) {
    const std::uint64_t total = row.count + chunk.codes.size();
    ONSALE_TRY_ASSIGN(list,
                      connection.prepare("INSERT INTO vault_lists (list, count, chunks, owner) "
                                         "VALUES (?, ?, ?, ?) ON CONFLICT (list) DO UPDATE SET "
                                         "count = excluded.count, chunks = excluded.chunks"));
    list.bind(1, to_row(chunk.list)).bind(2, to_row(total)).bind(3, to_row(row.chunks + 1));
    ONSALE_TRY(list.bind(4, to_row(row.owner)).run());
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("INSERT INTO vault_chunks (list, chunk, digest, "
                                         "total) VALUES (?, ?, ?, ?)"));
    statement.bind(1, to_row(chunk.list)).bind(2, std::int64_t{chunk.index});
    statement.bind_blob(3, bytes_of(chunk.digest)).bind(4, to_row(total));
    return statement.run();
}

SqlResult<void> CodeStore::write_blocks(sql::Connection& connection, const Chunk& chunk,
                                        std::uint64_t first_position) {
    ONSALE_TRY_ASSIGN(write, connection.prepare("INSERT INTO vault_blocks (list, block, "
                                                "sealed_bytes) VALUES (?, ?, ?) ON CONFLICT (list, "
                                                "block) DO UPDATE SET sealed_bytes = "
                                                "excluded.sealed_bytes"));
    std::string text;
    if (first_position % kCodesPerBlock != 0) {
        const std::uint64_t tail = first_position / kCodesPerBlock;
        ONSALE_TRY_ASSIGN(block, read_block(connection, chunk.list, tail));
        if (!block) return Unexpected{damaged(chunk.list, tail)};
        text = block->text();
    }
    for (std::size_t i = 0; i < chunk.codes.size(); ++i) {
        text.append(chunk.codes[i]).push_back('\n');
        const std::uint64_t position = first_position + i;
        const bool full = (position + 1) % kCodesPerBlock == 0;
        if (!full && i + 1 != chunk.codes.size()) continue;
        const std::uint64_t block = position / kCodesPerBlock;
        const auto sealed = crypto::seal(code_key_, text, context_of(chunk.list, block), entropy_);
        write.bind(1, to_row(chunk.list)).bind(2, to_row(block)).bind_blob(3, sealed);
        ONSALE_TRY(write.run());
        text.clear();
    }
    return {};
}

SqlResult<std::optional<Block>> CodeStore::read_block(sql::Connection& connection, ListId list,
                                                      std::uint64_t block) const {
    ONSALE_TRY_ASSIGN(statement, connection.prepare("SELECT sealed_bytes FROM vault_blocks "
                                                    "WHERE list = ? AND block = ?"));
    ONSALE_TRY_ASSIGN(there, statement.bind(1, to_row(list)).bind(2, to_row(block)).step());
    if (!there) return std::optional<Block>{};
    auto text = crypto::open(code_key_, statement.blob(0), context_of(list, block));
    if (!text) return Unexpected{damaged(list, block)};
    return std::optional(Block(std::move(*text)));
}

SqlResult<std::optional<Block>> CodeStore::load(sql::Connection& connection, ListId list,
                                                std::uint64_t block) const {
    ONSALE_TRY_ASSIGN(row, find_list(connection, list));
    if (!row || !row->digest) return std::optional<Block>{};
    return read_block(connection, list, block);
}

SqlResult<SealResult> CodeStore::seal(sql::Connection& connection, ListId list, ListUser by) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(row, find_list(connection, list));
    if (!row || !by.may_use(row->owner)) return SealResult{VaultRefusal::list_unknown, {}, {}};
    if (!row->digest) {
        std::string text;
        const std::uint64_t blocks = (row->count + kCodesPerBlock - 1) / kCodesPerBlock;
        for (std::uint64_t block = 0; block < blocks; ++block) {
            ONSALE_TRY_ASSIGN(content, read_block(connection, list, block));
            if (!content) return Unexpected{damaged(list, block)};
            text += content->text();
        }
        row->digest = crypto::sha256(text);
        ONSALE_TRY_ASSIGN(statement, connection.prepare("UPDATE vault_lists SET sealed = 1, "
                                                        "digest = ? WHERE list = ?"));
        ONSALE_TRY(statement.bind_blob(1, bytes_of(*row->digest)).bind(2, to_row(list)).run());
        ONSALE_TRY(hashes_.merge(connection));
        ONSALE_TRY(transaction.commit());
        hashes_.merged();
    }
    return SealResult{VaultRefusal::none, {list, row->count, *row->digest}, {}};
}

SqlResult<SealResult> CodeStore::sealed(sql::Connection& connection, ListId list,
                                        ListUser by) const {
    ONSALE_TRY_ASSIGN(row, find_list(connection, list));
    if (!row || !row->digest || !by.may_use(row->owner))
        return SealResult{VaultRefusal::list_unknown, {}, {}};
    return SealResult{VaultRefusal::none, {list, row->count, *row->digest}, {}};
}

}  // namespace onsale::vault
