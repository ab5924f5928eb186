#include "payments/bills.h"

#include <array>
#include <atomic>
#include <optional>
#include <utility>

#include "records/rows.h"
#include "telemetry/log.h"

namespace onsale::payments {
namespace {

using base::Unexpected;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE payments_consents (
        hash BLOB PRIMARY KEY,           -- keyed, of the bank's number and the consent
        person INTEGER NOT NULL,         -- who used it first
        used_at_ms INTEGER NOT NULL      -- first
    ) WITHOUT ROWID;
    CREATE INDEX payments_consents_by_time ON payments_consents (used_at_ms);
)sql"}};
constexpr std::int64_t kPrunedPerUse = 100;
constexpr std::size_t kThreads = 2;

using ConsentHash = std::array<std::byte, 16>;

// Whose it is, if it was used before.
SqlResult<std::optional<domain::PersonId>> find_owner(sql::Connection& connection,
                                                      const ConsentHash& hash) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("SELECT person FROM payments_consents WHERE hash = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind_blob(1, hash).step());
    std::optional<domain::PersonId> owner;
    if (there) owner = records::id_from_row<domain::PersonId>(row.integer(0));
    row.reset();
    return owner;
}

SqlResult<void> insert(sql::Connection& connection, const ConsentHash& hash,
                       domain::PersonId person, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(
        prune, connection.prepare("DELETE FROM payments_consents WHERE hash IN (SELECT hash FROM "
                                  "payments_consents WHERE used_at_ms < ? LIMIT ?)"));
    ONSALE_TRY(prune.bind(1, to_row(now - kConsentsKept)).bind(2, kPrunedPerUse).run());
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO payments_consents VALUES (?, ?, ?)"));
    ONSALE_TRY(row.bind_blob(1, hash).bind(2, to_row(person)).bind(3, to_row(now)).run());
    return transaction.commit();
}

// Whether the consent is this person's, whom it then belongs to.
SqlResult<bool> claim(sql::Connection& connection, const ConsentHash& hash, domain::PersonId person,
                      base::Timestamp now) {
    ONSALE_TRY_ASSIGN(owner, find_owner(connection, hash));
    if (owner) return *owner == person;
    ONSALE_TRY(insert(connection, hash, person, now));
    return true;
}

BillsRefusal refusal_of(const sql::SqlError& error) {
    switch (records::to_store_error(error).trouble) {
        case records::StoreTrouble::busy:
            return BillsRefusal::busy;
        case records::StoreTrouble::storage_full:
            return BillsRefusal::storage_full;
        case records::StoreTrouble::failed:
            break;
    }
    telemetry::log_error("payments", "consents: " + error.message);
    return BillsRefusal::failed;
}

// A question on its way.
struct Asked {
    BillsWish wish;
    ConsentHash hash{};
    env::Executor& home;
    base::UniqueFunction<void(Bills::Page)> reply;

    void tell(Bills::Page page) {
        home.post([reply = std::move(reply), page = std::move(page)]() mutable {
            reply(std::move(page));
        });
    }
};

// A thread with its way to banks, and how many questions wait for it.
struct Lane {
    std::unique_ptr<BankClient> client;
    std::atomic<std::size_t> waiting = 0;
    std::unique_ptr<env::Executor> thread;
};

}  // namespace

struct Bills::Impl : std::enable_shared_from_this<Impl> {
    explicit Impl(const BillsParts& p)
        : parts(p), hash_key(crypto::derive_key(p.master, "bank consents")) {
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            lanes[i].client = std::make_unique<BankClient>(p.registry.make_caller());
            lanes[i].thread = p.environment.make_executor({"bills-" + std::to_string(i),
                                                           "asks banks for people's own statements",
                                                           kBillsWaitingMax});
        }
    }

    void ask_bank(Lane& lane, const std::shared_ptr<Asked>& asked);
    void keep_owner(const std::shared_ptr<Asked>& asked, StatementPage page);

    const BillsParts parts;
    const crypto::Key hash_key;
    std::array<Lane, kThreads> lanes;
};

// On the lane's thread.
void Bills::Impl::ask_bank(Lane& lane, const std::shared_ptr<Asked>& asked) {
    --lane.waiting;
    BankClient::StatementsWish wish;
    wish.consent = std::move(asked->wish.consent);
    wish.before = asked->wish.before;
    wish.max = kBillsPerPage;
    auto page = lane.client->statements(asked->wish.bank, wish);
    if (page) return keep_owner(asked, std::move(*page));
    if (page.error().trouble == StatementTrouble::consent_unknown)
        return asked->tell(Unexpected{BillsRefusal::consent_unknown});
    telemetry::log_warning("payments", "a statement: " + page.error().message);
    asked->tell(Unexpected{BillsRefusal::bank_away});
}

// Only what a bank knows is kept, so nobody fills the table with inventions.
void Bills::Impl::keep_owner(const std::shared_ptr<Asked>& asked, StatementPage page) {
    auto work = [asked, page = std::move(page),
                 now = parts.environment.clock().wall_now()](sql::Connection& connection) mutable {
        const auto own = claim(connection, asked->hash, asked->wish.person, now);
        if (!own) return asked->tell(Unexpected{refusal_of(own.error())});
        if (!*own) return asked->tell(Unexpected{BillsRefusal::consent_of_other});
        asked->tell(std::move(page));
    };
    if (!parts.store.post(std::move(work))) asked->tell(Unexpected{BillsRefusal::busy});
}

SqlResult<std::unique_ptr<Bills>> Bills::create(BillsParts parts) {
    ONSALE_TRY(sql::migrate(parts.store.connection(), "payments_consents", kMigrations));
    return std::unique_ptr<Bills>(new Bills(std::make_shared<Impl>(parts)));
}

Bills::Bills(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Bills::~Bills() {
    stop();
}

void Bills::stop() {
    for (auto& lane : impl_->lanes) lane.thread->close();
}

void Bills::ask(BillsWish wish, env::Executor& home, base::UniqueFunction<void(Page)> reply) {
    const auto party = registry::bank_party(wish.bank.value());
    const auto view = impl_->parts.registry.find(party);
    const auto asked = std::make_shared<Asked>(Asked{std::move(wish), {}, home, std::move(reply)});
    if (!view || !view->party.enabled) return asked->tell(Unexpected{BillsRefusal::bank_unknown});
    asked->hash = crypto::keyed_hash(
        impl_->hash_key, std::to_string(asked->wish.bank.value()) + " " + asked->wish.consent);
    Lane& lane = impl_->lanes[asked->wish.bank.value() % kThreads];
    if (lane.waiting.fetch_add(1) >= kBillsWaitingMax) {
        --lane.waiting;
        return asked->tell(Unexpected{BillsRefusal::busy});
    }
    lane.thread->post([impl = std::weak_ptr(impl_), &lane, asked] {
        if (const auto alive = impl.lock()) alive->ask_bank(lane, asked);
    });
}

}  // namespace onsale::payments
