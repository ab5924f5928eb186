#include "audit/internal/operations_check.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "audit/internal/cursors.h"
#include "crypto/crypto.h"

namespace onsale::audit {
namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}

void put(std::string& out, std::string_view text) {
    put(out, text.size(), 4);
    out += text;
}

std::string sha256(std::string_view bytes) {
    const crypto::Digest digest = crypto::sha256(bytes);
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return text;
}

struct Ends {
    std::uint64_t removed = 0;
    std::string removed_hash;
    std::uint64_t newest = 0;
    std::string newest_hash;
};

sql::SqlResult<std::optional<Ends>> read_ends(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT removed, removed_hash, newest, newest_hash "
                                              "FROM accounts_operation_chain"));
    ONSALE_TRY_ASSIGN(there, row.step());
    if (!there) return std::optional<Ends>();
    return std::optional(Ends{static_cast<std::uint64_t>(row.integer(0)), std::string(row.blob(1)),
                              static_cast<std::uint64_t>(row.integer(2)),
                              std::string(row.blob(3))});
}

constexpr std::string_view kSelect =
    "SELECT o.operation, o.at_ms, o.person, o.action, o.object, o.result, o.request_id, o.sealed, "
    "o.sealed_digest, o.hash, p.erased_at_ms FROM accounts_operations o "
    "LEFT JOIN accounts_people p ON p.person = o.person WHERE o.operation > ?1 "
    "ORDER BY o.operation";

class Chain {
  public:
    Chain(const Ends& ends, const std::string& mark, Report& report)
        : ends_(ends),
          mark_(mark),
          report_(report),
          last_(ends.removed),
          previous_(ends.removed_hash) {
        note_mark();
    }

    void check(const sql::Statement& row) {
        const auto id = static_cast<std::uint64_t>(row.integer(0));
        report_.checked(Clause::d5);
        if (id != last_ + 1) {
            breach(missing(last_ + 1, id - 1));
        }
        const std::string_view digest = row.is_null(8) ? std::string_view() : row.blob(8);
        const std::string_view hash = row.is_null(9) ? std::string_view() : row.blob(9);
        if (sha256(content_of(row, digest)) != hash) {
            breach(
                fmt::format("operation record {} (person {}, {}) is not as it was written: its "
                            "hash does not fit its content and the record before it",
                            id, row.integer(2), row.text(3)));
        } else {
            check_sealed(row, digest);
        }
        if (row.text(3).empty() || row.text(5).empty())
            breach(fmt::format("operation record {} names no action or no result", id));
        last_ = id;
        previous_ = hash;
        note_mark();
    }

    void finish() {
        report_.checked(Clause::d5);
        if (last_ < ends_.newest) {
            breach(missing(last_ + 1, ends_.newest) + " at the end of the chain");
        } else if (last_ != ends_.newest || previous_ != ends_.newest_hash) {
            breach(fmt::format("operation records end at {}, the chain at {}{}", last_,
                               ends_.newest, last_ == ends_.newest ? " with another hash" : ""));
        }
        report_.operations = last_;
        report_.operations_hash = hex(previous_);
        if (mark_.empty() || mark_found_) return;
        breach(fmt::format("no operation record has the number and hash {} that were kept", mark_));
    }

  private:
    void breach(std::string what) { report_.breach(Clause::d5, std::move(what)); }

    static std::string missing(std::uint64_t first, std::uint64_t last) {
        if (first == last) return fmt::format("operation record {} is missing", first);
        return fmt::format("operation records {} to {} are missing", first, last);
    }

    void note_mark() {
        if (!mark_.empty()) mark_found_ |= mark_ == fmt::format("{}:{}", last_, hex(previous_));
    }

    [[nodiscard]] std::string content_of(const sql::Statement& row, std::string_view digest) const {
        std::string content = previous_;
        for (int column = 0; column < 3; ++column)
            put(content, static_cast<std::uint64_t>(row.integer(column)), 8);
        for (int column = 3; column < 7; ++column) put(content, row.text(column));
        content += digest;
        return content;
    }

    // What is sealed goes when its person is erased, and only then.
    void check_sealed(const sql::Statement& row, std::string_view digest) {
        const bool is_erased = !row.is_null(10);
        const std::string_view sealed = row.is_null(7) ? std::string_view() : row.blob(7);
        if (sha256(sealed) == digest || (row.is_null(7) && is_erased)) return;
        breach(fmt::format("operation record {} (person {}, {}): address and details {}",
                           row.integer(0), row.integer(2), row.text(3),
                           row.is_null(7) ? "were removed, though the person is not erased"
                                          : "are not as they were written"));
    }

    const Ends& ends_;
    const std::string& mark_;
    Report& report_;
    bool mark_found_ = false;
    std::uint64_t last_;
    std::string previous_;
};

sql::SqlResult<void> check_rows(sql::Connection& connection, const std::string& mark,
                                Report& report) {
    ONSALE_TRY_ASSIGN(ends, read_ends(connection));
    if (!ends) {
        report.breach(Clause::d5, "both ends of the chain of operation records are gone");
        return {};
    }
    ONSALE_TRY_ASSIGN(rows, connection.prepare(kSelect));
    rows.bind(1, static_cast<std::int64_t>(ends->removed));
    Chain chain(*ends, mark, report);
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        chain.check(rows);
    }
    chain.finish();
    return {};
}

}  // namespace

sql::SqlResult<void> check_operations(sql::Connection& connection, const std::string& mark,
                                      Report& report) {
    ONSALE_TRY_ASSIGN(there, has_table(connection, "accounts_operation_chain"));
    if (!there) {
        report.notes.push_back("records.sqlite: its operation records are not chained");
        return {};
    }
    ONSALE_TRY(connection.begin());
    const auto checked = check_rows(connection, mark, report);
    connection.rollback();
    return checked;
}

}  // namespace onsale::audit
