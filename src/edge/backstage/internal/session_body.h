// The campaign file as JSON: what POST /api/v1/sessions takes and `onsale import` brings. Field
// names are those of the file, with lists in the plural. Plain values and a pure function, any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "catalog/definition.h"
#include "shop/campaign_body.h"

namespace onsale::backstage {

struct NewShowBody {
    std::uint64_t id = 0;
    shop::TextBody name;
    std::optional<shop::TextBody> description;
    std::optional<shop::TextBody> venue;
    std::optional<shop::TextBody> notice;
    std::optional<std::string> picture;
};
BOOST_DESCRIBE_STRUCT(NewShowBody, (), (id, name, description, venue, notice, picture))
struct NewTimesBody {
    std::uint64_t id = 0;
    std::string starts_at;
    std::string ends_at;
    std::optional<std::uint64_t> orders_per_person;
    std::optional<std::uint64_t> tickets_per_person;
    std::optional<shop::TextBody> venue;   // absent: the show's
    std::optional<shop::TextBody> notice;  // likewise
    std::optional<bool> sale_ends_at_start;
    std::optional<bool> refund_allowed;               // true when one of the next four is given
    std::optional<std::uint64_t> refund_until_hours;  // before the start; 48 when absent
    std::optional<std::string> refund_fee_percent;    // "2.5"; "10" when absent
    std::optional<bool> refund_review;                // true when absent
    std::optional<std::string> refund_second_review_from;  // "500.00"; absent or "0": never
    std::optional<std::string> late_payment;  // refund (when absent), same, same_or_better
};
BOOST_DESCRIBE_STRUCT(NewTimesBody, (),
                      (id, starts_at, ends_at, orders_per_person, tickets_per_person, venue, notice,
                       sale_ends_at_start, refund_allowed, refund_until_hours, refund_fee_percent,
                       refund_review, refund_second_review_from, late_payment))
struct NewPoolBody {
    std::uint64_t id = 0;
    std::optional<std::string> kind;  // "count" or "codes"
    std::optional<std::uint64_t> count;
    std::optional<std::uint64_t> list;
};
BOOST_DESCRIBE_STRUCT(NewPoolBody, (), (id, kind, count, list))
struct NewTierBody {
    std::uint64_t id = 0;
    shop::TextBody name;
    std::optional<shop::TextBody> description;
    std::uint64_t pool = 0;
    std::optional<std::string> price;
    std::optional<std::string> currency;
    std::optional<std::string> valid_from;
    std::optional<std::string> valid_until;
};
BOOST_DESCRIBE_STRUCT(NewTierBody, (),
                      (id, name, description, pool, price, currency, valid_from, valid_until))
struct NewCampaignBody {
    std::uint64_t id = 0;
    shop::TextBody name;
    std::optional<shop::TextBody> description;
    std::string opens_at;
    std::string closes_at;
    std::optional<bool> one_per_person;
    std::optional<std::uint64_t> tickets_per_order;
    std::optional<std::uint64_t> hold_minutes;
    std::vector<std::uint64_t> tiers;
    std::optional<std::string> picture;
};
BOOST_DESCRIBE_STRUCT(NewCampaignBody, (),
                      (id, name, description, opens_at, closes_at, one_per_person,
                       tickets_per_order, hold_minutes, tiers, picture))

struct NewSessionBody {
    shop::OrganiserBody organiser;
    NewShowBody show;
    NewTimesBody session;
    std::vector<NewPoolBody> pools;
    std::vector<NewTierBody> tiers;
    std::vector<NewCampaignBody> campaigns;
};
BOOST_DESCRIBE_STRUCT(NewSessionBody, (), (organiser, show, session, pools, tiers, campaigns))

// The terms of a body that has their fields.
template <class Body>
[[nodiscard]] catalog::TermsDefinition terms_of(const Body& body) {
    return {body.refund_allowed, body.refund_until_hours,        body.refund_fee_percent,
            body.refund_review,  body.refund_second_review_from, body.late_payment};
}

[[nodiscard]] catalog::SessionDefinition definition_of(NewSessionBody body);
[[nodiscard]] catalog::CampaignDefinition definition_of(NewCampaignBody body);

[[nodiscard]] catalog::Text text_of(shop::TextBody text);
[[nodiscard]] catalog::Text text_of(std::optional<shop::TextBody> text);  // absent: empty

}  // namespace onsale::backstage
