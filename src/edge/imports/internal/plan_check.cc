#include "imports/internal/plan_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/time.h"
#include "catalog/limits.h"
#include "domain/limits.h"

namespace onsale::imports {
namespace {

// Ids that may stand only once in an import, with the place where they did.
class Once {
  public:
    Once(const Plan& plan, Mistakes& mistakes) : plan_(plan), mistakes_(mistakes) {}

    void see(std::uint64_t id, Place place, const Words& what) {
        const auto [known, fresh] = seen_.try_emplace(id, place);
        if (fresh) return;
        const std::string there =
            plan_.files[known->second.file].name + ":" + std::to_string(known->second.line);
        const std::string number = " " + std::to_string(id) + " ";
        mistakes_.add(
            place, {what.zh + number + "已用于 " + there, what.en + number + "stands in " + there},
            {"请使用不同的编号", "give each its own number"});
    }

  private:
    const Plan& plan_;
    Mistakes& mistakes_;
    std::map<std::uint64_t, Place> seen_;
};

// One definition with the places of its fields.
class Check {
  public:
    Check(const Places& places, Place around, Mistakes& mistakes)
        : places_(places), around_(around), mistakes_(mistakes) {}

    [[nodiscard]] Place place(const std::string& field) const {
        return places_.find(field, around_);
    }
    void wrong(const std::string& field, const Words& message, Words remedy) {
        mistakes_.add(place(field), {field + " " + message.zh, field + " " + message.en},
                      std::move(remedy));
    }
    std::optional<base::Timestamp> time(const std::string& field, const std::string& text) {
        if (text.empty()) return std::nullopt;
        const auto parsed = base::parse_rfc3339(text);
        if (!parsed) {
            wrong(field, {"不是带时区的时间", "is not a time with an offset"},
                  {"请写成 2026-12-31T20:00:00+08:00", "write it as 2026-12-31T20:00:00+08:00"});
        }
        return parsed;
    }
    void before(const std::string& first, const std::optional<base::Timestamp>& a,
                const std::string& second, const std::optional<base::Timestamp>& b) {
        if (!a || !b || *a < *b) return;
        wrong(second, {"不晚于 " + first, "is not after " + first},
              {"请更正其中一个", "correct one of them"});
    }
    void needed(const std::string& field, const std::string& text) {
        if (text.empty()) wrong(field, {"为空", "is empty"}, {"请填写", "fill it in"});
    }
    void name(const std::string& field, const catalog::Text& text) {
        needed(field + ".zh", text.zh);
        needed(field + ".en", text.en);
        length(field, text, catalog::kNameBytesMax);
    }
    void length(const std::string& field, const catalog::Text& text, std::size_t max) {
        const std::string most = std::to_string(max);
        const Words message{"超过 " + most + " 字节", "has more than " + most + " bytes"};
        const Words remedy{"请缩短", "shorten it"};
        if (text.zh.size() > max) wrong(field + ".zh", message, remedy);
        if (text.en.size() > max) wrong(field + ".en", message, remedy);
    }
    void size(const std::string& field, std::size_t size, std::size_t max) {
        const std::string most = std::to_string(max);
        if (size == 0) {
            wrong(field, {"为空", "is empty"}, {"至少填写一个", "give at least one"});
        } else if (size > max) {
            wrong(field, {"超过 " + most + " 个", "has more than " + most + " entries"},
                  {"请拆分为多个场次", "divide it into several sessions"});
        }
    }
    void price(const std::string& field, std::string_view text) {
        if (text.empty()) return;
        const auto point = text.find('.');
        const auto whole = text.substr(0, point);
        const auto cents =
            point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
        const auto digits = [](std::string_view part) {
            return !part.empty() &&
                   std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
        };
        constexpr std::size_t kDigitsMax = 12;
        if (digits(whole) && digits(cents) && cents.size() <= 2 && whole.size() <= kDigitsMax)
            return;
        wrong(field, {"不是金额", "is not an amount of money"},
              {"请写成 12.50,最多两位小数", "write it as 12.50, with at most two decimals"});
    }

  private:
    const Places& places_;
    Place around_;
    Mistakes& mistakes_;
};

std::string element(const char* list, std::size_t index) {
    return std::string(list) + "[" + std::to_string(index) + "]";
}

class PlanCheck {
  public:
    PlanCheck(const Plan& plan, Mistakes& mistakes)
        : plan_(plan),
          mistakes_(mistakes),
          sessions_(plan, mistakes),
          tiers_(plan, mistakes),
          campaigns_(plan, mistakes) {}

    void run() {
        for (const auto& [id, organiser] : plan_.organisers) {
            Check check(organiser.places, organiser.place, mistakes_);
            check.name("organiser.name", organiser.definition.name);
            check.length("organiser.description", organiser.definition.description,
                         catalog::kDescriptionBytesMax);
        }
        for (const auto& [id, show] : plan_.shows) check_show(show);
        for (const auto& session : plan_.sessions) {
            if (mistakes_.full()) return;
            check_session(session);
        }
    }

  private:
    void check_show(const PlannedShow& show) {
        Check check(show.places, show.place, mistakes_);
        check.name("show.name", show.definition.name);
        check.length("show.description", show.definition.description,
                     catalog::kDescriptionBytesMax);
        check.length("show.venue", show.definition.venue, catalog::kVenueBytesMax);
        check.length("show.notice", show.definition.notice, catalog::kDescriptionBytesMax);
        if (plan_.organisers.contains(show.organiser)) return;
        mistakes_.add(
            check.place("organiser"),
            {"文件中没有该主办方", "no organiser of these files has this number"},
            {"请补上 [[organisers]] 或更正编号", "add it to [[organisers]] or correct it"});
    }

    void check_session(const PlannedSession& session) {
        const auto& definition = session.definition;
        Check check(session.places, session.place, mistakes_);
        sessions_.see(definition.session.id, check.place("session.id"), {"场次", "the session"});
        if (!plan_.shows.contains(definition.show.id)) {
            mistakes_.add(check.place("show"),
                          {"文件中没有该活动", "no show of these files has this number"},
                          {"请补上 [[shows]] 或更正编号", "add it to [[shows]] or correct it"});
        }
        check.needed("session.starts_at", definition.session.starts_at);
        check.needed("session.ends_at", definition.session.ends_at);
        const auto starts = check.time("session.starts_at", definition.session.starts_at);
        const auto ends = check.time("session.ends_at", definition.session.ends_at);
        check.before("session.starts_at", starts, "session.ends_at", ends);
        check.length("session.venue", definition.session.venue, catalog::kVenueBytesMax);
        check.length("session.notice", definition.session.notice, catalog::kDescriptionBytesMax);
        check.size("pools", definition.pools.size(), domain::kPoolsPerSessionMax);
        check.size("tiers", definition.tiers.size(), domain::kTiersPerSessionMax);
        check.size("campaigns", definition.campaigns.size(), domain::kCampaignsPerSessionMax);
        check_pools(check, definition);
        check_tiers(check, definition);
        for (std::size_t i = 0; i < definition.campaigns.size(); ++i)
            check_campaign(check, definition, i, ends);
        check_terms(check, definition.terms);
    }

    static void check_terms(Check& check, const catalog::TermsDefinition& terms) {
        check.price("session.refund_fee_percent", terms.refund_fee_percent.value_or(""));
        check.price("session.refund_second_review_from",
                    terms.refund_second_review_from.value_or(""));
        const std::string late = terms.late_payment.value_or("refund");
        if (late == "refund" || late == "same" || late == "same_or_better") return;
        check.wrong(
            "session.late_payment", {"不正确", "is not known"},
            {"请填写 refund、same 或 same_or_better", "write refund, same or same_or_better"});
    }

    void check_pools(Check& check, const catalog::SessionDefinition& definition) {
        std::set<std::uint64_t> ids;
        for (std::size_t i = 0; i < definition.pools.size(); ++i) {
            const auto& pool = definition.pools[i];
            const std::string name = element("pools", i);
            if (!ids.insert(pool.id).second)
                check.wrong(name + ".id", {"重复", "is used twice"},
                            {"请使用不同的编号", "give each its own number"});
            if (pool.count && (*pool.count == 0 || *pool.count > domain::kStockPerPoolMax))
                check.wrong(name + ".count", {"须为 1 至 100000000", "must be from 1 to 100000000"},
                            {"请更正", "correct it"});
        }
    }

    void check_tiers(Check& check, const catalog::SessionDefinition& definition) {
        const auto currency_of = [](const catalog::TierDefinition& tier) {
            return tier.currency.empty() ? std::string("CNY") : tier.currency;
        };
        for (std::size_t i = 0; i < definition.tiers.size(); ++i) {
            const auto& tier = definition.tiers[i];
            const std::string name = element("tiers", i);
            tiers_.see(tier.id, check.place(name + ".id"), {"票种", "the tier"});
            check.name(name + ".name", tier.name);
            check.length(name + ".description", tier.description, catalog::kDescriptionBytesMax);
            if (std::ranges::find(definition.pools, tier.pool, &catalog::PoolDefinition::id) ==
                definition.pools.end())
                check.wrong(name + ".pool", {"不是本场次的库存", "names no pool of its session"},
                            {"请填写本场次库存的编号", "use the id of one of its pools"});
            check.price(name + ".price", tier.price);
            const auto currency = currency_of(tier);
            if (currency != "CNY" && currency != "USD" && currency != "EUR") {
                check.wrong(name + ".currency", {"不是支持的币种", "is not a currency we know"},
                            {"请使用 CNY、USD 或 EUR", "use CNY, USD or EUR"});
            } else if (currency != currency_of(definition.tiers.front())) {
                check.wrong(
                    name + ".currency",
                    {"与本场次其他票种的币种不同", "differs from the session's other tiers"},
                    {"一个场次只用一种币种", "a session has one currency"});
            }
            const auto from = check.time(name + ".valid_from", tier.valid_from);
            const auto until = check.time(name + ".valid_until", tier.valid_until);
            check.before(name + ".valid_from", from, name + ".valid_until", until);
        }
    }

    void check_campaign(Check& check, const catalog::SessionDefinition& definition,
                        std::size_t index, const std::optional<base::Timestamp>& ends) {
        const auto& campaign = definition.campaigns[index];
        const std::string name = element("campaigns", index);
        campaigns_.see(campaign.id, check.place(name + ".id"), {"抢票活动", "the campaign"});
        check.name(name + ".name", campaign.name);
        check.length(name + ".description", campaign.description, catalog::kDescriptionBytesMax);
        check.needed(name + ".opens_at", campaign.opens_at);
        check.needed(name + ".closes_at", campaign.closes_at);
        const auto opens = check.time(name + ".opens_at", campaign.opens_at);
        const auto closes = check.time(name + ".closes_at", campaign.closes_at);
        check.before(name + ".opens_at", opens, name + ".closes_at", closes);
        if (closes && ends && *closes > *ends)
            check.wrong(name + ".closes_at",
                        {"晚于场次结束时间", "is after the end of the session"},
                        {"请提前截止时间", "close it earlier"});
        const auto& hold = campaign.hold_minutes;
        if (hold && (*hold == 0 || *hold > catalog::kHoldMinutesMax))
            check.wrong(name + ".hold_minutes", {"须为 1 至 43200", "must be from 1 to 43200"},
                        {"请更正", "correct it"});
        if (campaign.tickets_per_order > domain::kTicketsPerOrderMax)
            check.wrong(name + ".tickets_per_order", {"最多为 32", "must be at most 32"},
                        {"请更正", "correct it"});
        check.size(name + ".tiers", campaign.tiers.size(), domain::kTiersPerSessionMax);
        std::set<std::uint64_t> seen;
        for (std::size_t i = 0; i < campaign.tiers.size(); ++i) {
            const std::string field = name + ".tiers[" + std::to_string(i) + "]";
            const auto id = campaign.tiers[i];
            if (std::ranges::find(definition.tiers, id, &catalog::TierDefinition::id) ==
                definition.tiers.end())
                check.wrong(field, {"不是本场次的票种", "names no tier of its session"},
                            {"请填写本场次票种的编号", "use the id of one of its tiers"});
            if (!seen.insert(id).second)
                check.wrong(field, {"重复", "stands twice"}, {"请删除一个", "remove one"});
        }
    }

    const Plan& plan_;
    Mistakes& mistakes_;
    Once sessions_;
    Once tiers_;
    Once campaigns_;
};

}  // namespace

void check_plan(const Plan& plan, Mistakes& mistakes) {
    PlanCheck(plan, mistakes).run();
}

}  // namespace onsale::imports
