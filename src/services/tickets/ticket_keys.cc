#include "tickets/ticket_keys.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "records/rows.h"
#include "tickets/limits.h"

namespace onsale::tickets {
namespace {

using base::Unexpected;
using records::to_row;
using sql::SqlResult;

// The projection of this service has a component "tickets" in its own file.
constexpr std::string_view kComponent = "tickets_keys";
constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE tickets_keys (
        from_ms INTEGER PRIMARY KEY, -- of tickets issued at this second or later
        key_id INTEGER NOT NULL UNIQUE,
        public BLOB NOT NULL,
        sealed_secret BLOB NOT NULL  -- the seed, under a key of the master key
    ) STRICT;
)sql"}};

std::string context_of(const crypto::PublicKey& key) {
    return "ticket key " + to_string(key_id_of(key));
}

template <class Bytes>
std::string_view text_of(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <class Bytes>
std::optional<Bytes> bytes_of(std::string_view text) {
    Bytes bytes{};
    if (text.size() != bytes.size()) return std::nullopt;
    std::memcpy(bytes.data(), text.data(), bytes.size());
    return bytes;
}

sql::SqlError damaged() {
    return {sql::ErrorCode::corrupt, "a key of tickets does not open with this master key"};
}

base::Timestamp whole_second(base::Timestamp time) {
    return base::Timestamp::from_unix_ms((time.unix_ms() + 999) / 1000 * 1000);
}

}  // namespace

TicketKeys::TicketKeys(records::Store& store, const crypto::Key& master,
                       env::Environment& environment)
    : store_(store),
      sealing_key_(crypto::derive_key(master, "ticket signing keys")),
      environment_(environment) {}

base::Result<std::unique_ptr<TicketKeys>, std::string> TicketKeys::create(
    records::Store& store, const crypto::Key& master, env::Environment& environment) {
    std::unique_ptr<TicketKeys> keys(new TicketKeys(store, master, environment));
    auto& connection = store.connection();
    auto done = sql::migrate(connection, kComponent, kMigrations);
    if (done) done = keys->load(connection);
    if (!done) return Unexpected{done.error().message};
    return keys;
}

// Tickets that are older than the first key are signed with it, too.
SqlResult<void> TicketKeys::load(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(stored, read(connection));
    if (stored.empty()) {
        ONSALE_TRY_ASSIGN(first, add(connection, base::Timestamp{}));
        stored.push_back(std::move(first));
    }
    std::vector<TicketKey> published;
    auto next = std::make_shared<KeySet>();
    for (auto& one : stored) {
        const auto& key = one.key.public_key();
        published.push_back({key_id_of(key), key, one.from, {}});
        next->signing.push_back(std::move(one.key));
    }
    next->ring = KeyRing(std::move(published));
    const std::lock_guard lock(mutex_);
    current_ = std::move(next);
    return {};
}

SqlResult<std::vector<TicketKeys::StoredKey>> TicketKeys::read(sql::Connection& connection) const {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT from_ms, public, sealed_secret FROM "
                                              "tickets_keys ORDER BY from_ms"));
    std::vector<StoredKey> keys;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return keys;
        const auto key = bytes_of<crypto::PublicKey>(row.blob(1));
        if (!key) return Unexpected{damaged()};
        const auto opened = crypto::open(sealing_key_, row.blob(2), context_of(*key));
        const auto seed = opened ? bytes_of<crypto::Key>(*opened) : std::nullopt;
        if (!seed) return Unexpected{damaged()};
        StoredKey stored{records::time_from_row(row.integer(0)), crypto::SigningKey(*seed)};
        if (stored.key.public_key() != *key) return Unexpected{damaged()};
        keys.push_back(std::move(stored));
    }
}

SqlResult<TicketKeys::StoredKey> TicketKeys::add(sql::Connection& connection,
                                                 base::Timestamp from) {
    crypto::Key seed{};
    environment_.entropy().fill(seed);
    StoredKey made{from, crypto::SigningKey(seed)};
    const auto& key = made.key.public_key();
    const std::string sealed =
        crypto::seal(sealing_key_, text_of(seed), context_of(key), environment_.entropy());
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO tickets_keys VALUES (?, ?, ?, ?)"));
    row.bind(1, to_row(from)).bind(2, to_row(key_id_of(key)));
    row.bind_blob(3, text_of(key)).bind_blob(4, sealed);
    ONSALE_TRY(row.run());
    return made;
}

SqlResult<RotateResult> TicketKeys::add_after(sql::Connection& connection, base::Timestamp from) {
    const auto& keys = current()->ring.keys();
    RotateResult result;
    result.too_many = keys.size() >= kKeysMax;
    if (result.too_many) return result;
    result.from = std::max(whole_second(from), keys.back().from + base::Duration::seconds(1));
    ONSALE_TRY_ASSIGN(made, add(connection, result.from));
    result.key = key_id_of(made.key.public_key());
    ONSALE_TRY(load(connection));
    return result;
}

SharedKeySet TicketKeys::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

void TicketKeys::rotate(base::Duration lead, env::Executor& home,
                        base::UniqueFunction<void(Rotated)> reply) {
    const auto from = environment_.clock().wall_now() + std::max(lead, kKeyLeadMin);
    store_.ask<Rotated>(
        home,
        [this, from](sql::Connection& connection) -> Rotated {
            auto added = add_after(connection, from);
            if (added) return std::move(*added);
            return Unexpected{records::to_store_error(added.error())};
        },
        std::move(reply), Unexpected{records::store_busy()});
}

}  // namespace onsale::tickets
