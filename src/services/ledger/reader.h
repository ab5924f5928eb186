// Questions about the books, answered from the projection's rows: balances, entries, and what
// organisers are owed. The read_ functions are for whoever has a connection to the projections;
// LedgerReader may be called from any thread, and its SQL runs on the "lists" store (read only).
// What they say is as old as the projection, and nothing is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/unique_function.h"
#include "domain/ids.h"
#include "ledger/account.h"
#include "records/store.h"
#include "statistics/language.h"

namespace onsale::ledger {

inline constexpr std::size_t kEntriesPerPageMax = 200;
inline constexpr std::size_t kBalancesMax = 10'000;
inline constexpr std::size_t kPayablesMax = 100'000;

// All that was ever booked on an account.
struct Balance {
    Account account;
    base::Currency currency = base::Currency::cny;
    std::int64_t debit = 0;
    std::int64_t credit = 0;
    [[nodiscard]] std::int64_t balance() const { return debit - credit; }
    bool operator==(const Balance&) const = default;
};

// The key of a side of an entry, in the order of the books.
struct SideKey {
    base::Timestamp at;
    std::uint64_t shard = 0;
    std::uint64_t sequence = 0;
    std::uint64_t fact = 0;
    std::uint64_t side = 0;
    bool operator==(const SideKey&) const = default;
};
[[nodiscard]] std::string to_string(const SideKey& key);  // 1800000000000.0.17.2.1
[[nodiscard]] std::optional<SideKey> parse_side_key(std::string_view text);

// A side of an entry as it stands in the books; ids are 0 where it is about nothing of the kind.
struct BookedSide {
    SideKey key;
    Side side;
    std::uint64_t session = 0;
    std::uint64_t order = 0;
    std::uint64_t payment = 0;
    std::uint64_t refund = 0;
    std::uint64_t stray = 0;
    bool operator==(const BookedSide&) const = default;
};

struct EntryQuery {
    std::optional<Account> account;
    std::optional<domain::OrderId> order;
    std::optional<base::Timestamp> from;
    std::optional<base::Timestamp> until;  // exclusive
    std::optional<SideKey> before;         // the last one of the page before; newest first
    std::size_t max = kEntriesPerPageMax;
};

struct Payable {
    domain::OrganiserId organiser;
    domain::SessionId session;
    base::Currency currency = base::Currency::cny;
    std::int64_t orders = 0;  // that were completed against money, refunded ones included
    std::int64_t sold = 0;
    std::int64_t refunded = 0;
    std::int64_t fees = 0;
    [[nodiscard]] std::int64_t owed() const { return sold - refunded - fees; }
    bool operator==(const Payable&) const = default;
};
// Nothing: those of all organisers.
using OrganiserFilter = std::optional<std::vector<domain::OrganiserId>>;

enum class TableFormat : std::uint8_t { csv, json, xlsx };
struct TableWish {
    TableFormat format = TableFormat::csv;
    statistics::Language language = statistics::Language::en;
    std::string folder;  // XLSX: for a file while it is written
};

[[nodiscard]] sql::SqlResult<std::vector<Balance>> read_balances(sql::Connection& connection);
[[nodiscard]] sql::SqlResult<std::vector<BookedSide>> read_entries(sql::Connection& connection,
                                                                   const EntryQuery& query);
[[nodiscard]] sql::SqlResult<std::vector<Payable>> read_payables(sql::Connection& connection,
                                                                 const OrganiserFilter& filter);

class LedgerReader {
  public:
    // Files are made on the "exports" store, in `folder` while they are written.
    LedgerReader(records::Store& lists, records::Store& exports, std::string folder)
        : lists_(lists), exports_(exports), folder_(std::move(folder)) {}

    using Balances = records::StoreResult<std::vector<Balance>>;
    void balances(env::Executor& home, base::UniqueFunction<void(Balances)> reply);
    using Entries = records::StoreResult<std::vector<BookedSide>>;
    void entries(const EntryQuery& query, env::Executor& home,
                 base::UniqueFunction<void(Entries)> reply);
    using Payables = records::StoreResult<std::vector<Payable>>;
    void payables(OrganiserFilter filter, env::Executor& home,
                  base::UniqueFunction<void(Payables)> reply);
    // The same as a file; wish.folder is not looked at.
    using File = records::StoreResult<std::string>;
    void payable_file(OrganiserFilter filter, TableWish wish, env::Executor& home,
                      base::UniqueFunction<void(File)> reply);

  private:
    records::Store& lists_;
    records::Store& exports_;
    const std::string folder_;
};

}  // namespace onsale::ledger
