#include "imports/session_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "domain/ids.h"
#include "imports/csv_reader.h"

namespace onsale::imports {
namespace {

enum Column : std::size_t {
    show,
    session,
    starts_at,
    ends_at,
    orders_per_person,
    tickets_per_person,
    pool,
    count,
    tier,
    tier_name_zh,
    tier_name_en,
    price,
    currency,
    valid_from,
    valid_until,
    campaign,
    campaign_name_zh,
    campaign_name_en,
    opens_at,
    closes_at,
    one_per_person,
    tickets_per_order,
    hold_minutes,
    refund_allowed,
    refund_until_hours,
    refund_fee_percent,
    refund_review,
    refund_second_review_from,
    late_payment,
};
constexpr std::array<CsvReader::Column, 29> kColumns = {{
    {"show"},
    {"session"},
    {"starts_at"},
    {"ends_at"},
    {"orders_per_person", false},
    {"tickets_per_person", false},
    {"pool"},
    {"count"},
    {"tier"},
    {"tier_name_zh"},
    {"tier_name_en"},
    {"price", false},
    {"currency", false},
    {"valid_from", false},
    {"valid_until", false},
    {"campaign"},
    {"campaign_name_zh"},
    {"campaign_name_en"},
    {"opens_at"},
    {"closes_at"},
    {"one_per_person", false},
    {"tickets_per_order", false},
    {"hold_minutes", false},
    {"refund_allowed", false},
    {"refund_until_hours", false},
    {"refund_fee_percent", false},
    {"refund_review", false},
    {"refund_second_review_from", false},
    {"late_payment", false},
}};

class RowReader {
  public:
    RowReader(CsvReader& csv, std::vector<PlannedSession>& sessions, Mistakes& mistakes)
        : csv_(csv), sessions_(sessions), mistakes_(mistakes) {}

    void read_row() {
        PlannedSession& into = session_of_row();
        auto& definition = into.definition;
        const std::uint64_t pool_id = read_pool(into);
        const std::uint64_t tier_id = read_tier(into, pool_id);
        auto& campaigns = definition.campaigns;
        const auto id = number(campaign).value_or(0);
        const auto found = std::ranges::find(campaigns, id, &catalog::CampaignDefinition::id);
        if (found == campaigns.end()) {
            note(into, "campaigns", campaigns.size(),
                 {{"", campaign},
                  {".id", campaign},
                  {".name", campaign_name_zh},
                  {".opens_at", opens_at},
                  {".closes_at", closes_at},
                  {".hold_minutes", hold_minutes},
                  {".tickets_per_order", tickets_per_order}});
            campaigns.push_back(read_campaign(id));
            campaigns.back().tiers.push_back(tier_id);
            return;
        }
        same(campaign_name_zh, found->name.zh);
        same(campaign_name_en, found->name.en);
        same(opens_at, found->opens_at);
        same(closes_at, found->closes_at);
        found->tiers.push_back(tier_id);
    }

  private:
    struct Field {
        const char* name;
        Column column;
    };

    PlannedSession& session_of_row() {
        const auto id = number(session).value_or(0);
        const auto [place, fresh] = numbers_.try_emplace(id, sessions_.size());
        if (!fresh) {
            auto& known = sessions_[place->second];
            same(show, std::to_string(known.definition.show.id));
            same(starts_at, known.definition.session.starts_at);
            same(ends_at, known.definition.session.ends_at);
            same_terms(known.definition.terms);
            return known;
        }
        auto& made = sessions_.emplace_back();
        made.place = csv_.place(session);
        made.definition.show.id = number(show).value_or(0);
        auto& times = made.definition.session;
        times.id = id;
        times.starts_at = csv_.cell(starts_at);
        times.ends_at = csv_.cell(ends_at);
        times.orders_per_person = optional_number(orders_per_person).value_or(0);
        times.tickets_per_person = optional_number(tickets_per_person).value_or(0);
        for (const auto& [name, column] :
             {Field{"show", show}, Field{"session.id", session},
              Field{"session.starts_at", starts_at}, Field{"session.ends_at", ends_at},
              Field{"session.orders_per_person", orders_per_person},
              Field{"session.tickets_per_person", tickets_per_person}})
            made.places.add(name, csv_.place(column));
        made.definition.terms = read_terms();
        for (std::size_t column = refund_allowed; column <= late_payment; ++column)
            made.places.add("session." + std::string(kColumns[column].name), csv_.place(column));
        return made;
    }

    // Empty: as in a campaign file that does not speak of it.
    catalog::TermsDefinition read_terms() {
        catalog::TermsDefinition made;
        made.refund_allowed = optional_truth(refund_allowed);
        made.refund_until_hours = optional_hours(refund_until_hours);
        made.refund_fee_percent = optional_text(refund_fee_percent);
        made.refund_review = optional_truth(refund_review);
        made.refund_second_review_from = optional_text(refund_second_review_from);
        made.late_payment = optional_text(late_payment);
        return made;
    }

    void same_terms(const catalog::TermsDefinition& first) {
        const auto truth_text = [](std::optional<bool> value) {
            return !value ? std::string() : std::string(*value ? "true" : "false");
        };
        same(refund_allowed, truth_text(first.refund_allowed));
        same(refund_until_hours,
             first.refund_until_hours ? std::to_string(*first.refund_until_hours) : std::string());
        same(refund_fee_percent, first.refund_fee_percent.value_or(std::string()));
        same(refund_review, truth_text(first.refund_review));
        same(refund_second_review_from, first.refund_second_review_from.value_or(std::string()));
        same(late_payment, first.late_payment.value_or(std::string()));
    }

    std::uint64_t read_pool(PlannedSession& into) {
        auto& pools = into.definition.pools;
        const auto id = number(pool).value_or(0);
        const auto found = std::ranges::find(pools, id, &catalog::PoolDefinition::id);
        if (found != pools.end()) {
            same(count, std::to_string(found->count.value_or(0)));
            return id;
        }
        note(into, "pools", pools.size(), {{"", pool}, {".id", pool}, {".count", count}});
        catalog::PoolDefinition made;
        made.id = id;
        made.count = number(count);
        pools.push_back(std::move(made));
        return id;
    }

    std::uint64_t read_tier(PlannedSession& into, std::uint64_t pool_id) {
        auto& tiers = into.definition.tiers;
        note(into, "tiers", tiers.size(),
             {{"", tier},
              {".id", tier},
              {".name", tier_name_zh},
              {".pool", pool},
              {".price", price},
              {".currency", currency},
              {".valid_from", valid_from},
              {".valid_until", valid_until}});
        catalog::TierDefinition made;
        made.id = number(tier).value_or(0);
        made.name = {std::string(csv_.cell(tier_name_zh)), std::string(csv_.cell(tier_name_en))};
        made.pool = pool_id;
        made.price = csv_.cell(price);
        made.currency = csv_.cell(currency);
        made.valid_from = csv_.cell(valid_from);
        made.valid_until = csv_.cell(valid_until);
        const auto id = made.id;
        tiers.push_back(std::move(made));
        return id;
    }

    catalog::CampaignDefinition read_campaign(std::uint64_t id) {
        catalog::CampaignDefinition made;
        made.id = id;
        made.name = {std::string(csv_.cell(campaign_name_zh)),
                     std::string(csv_.cell(campaign_name_en))};
        made.opens_at = csv_.cell(opens_at);
        made.closes_at = csv_.cell(closes_at);
        made.one_per_person = truth(one_per_person);
        made.tickets_per_order = optional_number(tickets_per_order).value_or(0);
        made.hold_minutes = optional_number(hold_minutes);
        return made;
    }

    // A number that must be there; 0 and nothing else is a mistake too.
    std::optional<std::uint64_t> number(Column column) {
        std::uint64_t value = 0;
        const auto text = csv_.cell(column);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = error == std::errc{} && end == text.data() + text.size();
        if (whole && value >= 1 && value <= domain::kIdMax) return value;
        wrong(column, {"不是 1 至 9007199254740991 的整数",
                       "is not a whole number from 1 to 9007199254740991"});
        return std::nullopt;
    }
    // Empty and 0: nothing.
    std::optional<std::uint64_t> optional_number(Column column) {
        const auto text = csv_.cell(column);
        if (text.empty() || text == "0") return std::nullopt;
        return number(column);
    }
    bool truth(Column column) { return optional_truth(column).value_or(false); }
    std::optional<bool> optional_truth(Column column) {
        const auto text = csv_.cell(column);
        if (text.empty()) return std::nullopt;
        if (text != "true" && text != "false")
            wrong(column, {"须为 true、false 或留空", "is not true, false or empty"});
        return text != "false";
    }
    std::optional<std::string> optional_text(Column column) {
        const auto text = csv_.cell(column);
        if (text.empty()) return std::nullopt;
        return std::string(text);
    }
    // 0 is an answer: up to the start.
    std::optional<std::uint64_t> optional_hours(Column column) {
        const auto text = csv_.cell(column);
        if (text == "0") return 0;
        return text.empty() ? std::nullopt : number(column);
    }
    // A later row of the same thing repeats what the first one says, or leaves it empty.
    void same(Column column, const std::string& first) {
        const auto text = csv_.cell(column);
        if (text.empty() || text == first) return;
        wrong(column, {"与前面的行不同:" + first, "differs from an earlier row: " + first});
    }
    void wrong(Column column, const Words& message) {
        const std::string name = std::string(kColumns[column].name) + " ";
        mistakes_.add(csv_.place(column), {name + message.zh, name + message.en},
                      {"请更正该单元格", "correct the cell"});
    }
    void note(PlannedSession& into, const std::string& list, std::size_t index,
              std::initializer_list<Field> fields) {
        const std::string name = list + "[" + std::to_string(index) + "]";
        for (const auto& field : fields)
            into.places.add(name + field.name, csv_.place(field.column));
    }

    CsvReader& csv_;
    std::vector<PlannedSession>& sessions_;
    Mistakes& mistakes_;
    std::unordered_map<std::uint64_t, std::size_t> numbers_;  // of sessions of this file
};

}  // namespace

void read_session_rows(std::string_view text, std::uint32_t file,
                       std::vector<PlannedSession>& sessions, Mistakes& mistakes) {
    auto csv = CsvReader::open(text, file, kColumns, mistakes);
    if (!csv) return;
    RowReader reader(*csv, sessions, mistakes);
    while (csv->next() && sessions.size() <= kSessionsMax) reader.read_row();
}

}  // namespace onsale::imports
