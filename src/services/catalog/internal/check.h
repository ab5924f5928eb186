// check_definition: from a submitted definition to values that hold together, or the first mistake
// with its field. Pure: nothing is read or written. What only the records know (whether an id is
// taken, whether a list is sealed) is checked later.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/result.h"
#include "catalog/definition.h"
#include "catalog/directory.h"

namespace onsale::catalog {

struct FieldError {
    std::string field;    // "campaigns[0].closes_at"
    std::string message;  // an English sentence
};
template <class T>
using Checked = base::Result<T, FieldError>;

// A number's first stock has the highest id, so that the operator's own additions may count 1, 2,
// 3, …
inline constexpr domain::AdditionId kFirstStock{domain::kIdMax};

// The entry's definition is set; its pools of codes have their list as an addition without count
// and digest. The shard is not set.
[[nodiscard]] Checked<SessionEntry> check_definition(const SessionDefinition& definition);

[[nodiscard]] Checked<OrganiserEntry> check_organiser(const OrganiserDefinition& organiser);
[[nodiscard]] Checked<ShowEntry> check_show(const ShowDefinition& show, OrganiserId organiser);
// Fields are named below "campaign", "tier" and "session".
[[nodiscard]] Checked<CampaignEntry> check_campaign(const CampaignDefinition& campaign,
                                                    const domain::Session& session);
[[nodiscard]] Checked<TierEntry> check_tier(const TierDefinition& tier,
                                            const domain::Session& session);
// A session without pools, tiers and campaigns.
[[nodiscard]] Checked<domain::Session> check_times(const TimesAndLimits& times);
// What holds after `given` has changed what held before.
struct Terms {
    domain::RefundPolicy refunds;
    domain::LatePayment late_payment = domain::LatePayment::refund;
};
[[nodiscard]] Checked<Terms> check_terms(const TermsDefinition& given, Terms before);
// Whether pictures, shows and campaigns exist is not asked here.
[[nodiscard]] Checked<Banners> check_banners(const std::vector<BannerDefinition>& banners);

// "12.5" with at most two decimals; nothing for anything else. Empty is 0.
[[nodiscard]] std::optional<std::int64_t> parse_price(std::string_view text);
[[nodiscard]] std::optional<base::Currency> parse_currency(std::string_view text);

}  // namespace onsale::catalog
