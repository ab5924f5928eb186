#include "boxoffice/testing/steps.h"

#include <array>
#include <memory>

#include "boxoffice/testing/offer.h"

namespace onsale::boxoffice::testing {
namespace {

using domain::SessionId;

// Sessions 7, 8 and 9; the third is a performance, whose sale ends when it starts. Their campaigns
// have numbers of their own: 1001 to 1003, 2001 to 2003, 3001 to 3003.
std::uint64_t base_of(std::uint64_t session) {
    return 1000 * (session % 3 + 1);
}
SessionId session_id(std::uint8_t number) {
    return SessionId(7 + number % 3U);
}
domain::CampaignId campaign_id(std::uint8_t number) {
    return domain::CampaignId(base_of(number / 4U) + 1 + number % 4U);
}

domain::Session session_of(const Step& step) {
    domain::Session session = offer(1 + step.b % 5U, 1 + step.b % 7U);
    session.id = session_id(step.a);
    for (auto& campaign : session.campaigns) {
        campaign.id = domain::CampaignId(campaign.id.value() - 1000 + base_of(step.a));
    }
    session.sale_ends_at_start = step.a % 3U == 2;
    session.orders_per_person = step.person % 3U;
    session.tickets_per_person = step.person % 4U;
    return session;
}

// What must not be accepted: one mistake each, a few of them at the very edge of a limit.
void spoil(domain::Session& session, std::uint8_t mistake) {
    switch (mistake % 16U) {
        case 1:
            session.tiers[1].id = session.tiers[0].id;
            break;
        case 2:
            session.campaigns[0].closes_at = session.ends_at + base::Duration::milliseconds(1);
            break;
        case 3:
            session.pools[0].additions[0].count = 0;
            break;
        case 4:
            session.campaigns[1].id = domain::CampaignId(1001);
            break;
        case 5:
            session.tiers[2].price.currency = base::Currency::eur;
            break;
        case 6:
            session.pools[1].withdrawals = {{domain::WithdrawalId(1), 1}};
            break;
        case 7:
            session.campaigns[2].tiers.push_back(session.campaigns[2].tiers[0]);
            break;
        case 8:
            session.campaigns[0].hold_time = base::Duration();
            break;
        case 9:
            session.ends_at = session.starts_at - base::Duration::milliseconds(1);
            break;
        case 10:
            session.pools[0].additions[0].count = domain::kStockPerPoolMax;
            break;
        case 11:
            session.tiers[0].pool = domain::PoolId(3);
            break;
        default:
            break;
    }
}

domain::Command set_up_of(const Step& step) {
    domain::Session session = session_of(step);
    spoil(session, step.c);
    return set_up(session);
}

domain::Command place_of(const Step& step) {
    domain::PlaceOrder place{domain::PersonId(1 + step.person % 3U),
                             campaign_id(step.a),
                             {},
                             step.c % 4U,
                             step.c / 4U % 2U};
    if (step.b % 3U > 0)
        place.lines.push_back({domain::TierId(11 + step.b / 3U % 4U), step.b / 12U % 4U});
    if (step.b % 3U > 1)
        place.lines.push_back({domain::TierId(11 + step.b / 48U % 4U), 1 + step.b / 192U});
    return place;
}

domain::Command campaign_of(const Step& step) {
    auto changed = campaign(campaign_id(step.b).value(), step.c % 2U == 1, step.c / 2U % 4U,
                            {domain::TierId(11 + step.c / 8U % 4U)});
    changed.opens_at = at(step.person * 500);
    changed.closes_at = at(100'000 + step.person % 4U * 100'000);
    return domain::ChangeCampaign{session_id(step.a),
                                  std::make_shared<const domain::Campaign>(changed)};
}

domain::Command change_session_of(const Step& step) {
    return domain::ChangeSession{session_id(step.a), at(100'000 + step.b % 4U * 50'000),
                                 at(200'000 + step.b / 4U % 4U * 50'000), step.c % 4U,
                                 step.c / 4U % 6U};
}

domain::Command change_tier_of(const Step& step) {
    constexpr std::array<std::int64_t, 4> kPrices = {0, 100, 8000, -1};
    const auto currency = step.c / 4U % 16U == 15 ? base::Currency::usd : base::Currency::cny;
    return domain::ChangeTier{session_id(step.a),
                              domain::TierId(11 + step.b % 4U),
                              {kPrices[step.c % 4U], currency},
                              step.b / 4U % 4U != 0};
}

domain::Command stock_of(const Step& step) {
    const domain::PoolId pool(1 + step.b % 3U);
    if (step.kind % kStepKinds == 12) {
        const std::uint64_t count =
            step.c / 4U % 64U == 63 ? domain::kStockPerPoolMax : step.c / 4U % 4U;
        return domain::AddStock{
            session_id(step.a), pool, {domain::AdditionId(5000 + step.c % 4U), count, {}}};
    }
    const std::uint64_t id = step.c % 5U == 4 ? domain::kIdMax + 1 : step.c % 5U;
    return domain::WithdrawStock{session_id(step.a), pool, step.c / 5U % 4U,
                                 domain::WithdrawalId(id)};
}

}  // namespace

domain::Command command_of(const Step& step) {
    const domain::PersonId person(1 + step.person % 3U);
    const auto order = domain::make_order_id(domain::ShardId(3), step.a % 12U);
    switch (step.kind % kStepKinds) {
        case 0:
            return domain::ExpireDue{step.a % 4U};
        case 1:
            return domain::EndCancelled{step.a % 4U};
        case 2:
        case 3:
            return set_up_of(step);
        case 4:
            return domain::CancelOrder{person, order};
        case 5:
        case 6:
            return domain::HideOrder{person, order};
        case 7:
            return campaign_of(step);
        case 8:
            return change_session_of(step);
        case 9:
            return change_tier_of(step);
        case 10:
            return domain::CancelSession{session_id(step.a)};
        case 11:
            return domain::RemoveSession{session_id(step.a)};
        case 12:
        case 13:
            return stock_of(step);
        case 14:
            return domain::RetireSession{session_id(step.a)};
        default:
            return place_of(step);
    }
}

base::Duration wait_of(const Step& step) {
    constexpr std::array<std::int64_t, 8> kWaits = {0, 0, 1, 20, 250, 499, 500, 1};
    if (step.wait >= 253) return base::Duration::milliseconds(150'000);
    return base::Duration::milliseconds(kWaits[step.wait % kWaits.size()]);
}

std::string text_of(const Step& step) {
    constexpr std::array<const char*, 15> kNames = {
        "expire",         "end cancelled",  "set up",    "set up",         "cancel",
        "hide",           "hide",           "campaign",  "session",        "tier",
        "cancel session", "remove session", "add stock", "withdraw stock", "retire"};
    const std::size_t kind = step.kind % kStepKinds;
    std::string text = kind < kNames.size() ? kNames[kind] : "place";
    text += " {kind " + std::to_string(kind) + ", person " + std::to_string(step.person);
    text += ", " + std::to_string(step.a) + ", " + std::to_string(step.b);
    return text + ", " + std::to_string(step.c) + ", after " +
           std::to_string(wait_of(step).count_ms()) + " ms}";
}

}  // namespace onsale::boxoffice::testing
