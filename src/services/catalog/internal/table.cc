#include "catalog/internal/table.h"

#include <cstring>
#include <utility>

#include "records/rows.h"
#include "wire/codec.h"

namespace onsale::catalog {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::to_row;
using sql::Connection;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE catalog_organisers (
        organiser INTEGER PRIMARY KEY,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL
    );
    CREATE TABLE catalog_shows (
        show INTEGER PRIMARY KEY,
        organiser INTEGER NOT NULL,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL,
        description_zh TEXT NOT NULL,
        description_en TEXT NOT NULL
    );
    CREATE TABLE catalog_sessions (
        session INTEGER PRIMARY KEY,
        show INTEGER NOT NULL,
        digest BLOB NOT NULL,       -- of everything that was submitted
        definition BLOB NOT NULL,   -- a batch of core/wire with one SessionSetUp
        accepted INTEGER NOT NULL   -- 0: the box office has not been heard of yet
    );
    CREATE TABLE catalog_tiers (
        tier INTEGER PRIMARY KEY,
        session INTEGER NOT NULL,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL,
        description_zh TEXT NOT NULL,
        description_en TEXT NOT NULL,
        valid_from_ms INTEGER,
        valid_until_ms INTEGER
    );
    CREATE TABLE catalog_campaigns (
        campaign INTEGER PRIMARY KEY,
        session INTEGER NOT NULL,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL,
        description_zh TEXT NOT NULL,
        description_en TEXT NOT NULL
    );
    CREATE TABLE catalog_lists (
        list INTEGER PRIMARY KEY,   -- a list of codes is used once
        session INTEGER NOT NULL,
        pool INTEGER NOT NULL
    );
    CREATE TABLE catalog_intents (
        session INTEGER PRIMARY KEY, -- one change of a session at a time
        fact BLOB NOT NULL           -- a batch of core/wire with the fact that the command is to become
    );
)sql"}};

std::string encode(const domain::Fact& fact) {
    std::string body;
    wire::BatchEncoder().add(fact, body);
    return body;
}

sql::SqlError damaged(std::string_view what, std::int64_t id) {
    return {sql::ErrorCode::corrupt,
            std::string(what) + " " + std::to_string(id) + " of the catalogue is damaged"};
}

SqlResult<domain::Fact> decode(std::string_view bytes, std::string_view what, std::int64_t id) {
    auto batch = wire::decode_batch(bytes);
    if (!batch || batch->facts.size() != 1) return Unexpected{damaged(what, id)};
    return std::move(batch->facts.front());
}

std::string text(const sql::Statement& row, int column) {
    return std::string(row.text(column));
}

Text both(const sql::Statement& row, int column) {
    return {text(row, column), text(row, column + 1)};
}

std::optional<base::Timestamp> optional_time(const sql::Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return records::time_from_row(row.integer(column));
}

void bind_time(sql::Statement& statement, int column, const std::optional<base::Timestamp>& time) {
    if (time) {
        statement.bind(column, to_row(*time));
    } else {
        statement.bind_null(column);
    }
}

SqlResult<bool> read_head(Connection& connection, domain::SessionId session, StoredSession& out) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(R"sql(
        SELECT s.digest, s.definition, s.accepted, h.show, h.name_zh, h.name_en, h.description_zh,
               h.description_en, o.organiser, o.name_zh, o.name_en
        FROM catalog_sessions s JOIN catalog_shows h USING (show)
        JOIN catalog_organisers o USING (organiser) WHERE s.session = ?)sql"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(session)).step());
    if (!there) return false;
    if (row.blob(0).size() != out.digest.size()) {
        return Unexpected{damaged("session", to_row(session))};
    }
    std::memcpy(out.digest.data(), row.blob(0).data(), out.digest.size());
    ONSALE_TRY_ASSIGN(fact, decode(row.blob(1), "session", to_row(session)));
    const auto* set_up = std::get_if<domain::SessionSetUp>(&fact);
    if (set_up == nullptr) return Unexpected{damaged("session", to_row(session))};
    out.entry.definition = set_up->session;
    out.accepted = row.integer(2) != 0;
    out.entry.organiser = {id_from_row<OrganiserId>(row.integer(8)), both(row, 9)};
    out.entry.show = {id_from_row<ShowId>(row.integer(3)), out.entry.organiser.id, both(row, 4),
                      both(row, 6)};
    return true;
}

SqlResult<void> read_tiers(Connection& connection, SessionEntry& entry) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare(
                          "SELECT name_zh, name_en, description_zh, description_en, valid_from_ms, "
                          "valid_until_ms FROM catalog_tiers WHERE tier = ? AND session = ?"));
    for (const auto& tier : entry.definition->tiers) {
        row.bind(1, to_row(tier.id)).bind(2, to_row(entry.definition->id));
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return Unexpected{damaged("tier", to_row(tier.id))};
        entry.tiers.push_back(
            {tier, both(row, 0), both(row, 2), optional_time(row, 4), optional_time(row, 5)});
        row.reset();
    }
    return {};
}

SqlResult<void> read_campaigns(Connection& connection, SessionEntry& entry) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT name_zh, name_en, description_zh, description_en FROM "
                                "catalog_campaigns WHERE campaign = ? AND session = ?"));
    for (const auto& campaign : entry.definition->campaigns) {
        row.bind(1, to_row(campaign.id)).bind(2, to_row(entry.definition->id));
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return Unexpected{damaged("campaign", to_row(campaign.id))};
        entry.campaigns.push_back({campaign, entry.definition->id, {}, both(row, 0), both(row, 2)});
        row.reset();
    }
    return {};
}

// Whether `sql` finds a row for this id.
SqlResult<bool> taken(Connection& connection, std::string_view sql, std::int64_t id) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(sql));
    return row.bind(1, id).step();
}

FieldError conflict(std::string field, std::string message) {
    return {std::move(field), std::move(message)};
}

std::string place(std::string_view list, std::size_t index, std::string_view field) {
    return std::string(list) + "[" + std::to_string(index) + "]." + std::string(field);
}

SqlResult<std::optional<FieldError>> find_head_conflict(Connection& connection,
                                                        const SessionEntry& entry) {
    ONSALE_TRY_ASSIGN(organiser, connection.prepare("SELECT name_zh, name_en FROM "
                                                    "catalog_organisers WHERE organiser = ?"));
    ONSALE_TRY_ASSIGN(organiser_there, organiser.bind(1, to_row(entry.organiser.id)).step());
    if (organiser_there && both(organiser, 0) != entry.organiser.name) {
        return std::optional(conflict("organiser.id", "this organiser has another name"));
    }
    ONSALE_TRY_ASSIGN(show,
                      connection.prepare("SELECT organiser, name_zh, name_en, description_zh, "
                                         "description_en FROM catalog_shows WHERE show = ?"));
    ONSALE_TRY_ASSIGN(show_there, show.bind(1, to_row(entry.show.id)).step());
    const bool same = !show_there ||
                      (show.integer(0) == to_row(entry.organiser.id) &&
                       both(show, 1) == entry.show.name && both(show, 3) == entry.show.description);
    if (same) return std::optional<FieldError>{};
    return std::optional(conflict("show.id", "this show has another organiser or other texts"));
}

SqlResult<void> insert_head(Connection& connection, const SessionEntry& entry) {
    ONSALE_TRY_ASSIGN(organiser,
                      connection.prepare("INSERT OR IGNORE INTO catalog_organisers "
                                         "(organiser, name_zh, name_en) VALUES (?, ?, ?)"));
    organiser.bind(1, to_row(entry.organiser.id)).bind(2, entry.organiser.name.zh);
    ONSALE_TRY(organiser.bind(3, entry.organiser.name.en).run());
    ONSALE_TRY_ASSIGN(show,
                      connection.prepare(
                          "INSERT OR IGNORE INTO catalog_shows (show, organiser, name_zh, name_en, "
                          "description_zh, description_en) VALUES (?, ?, ?, ?, ?, ?)"));
    show.bind(1, to_row(entry.show.id)).bind(2, to_row(entry.organiser.id));
    show.bind(3, entry.show.name.zh).bind(4, entry.show.name.en);
    show.bind(5, entry.show.description.zh).bind(6, entry.show.description.en);
    return show.run();
}

SqlResult<void> insert_parts(Connection& connection, const SessionEntry& entry) {
    const std::int64_t session = to_row(entry.definition->id);
    ONSALE_TRY_ASSIGN(
        tiers,
        connection.prepare(
            "INSERT INTO catalog_tiers (tier, session, name_zh, name_en, description_zh, "
            "description_en, valid_from_ms, valid_until_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const auto& tier : entry.tiers) {
        tiers.bind(1, to_row(tier.rules.id)).bind(2, session).bind(3, tier.name.zh);
        tiers.bind(4, tier.name.en).bind(5, tier.description.zh).bind(6, tier.description.en);
        bind_time(tiers, 7, tier.valid_from);
        bind_time(tiers, 8, tier.valid_until);
        ONSALE_TRY(tiers.run());
    }
    ONSALE_TRY_ASSIGN(
        campaigns,
        connection.prepare("INSERT INTO catalog_campaigns (campaign, session, name_zh, name_en, "
                           "description_zh, description_en) VALUES (?, ?, ?, ?, ?, ?)"));
    for (const auto& campaign : entry.campaigns) {
        campaigns.bind(1, to_row(campaign.rules.id)).bind(2, session).bind(3, campaign.name.zh);
        campaigns.bind(4, campaign.name.en);
        campaigns.bind(5, campaign.description.zh).bind(6, campaign.description.en);
        ONSALE_TRY(campaigns.run());
    }
    return {};
}

}  // namespace

std::span<const sql::Migration> migrations() {
    return kMigrations;
}

crypto::Digest digest_of(const SessionEntry& entry) {
    std::string all = encode(domain::SessionSetUp{entry.definition});
    const auto add = [&all](std::string_view part) {
        all.append(std::to_string(part.size())).append(":").append(part);
    };
    const auto add_text = [&add](const Text& given) {
        add(given.zh);
        add(given.en);
    };
    const auto add_time = [&add](const std::optional<base::Timestamp>& time) {
        add(time ? std::to_string(time->unix_ms()) : std::string());
    };
    add(std::to_string(entry.organiser.id.value()));
    add_text(entry.organiser.name);
    add(std::to_string(entry.show.id.value()));
    add_text(entry.show.name);
    add_text(entry.show.description);
    for (const auto& tier : entry.tiers) {
        add_text(tier.name);
        add_text(tier.description);
        add_time(tier.valid_from);
        add_time(tier.valid_until);
    }
    for (const auto& campaign : entry.campaigns) {
        add_text(campaign.name);
        add_text(campaign.description);
    }
    return crypto::sha256(all);
}

SqlResult<std::optional<StoredSession>> find_session(Connection& connection,
                                                     domain::SessionId session) {
    StoredSession stored;
    ONSALE_TRY_ASSIGN(there, read_head(connection, session, stored));
    if (!there) return std::optional<StoredSession>{};
    ONSALE_TRY(read_tiers(connection, stored.entry));
    ONSALE_TRY(read_campaigns(connection, stored.entry));
    return std::optional(std::move(stored));
}

SqlResult<std::vector<domain::SessionId>> all_sessions(Connection& connection) {
    std::vector<domain::SessionId> sessions;
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT session FROM catalog_sessions ORDER BY 1"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return sessions;
        sessions.push_back(id_from_row<domain::SessionId>(row.integer(0)));
    }
}

SqlResult<std::optional<FieldError>> find_conflict(Connection& connection,
                                                   const SessionEntry& entry) {
    ONSALE_TRY_ASSIGN(head, find_head_conflict(connection, entry));
    if (head) return head;
    for (std::size_t i = 0; i < entry.definition->pools.size(); ++i) {
        const auto& pool = entry.definition->pools[i];
        if (pool.kind != domain::PoolKind::codes) continue;
        ONSALE_TRY_ASSIGN(use, find_list_use(connection, pool.additions.front().id));
        if (use)
            return std::optional(conflict(place("pools", i, "list"), "this list is used already"));
    }
    for (std::size_t i = 0; i < entry.tiers.size(); ++i) {
        ONSALE_TRY_ASSIGN(used, taken(connection, "SELECT 1 FROM catalog_tiers WHERE tier = ?",
                                      to_row(entry.tiers[i].rules.id)));
        if (used)
            return std::optional(conflict(place("tiers", i, "id"), "another session has this id"));
    }
    for (std::size_t i = 0; i < entry.campaigns.size(); ++i) {
        ONSALE_TRY_ASSIGN(used,
                          taken(connection, "SELECT 1 FROM catalog_campaigns WHERE campaign = ?",
                                to_row(entry.campaigns[i].rules.id)));
        if (used) {
            return std::optional(
                conflict(place("campaigns", i, "id"), "another session has this id"));
        }
    }
    return std::optional<FieldError>{};
}

SqlResult<std::optional<ListUse>> find_list_use(Connection& connection, domain::AdditionId list) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("SELECT session, pool FROM catalog_lists WHERE list = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(list)).step());
    if (!there) return std::optional<ListUse>{};
    return std::optional(ListUse{id_from_row<domain::SessionId>(row.integer(0)),
                                 id_from_row<domain::PoolId>(row.integer(1))});
}

SqlResult<void> insert_session(Connection& connection, const SessionEntry& entry,
                               const crypto::Digest& digest) {
    ONSALE_TRY(insert_head(connection, entry));
    ONSALE_TRY(insert_parts(connection, entry));
    const std::string definition = encode(domain::SessionSetUp{entry.definition});
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("INSERT INTO catalog_sessions (session, show, digest, "
                                         "definition, accepted) VALUES (?, ?, ?, ?, 0)"));
    row.bind(1, to_row(entry.definition->id)).bind(2, to_row(entry.show.id));
    row.bind_blob(3, std::span<const std::byte>(digest)).bind_blob(4, definition);
    ONSALE_TRY(row.run());
    for (const auto& pool : entry.definition->pools) {
        if (pool.kind != domain::PoolKind::codes) continue;
        ONSALE_TRY(insert_list_use(connection, pool.additions.front().id,
                                   {entry.definition->id, pool.id}));
    }
    return {};
}

SqlResult<void> accept_session(Connection& connection, const domain::Session& definition) {
    const std::string bytes =
        encode(domain::SessionSetUp{std::make_shared<domain::Session>(definition)});
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE catalog_sessions SET definition = ?, "
                                              "accepted = 1 WHERE session = ?"));
    return row.bind_blob(1, bytes).bind(2, to_row(definition.id)).run();
}

SqlResult<void> remove_session(Connection& connection, const SessionEntry& entry) {
    const auto remove = [&](std::string_view sql, std::int64_t id) -> SqlResult<void> {
        ONSALE_TRY_ASSIGN(row, connection.prepare(sql));
        return row.bind(1, id).run();
    };
    const std::int64_t session = to_row(entry.definition->id);
    ONSALE_TRY(remove("DELETE FROM catalog_sessions WHERE session = ?", session));
    ONSALE_TRY(remove("DELETE FROM catalog_tiers WHERE session = ?", session));
    ONSALE_TRY(remove("DELETE FROM catalog_campaigns WHERE session = ?", session));
    ONSALE_TRY(remove("DELETE FROM catalog_lists WHERE session = ?", session));
    ONSALE_TRY(
        remove("DELETE FROM catalog_shows WHERE show = ?1 AND NOT EXISTS "
               "(SELECT 1 FROM catalog_sessions WHERE show = ?1)",
               to_row(entry.show.id)));
    return remove(
        "DELETE FROM catalog_organisers WHERE organiser = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM catalog_shows WHERE organiser = ?1)",
        to_row(entry.organiser.id));
}

SqlResult<void> insert_list_use(Connection& connection, domain::AdditionId list,
                                const ListUse& use) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT OR IGNORE INTO catalog_lists (list, session, "
                                              "pool) VALUES (?, ?, ?)"));
    return row.bind(1, to_row(list)).bind(2, to_row(use.session)).bind(3, to_row(use.pool)).run();
}

SqlResult<void> remove_list_use(Connection& connection, domain::AdditionId list) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("DELETE FROM catalog_lists WHERE list = ?"));
    return row.bind(1, to_row(list)).run();
}

SqlResult<void> insert_intent(Connection& connection, const Intent& intent) {
    const std::string bytes = encode(intent.fact);
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO catalog_intents (session, fact) VALUES (?, ?) "
                                "ON CONFLICT (session) DO UPDATE SET fact = excluded.fact"));
    return row.bind(1, to_row(intent.session)).bind_blob(2, bytes).run();
}

SqlResult<void> remove_intent(Connection& connection, domain::SessionId session) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("DELETE FROM catalog_intents WHERE session = ?"));
    return row.bind(1, to_row(session)).run();
}

SqlResult<bool> has_intent(Connection& connection, domain::SessionId session) {
    return taken(connection, "SELECT 1 FROM catalog_intents WHERE session = ?", to_row(session));
}

SqlResult<std::vector<Intent>> all_intents(Connection& connection) {
    std::vector<Intent> intents;
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("SELECT session, fact FROM catalog_intents ORDER BY 1"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return intents;
        ONSALE_TRY_ASSIGN(fact, decode(row.blob(1), "intent", row.integer(0)));
        intents.push_back({id_from_row<domain::SessionId>(row.integer(0)), std::move(fact)});
    }
}

}  // namespace onsale::catalog
