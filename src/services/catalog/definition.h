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
    [[nodiscard]] bool empty() const { return zh.empty() && en.empty(); }
};

// Pictures are named as Pictures::put() has named them. In a session's definition an empty
// description, venue, notice or picture says nothing about an organiser or show that is there.
struct OrganiserDefinition {
    std::uint64_t id = 0;
    Text name;
    Text description;
    std::string picture;
};
struct ShowDefinition {
    std::uint64_t id = 0;
    Text name;
    Text description;
    Text venue;
    Text notice;  // what a buyer has to know before buying
    std::string picture;
};
struct TimesAndLimits {
    std::uint64_t id = 0;   // of the session
    std::string starts_at;  // RFC 3339
    std::string ends_at;
    std::uint64_t orders_per_person = 0;   // 0: no limit
    std::uint64_t tickets_per_person = 0;  // 0: no limit
    Text venue;                            // empty: the show's
    Text notice;                           // likewise
    bool sale_ends_at_start = false;       // campaigns close before it starts
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
    std::string picture;
};

// What holds for refunds and for payments that come late. Where no field is given, nothing is given
// back to buyers who ask for it, and late money goes back. Where one of the refund's is, refunds
// are allowed unless refund_allowed says otherwise.
struct TermsDefinition {
    std::optional<bool> refund_allowed;
    std::optional<std::uint64_t> refund_until_hours;       // before the start; absent: 48
    std::optional<std::string> refund_fee_percent;         // "2.5", two decimals; absent: "10"
    std::optional<bool> refund_review;                     // absent: true
    std::optional<std::string> refund_second_review_from;  // "500.00"; absent or 0: never
    std::optional<std::string> late_payment;               // refund, same, same_or_better
    [[nodiscard]] bool speaks_of_refunds() const {
        return refund_allowed || refund_until_hours || refund_fee_percent || refund_review ||
               refund_second_review_from;
    }
    [[nodiscard]] bool empty() const { return !speaks_of_refunds() && !late_payment; }
};

struct SessionDefinition {
    OrganiserDefinition organiser;
    ShowDefinition show;
    TimesAndLimits session;
    std::vector<PoolDefinition> pools;
    std::vector<TierDefinition> tiers;
    std::vector<CampaignDefinition> campaigns;
    TermsDefinition terms{};
};

// Edits: what has no value stays as it is.
struct SessionEdit {
    std::uint64_t id = 0;
    std::optional<std::string> starts_at;  // RFC 3339
    std::optional<std::string> ends_at;
    std::optional<std::uint64_t> orders_per_person;
    std::optional<std::uint64_t> tickets_per_person;
    std::optional<Text> venue;  // an empty text: the show's again
    std::optional<Text> notice;
};
// By itself, since it is a change of its own for the box office.
struct TermsEdit {
    std::uint64_t id = 0;  // of the session
    TermsDefinition terms;
};
struct TierEdit {
    std::uint64_t id = 0;
    std::optional<Text> name;
    std::optional<Text> description;
    std::optional<std::string> price;  // in the session's currency
    std::optional<bool> on_sale;
    std::optional<std::string> valid_from;  // empty: no longer bounded
    std::optional<std::string> valid_until;
};
struct CampaignEdit {
    std::uint64_t id = 0;
    std::optional<Text> name;
    std::optional<Text> description;
    std::optional<std::string> picture;  // empty: none
    std::optional<std::string> opens_at;
    std::optional<std::string> closes_at;
    std::optional<bool> one_per_person;
    std::optional<std::uint64_t> tickets_per_order;
    std::optional<std::uint64_t> hold_minutes;
    std::optional<std::vector<std::uint64_t>> tiers;
};
struct BannerDefinition {
    std::string picture;
    Text title;
    std::optional<std::uint64_t> show;  // at most one of the two
    std::optional<std::uint64_t> campaign;
    std::string from;  // RFC 3339 or empty
    std::string until;
};

}  // namespace onsale::catalog
