// A data folder with everything that the auditor compares: facts and, beside them, rows of the
// projections, the vault, operation records, a snapshot, the high-water file and answers kept
// outside. Each can be written on its own or all together (WholeSite).
#pragma once

#include <fstream>
#include <string>

#include "audit/audit_fixture.h"
#include "crypto/crypto.h"

namespace onsale::audit {

class Stored : public AuditFixture {
  protected:
    void SetUp() override {
        AuditFixture::SetUp();
        begin_sale();
        sell({domain::OrderPlaced{code_order(1, 7, 1, 10)},
              domain::OrderPlaced{paid_order(2, 8, 2, 11)}},
             20);
        last_ = batch({domain::OrderPlaced{code_order(3, 9, 2, 30)}}, 30);
        store(last_);
    }

    Report audit_with_answers(const std::string& lines) {
        const auto path = folder_ / "answers.csv";
        std::ofstream(path) << "key,sent_us,answered_us,person,campaign,status,order,code\n"
                            << lines;
        Options options = this->options();
        options.acknowledged = path.string();
        return audit(options);
    }

    void write_snapshot(const domain::StockCount& codes, std::uint64_t person) {
        wire::SnapshotEncoder encoder;
        encoder.header({domain::ShardId(0), 4, 0});
        encoder.session(session(), {});
        encoder.stock({domain::SessionId(100), domain::PoolId(1), codes, 3});
        encoder.stock({domain::SessionId(100), domain::PoolId(2), {5, 3, 2, 0, 0}, 1});
        encoder.order(code_order(1, 7, 1, 10));
        encoder.order(paid_order(2, 8, 2, 11));
        encoder.order(code_order(3, person, 2, 30));
        journal::SnapshotStore store(environment_->files(),
                                     (folder_ / "journal" / "snapshots").string());
        ASSERT_TRUE(store.write({0, {last_.sequence, last_.hash}, encoder.take()}));
    }

    // As the projections would have written them, with their cursor at the newest batch.
    void write_rows() {
        execute("projections.sqlite", R"sql(
            CREATE TABLE follow_cursors (shard INTEGER PRIMARY KEY, sequence INTEGER, hash BLOB);
            CREATE TABLE orders_orders (order_id INTEGER PRIMARY KEY, person, session, campaign, state, hidden, created_at_ms, deadline_ms,
                changed_at_ms, amount, currency, lines, tier, quantity, unit_price, first_ordinal);
            CREATE TABLE orders_lines (order_id, line, tier, quantity, unit_price, first_ordinal);
            CREATE TABLE stock_pools (session, pool, kind, capacity, free, held, sold, withdrawn);
            CREATE TABLE stock_changes (session, pool, kind, quantity);
            CREATE TABLE tickets_void (order_id INTEGER PRIMARY KEY, at_ms);
            CREATE TABLE ledger_entries (at_ms, shard, sequence, fact, side, kind, number, amount, currency);
            CREATE TABLE ledger_balances (kind, number, currency, debit, credit);
            CREATE TABLE ledger_payables (organiser, session, currency, orders, sold, refunded, fees);
            CREATE TABLE tickets_tickets (ticket_id INTEGER PRIMARY KEY, order_id, tier, session, list, position);
            INSERT INTO stock_pools VALUES (100, 1, 2, 10, 8, 0, 2, 0), (100, 2, 1, 5, 3, 2, 0, 0);
            INSERT INTO stock_changes VALUES (100, 1, 1, 10), (100, 2, 1, 5), (100, 1, 4, 1), (100, 2, 3, 2), (100, 1, 4, 1);
            INSERT INTO tickets_tickets VALUES (256 * 32, 256, 21, 100, 5001, 0), (768 * 32, 768, 21, 100, 5001, 1);
        )sql");
        add_order(1, 7, 2, 10, 0, "0, 1, 1, 21, 1, 0, 1");
        add_order(2, 8, 1, 11, 11 + 900'000, "2000, 1, 1, 22, 2, 1000, 0");
        add_order(3, 9, 2, 30, 0, "0, 1, 1, 21, 1, 0, 2");
        set_cursor(last_);
    }
    // tidy: allow parameters: the columns of a row
    void add_order(std::uint64_t number, int person, int state, std::int64_t at_ms,
                   std::int64_t deadline_ms, const std::string& rest) {
        const std::string time = std::to_string(kNoon + at_ms);
        const std::string deadline = deadline_ms == 0 ? "0" : std::to_string(kNoon + deadline_ms);
        execute("projections.sqlite",
                "INSERT INTO orders_orders VALUES (" + std::to_string(number << 8) + ", " +
                    std::to_string(person) + ", 100, " + (state == 1 ? "1002" : "1001") + ", " +
                    std::to_string(state) + ", 0, " + time + ", " + deadline + ", " + time + ", " +
                    rest + ")");
    }

    void set_cursor(const journal::Batch& position) {
        const auto connection = database("projections.sqlite");
        auto row = connection->prepare("INSERT OR REPLACE INTO follow_cursors VALUES (0, ?1, ?2)");
        ASSERT_TRUE(row);
        ASSERT_TRUE(row->bind(1, static_cast<std::int64_t>(position.sequence))
                        .bind_blob(2, position.hash)
                        .run());
    }

    // The list 5001 and eight codes that are not on sale.
    void write_vault() {
        std::string sql = R"sql(
            CREATE TABLE vault_lists (list INTEGER PRIMARY KEY, count INTEGER, sealed INTEGER, digest BLOB);
            CREATE TABLE vault_blocks (list INTEGER, block INTEGER, PRIMARY KEY (list, block));
            CREATE TABLE vault_code_hashes (hash BLOB PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE vault_hash_runs (run INTEGER PRIMARY KEY, hashes BLOB);
            INSERT INTO vault_blocks VALUES (5001, 0);
            INSERT INTO vault_hash_runs(hashes) VALUES (x'0000000000000000000000000000000100000000000000000000000000000002');
            INSERT INTO vault_lists VALUES (5001, 10, 1, CAST(replace(hex(zeroblob(16)), '0', 'a') AS BLOB));
        )sql";
        for (char c = 'a'; c < 'i'; ++c) {
            sql += "INSERT INTO vault_code_hashes VALUES (CAST('" + std::string(16, c) +
                   "' AS BLOB));";
        }
        execute("records.sqlite", sql);
    }

    // Three operation records as the accounts would have written them; the person of the third is
    // erased.
    void write_operations() {
        execute("records.sqlite", R"sql(
            CREATE TABLE accounts_people (person INTEGER PRIMARY KEY, erased_at_ms INTEGER);
            CREATE TABLE accounts_operations (operation INTEGER PRIMARY KEY, at_ms, person, action TEXT, object TEXT,
                result TEXT, request_id TEXT, sealed BLOB, sealed_digest BLOB, hash BLOB);
            CREATE TABLE accounts_operation_chain (one INTEGER PRIMARY KEY, removed, removed_hash BLOB, newest, newest_hash BLOB);
            INSERT INTO accounts_people VALUES (1, NULL), (2, 77);
        )sql");
        std::string hash(32, '\0');
        const std::string begin = hash;
        for (std::uint64_t id = 5; id <= 7; ++id) hash = write_operation(id, hash);
        execute("records.sqlite", "UPDATE accounts_operations SET sealed = NULL WHERE person = 2");
        const auto connection = database("records.sqlite");
        auto ends =
            connection->prepare("INSERT INTO accounts_operation_chain VALUES (1, 4, ?, 7, ?)");
        ASSERT_TRUE(ends && ends->bind_blob(1, begin).bind_blob(2, hash).run());
    }

    journal::Batch last_;

  private:
    static std::string little_endian(std::uint64_t value, std::size_t bytes) {
        std::string text;
        for (; bytes > 0; --bytes, value >>= 8U) text.push_back(static_cast<char>(value & 0xffU));
        return text;
    }
    static std::string sha256(const std::string& bytes) {
        const crypto::Digest digest = crypto::sha256(bytes);
        return {reinterpret_cast<const char*>(digest.data()), digest.size()};
    }
    std::string write_operation(std::uint64_t id, const std::string& previous) {
        const std::string sealed = "sealed " + std::to_string(id);
        const std::uint64_t person = id == 7 ? 2 : 1;
        std::string content = previous + little_endian(id, 8) + little_endian(1000 + id, 8) +
                              little_endian(person, 8);
        for (const std::string text : {"put_show", "show 3", "ok", "r1"})
            content += little_endian(text.size(), 4) + text;
        const std::string hash = sha256(content + sha256(sealed));
        const auto connection = database("records.sqlite");
        auto row = connection->prepare(
            "INSERT INTO accounts_operations VALUES (?, ?, ?, 'put_show', 'show 3', 'ok', 'r1', ?, "
            "?, ?)");
        EXPECT_TRUE(row);
        row->bind(1, static_cast<std::int64_t>(id)).bind(2, static_cast<std::int64_t>(1000 + id));
        row->bind(3, static_cast<std::int64_t>(person)).bind_blob(4, sealed);
        EXPECT_TRUE(row->bind_blob(5, sha256(sealed)).bind_blob(6, hash).run());
        return hash;
    }
};

class StoredRows : public Stored {
  protected:
    void SetUp() override {
        Stored::SetUp();
        write_rows();
    }
    std::string broken_after(const std::string& sql) {
        execute("projections.sqlite", sql);
        return broken(audit());
    }
};

class StoredVault : public Stored {
  protected:
    void SetUp() override {
        Stored::SetUp();
        write_vault();
    }
    std::string broken_after(const std::string& sql) {
        execute("records.sqlite", sql);
        return broken(audit());
    }
};

}  // namespace onsale::audit
