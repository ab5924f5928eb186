#include "catalog/internal/table.h"

#include <cstring>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "catalog/internal/heads.h"
#include "records/rows.h"
#include "wire/codec.h"

namespace onsale::catalog {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::number_from_row;
using records::to_row;
using sql::Connection;
using sql::SqlResult;

// The columns of a session's row, for read_head() and all_sessions().
constexpr std::string_view kHead =
    "SELECT session, show, digest, definition, accepted, venue_zh, venue_en, notice_zh, notice_en, "
    "cancel_reason_zh, cancel_reason_en, cancelled_at_ms, removed, changed_at_ms "
    "FROM catalog_sessions ";
constexpr std::string_view kTiers =
    "SELECT tier, name_zh, name_en, description_zh, description_en, valid_from_ms, valid_until_ms, "
    "changed_at_ms FROM catalog_tiers ";
constexpr std::string_view kCampaigns =
    "SELECT campaign, name_zh, name_en, description_zh, description_en, picture, changed_at_ms "
    "FROM catalog_campaigns ";

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

// Rows by id, each entry still without its rules.
using TierRows = boost::unordered_flat_map<std::uint64_t, TierEntry>;
using CampaignRows = boost::unordered_flat_map<std::uint64_t, CampaignEntry>;

struct HeadRow {
    StoredSession stored;
    ShowId show;
};

SqlResult<HeadRow> head_of(const sql::Statement& row) {
    HeadRow head;
    StoredSession& out = head.stored;
    const std::int64_t session = row.integer(0);
    head.show = id_from_row<ShowId>(row.integer(1));
    if (row.blob(2).size() != out.digest.size()) return Unexpected{damaged("session", session)};
    std::memcpy(out.digest.data(), row.blob(2).data(), out.digest.size());
    ONSALE_TRY_ASSIGN(fact, decode(row.blob(3), "session", session));
    const auto* set_up = std::get_if<domain::SessionSetUp>(&fact);
    if (set_up == nullptr) return Unexpected{damaged("session", session)};
    out.entry.definition = set_up->session;
    out.accepted = row.integer(4) != 0;
    out.entry.venue = both(row, 5);
    out.entry.notice = both(row, 7);
    out.entry.cancel_reason = both(row, 9);
    if (const auto at = optional_time(row, 11)) out.entry.status = {false, true, *at};
    out.entry.removed = row.integer(12) != 0;
    out.entry.changed_at = records::time_from_row(row.integer(13));
    return head;
}

SqlResult<void> read_tiers(sql::Statement& row, TierRows& out) {
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return {};
        out[number_from_row(row.integer(0))] = {{},
                                                both(row, 1),
                                                both(row, 3),
                                                optional_time(row, 5),
                                                optional_time(row, 6),
                                                records::time_from_row(row.integer(7))};
    }
}

SqlResult<void> read_campaigns(sql::Statement& row, CampaignRows& out) {
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return {};
        CampaignEntry& entry = out[number_from_row(row.integer(0))];
        entry.name = both(row, 1);
        entry.description = both(row, 3);
        entry.picture = text(row, 5);
        entry.changed_at = records::time_from_row(row.integer(6));
    }
}

// Puts texts to the rules of the definition, in its order.
SqlResult<void> join_parts(SessionEntry& entry, TierRows& tiers, CampaignRows& campaigns) {
    for (const auto& rules : entry.definition->tiers) {
        const auto found = tiers.find(rules.id.value());
        if (found == tiers.end()) return Unexpected{damaged("tier", to_row(rules.id))};
        entry.tiers.push_back(std::move(found->second));
        entry.tiers.back().rules = rules;
    }
    for (const auto& rules : entry.definition->campaigns) {
        const auto found = campaigns.find(rules.id.value());
        if (found == campaigns.end()) return Unexpected{damaged("campaign", to_row(rules.id))};
        entry.campaigns.push_back(std::move(found->second));
        entry.campaigns.back().rules = rules;
        entry.campaigns.back().session = entry.definition->id;
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

// An empty text says nothing, so it contradicts nothing.
bool agrees(const Text& said, const Text& there) {
    return said.empty() || said == there;
}
bool agrees(const std::string& said, const std::string& there) {
    return said.empty() || said == there;
}

SqlResult<std::optional<FieldError>> find_head_conflict(Connection& connection,
                                                        const SessionEntry& entry) {
    ONSALE_TRY_ASSIGN(organiser, find_organiser(connection, entry.organiser->id));
    if (organiser) {
        const OrganiserEntry& said = *entry.organiser;
        const bool same = organiser->name == said.name &&
                          agrees(said.description, organiser->description) &&
                          agrees(said.picture, organiser->picture);
        if (!same) {
            return std::optional(
                conflict("organiser.id", "this organiser has another name or other texts"));
        }
    }
    ONSALE_TRY_ASSIGN(show, find_show(connection, entry.show->id));
    if (!show) return std::optional<FieldError>{};
    const ShowEntry& said = *entry.show;
    const bool same = show->organiser == said.organiser && show->name == said.name &&
                      agrees(said.description, show->description) &&
                      agrees(said.venue, show->venue) && agrees(said.notice, show->notice) &&
                      agrees(said.picture, show->picture);
    if (same) return std::optional<FieldError>{};
    return std::optional(conflict("show.id", "this show has another organiser or other texts"));
}

SqlResult<void> insert_head(Connection& connection, const SessionEntry& entry) {
    ONSALE_TRY_ASSIGN(organiser, find_organiser(connection, entry.organiser->id));
    if (!organiser) ONSALE_TRY(write_organiser(connection, *entry.organiser));
    ONSALE_TRY_ASSIGN(show, find_show(connection, entry.show->id));
    if (!show) ONSALE_TRY(write_show(connection, *entry.show));
    return {};
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
    for (const auto& campaign : entry.campaigns) ONSALE_TRY(insert_campaign(connection, campaign));
    return {};
}

}  // namespace

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
    add(std::to_string(entry.organiser->id.value()));
    add_text(entry.organiser->name);
    add(std::to_string(entry.show->id.value()));
    add_text(entry.show->name);
    add_text(entry.show->description);
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
    // Younger fields count only where they are given, so that what was set up before they existed
    // keeps its digest.
    const auto add_named = [&add](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        add(name);
        add(value);
    };
    const auto add_texts = [&add_named](std::string_view name, const Text& given) {
        add_named(std::string(name) + ".zh", given.zh);
        add_named(std::string(name) + ".en", given.en);
    };
    add_texts("organiser.description", entry.organiser->description);
    add_named("organiser.picture", entry.organiser->picture);
    add_texts("show.venue", entry.show->venue);
    add_texts("show.notice", entry.show->notice);
    add_named("show.picture", entry.show->picture);
    add_texts("venue", entry.venue);
    add_texts("notice", entry.notice);
    for (const auto& campaign : entry.campaigns) {
        add_named("picture." + std::to_string(campaign.rules.id.value()), campaign.picture);
    }
    return crypto::sha256(all);
}

bool is_same(const StoredSession& stored, const SessionEntry& entry) {
    if (stored.digest == digest_of(entry)) return true;
    SessionEntry former = entry;
    auto definition = std::make_shared<domain::Session>(*entry.definition);
    definition->organiser = {};
    former.definition = std::move(definition);
    return stored.digest == digest_of(former);
}

SqlResult<std::optional<StoredSession>> find_session(Connection& connection,
                                                     domain::SessionId session) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(std::string(kHead) + "WHERE session = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(session)).step());
    if (!there) return std::optional<StoredSession>{};
    ONSALE_TRY_ASSIGN(head, head_of(row));
    row.reset();
    ONSALE_TRY_ASSIGN(show, find_show(connection, head.show));
    if (!show) return Unexpected{damaged("show", to_row(head.show))};
    ONSALE_TRY_ASSIGN(organiser, find_organiser(connection, show->organiser));
    if (!organiser) return Unexpected{damaged("organiser", to_row(show->organiser))};
    StoredSession& stored = head.stored;
    stored.entry.show = std::make_shared<const ShowEntry>(std::move(*show));
    stored.entry.organiser = std::make_shared<const OrganiserEntry>(std::move(*organiser));
    TierRows tiers;
    ONSALE_TRY_ASSIGN(tier, connection.prepare(std::string(kTiers) + "WHERE session = ?"));
    ONSALE_TRY(read_tiers(tier.bind(1, to_row(session)), tiers));
    CampaignRows campaigns;
    ONSALE_TRY_ASSIGN(campaign, connection.prepare(std::string(kCampaigns) + "WHERE session = ?"));
    ONSALE_TRY(read_campaigns(campaign.bind(1, to_row(session)), campaigns));
    ONSALE_TRY(join_parts(stored.entry, tiers, campaigns));
    return std::optional(std::move(stored));
}

// Three scans instead of a look-up for each session, since a start reads all of them.
SqlResult<std::vector<StoredSession>> all_sessions(Connection& connection, const Heads& heads) {
    TierRows tiers;
    ONSALE_TRY_ASSIGN(tier, connection.prepare(kTiers));
    ONSALE_TRY(read_tiers(tier, tiers));
    CampaignRows campaigns;
    ONSALE_TRY_ASSIGN(campaign, connection.prepare(kCampaigns));
    ONSALE_TRY(read_campaigns(campaign, campaigns));
    std::vector<StoredSession> sessions;
    ONSALE_TRY_ASSIGN(row, connection.prepare(std::string(kHead) + "ORDER BY session"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return sessions;
        ONSALE_TRY_ASSIGN(head, head_of(row));
        const auto show = heads.shows.find(head.show);
        if (show == heads.shows.end()) return Unexpected{damaged("show", to_row(head.show))};
        head.stored.entry.show = show->second;
        const auto organiser = heads.organisers.find(show->second->organiser);
        if (organiser == heads.organisers.end())
            return Unexpected{damaged("organiser", to_row(show->second->organiser))};
        head.stored.entry.organiser = organiser->second;
        ONSALE_TRY(join_parts(head.stored.entry, tiers, campaigns));
        sessions.push_back(std::move(head.stored));
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
                                         "definition, accepted, venue_zh, venue_en, notice_zh, "
                                         "notice_en) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)"));
    row.bind(1, to_row(entry.definition->id)).bind(2, to_row(entry.show->id));
    row.bind_blob(3, std::span<const std::byte>(digest)).bind_blob(4, definition);
    row.bind(5, entry.venue.zh).bind(6, entry.venue.en);
    row.bind(7, entry.notice.zh).bind(8, entry.notice.en);
    ONSALE_TRY(row.run());
    for (const auto& pool : entry.definition->pools) {
        if (pool.kind != domain::PoolKind::codes) continue;
        ONSALE_TRY(insert_list_use(connection, pool.additions.front().id,
                                   {entry.definition->id, pool.id}));
    }
    return {};
}

SqlResult<void> insert_campaign(Connection& connection, const CampaignEntry& campaign) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare(
                          "INSERT INTO catalog_campaigns (campaign, session, name_zh, name_en, "
                          "description_zh, description_en, picture) VALUES (?, ?, ?, ?, ?, ?, ?)"));
    row.bind(1, to_row(campaign.rules.id)).bind(2, to_row(campaign.session));
    row.bind(3, campaign.name.zh).bind(4, campaign.name.en);
    row.bind(5, campaign.description.zh).bind(6, campaign.description.en);
    return row.bind(7, std::string_view(campaign.picture)).run();
}

SqlResult<void> remove_campaign(Connection& connection, domain::CampaignId campaign) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("DELETE FROM catalog_campaigns WHERE campaign = ?"));
    return row.bind(1, to_row(campaign)).run();
}

SqlResult<bool> has_campaign(Connection& connection, domain::CampaignId campaign) {
    return taken(connection, "SELECT 1 FROM catalog_campaigns WHERE campaign = ?",
                 to_row(campaign));
}

SqlResult<void> accept_session(Connection& connection, const domain::Session& definition,
                               const domain::SessionStatus& status) {
    const std::string bytes =
        encode(domain::SessionSetUp{std::make_shared<domain::Session>(definition)});
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("UPDATE catalog_sessions SET definition = ?, accepted = 1, "
                                "cancelled_at_ms = ? WHERE session = ?"));
    row.bind_blob(1, bytes);
    bind_time(row, 2, status.cancelled ? std::optional(status.cancelled_at) : std::nullopt);
    return row.bind(3, to_row(definition.id)).run();
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
        remove("DELETE FROM catalog_shows WHERE show = ?1 AND changed_at_ms = 0 AND NOT EXISTS "
               "(SELECT 1 FROM catalog_sessions WHERE show = ?1)",
               to_row(entry.show->id)));
    return remove(
        "DELETE FROM catalog_organisers WHERE organiser = ?1 AND changed_at_ms = 0 AND NOT EXISTS "
        "(SELECT 1 FROM catalog_shows WHERE organiser = ?1)",
        to_row(entry.organiser->id));
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
    const std::string texts = encode(intent.texts);
    ONSALE_TRY_ASSIGN(
        row,
        connection.prepare("INSERT INTO catalog_intents (session, fact, texts) VALUES (?, ?, ?) "
                           "ON CONFLICT (session) DO UPDATE SET fact = excluded.fact, texts = "
                           "excluded.texts"));
    return row.bind(1, to_row(intent.session)).bind_blob(2, bytes).bind_blob(3, texts).run();
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
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT session, fact, texts FROM catalog_intents ORDER BY 1"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return intents;
        ONSALE_TRY_ASSIGN(fact, decode(row.blob(1), "intent", row.integer(0)));
        Intent intent{id_from_row<domain::SessionId>(row.integer(0)), std::move(fact), {}};
        if (!row.is_null(2)) {
            auto texts = decode_texts(row.blob(2));
            if (!texts) return Unexpected{damaged("intent", row.integer(0))};
            intent.texts = std::move(*texts);
        }
        intents.push_back(std::move(intent));
    }
}

}  // namespace onsale::catalog
