// A campaign as pages show it: texts, window, limits, tiers with what is free of each. Plain values
// and a pure function, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "api/order_json.h"
#include "catalog/directory.h"
#include "stock/live_stock.h"

namespace onsale::api {

struct TextBody {
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(TextBody, (), (zh, en))
struct OrganiserBody {
    std::uint64_t id = 0;
    TextBody name;
};
BOOST_DESCRIBE_STRUCT(OrganiserBody, (), (id, name))
struct ShowBody {
    std::uint64_t id = 0;
    TextBody name;
    TextBody description;
};
BOOST_DESCRIBE_STRUCT(ShowBody, (), (id, name, description))
struct TierBody {
    std::uint64_t id = 0;
    TextBody name;
    TextBody description;
    MoneyBody price;
    std::uint64_t free = 0;
    std::optional<std::string> valid_from;
    std::optional<std::string> valid_until;
};
BOOST_DESCRIBE_STRUCT(TierBody, (), (id, name, description, price, free, valid_from, valid_until))
struct CampaignBody {
    std::uint64_t id = 0;
    std::uint64_t session = 0;
    TextBody name;
    TextBody description;
    OrganiserBody organiser;
    ShowBody show;
    std::string starts_at;  // of the session
    std::string ends_at;
    std::string opens_at;  // of the campaign
    std::string closes_at;
    std::string state;  // upcoming, current, ended
    bool one_per_person = false;
    std::uint32_t tickets_per_order = 0;   // the limit that holds
    std::uint32_t orders_per_person = 0;   // 0: no limit
    std::uint32_t tickets_per_person = 0;  // 0: no limit
    std::int64_t hold_minutes = 0;
    std::vector<TierBody> tiers;
};
BOOST_DESCRIBE_STRUCT(CampaignBody, (),
                      (id, session, name, description, organiser, show, starts_at, ends_at,
                       opens_at, closes_at, state, one_per_person, tickets_per_order,
                       orders_per_person, tickets_per_person, hold_minutes, tiers))

// `free`: of the campaign's tiers, as LiveStock has them.
[[nodiscard]] CampaignBody campaign_body(const catalog::SessionEntry& session,
                                         const catalog::CampaignEntry& campaign,
                                         const std::vector<stock::TierFree>& free,
                                         base::Timestamp now);

}  // namespace onsale::api
