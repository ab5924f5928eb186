// How a search compares: a text is folded once, a query likewise, and a text is found when the
// query stands in it. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "catalog/directory.h"

namespace onsale::catalog {

// In lower case (ASCII), with full-width letters, digits and signs as the ordinary ones; everything
// else, Chinese above all, stays as it is.
[[nodiscard]] std::string fold(std::string_view text);

// What a search for a campaign looks through: the folded names of campaign, show and organiser, and
// the venue.
[[nodiscard]] std::string search_text(const SessionEntry& session, const CampaignEntry& campaign);
// The same of a show without campaigns.
[[nodiscard]] std::string search_text(const ShowEntry& show, const OrganiserEntry* organiser);

}  // namespace onsale::catalog
