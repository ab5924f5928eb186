#include "audit/internal/vault_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/internal/cursors.h"

namespace onsale::audit {
namespace {

// Where the journal says that a list went.
struct Use {
    std::uint64_t session = 0;
    std::uint64_t pool = 0;
    std::uint64_t count = 0;
    std::string digest;
};

struct StoredList {
    std::uint64_t count = 0;
    bool sealed = false;
    std::string digest;
    std::uint64_t blocks = 0;
};
using StoredLists = std::map<std::uint64_t, StoredList>;

constexpr std::uint64_t kCodesPerBlock = 256;
constexpr std::size_t kHashBytes = 16;
using CodeHash = std::array<char, kHashBytes>;

using Uses = std::map<std::uint64_t, Use>;

void note_pool(const Session& session, const Pool& pool, Uses& uses, Report& report) {
    if (pool.kind != kPoolOfCodes) return;
    for (const Addition& addition : pool.additions) {
        const Use use{session.id, pool.id, addition.count, addition.digest};
        const auto [before, fresh] = uses.emplace(addition.id, use);
        if (fresh) continue;
        report.breach(
            Clause::c2,
            fmt::format("list {} is stock of pool {} of session {} and of pool {} of session {}",
                        addition.id, before->second.pool, before->second.session, pool.id,
                        session.id));
    }
}

Uses lists_in_use(const Folds& folds, Report& report) {
    Uses uses;
    for (const auto& [shard, fold] : folds) {
        for (const Session& session : fold->sessions()) {
            for (const Pool& pool : session.pools) note_pool(session, pool, uses, report);
        }
    }
    return uses;
}

sql::SqlResult<StoredLists> stored_lists(sql::Connection& connection) {
    StoredLists lists;
    ONSALE_TRY_ASSIGN(rows,
                      connection.prepare("SELECT list, count, sealed, digest FROM vault_lists"));
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        lists[static_cast<std::uint64_t>(rows.integer(0))] = {
            static_cast<std::uint64_t>(rows.integer(1)), rows.integer(2) != 0,
            std::string(rows.is_null(3) ? std::string_view() : rows.blob(3)), 0};
    }
    ONSALE_TRY_ASSIGN(blocks,
                      connection.prepare("SELECT list, count(*) FROM vault_blocks GROUP BY list"));
    while (true) {
        ONSALE_TRY_ASSIGN(more, blocks.step());
        if (!more) return lists;
        lists[static_cast<std::uint64_t>(blocks.integer(0))].blocks =
            static_cast<std::uint64_t>(blocks.integer(1));
    }
}

// Appends every hash of the blobs that the statement yields: one or many in each.
sql::SqlResult<void> collect(sql::Connection& connection, std::string_view select,
                             std::vector<CodeHash>& hashes) {
    ONSALE_TRY_ASSIGN(rows, connection.prepare(select));
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) return {};
        const std::string_view blob = rows.blob(0);
        for (std::size_t at = 0; at + kHashBytes <= blob.size(); at += kHashBytes) {
            std::memcpy(hashes.emplace_back().data(), blob.data() + at, kHashBytes);
        }
    }
}

// The keyed hashes say whether two codes are equal without saying what they are.
sql::SqlResult<void> check_hashes(sql::Connection& connection, const StoredLists& lists,
                                  Report& report) {
    std::vector<CodeHash> hashes;
    ONSALE_TRY(collect(connection, "SELECT hash FROM vault_code_hashes", hashes));
    ONSALE_TRY(collect(connection, "SELECT hashes FROM vault_hash_runs", hashes));
    std::ranges::sort(hashes);
    const auto repeated = std::unique(hashes.begin(), hashes.end());
    std::uint64_t codes = 0;
    for (const auto& [id, list] : lists) codes += list.count;
    report.checked(Clause::c2, hashes.size());
    if (repeated != hashes.end()) {
        report.breach(Clause::c2, fmt::format("the vault holds {} codes more than once",
                                              hashes.end() - repeated));
    }
    if (hashes.size() != codes) {
        report.breach(Clause::c2, fmt::format("the vault's lists have {} codes, {} hashes are kept",
                                              codes, hashes.size()));
    }
    return {};
}

}  // namespace

sql::SqlResult<void> check_vault(sql::Connection& connection, const Folds& folds, Report& report) {
    const auto uses = lists_in_use(folds, report);
    ONSALE_TRY_ASSIGN(there, has_table(connection, "vault_lists"));
    if (!there) {
        report.notes.push_back("records.sqlite: it has no vault");
        return {};
    }
    ONSALE_TRY(connection.begin());
    auto read = stored_lists(connection);
    if (read) ONSALE_TRY(check_hashes(connection, *read, report));
    connection.rollback();
    ONSALE_TRY_ASSIGN(lists, std::move(read));
    for (const auto& [id, use] : uses) {
        report.checked(Clause::c2);
        const auto found = lists.find(id);
        if (found == lists.end() || !found->second.sealed) {
            report.breach(Clause::c2,
                          fmt::format("list {} of pool {} of session {} is not in the vault", id,
                                      use.pool, use.session));
            continue;
        }
        const StoredList& list = found->second;
        if (list.count != use.count || list.digest != use.digest) {
            report.breach(
                Clause::c2,
                fmt::format("list {}: the vault has {} codes, the journal names {} with {} digest",
                            id, list.count, use.count,
                            list.digest == use.digest ? "the same" : "another"));
        }
        if (list.blocks != (list.count + kCodesPerBlock - 1) / kCodesPerBlock) {
            report.breach(Clause::c2, fmt::format("list {}: {} codes in {} blocks of {}", id,
                                                  list.count, list.blocks, kCodesPerBlock));
        }
    }
    return {};
}

}  // namespace onsale::audit
