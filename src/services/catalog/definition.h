// SessionDefinition: a campaign file as it was submitted, before anything is believed: times and
// prices are still text, so that every mistake is found in one place and named by its field
// ("campaigns[0].closes_at"). Plain values without an owner.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace onsale::catalog {

// A text in the two languages of the site.
struct Text {
    std::string zh;
    std::string en;
    bool operator==(const Text&) const = default;
};

struct OrganiserDefinition {
    std::uint64_t id = 0;
    Text name;
};
struct ShowDefinition {
    std::uint64_t id = 0;
    Text name;
    Text description;  // may be empty
};
struct TimesAndLimits {
    std::uint64_t id = 0;   // of the session
    std::string starts_at;  // RFC 3339
    std::string ends_at;
    std::uint64_t orders_per_person = 0;   // 0: no limit
    std::uint64_t tickets_per_person = 0;  // 0: no limit
};
// Exactly one of `count` and `list`.
struct PoolDefinition {
    std::uint64_t id = 0;
    std::string kind;  // "count", "codes", or empty: what follows from the other fields
    std::optional<std::uint64_t> count;
    std::optional<std::uint64_t> list;  // a sealed list of the vault
};
struct TierDefinition {
    std::uint64_t id = 0;
    Text name;
    Text description;
    std::uint64_t pool = 0;
    std::string price;       // "12.50", at most two decimals; empty: free
    std::string currency;    // CNY (also when empty), USD, EUR
    std::string valid_from;  // RFC 3339 or empty
    std::string valid_until;
};
struct CampaignDefinition {
    std::uint64_t id = 0;
    Text name;
    Text description;
    std::string opens_at;
    std::string closes_at;
    bool one_per_person = false;
    std::uint64_t tickets_per_order = 0;        // 0: the domain's limit
    std::optional<std::uint64_t> hold_minutes;  // absent: 15
    std::vector<std::uint64_t> tiers;
};

struct SessionDefinition {
    OrganiserDefinition organiser;
    ShowDefinition show;
    TimesAndLimits session;
    std::vector<PoolDefinition> pools;
    std::vector<TierDefinition> tiers;
    std::vector<CampaignDefinition> campaigns;
};

}  // namespace onsale::catalog
