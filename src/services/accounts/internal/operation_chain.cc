#include "accounts/internal/operation_chain.h"

#include <algorithm>

#include "records/rows.h"

namespace onsale::accounts {
namespace {

using records::to_row;
using sql::SqlResult;

constexpr std::size_t kHashBytes = 32;

void put(std::string& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}

void put(std::string& out, std::string_view text) {
    put(out, text.size(), 4);
    out += text;
}

std::string_view bytes_of(const crypto::Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

SqlResult<OperationChain> OperationChain::load(sql::Connection& connection) {
    OperationChain chain;
    chain.removed_hash_.assign(kHashBytes, '\0');
    chain.newest_hash_ = chain.removed_hash_;
    ONSALE_TRY_ASSIGN(ends, connection.prepare("SELECT removed, removed_hash, newest, newest_hash "
                                               "FROM accounts_operation_chain"));
    ONSALE_TRY_ASSIGN(there, ends.step());
    if (there) {
        chain.removed_ = records::number_from_row(ends.integer(0));
        chain.removed_hash_ = ends.blob(1);
        chain.newest_ = records::number_from_row(ends.integer(2));
        chain.newest_hash_ = ends.blob(3);
    }
    // A damaged end must not keep operations from being written: the auditor names the gap.
    ONSALE_TRY_ASSIGN(last, connection.prepare("SELECT max(operation) FROM accounts_operations"));
    ONSALE_TRY_ASSIGN(row, last.step());
    if (row && !last.is_null(0))
        chain.newest_ = std::max(chain.newest_, records::number_from_row(last.integer(0)));
    return chain;
}

SqlResult<void> OperationChain::store(sql::Connection& connection) const {
    ONSALE_TRY_ASSIGN(ends,
                      connection.prepare("INSERT OR REPLACE INTO accounts_operation_chain "
                                         "(one, removed, removed_hash, newest, newest_hash) VALUES "
                                         "(1, ?, ?, ?, ?)"));
    ends.bind(1, to_row(removed_)).bind_blob(2, removed_hash_);
    return ends.bind(3, to_row(newest_)).bind_blob(4, newest_hash_).run();
}

OperationChain::Link OperationChain::append(base::Timestamp at, const Operation& operation,
                                            std::string_view sealed) {
    Link link;
    link.id = ++newest_;
    link.sealed_digest = crypto::sha256(sealed);
    std::string content = newest_hash_;
    put(content, link.id, 8);
    put(content, static_cast<std::uint64_t>(at.unix_ms()), 8);
    put(content, operation.person.value(), 8);
    put(content, operation.action);
    put(content, operation.object);
    put(content, operation.result);
    put(content, operation.request_id);
    content += bytes_of(link.sealed_digest);
    link.hash = crypto::sha256(content);
    newest_hash_ = bytes_of(link.hash);
    return link;
}

SqlResult<void> OperationChain::prune(sql::Connection& connection, base::Timestamp before,
                                      std::size_t max) {
    ONSALE_TRY_ASSIGN(oldest,
                      connection.prepare("SELECT operation, at_ms, hash FROM accounts_operations "
                                         "ORDER BY operation LIMIT ?"));
    oldest.bind(1, static_cast<std::int64_t>(max));
    const std::uint64_t removed_before = removed_;
    std::uint64_t last = 0;
    while (true) {
        ONSALE_TRY_ASSIGN(there, oldest.step());
        if (!there || oldest.integer(1) >= before.unix_ms()) break;
        last = records::number_from_row(oldest.integer(0));
        if (last <= removed_before) continue;  // from before there was a chain
        removed_ = last;
        removed_hash_ = oldest.blob(2);
    }
    oldest.reset();
    if (last == 0) return {};
    ONSALE_TRY_ASSIGN(remove,
                      connection.prepare("DELETE FROM accounts_operations WHERE operation <= ?"));
    return remove.bind(1, to_row(last)).run();
}

}  // namespace onsale::accounts
