#include "audit/internal/operations_check.h"

#include <fmt/format.h>

#include <charconv>
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

// As the accounts promise it, docs/formats/operations.md.
constexpr base::Duration kKept = base::Duration::days(400);
constexpr std::int64_t kChainedFrom = 4;  // migration of the accounts

struct Mark {
    std::uint64_t number = 0;
    std::string hash;  // hexadecimal
    // Of a mark from before there were times: 0.
    std::int64_t at_ms = 0;
    std::uint64_t first = 0;  // the oldest record that there was then
    std::int64_t first_at_ms = 0;
};

std::string to_string(const Mark& mark) {
    return fmt::format("{}:{}:{}:{}:{}", mark.number, mark.hash, mark.at_ms, mark.first,
                       mark.first_at_ms);
}

// The piece up to the next colon, which is taken off.
std::string_view piece(std::string_view& text) {
    const auto colon = text.find(':');
    const std::string_view taken = text.substr(0, colon);
    text.remove_prefix(colon == std::string_view::npos ? text.size() : colon + 1);
    return taken;
}

template <class Number>
bool take(std::string_view& text, Number& number) {
    const std::string_view digits = piece(text);
    const char* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number);
    return error == std::errc() && stopped == end;
}

// NUMBER:HASH, or that and :AT:FIRST:FIRST_AT.
std::optional<Mark> parse_mark(std::string_view text) {
    Mark mark;
    if (!take(text, mark.number)) return std::nullopt;
    mark.hash = piece(text);
    if (text.empty()) return mark;
    if (!take(text, mark.at_ms) || !take(text, mark.first) || !take(text, mark.first_at_ms))
        return std::nullopt;
    return mark;
}

constexpr std::string_view kSelect =
    "SELECT o.operation, o.at_ms, o.person, o.action, o.object, o.result, o.request_id, o.sealed, "
    "o.sealed_digest, o.hash, p.erased_at_ms FROM accounts_operations o "
    "LEFT JOIN accounts_people p ON p.person = o.person WHERE o.operation > ?1 "
    "ORDER BY o.operation";

class Chain {
  public:
    Chain(const Ends& ends, const KeptMark& kept, Report& report)
        : ends_(ends),
          kept_(kept),
          mark_(parse_mark(kept.text)),
          report_(report),
          last_(ends.removed),
          previous_(ends.removed_hash) {}

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
        newest_.at_ms = row.integer(1);
        if (newest_.first == 0) {
            newest_.first = id;
            newest_.first_at_ms = newest_.at_ms;
        }
        if (mark_) mark_found_ |= last_ == mark_->number && hex(previous_) == mark_->hash;
    }

    void finish() {
        report_.checked(Clause::d5);
        if (last_ < ends_.newest) {
            breach(missing(last_ + 1, ends_.newest) + " at the end of the chain");
        } else if (last_ != ends_.newest || previous_ != ends_.newest_hash) {
            breach(fmt::format("operation records end at {}, the chain at {}{}", last_,
                               ends_.newest, last_ == ends_.newest ? " with another hash" : ""));
        }
        report_.operations = newest_.number = last_;
        report_.operations_hash = newest_.hash = hex(previous_);
        if (newest_.first != 0) report_.operations_mark = to_string(newest_);
        if (!kept_.text.empty()) check_mark();
    }

  private:
    void breach(std::string what) { report_.breach(Clause::d5, std::move(what)); }

    static std::string missing(std::uint64_t first, std::uint64_t last) {
        if (first == last) return fmt::format("operation record {} is missing", first);
        return fmt::format("operation records {} to {} are missing", first, last);
    }

    void check_mark() {
        if (!mark_ || (mark_->number > ends_.removed && !mark_found_)) {
            breach(fmt::format("no operation record has the number and hash {} that were kept",
                               kept_.text));
        } else if (mark_->number <= ends_.removed) {
            check_removed(mark_->number, mark_->at_ms);
        } else if (mark_->first != 0 && mark_->first <= ends_.removed) {
            check_removed(mark_->first, mark_->first_at_ms);
        }
    }

    // The begin of the chain stands in the file that is doubted, so it is no witness: a record that
    // was there when the mark was kept may be gone only when its time has passed.
    void check_removed(std::uint64_t number, std::int64_t at_ms) {
        const bool has_passed =
            at_ms > 0 && kept_.today && base::Timestamp::from_unix_ms(at_ms) < *kept_.today - kKept;
        if (!has_passed) {
            breach(
                fmt::format("operation records up to {} were removed, and with them record {}, "
                            "{}; the mark that was kept: {}",
                            ends_.removed, number,
                            at_ms > 0 ? "which is not 400 days old"
                                      : "of which nothing shows that it is 400 days old",
                            kept_.text));
        } else if (number == mark_->number) {
            report_.notes.push_back(
                fmt::format("operation record {}, whose mark was kept, has passed its 400 days "
                            "and is gone",
                            number));
        }
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
    const KeptMark& kept_;
    const std::optional<Mark> mark_;
    Report& report_;
    bool mark_found_ = false;
    Mark newest_;
    std::uint64_t last_;
    std::string previous_;
};

// A record that is removed leaves no row behind; one from before there was a chain has no hash.
sql::SqlResult<void> check_removed(sql::Connection& connection, const Ends& ends, Report& report) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("SELECT count(*), min(operation) FROM accounts_operations "
                                         "WHERE operation <= ?1 AND (?2 OR hash IS NOT NULL)"));
    const bool has_begun = ends.removed_hash.find_first_not_of('\0') != std::string::npos;
    row.bind(1, static_cast<std::int64_t>(ends.removed)).bind(2, has_begun ? 1 : 0);
    ONSALE_TRY_ASSIGN(there, row.step());
    if (!there || row.integer(0) == 0) return {};
    report.breach(Clause::d5,
                  fmt::format("the chain of operation records begins behind {}, but {} before "
                              "are still there or were put in, the first is {}",
                              ends.removed, row.integer(0), row.integer(1)));
    return {};
}

sql::SqlResult<void> check_rows(sql::Connection& connection, const KeptMark& kept, Report& report) {
    ONSALE_TRY_ASSIGN(ends, read_ends(connection));
    if (!ends) {
        report.breach(Clause::d5, "both ends of the chain of operation records are gone");
        return {};
    }
    ONSALE_TRY(check_removed(connection, *ends, report));
    ONSALE_TRY_ASSIGN(rows, connection.prepare(kSelect));
    rows.bind(1, static_cast<std::int64_t>(ends->removed));
    Chain chain(*ends, kept, report);
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        chain.check(rows);
    }
    chain.finish();
    return {};
}

// Whether the file is from after the migration that made the chain.
sql::SqlResult<bool> was_chained(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(column, connection.prepare("SELECT 1 FROM pragma_table_info("
                                                 "'accounts_operations') WHERE name = 'hash'"));
    ONSALE_TRY_ASSIGN(has_hashes, column.step());
    if (has_hashes) return true;
    ONSALE_TRY_ASSIGN(versioned, has_table(connection, "accounts_schema_versions"));
    if (!versioned) return false;
    ONSALE_TRY_ASSIGN(
        version, connection.prepare("SELECT 1 FROM accounts_schema_versions WHERE version >= ?"));
    return version.bind(1, kChainedFrom).step();
}

}  // namespace

void operations_are_gone(const KeptMark& kept, Report& report) {
    if (kept.text.empty()) return;
    report.breach(Clause::d5, fmt::format("operation record {} was kept, but there are no chained "
                                          "operation records any more",
                                          kept.text));
}

sql::SqlResult<void> check_operations(sql::Connection& connection, const KeptMark& kept,
                                      Report& report) {
    ONSALE_TRY_ASSIGN(there, has_table(connection, "accounts_operation_chain"));
    ONSALE_TRY_ASSIGN(has_records, has_table(connection, "accounts_operations"));
    if (!there || !has_records) {
        operations_are_gone(kept, report);
        ONSALE_TRY_ASSIGN(chained, was_chained(connection));
        if (there || chained) {
            report.breach(Clause::d5, there ? "the table of operation records is gone"
                                            : "the chain of operation records is gone: its table "
                                              "with both ends is missing");
        } else {
            report.notes.push_back("records.sqlite: its operation records are not chained");
        }
        return {};
    }
    ONSALE_TRY(connection.begin());
    const auto checked = check_rows(connection, kept, report);
    connection.rollback();
    return checked;
}

}  // namespace onsale::audit
