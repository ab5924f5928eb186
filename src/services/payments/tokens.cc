#include "payments/tokens.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "payments/internal/grouped_writes.h"
#include "payments/limits.h"
#include "records/rows.h"
#include "telemetry/log.h"

namespace onsale::payments {
namespace {

using base::Unexpected;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE payments_tokens (
        hash INTEGER PRIMARY KEY,       -- keyed
        sealed BLOB NOT NULL,
        kept_at_ms INTEGER NOT NULL
    );
)sql"}};

std::string context_of(std::uint64_t hash) {
    return "payment token " + std::to_string(hash);
}

SqlResult<void> insert(sql::Connection& connection, std::uint64_t hash, std::string_view sealed,
                       base::Timestamp now) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO payments_tokens VALUES (?, ?, ?) "
                                              "ON CONFLICT DO NOTHING"));
    return row.bind(1, to_row(hash)).bind_blob(2, sealed).bind(3, to_row(now)).run();
}

SqlResult<void> erase(sql::Connection& connection, const std::vector<std::uint64_t>& hashes) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("DELETE FROM payments_tokens WHERE hash = ?"));
    for (const auto hash : hashes) ONSALE_TRY(row.bind(1, to_row(hash)).run());
    return {};
}

SqlResult<std::vector<std::uint64_t>> kept_before(sql::Connection& connection,
                                                  base::Timestamp before) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT hash FROM payments_tokens WHERE "
                                              "kept_at_ms < ? ORDER BY kept_at_ms LIMIT ?"));
    row.bind(1, to_row(before)).bind(2, static_cast<std::int64_t>(kRowsPerSweep));
    std::vector<std::uint64_t> hashes;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return hashes;
        hashes.push_back(records::number_from_row(row.integer(0)));
    }
}

SqlResult<std::optional<std::string>> sealed_of(sql::Connection& connection, std::uint64_t hash) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT sealed FROM payments_tokens WHERE hash = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(hash)).step());
    std::optional<std::string> sealed;
    if (there) sealed = std::string(row.blob(0));
    row.reset();
    return sealed;
}

}  // namespace

Tokens::Tokens(records::Store& store, env::Environment& environment, const crypto::Key& master,
               std::shared_ptr<GroupedWrites> writes)
    : store_(store),
      environment_(environment),
      hash_key_(crypto::derive_key(master, "payment token hashes")),
      seal_key_(crypto::derive_key(master, "payment tokens")),
      writes_(std::move(writes)) {}

SqlResult<void> Tokens::migrate(sql::Connection& connection) {
    return sql::migrate(connection, "payments_tokens", kMigrations);
}

std::uint64_t Tokens::hash_of(std::string_view token) const {
    const auto whole = crypto::keyed_hash(hash_key_, token);
    std::uint64_t hash = 0;
    std::memcpy(&hash, whole.data(), sizeof(hash));
    return hash == 0 ? 1 : hash;
}

void Tokens::keep(std::string token, env::Executor& home, Reply<void> reply) {
    const std::uint64_t hash = hash_of(token);
    auto write = [hash, now = environment_.clock().wall_now(),
                  sealed =
                      crypto::seal(seal_key_, token, context_of(hash), environment_.entropy())](
                     sql::Connection& connection) { return insert(connection, hash, sealed, now); };
    writes_->add(std::move(write), kTokenBytesMax, home, std::move(reply));
}

void Tokens::find(std::vector<std::uint64_t> hashes, env::Executor& home, Reply<Found> reply) {
    using Result = records::StoreResult<Found>;
    store_.ask<Result>(
        home,
        [hashes = std::move(hashes), key = seal_key_](sql::Connection& connection) -> Result {
            Found found;
            for (const auto hash : hashes) {
                auto sealed = sealed_of(connection, hash);
                if (!sealed) return Unexpected{records::to_store_error(sealed.error())};
                if (!*sealed) continue;
                auto token = crypto::open(key, **sealed, context_of(hash));
                if (token) found.emplace(hash, *std::move(token));
            }
            return found;
        },
        std::move(reply), Unexpected{records::store_busy()});
}

void Tokens::drop(std::vector<std::uint64_t> hashes, env::Executor& home) {
    // What is not dropped now is swept later.
    const std::size_t bytes = hashes.size() * sizeof(std::uint64_t);
    writes_->add([hashes = std::move(hashes)](
                     sql::Connection& connection) { return erase(connection, hashes); },
                 bytes, home, [](const GroupedWrites::Written&) {});
}

void Tokens::sweep(boost::unordered_flat_set<std::uint64_t> open, base::Timestamp before,
                   env::Executor& home) {
    const std::size_t bytes = open.size() * sizeof(std::uint64_t);
    writes_->add(
        [open = std::move(open), before](sql::Connection& connection) -> SqlResult<void> {
            ONSALE_TRY_ASSIGN(hashes, kept_before(connection, before));
            std::erase_if(hashes, [&open](std::uint64_t hash) { return open.contains(hash); });
            return erase(connection, hashes);
        },
        bytes, home,
        [](const GroupedWrites::Written& written) {
            if (!written)
                telemetry::log_warning("payments", "tokens of ended payments stay for now: " +
                                                       written.error().message);
        });
}

}  // namespace onsale::payments
