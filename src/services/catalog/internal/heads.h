// Heads: what stands above the sessions: organisers, shows and the banners of the home page, as
// rows of the records. All calls come from the records store's executor; changes belong to the
// caller's transaction.
#pragma once

#include <map>
#include <optional>

#include "catalog/directory.h"
#include "sql/database.h"

namespace onsale::catalog {

struct Heads {
    std::map<OrganiserId, SharedOrganiser> organisers;
    std::map<ShowId, SharedShow> shows;
};
sql::SqlResult<Heads> all_heads(sql::Connection& connection);

sql::SqlResult<std::optional<OrganiserEntry>> find_organiser(sql::Connection& connection,
                                                             OrganiserId organiser);
sql::SqlResult<std::optional<ShowEntry>> find_show(sql::Connection& connection, ShowId show);
// New, or exchanged.
sql::SqlResult<void> write_organiser(sql::Connection& connection, const OrganiserEntry& organiser);
sql::SqlResult<void> write_show(sql::Connection& connection, const ShowEntry& show);

sql::SqlResult<Banners> all_banners(sql::Connection& connection);
// These instead of those that were there.
sql::SqlResult<void> write_banners(sql::Connection& connection, const Banners& banners);

}  // namespace onsale::catalog
