#include "catalog/internal/heads.h"

#include <string>
#include <utility>

#include "records/rows.h"

namespace onsale::catalog {
namespace {

using records::id_from_row;
using records::to_row;
using sql::Connection;
using sql::SqlResult;
using sql::Statement;

constexpr std::string_view kOrganisers =
    "SELECT organiser, name_zh, name_en, description_zh, description_en, picture, changed_at_ms "
    "FROM catalog_organisers ";
constexpr std::string_view kShows =
    "SELECT show, organiser, name_zh, name_en, description_zh, description_en, venue_zh, venue_en, "
    "notice_zh, notice_en, picture, changed_at_ms FROM catalog_shows ";

Text both(const Statement& row, int column) {
    return {std::string(row.text(column)), std::string(row.text(column + 1))};
}

OrganiserEntry organiser_of(const Statement& row) {
    return {id_from_row<OrganiserId>(row.integer(0)), both(row, 1), both(row, 3),
            std::string(row.text(5)), records::time_from_row(row.integer(6))};
}

ShowEntry show_of(const Statement& row) {
    return {id_from_row<ShowId>(row.integer(0)),
            id_from_row<OrganiserId>(row.integer(1)),
            both(row, 2),
            both(row, 4),
            both(row, 6),
            both(row, 8),
            std::string(row.text(10)),
            records::time_from_row(row.integer(11))};
}

// Binds both languages at `place` and the one behind it.
void bind_text(Statement& row, int place, const Text& text) {
    row.bind(place, std::string_view(text.zh)).bind(place + 1, std::string_view(text.en));
}

template <class Id>
void bind_id(Statement& row, int place, const std::optional<Id>& id) {
    if (id) {
        row.bind(place, to_row(*id));
    } else {
        row.bind_null(place);
    }
}

std::optional<base::Timestamp> optional_time(const Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return records::time_from_row(row.integer(column));
}

}  // namespace

SqlResult<Heads> all_heads(Connection& connection) {
    Heads heads;
    ONSALE_TRY_ASSIGN(organiser, connection.prepare(kOrganisers));
    while (true) {
        ONSALE_TRY_ASSIGN(there, organiser.step());
        if (!there) break;
        auto entry = std::make_shared<const OrganiserEntry>(organiser_of(organiser));
        heads.organisers.emplace(entry->id, entry);
    }
    ONSALE_TRY_ASSIGN(show, connection.prepare(kShows));
    while (true) {
        ONSALE_TRY_ASSIGN(there, show.step());
        if (!there) return heads;
        auto entry = std::make_shared<const ShowEntry>(show_of(show));
        heads.shows.emplace(entry->id, entry);
    }
}

SqlResult<std::optional<OrganiserEntry>> find_organiser(Connection& connection,
                                                        OrganiserId organiser) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(std::string(kOrganisers) + "WHERE organiser = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(organiser)).step());
    if (!there) return std::optional<OrganiserEntry>{};
    auto found = std::optional(organiser_of(row));
    row.reset();
    return found;
}

SqlResult<std::optional<ShowEntry>> find_show(Connection& connection, ShowId show) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(std::string(kShows) + "WHERE show = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(show)).step());
    if (!there) return std::optional<ShowEntry>{};
    auto found = std::optional(show_of(row));
    row.reset();
    return found;
}

SqlResult<void> write_organiser(Connection& connection, const OrganiserEntry& organiser) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT OR REPLACE INTO catalog_organisers (organiser, name_zh, "
                                "name_en, description_zh, description_en, picture, changed_at_ms) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?)"));
    row.bind(1, to_row(organiser.id));
    bind_text(row, 2, organiser.name);
    bind_text(row, 4, organiser.description);
    row.bind(6, std::string_view(organiser.picture)).bind(7, to_row(organiser.changed_at));
    return row.run();
}

SqlResult<void> write_show(Connection& connection, const ShowEntry& show) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT OR REPLACE INTO catalog_shows (show, organiser, name_zh, "
                                "name_en, description_zh, description_en, venue_zh, venue_en, "
                                "notice_zh, notice_en, picture, changed_at_ms) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    row.bind(1, to_row(show.id)).bind(2, to_row(show.organiser));
    bind_text(row, 3, show.name);
    bind_text(row, 5, show.description);
    bind_text(row, 7, show.venue);
    bind_text(row, 9, show.notice);
    row.bind(11, std::string_view(show.picture)).bind(12, to_row(show.changed_at));
    return row.run();
}

SqlResult<Banners> all_banners(Connection& connection) {
    Banners banners;
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT picture, title_zh, title_en, show, campaign, "
                                              "from_ms, until_ms FROM catalog_banners "
                                              "ORDER BY place"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return banners;
        Banner banner;
        banner.picture = std::string(row.text(0));
        banner.title = both(row, 1);
        if (!row.is_null(3)) banner.show = id_from_row<ShowId>(row.integer(3));
        if (!row.is_null(4)) banner.campaign = id_from_row<domain::CampaignId>(row.integer(4));
        banner.from = optional_time(row, 5);
        banner.until = optional_time(row, 6);
        banners.push_back(std::move(banner));
    }
}

SqlResult<void> write_banners(Connection& connection, const Banners& banners) {
    ONSALE_TRY(connection.execute("DELETE FROM catalog_banners"));
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO catalog_banners (place, picture, title_zh, title_en, "
                                "show, campaign, from_ms, until_ms) VALUES (?, ?, ?, ?, ?, ?, ?, "
                                "?)"));
    std::int64_t place = 0;
    for (const auto& banner : banners) {
        row.bind(1, ++place).bind(2, std::string_view(banner.picture));
        bind_text(row, 3, banner.title);
        bind_id(row, 5, banner.show);
        bind_id(row, 6, banner.campaign);
        bind_id(row, 7, banner.from);
        bind_id(row, 8, banner.until);
        ONSALE_TRY(row.run());
    }
    return {};
}

}  // namespace onsale::catalog
