#include "cli/internal/campaign_check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/time.h"

namespace onsale::cli {
namespace {

class Check {
  public:
    Check(const Places& places, const std::string& file, Mistakes& mistakes)
        : places_(places), file_(file), mistakes_(mistakes) {}

    void wrong(const std::string& field, std::string what, std::string remedy) {
        if (mistakes_.size() == kMistakesMax) return;
        mistakes_.push_back(
            {find_place(places_, field, file_), field + " " + std::move(what), std::move(remedy)});
    }
    void before(const std::string& first, const std::string& first_time, const std::string& second,
                const std::string& second_time) {
        const auto a = base::parse_rfc3339(first_time);
        const auto b = base::parse_rfc3339(second_time);
        if (a && b && *a < *b) return;
        wrong(second, "is not after " + first, "correct one of them");
    }
    void price(const std::string& field, std::string_view text) {
        const auto point = text.find('.');
        const auto whole = text.substr(0, point);
        const auto cents =
            point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
        const auto digits = [](std::string_view part) {
            return !part.empty() &&
                   std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
        };
        if (digits(whole) && digits(cents) && cents.size() <= 2 && whole.size() <= 12) return;
        wrong(field, "is not an amount of money",
              "write it as \"12.50\", with at most two decimals");
    }
    void text(const std::string& field, const api::TextBody& text) {
        if (text.zh.empty()) wrong(field + ".zh", "is empty", "give a name");
        if (text.en.empty()) wrong(field + ".en", "is empty", "give a name");
    }

  private:
    const Places& places_;
    const std::string& file_;
    Mistakes& mistakes_;
};

template <class Element>
std::set<std::uint64_t> check_ids(Check& check, const std::vector<Element>& elements,
                                  const std::string& name) {
    std::set<std::uint64_t> ids;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (ids.insert(elements[i].id).second) continue;
        check.wrong(name + "[" + std::to_string(i) + "].id", "is used twice",
                    "give each its own number");
    }
    return ids;
}

void check_tier(Check& check, const api::NewTierBody& tier, const std::string& name,
                const std::set<std::uint64_t>& pools) {
    check.text(name + ".name", tier.name);
    if (!pools.contains(tier.pool))
        check.wrong(name + ".pool", "names no pool of this file", "use the id of a [[pool]]");
    if (tier.price) check.price(name + ".price", *tier.price);
    if (tier.currency && *tier.currency != "CNY" && *tier.currency != "USD" &&
        *tier.currency != "EUR") {
        check.wrong(name + ".currency", "is not a currency we know", "use CNY, USD or EUR");
    }
    if (tier.valid_from && tier.valid_until)
        check.before(name + ".valid_from", *tier.valid_from, name + ".valid_until",
                     *tier.valid_until);
}

void check_rules(Check& check, const api::NewCampaignBody& campaign, const std::string& name,
                 const std::set<std::uint64_t>& tiers) {
    check.text(name + ".name", campaign.name);
    check.before(name + ".opens_at", campaign.opens_at, name + ".closes_at", campaign.closes_at);
    if (campaign.hold_minutes == 0)
        check.wrong(name + ".hold_minutes", "is 0", "give at least 1 minute");
    if (campaign.tiers.empty()) check.wrong(name + ".tiers", "is empty", "name at least one tier");
    std::set<std::uint64_t> seen;
    for (std::size_t i = 0; i < campaign.tiers.size(); ++i) {
        const std::string field = name + ".tiers[" + std::to_string(i) + "]";
        if (!tiers.contains(campaign.tiers[i]))
            check.wrong(field, "names no tier of this file", "use the id of a [[tier]]");
        if (!seen.insert(campaign.tiers[i]).second)
            check.wrong(field, "stands twice", "remove one");
    }
}

}  // namespace

Place find_place(const Places& places, std::string field, const std::string& file) {
    while (!field.empty()) {
        const auto found = places.find(field);
        if (found != places.end()) return found->second;
        const auto end = field.find_last_of(".[");
        field.erase(end == std::string::npos ? 0 : end);
    }
    return {file, 0, 0};
}

void check_campaign(const api::NewSessionBody& body, const Places& places, const std::string& file,
                    Mistakes& mistakes) {
    Check check(places, file, mistakes);
    check.text("organiser.name", body.organiser.name);
    check.text("show.name", body.show.name);
    check.before("session.starts_at", body.session.starts_at, "session.ends_at",
                 body.session.ends_at);
    const auto pools = check_ids(check, body.pools, "pools");
    const auto tiers = check_ids(check, body.tiers, "tiers");
    check_ids(check, body.campaigns, "campaigns");
    std::set<std::uint64_t> lists;
    for (std::size_t i = 0; i < body.pools.size(); ++i) {
        const auto& pool = body.pools[i];
        const std::string name = "pools[" + std::to_string(i) + "]";
        if (pool.count == 0) check.wrong(name + ".count", "is 0", "give at least 1");
        if (pool.list && !lists.insert(*pool.list).second)
            check.wrong(name + ".list", "is used twice", "give each list its own number");
    }
    for (std::size_t i = 0; i < body.tiers.size(); ++i)
        check_tier(check, body.tiers[i], "tiers[" + std::to_string(i) + "]", pools);
    for (std::size_t i = 0; i < body.campaigns.size(); ++i) {
        check_rules(check, body.campaigns[i], "campaigns[" + std::to_string(i) + "]", tiers);
    }
}

}  // namespace onsale::cli
