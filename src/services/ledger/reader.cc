#include "ledger/reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "ledger/payable_table.h"
#include "records/rows.h"

namespace onsale::ledger {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::number_from_row;
using records::to_row;
using sql::SqlResult;

template <class T>
records::StoreResult<T> told(SqlResult<T> result) {
    if (result) return std::move(*result);
    return Unexpected{records::to_store_error(result.error())};
}

Account account_from(sql::Statement& row, int column) {
    return {static_cast<AccountKind>(row.integer(column)),
            number_from_row(row.integer(column + 1))};
}

BookedSide side_from(sql::Statement& row) {
    BookedSide booked;
    booked.key = {records::time_from_row(row.integer(0)), number_from_row(row.integer(1)),
                  number_from_row(row.integer(2)), number_from_row(row.integer(3)),
                  number_from_row(row.integer(4))};
    booked.side = {account_from(row, 5),
                   {row.integer(7), static_cast<base::Currency>(row.integer(8))}};
    booked.session = number_from_row(row.integer(9));
    booked.order = number_from_row(row.integer(10));
    booked.payment = number_from_row(row.integer(11));
    booked.refund = number_from_row(row.integer(12));
    booked.stray = number_from_row(row.integer(13));
    return booked;
}

// What is not asked for says nothing, so one statement has few shapes.
std::string text_of(const EntryQuery& query) {
    std::string text = "SELECT * FROM ledger_entries WHERE at_ms >= ?1 AND at_ms < ?2";
    if (query.account) text += " AND kind = ?3 AND number = ?4";
    if (query.order) text += " AND order_id <> 0 AND order_id = ?5";
    if (query.before) text += " AND (at_ms, shard, sequence, fact, side) < (?6, ?7, ?8, ?9, ?10)";
    return text + " ORDER BY at_ms DESC, shard DESC, sequence DESC, fact DESC, side DESC LIMIT ?11";
}

}  // namespace

std::string to_string(const SideKey& key) {
    std::string text = std::to_string(key.at.unix_ms());
    for (const std::uint64_t part : {key.shard, key.sequence, key.fact, key.side})
        text += "." + std::to_string(part);
    return text;
}

std::optional<SideKey> parse_side_key(std::string_view text) {
    std::array<std::int64_t, 5> parts{};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
        const auto read = std::from_chars(at, end, parts[i]);
        if (read.ec != std::errc() || parts[i] < 0) return std::nullopt;
        at = read.ptr;
    }
    if (at != end) return std::nullopt;
    return SideKey{base::Timestamp::from_unix_ms(parts[0]), number_from_row(parts[1]),
                   number_from_row(parts[2]), number_from_row(parts[3]), number_from_row(parts[4])};
}

SqlResult<std::vector<Balance>> read_balances(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT * FROM ledger_balances ORDER BY kind, "
                                              "number, currency LIMIT ?"));
    row.bind(1, static_cast<std::int64_t>(kBalancesMax));
    std::vector<Balance> all;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return all;
        all.push_back({account_from(row, 0), static_cast<base::Currency>(row.integer(2)),
                       row.integer(3), row.integer(4)});
    }
}

SqlResult<std::vector<BookedSide>> read_entries(sql::Connection& connection,
                                                const EntryQuery& query) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(text_of(query)));
    row.bind(1, query.from ? to_row(*query.from) : 0);
    row.bind(2, to_row(query.until.value_or(base::Timestamp::never())));
    if (query.account) {
        row.bind(3, static_cast<std::int64_t>(query.account->kind));
        row.bind(4, to_row(query.account->number));
    }
    if (query.order) row.bind(5, to_row(*query.order));
    if (const auto& before = query.before) {
        row.bind(6, to_row(before->at)).bind(7, to_row(before->shard));
        row.bind(8, to_row(before->sequence)).bind(9, to_row(before->fact));
        row.bind(10, to_row(before->side));
    }
    row.bind(11, static_cast<std::int64_t>(std::min(query.max, kEntriesPerPageMax)));
    std::vector<BookedSide> page;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return page;
        page.push_back(side_from(row));
    }
}

SqlResult<std::vector<Payable>> read_payables(sql::Connection& connection,
                                              const OrganiserFilter& filter) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT * FROM ledger_payables ORDER BY organiser, "
                                              "session, currency"));
    std::vector<Payable> all;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there || all.size() == kPayablesMax) return all;
        const auto organiser = id_from_row<domain::OrganiserId>(row.integer(0));
        if (filter && std::ranges::find(*filter, organiser) == filter->end()) continue;
        all.push_back({organiser, id_from_row<domain::SessionId>(row.integer(1)),
                       static_cast<base::Currency>(row.integer(2)), row.integer(3), row.integer(4),
                       row.integer(5), row.integer(6)});
    }
}

void LedgerReader::balances(env::Executor& home, base::UniqueFunction<void(Balances)> reply) {
    lists_.ask<Balances>(
        home, [](sql::Connection& connection) { return told(read_balances(connection)); },
        std::move(reply), Unexpected{records::store_busy()});
}

void LedgerReader::entries(const EntryQuery& query, env::Executor& home,
                           base::UniqueFunction<void(Entries)> reply) {
    lists_.ask<Entries>(
        home,
        [query](sql::Connection& connection) { return told(read_entries(connection, query)); },
        std::move(reply), Unexpected{records::store_busy()});
}

void LedgerReader::payables(OrganiserFilter filter, env::Executor& home,
                            base::UniqueFunction<void(Payables)> reply) {
    lists_.ask<Payables>(
        home,
        [filter = std::move(filter)](sql::Connection& connection) {
            return told(read_payables(connection, filter));
        },
        std::move(reply), Unexpected{records::store_busy()});
}

void LedgerReader::payable_file(OrganiserFilter filter, TableWish wish, env::Executor& home,
                                base::UniqueFunction<void(File)> reply) {
    wish.folder = folder_;
    exports_.ask<File>(
        home,
        [filter = std::move(filter), wish = std::move(wish)](sql::Connection& connection) -> File {
            const auto rows = read_payables(connection, filter);
            if (!rows) return Unexpected{records::to_store_error(rows.error())};
            auto file = payable_table(*rows, wish);
            if (file) return std::move(*file);
            return Unexpected{records::StoreError{records::StoreTrouble::failed, file.error()}};
        },
        std::move(reply), Unexpected{records::store_busy()});
}

}  // namespace onsale::ledger
