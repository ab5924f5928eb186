#include "cli/campaign_file.h"

#include <utility>

#include "cli/internal/campaign_check.h"
#include "domain/limits.h"

namespace onsale::cli {
namespace {

using Section = TomlReader::Section;

constexpr std::uint64_t kLimitMax = 1'000'000;
constexpr std::uint64_t kHoldMinutesMax = 30 * 24 * 60;

api::OrganiserBody read_organiser(TomlReader& reader, const Section& section) {
    reader.only(section, {"id", "name"});
    return {reader.id(section, "id"),
            reader.texts(section, "name", Need::required).value_or(api::TextBody{})};
}

api::NewShowBody read_show(TomlReader& reader, const Section& section) {
    reader.only(section, {"id", "name", "description"});
    return {reader.id(section, "id"),
            reader.texts(section, "name", Need::required).value_or(api::TextBody{}),
            reader.texts(section, "description", Need::optional)};
}

api::NewTimesBody read_times(TomlReader& reader, const Section& section) {
    reader.only(section, {"id", "starts_at", "ends_at", "orders_per_person", "tickets_per_person"});
    api::NewTimesBody body;
    body.id = reader.id(section, "id");
    body.starts_at = reader.time(section, "starts_at", Need::required).value_or("");
    body.ends_at = reader.time(section, "ends_at", Need::required).value_or("");
    body.orders_per_person = reader.number(section, "orders_per_person", kLimitMax);
    body.tickets_per_person = reader.number(section, "tickets_per_person", kLimitMax);
    return body;
}

api::NewPoolBody read_pool(TomlReader& reader, const Section& section,
                           std::vector<CodeSource>& sources) {
    reader.only(section, {"id", "count", "codes"});
    api::NewPoolBody body;
    body.id = reader.id(section, "id");
    body.count = reader.number(section, "count", domain::kStockPerPoolMax);
    const auto codes = reader.table(section, "codes", section.name(), Need::optional);
    if (codes) {
        reader.only(*codes, {"list", "file"});
        body.list = reader.id(*codes, "list");
        sources.push_back({*body.list, reader.text(*codes, "file", Need::required).value_or(""),
                           reader.place_of(*codes)});
    }
    if (codes && body.count)
        reader.mistake(reader.place_of(section), "the pool has both count and codes",
                       "keep one of them");
    if (!codes && !body.count) {
        reader.mistake(reader.place_of(section), "the pool has neither count nor codes",
                       "add count = 500 or codes = { list = 5001, file = \"codes.csv\" }");
    }
    body.kind = codes ? "codes" : "count";
    return body;
}

api::NewTierBody read_tier(TomlReader& reader, const Section& section) {
    reader.only(section, {"id", "name", "description", "pool", "price", "currency", "valid_from",
                          "valid_until"});
    api::NewTierBody body;
    body.id = reader.id(section, "id");
    body.name = reader.texts(section, "name", Need::required).value_or(api::TextBody{});
    body.description = reader.texts(section, "description", Need::optional);
    body.pool = reader.id(section, "pool");
    body.price = reader.text(section, "price", Need::optional);
    body.currency = reader.text(section, "currency", Need::optional);
    body.valid_from = reader.time(section, "valid_from", Need::optional);
    body.valid_until = reader.time(section, "valid_until", Need::optional);
    return body;
}

api::NewCampaignBody read_campaign(TomlReader& reader, const Section& section) {
    reader.only(section, {"id", "name", "description", "opens_at", "closes_at", "one_per_person",
                          "tickets_per_order", "hold_minutes", "tiers"});
    api::NewCampaignBody body;
    body.id = reader.id(section, "id");
    body.name = reader.texts(section, "name", Need::required).value_or(api::TextBody{});
    body.description = reader.texts(section, "description", Need::optional);
    body.opens_at = reader.time(section, "opens_at", Need::required).value_or("");
    body.closes_at = reader.time(section, "closes_at", Need::required).value_or("");
    body.one_per_person = reader.truth(section, "one_per_person");
    body.tickets_per_order =
        reader.number(section, "tickets_per_order", domain::kTicketsPerOrderMax);
    body.hold_minutes = reader.number(section, "hold_minutes", kHoldMinutesMax);
    body.tiers = reader.ids(section, "tiers");
    return body;
}

}  // namespace

CampaignFile read_campaign_file(std::string_view text, const std::string& file,
                                Mistakes& mistakes) {
    CampaignFile out;
    const auto reader = TomlReader::parse(text, file, mistakes, out.places);
    if (!reader) return out;
    const Section root = reader->root();
    reader->only(root, {"organiser", "show", "session", "pool", "tier", "campaign"});
    if (const auto section = reader->table(root, "organiser", "organiser", Need::required))
        out.body.organiser = read_organiser(*reader, *section);
    if (const auto section = reader->table(root, "show", "show", Need::required))
        out.body.show = read_show(*reader, *section);
    if (const auto section = reader->table(root, "session", "session", Need::required))
        out.body.session = read_times(*reader, *section);
    for (const auto& section : reader->tables(root, "pool", "pools"))
        out.body.pools.push_back(read_pool(*reader, section, out.codes));
    for (const auto& section : reader->tables(root, "tier", "tiers"))
        out.body.tiers.push_back(read_tier(*reader, section));
    for (const auto& section : reader->tables(root, "campaign", "campaigns"))
        out.body.campaigns.push_back(read_campaign(*reader, section));
    // What does not even have the right types would only be complained about twice.
    if (mistakes.empty()) check_campaign(out.body, out.places, file, mistakes);
    return out;
}

}  // namespace onsale::cli
