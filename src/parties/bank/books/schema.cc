#include "bank/books/schema.h"

#include <array>

namespace onsale::books {
namespace {

// Kinds and states as words.h numbers them. An entry is one account's part of a transaction; the
// parts sum to zero, and an account has at most one of each.
constexpr std::string_view kFirst = R"(
CREATE TABLE bank_accounts(
    kind INTEGER NOT NULL, owner INTEGER NOT NULL, balance INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(kind, owner), CHECK(balance >= 0 OR kind = 4)) WITHOUT ROWID;
INSERT INTO bank_accounts(kind, owner) VALUES(4, 0), (5, 0);
CREATE TABLE bank_transactions(
    number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, at INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK(amount > 0), customer INTEGER, merchant INTEGER, order_text TEXT,
    reference TEXT, teller INTEGER, note TEXT NOT NULL DEFAULT '');
CREATE INDEX bank_transactions_by_time ON bank_transactions(at);
CREATE TABLE bank_entries(
    kind INTEGER NOT NULL, owner INTEGER NOT NULL, number INTEGER NOT NULL,
    amount INTEGER NOT NULL, balance INTEGER NOT NULL,
    PRIMARY KEY(kind, owner, number)) WITHOUT ROWID;
CREATE TABLE bank_customers(
    customer INTEGER PRIMARY KEY, name TEXT NOT NULL, password TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 1, not_before INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL);
CREATE UNIQUE INDEX bank_customers_by_name ON bank_customers(name) WHERE state <> 3;
CREATE TABLE bank_tellers(
    teller INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, password TEXT NOT NULL,
    not_before INTEGER NOT NULL DEFAULT 0);
CREATE TABLE bank_merchants(
    merchant INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, site TEXT NOT NULL);
CREATE TABLE bank_authorisations(
    number INTEGER PRIMARY KEY, customer INTEGER NOT NULL, merchant INTEGER NOT NULL,
    order_text TEXT NOT NULL, amount INTEGER NOT NULL, state INTEGER NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, reference TEXT);
CREATE INDEX bank_authorisations_open ON bank_authorisations(expires_at) WHERE state = 1;
CREATE INDEX bank_authorisations_by_customer ON bank_authorisations(customer, number);
CREATE TABLE bank_payments(
    merchant INTEGER NOT NULL, reference TEXT NOT NULL, state INTEGER NOT NULL,
    reason INTEGER NOT NULL DEFAULT 0, amount INTEGER NOT NULL, order_text TEXT NOT NULL,
    customer INTEGER, transaction_number INTEGER, refunded INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY(merchant, reference), CHECK(refunded >= 0 AND refunded <= amount)) WITHOUT ROWID;
CREATE TABLE bank_refunds(
    merchant INTEGER NOT NULL, refund TEXT NOT NULL, state INTEGER NOT NULL,
    reason INTEGER NOT NULL DEFAULT 0, reference TEXT, amount INTEGER NOT NULL,
    transaction_number INTEGER, settle_at INTEGER, declined INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(merchant, refund)) WITHOUT ROWID;
CREATE INDEX bank_refunds_to_settle ON bank_refunds(settle_at) WHERE state = 1;
CREATE TABLE bank_consents(
    number INTEGER PRIMARY KEY, customer INTEGER NOT NULL, merchant INTEGER NOT NULL,
    token_hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0);
CREATE INDEX bank_consents_by_customer ON bank_consents(customer, number);
CREATE TABLE bank_callbacks(
    number INTEGER PRIMARY KEY, merchant INTEGER NOT NULL, kind TEXT NOT NULL,
    reference TEXT NOT NULL, refund TEXT, status TEXT NOT NULL, transaction_number INTEGER,
    order_text TEXT NOT NULL, amount INTEGER NOT NULL, at INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 1, tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL);
CREATE INDEX bank_callbacks_waiting ON bank_callbacks(next_at) WHERE state = 1;
CREATE TABLE bank_operations(
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, teller INTEGER NOT NULL, what TEXT NOT NULL,
    customer INTEGER, detail TEXT NOT NULL, key TEXT UNIQUE);
CREATE TABLE bank_settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)";

constexpr std::array<sql::Migration, 1> kMigrations{{{.version = 1, .sql = kFirst}}};

}  // namespace

sql::SqlResult<std::unique_ptr<sql::Connection>> open_books(const BooksFile& file) {
    sql::OpenOptions options;
    options.path = file.path;
    options.vfs = file.vfs;
    options.access = file.access;
    ONSALE_TRY_ASSIGN(connection, sql::Connection::open(options));
    if (file.access == sql::Access::read_write) {
        ONSALE_TRY(sql::migrate(*connection, "bank", kMigrations));
    }
    return connection;
}

}  // namespace onsale::books
