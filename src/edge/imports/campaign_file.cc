#include "imports/campaign_file.h"

#include <algorithm>
#include <utility>

#include "domain/limits.h"
#include "imports/toml_reader.h"

namespace onsale::imports {
namespace {

using Section = TomlReader::Section;

constexpr std::uint64_t kLimitMax = 1'000'000;
constexpr std::uint64_t kHoldMinutesMax = 30 * 24 * 60;
constexpr std::uint64_t kRefundUntilHoursMax = 366 * 24;

// The words for tables in the two forms of the file.
struct TableNames {
    std::string_view pool;
    std::string_view tier;
    std::string_view campaign;
};
constexpr TableNames kOneSession{"pool", "tier", "campaign"};
constexpr TableNames kManySessions{"pools", "tiers", "campaigns"};

class FileReader {
  public:
    FileReader(TomlReader& reader, CampaignFile& out) : reader_(reader), out_(out) {}

    void read_one(const Section& root) {
        reader_.only(root, {"organiser", "show", "session", "pool", "tier", "campaign"});
        std::uint64_t organiser = 0;
        if (const auto section = reader_.table(root, "organiser", "organiser", Need::required))
            organiser = read_organiser(*section);
        std::uint64_t show = 0;
        if (const auto section = reader_.table(root, "show", "show", Need::required)) {
            reader_.only(*section, {"id", "name", "description", "venue", "notice", "picture"});
            show = read_show(*section, organiser);
        }
        PlannedSession session;
        const auto noting = reader_.note_in(session.places);
        if (const auto section = reader_.table(root, "session", "session", Need::required)) {
            reader_.only(*section, {"id", "starts_at", "ends_at", "orders_per_person",
                                    "tickets_per_person", "venue", "notice", "refund_allowed",
                                    "refund_until_hours", "refund_fee_percent", "refund_review",
                                    "refund_second_review_from", "late_payment"});
            read_times(*section, session);
        }
        session.definition.show.id = show;
        read_parts(root, kOneSession, session);
        out_.sessions.push_back(std::move(session));
    }

    void read_many(const Section& root) {
        reader_.only(root, {"organisers", "shows", "sessions", "sessions_file"});
        for (const auto& section : reader_.tables(root, "organisers", "", Need::optional))
            read_organiser(TomlReader::named(section, "organiser"));
        for (const auto& each : reader_.tables(root, "shows", "", Need::optional)) {
            const auto section = TomlReader::named(each, "show");
            reader_.only(section,
                         {"id", "organiser", "name", "description", "venue", "notice", "picture"});
            read_show(section, reader_.id(section, "organiser"));
        }
        for (const auto& section : reader_.tables(root, "sessions", "", Need::optional))
            read_session(TomlReader::named(section, "session"));
        if (auto file = reader_.text(root, "sessions_file", Need::optional))
            out_.rows.push_back({std::move(*file), reader_.place_of(root, "sessions_file")});
    }

  private:
    std::uint64_t read_organiser(const Section& section) {
        PlannedOrganiser organiser;
        const auto noting = reader_.note_in(organiser.places);
        reader_.only(section, {"id", "name", "description", "picture"});
        organiser.place = reader_.place_of(section);
        auto& definition = organiser.definition;
        definition.id = reader_.id(section, "id");
        definition.name = reader_.texts(section, "name", Need::required);
        definition.description = reader_.texts(section, "description", Need::optional);
        definition.picture = read_picture(section);
        const auto id = definition.id;
        out_.organisers.push_back(std::move(organiser));
        return id;
    }

    std::uint64_t read_show(const Section& section, std::uint64_t organiser) {
        PlannedShow show;
        const auto noting = reader_.note_in(show.places);
        show.place = reader_.place_of(section);
        show.organiser = organiser;
        auto& definition = show.definition;
        definition.id = reader_.id(section, "id");
        definition.name = reader_.texts(section, "name", Need::required);
        definition.description = reader_.texts(section, "description", Need::optional);
        definition.venue = reader_.texts(section, "venue", Need::optional);
        definition.notice = reader_.texts(section, "notice", Need::optional);
        definition.picture = read_picture(section);
        if (reader_.has(section, "organiser"))
            show.places.add("organiser", reader_.place_of(section, "organiser"));
        const auto id = definition.id;
        out_.shows.push_back(std::move(show));
        return id;
    }

    void read_session(const Section& section) {
        PlannedSession session;
        const auto noting = reader_.note_in(session.places);
        reader_.only(section,
                     {"show", "id", "starts_at", "ends_at", "orders_per_person",
                      "tickets_per_person", "venue", "notice", "pools", "tiers", "campaigns",
                      "refund_allowed", "refund_until_hours", "refund_fee_percent", "refund_review",
                      "refund_second_review_from", "late_payment"});
        session.definition.show.id = reader_.id(section, "show");
        session.places.add("show", reader_.place_of(section, "show"));
        read_times(section, session);
        read_parts(TomlReader::named(section, ""), kManySessions, session);
        out_.sessions.push_back(std::move(session));
    }

    void read_times(const Section& section, PlannedSession& session) {
        session.place = reader_.place_of(section);
        auto& times = session.definition.session;
        times.id = reader_.id(section, "id");
        times.starts_at = reader_.time(section, "starts_at", Need::required);
        times.ends_at = reader_.time(section, "ends_at", Need::required);
        times.orders_per_person =
            reader_.number(section, "orders_per_person", kLimitMax).value_or(0);
        times.tickets_per_person =
            reader_.number(section, "tickets_per_person", kLimitMax).value_or(0);
        times.venue = reader_.texts(section, "venue", Need::optional);
        times.notice = reader_.texts(section, "notice", Need::optional);
        read_terms(section, session.definition.terms);
    }

    void read_terms(const Section& section, catalog::TermsDefinition& terms) {
        terms.refund_allowed = reader_.truth(section, "refund_allowed");
        terms.refund_until_hours =
            reader_.number(section, "refund_until_hours", kRefundUntilHoursMax);
        terms.refund_fee_percent = reader_.text(section, "refund_fee_percent", Need::optional);
        terms.refund_review = reader_.truth(section, "refund_review");
        terms.refund_second_review_from =
            reader_.text(section, "refund_second_review_from", Need::optional);
        terms.late_payment = reader_.text(section, "late_payment", Need::optional);
    }

    void read_parts(const Section& parent, const TableNames& names, PlannedSession& session) {
        auto& definition = session.definition;
        for (const auto& section : reader_.tables(parent, names.pool, "pools", Need::required))
            definition.pools.push_back(read_pool(section));
        for (const auto& section : reader_.tables(parent, names.tier, "tiers", Need::required))
            definition.tiers.push_back(read_tier(section));
        for (const auto& section :
             reader_.tables(parent, names.campaign, "campaigns", Need::required))
            definition.campaigns.push_back(read_campaign(section));
    }

    catalog::PoolDefinition read_pool(const Section& section) {
        reader_.only(section, {"id", "count", "codes"});
        catalog::PoolDefinition pool;
        pool.id = reader_.id(section, "id");
        pool.count = reader_.number(section, "count", domain::kStockPerPoolMax);
        const auto codes = reader_.table(section, "codes", section.name(), Need::optional);
        if (codes) {
            reader_.only(*codes, {"list", "file"});
            pool.list = reader_.id(*codes, "list");
            out_.codes.push_back({*pool.list,
                                  {reader_.text(*codes, "file", Need::required).value_or(""),
                                   reader_.place_of(*codes, "file")}});
        }
        if (codes && pool.count) {
            reader_.mistake(reader_.place_of(section),
                            {"库存同时写了 count 和 codes", "the pool has both count and codes"},
                            {"请保留其中一个", "keep one of them"});
        }
        if (!codes && !reader_.has(section, "count")) {
            const std::string forms = "count = 500 / codes = { list = 5001, file = \"codes.csv\" }";
            reader_.mistake(reader_.place_of(section),
                            {"库存缺少 count 或 codes", "the pool has neither count nor codes"},
                            {"请填写:" + forms, "write one of " + forms});
        }
        return pool;
    }

    catalog::TierDefinition read_tier(const Section& section) {
        reader_.only(section, {"id", "name", "description", "pool", "price", "currency",
                               "valid_from", "valid_until"});
        catalog::TierDefinition tier;
        tier.id = reader_.id(section, "id");
        tier.name = reader_.texts(section, "name", Need::required);
        tier.description = reader_.texts(section, "description", Need::optional);
        tier.pool = reader_.id(section, "pool");
        tier.price = reader_.text(section, "price", Need::optional).value_or("");
        tier.currency = reader_.text(section, "currency", Need::optional).value_or("");
        tier.valid_from = reader_.time(section, "valid_from", Need::optional);
        tier.valid_until = reader_.time(section, "valid_until", Need::optional);
        return tier;
    }

    catalog::CampaignDefinition read_campaign(const Section& section) {
        reader_.only(section, {"id", "name", "description", "picture", "opens_at", "closes_at",
                               "one_per_person", "tickets_per_order", "hold_minutes", "tiers"});
        catalog::CampaignDefinition campaign;
        campaign.id = reader_.id(section, "id");
        campaign.name = reader_.texts(section, "name", Need::required);
        campaign.description = reader_.texts(section, "description", Need::optional);
        campaign.picture = read_picture(section);
        campaign.opens_at = reader_.time(section, "opens_at", Need::required);
        campaign.closes_at = reader_.time(section, "closes_at", Need::required);
        campaign.one_per_person = reader_.truth(section, "one_per_person").value_or(false);
        campaign.tickets_per_order =
            reader_.number(section, "tickets_per_order", domain::kTicketsPerOrderMax).value_or(0);
        campaign.hold_minutes = reader_.number(section, "hold_minutes", kHoldMinutesMax);
        campaign.tiers = reader_.ids(section, "tiers");
        return campaign;
    }

    // The file's name; the plan turns it into the picture's.
    std::string read_picture(const Section& section) {
        auto file = reader_.text(section, "picture", Need::optional);
        if (!file) return {};
        out_.pictures.push_back({*file, reader_.place_of(section, "picture")});
        return std::move(*file);
    }

    TomlReader& reader_;
    CampaignFile& out_;
};

}  // namespace

CampaignFile read_campaign_file(std::string_view text, std::uint32_t file, Mistakes& mistakes) {
    CampaignFile out;
    const auto reader = TomlReader::parse(text, file, mistakes);
    if (!reader) return out;
    const Section root = reader->root();
    FileReader contents(*reader, out);
    const bool many = reader->has(root, "sessions") || reader->has(root, "sessions_file") ||
                      reader->has(root, "shows") || reader->has(root, "organisers");
    if (many) {
        contents.read_many(root);
    } else {
        contents.read_one(root);
    }
    return out;
}

std::vector<std::string> files_named_in(std::string_view text) {
    Mistakes ignored;
    const auto file = read_campaign_file(text, 0, ignored);
    std::vector<std::string> names;
    const auto add = [&names](const std::string& name) {
        if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
    };
    for (const auto& source : file.codes) add(source.file.file);
    for (const auto& picture : file.pictures) add(picture.file);
    for (const auto& rows : file.rows) add(rows.file);
    return names;
}

}  // namespace onsale::imports
