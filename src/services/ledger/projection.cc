#include "ledger/projection.h"

#include <array>
#include <string>
#include <utility>
#include <variant>

#include "ledger/internal/bookkeeper.h"

namespace onsale::ledger {
namespace {

using follow::FollowResult;

// Entries are clustered by time: a day is one piece of the table, and new ones come at its end.
constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE ledger_entries (        -- one row per side; docs/formats/ledger.md
        at_ms INTEGER NOT NULL,
        shard INTEGER NOT NULL,          -- with sequence, fact and side: the side's own key
        sequence INTEGER NOT NULL,
        fact INTEGER NOT NULL,           -- of the batch, from 0
        side INTEGER NOT NULL,           -- of the entry, from 0
        kind INTEGER NOT NULL,           -- of the account
        number INTEGER NOT NULL,
        amount INTEGER NOT NULL,         -- a debit above zero, a credit below
        currency INTEGER NOT NULL,
        session INTEGER NOT NULL,        -- 0: of none, likewise below
        order_id INTEGER NOT NULL,
        payment INTEGER NOT NULL,
        refund INTEGER NOT NULL,
        stray INTEGER NOT NULL,
        PRIMARY KEY (at_ms, shard, sequence, fact, side)
    ) WITHOUT ROWID;
    CREATE INDEX ledger_entries_by_account ON ledger_entries (kind, number);
    CREATE INDEX ledger_entries_by_order ON ledger_entries (order_id) WHERE order_id <> 0;
    CREATE TABLE ledger_balances (       -- all that was ever booked
        kind INTEGER NOT NULL,
        number INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        debit INTEGER NOT NULL,
        credit INTEGER NOT NULL,
        PRIMARY KEY (kind, number, currency)
    ) WITHOUT ROWID;
    CREATE TABLE ledger_payables (       -- owed: sold - refunded - fees
        organiser INTEGER NOT NULL,
        session INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        orders INTEGER NOT NULL,
        sold INTEGER NOT NULL,
        refunded INTEGER NOT NULL,
        fees INTEGER NOT NULL,
        PRIMARY KEY (organiser, session, currency)
    ) WITHOUT ROWID;
    CREATE TABLE ledger_sessions (session INTEGER PRIMARY KEY, organiser INTEGER NOT NULL);
    CREATE TABLE ledger_payments (
        payment INTEGER PRIMARY KEY,
        order_id INTEGER NOT NULL,
        session INTEGER NOT NULL,
        organiser INTEGER NOT NULL,
        bank INTEGER NOT NULL,
        incarnation INTEGER NOT NULL,
        state INTEGER NOT NULL,
        parked INTEGER NOT NULL,
        use INTEGER NOT NULL,
        amount INTEGER NOT NULL,         -- captured; before that, asked for
        currency INTEGER NOT NULL,
        txn TEXT NOT NULL,
        done_at_ms INTEGER               -- when it was captured; NULL: it is not
    );
    CREATE INDEX ledger_payments_by_day ON ledger_payments (bank, done_at_ms)
        WHERE done_at_ms IS NOT NULL;
    CREATE INDEX ledger_payments_of_order ON ledger_payments (order_id) WHERE use = 1;
    CREATE TABLE ledger_refunds (
        refund INTEGER PRIMARY KEY,
        payment INTEGER NOT NULL,
        bank INTEGER NOT NULL,
        incarnation INTEGER NOT NULL,
        state INTEGER NOT NULL,
        parked INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        fee INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        txn TEXT NOT NULL,
        done_at_ms INTEGER               -- when it was completed; NULL: it is not
    );
    CREATE INDEX ledger_refunds_by_day ON ledger_refunds (bank, done_at_ms)
        WHERE done_at_ms IS NOT NULL;
    CREATE TABLE ledger_strays (
        stray INTEGER PRIMARY KEY,
        bank INTEGER NOT NULL,
        incarnation INTEGER NOT NULL,
        parked INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        txn TEXT NOT NULL,
        received_at_ms INTEGER NOT NULL,
        returned_at_ms INTEGER           -- NULL: it waits
    );
    CREATE UNIQUE INDEX ledger_strays_by_name ON ledger_strays (bank, txn);
)sql"},
                                    sql::Migration{2, R"sql(
    -- refused: by the bank's final word, 2: since it has given the money before; round: how many of its names are used up
    ALTER TABLE ledger_refunds ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE ledger_refunds ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE ledger_strays ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE ledger_strays ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
)sql"}};

constexpr std::array<std::string_view, 7> kTables = {
    "ledger_entries",  "ledger_balances", "ledger_payables", "ledger_sessions",
    "ledger_payments", "ledger_refunds",  "ledger_strays"};

// A bound for damage that no single entry shows, once in a transaction.
sql::SqlResult<void> check_sum(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT currency FROM ledger_balances GROUP BY "
                                              "currency HAVING sum(debit) <> sum(credit)"));
    ONSALE_TRY_ASSIGN(there, row.step());
    if (!there) return {};
    return base::Unexpected{
        sql::SqlError{sql::ErrorCode::corrupt, "the sum of all accounts is not zero"}};
}

}  // namespace

std::string_view LedgerProjection::component() const {
    return "ledger";
}
std::span<const sql::Migration> LedgerProjection::migrations() const {
    return kMigrations;
}
std::span<const std::string_view> LedgerProjection::tables() const {
    return kTables;
}

void LedgerProjection::begin() {
    checked_ = false;
}

FollowResult<void> LedgerProjection::apply(sql::Connection& connection,
                                           const follow::CommittedBatch& batch,
                                           const domain::Fact& fact, std::uint32_t index) {
    const Bookkeeper keeper(connection, {batch.shard, batch.sequence, index});
    return told(std::visit(keeper, fact));
}

FollowResult<void> LedgerProjection::flush(sql::Connection& connection) {
    if (std::exchange(checked_, true)) return {};
    return told(check_sum(connection));
}

}  // namespace onsale::ledger
