#include "vault/internal/code_hashes.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace onsale::vault {

using base::Unexpected;
using sql::SqlResult;

// The hash is keyed and even, so its first bytes are as good as any.
std::size_t CodeHashes::Mixed::operator()(const CodeHash& hash) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, hash.data(), sizeof value);
    return value;
}

SqlResult<void> CodeHashes::load(sql::Connection& connection) {
    if (loaded_) return {};
    ONSALE_TRY_ASSIGN(runs, connection.prepare("SELECT hashes FROM vault_hash_runs"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, runs.step());
        if (!there) break;
        const auto bytes = runs.blob(0);
        if (bytes.size() % sizeof(CodeHash) != 0) {
            return Unexpected{
                sql::SqlError{sql::ErrorCode::corrupt, "a run of code hashes is damaged"}};
        }
        for (std::size_t at = 0; at < bytes.size(); at += sizeof(CodeHash)) {
            CodeHash hash;
            std::memcpy(hash.data(), bytes.data() + at, sizeof hash);
            fresh_.insert(hash);
        }
    }
    loaded_ = true;
    return {};
}

SqlResult<std::vector<std::uint64_t>> CodeHashes::repeated(sql::Connection& connection,
                                                           std::span<const HashedLine> sorted) {
    ONSALE_TRY(load(connection));
    ONSALE_TRY_ASSIGN(stored, connection.prepare("SELECT 1 FROM vault_code_hashes WHERE hash = ?"));
    std::vector<std::uint64_t> lines;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const auto& [hash, line] = sorted[i];
        bool known = (i > 0 && sorted[i - 1].hash == hash) || fresh_.contains(hash);
        if (!known) {
            ONSALE_TRY_ASSIGN(there, stored.bind_blob(1, std::span<const std::byte>(hash)).step());
            known = there;
        }
        if (known) lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

SqlResult<void> CodeHashes::add(sql::Connection& connection, std::span<const HashedLine> sorted) {
    std::string run;
    run.reserve(sorted.size() * sizeof(CodeHash));
    for (const auto& [hash, line] : sorted) {
        run.append(reinterpret_cast<const char*>(hash.data()), hash.size());
    }
    ONSALE_TRY_ASSIGN(insert,
                      connection.prepare("INSERT INTO vault_hash_runs (hashes) VALUES (?)"));
    return insert.bind_blob(1, std::string_view(run)).run();
}

void CodeHashes::added(std::span<const HashedLine> sorted) {
    for (const auto& hashed : sorted) fresh_.insert(hashed.hash);
}

SqlResult<void> CodeHashes::merge(sql::Connection& connection) {
    ONSALE_TRY(load(connection));
    std::vector<CodeHash> sorted(fresh_.begin(), fresh_.end());
    std::sort(sorted.begin(), sorted.end());
    ONSALE_TRY_ASSIGN(insert,
                      connection.prepare("INSERT INTO vault_code_hashes (hash) VALUES (?)"));
    for (const auto& hash : sorted) {
        ONSALE_TRY(insert.bind_blob(1, std::span<const std::byte>(hash)).run());
    }
    return connection.execute("DELETE FROM vault_hash_runs");
}

void CodeHashes::merged() {
    fresh_ = {};
}

}  // namespace onsale::vault
