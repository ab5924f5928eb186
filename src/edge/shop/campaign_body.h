// What is offered as pages show it: texts, windows, limits, tiers with what is free of each. Plain
// values and pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "catalog/directory.h"
#include "shop/order_json.h"
#include "stock/live_stock.h"

namespace onsale::shop {

struct TextBody {
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(TextBody, (), (zh, en))
// An organiser or a show where it is only named.
struct NamedBody {
    std::uint64_t id = 0;
    TextBody name;
};
BOOST_DESCRIBE_STRUCT(NamedBody, (), (id, name))
struct OrganiserBody {
    std::uint64_t id = 0;
    TextBody name;
    std::optional<TextBody> description;
    std::optional<std::string> picture;
};
BOOST_DESCRIBE_STRUCT(OrganiserBody, (), (id, name, description, picture))
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
    bool on_sale = true;
    std::optional<std::string> valid_from;
    std::optional<std::string> valid_until;
};
BOOST_DESCRIBE_STRUCT(TierBody, (),
                      (id, name, description, price, free, on_sale, valid_from, valid_until))
struct CampaignBody {
    std::uint64_t id = 0;
    std::uint64_t session = 0;
    TextBody name;
    TextBody description;
    std::optional<std::string> picture;  // the campaign's, else the show's
    NamedBody organiser;
    ShowBody show;
    std::optional<TextBody> venue;
    std::optional<TextBody> notice;  // what a buyer has to know before buying
    std::string starts_at;           // of the session
    std::string ends_at;
    std::string session_state;  // upcoming, current, ended, cancelled
    std::string opens_at;       // of the campaign
    std::string closes_at;
    std::string state;  // upcoming, current, ended, cancelled
    bool cancelled = false;
    bool one_per_person = false;
    std::uint32_t tickets_per_order = 0;   // the limit that holds
    std::uint32_t orders_per_person = 0;   // 0: no limit
    std::uint32_t tickets_per_person = 0;  // 0: no limit
    std::int64_t hold_minutes = 0;
    bool refund_allowed = false;
    std::optional<std::string> refund_until;        // the last moment to ask; where it is allowed
    std::optional<std::string> refund_fee_percent;  // "2.50"; likewise
    std::vector<TierBody> tiers;
};
BOOST_DESCRIBE_STRUCT(CampaignBody, (),
                      (id, session, name, description, picture, organiser, show, venue, notice,
                       starts_at, ends_at, session_state, opens_at, closes_at, state, cancelled,
                       one_per_person, tickets_per_order, orders_per_person, tickets_per_person,
                       hold_minutes, refund_allowed, refund_until, refund_fee_percent, tiers))

// The moment a page is made for, and what is free then.
struct Present {
    base::Timestamp now;
    const stock::LiveStock& stock;
};
[[nodiscard]] CampaignBody campaign_body(const catalog::SessionEntry& session,
                                         const catalog::CampaignEntry& campaign,
                                         const Present& present);
[[nodiscard]] TierBody tier_body(const catalog::SessionEntry& session,
                                 const catalog::TierEntry& tier, const Present& present);

[[nodiscard]] OrganiserBody organiser_body(const catalog::OrganiserEntry& organiser);

// "2.50" of 250.
[[nodiscard]] std::string hundredths_text(std::int64_t hundredths);
[[nodiscard]] TextBody text_body(const catalog::Text& text);
[[nodiscard]] std::optional<TextBody> optional_text(const catalog::Text& text);  // empty: nothing
// "/pictures/0f3a….png"; nothing for no picture.
[[nodiscard]] std::optional<std::string> picture_url(const std::string& name);
// The picture's name, from its name or its URL.
[[nodiscard]] std::string picture_name(std::string_view given);
// upcoming, current, ended, cancelled.
[[nodiscard]] std::string state_of(const catalog::CampaignEntry& campaign, base::Timestamp now);
[[nodiscard]] std::string state_of(const catalog::SessionEntry& session, base::Timestamp now);

}  // namespace onsale::shop
