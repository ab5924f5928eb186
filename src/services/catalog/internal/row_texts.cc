#include "catalog/internal/row_texts.h"

#include <charconv>
#include <utility>

#include "base/check.h"
#include "records/rows.h"

namespace onsale::catalog {
namespace {

std::string to_value(const std::optional<base::Timestamp>& time) {
    return time ? std::to_string(time->unix_ms()) : std::string();
}

// The statement's places are the values in their order, then the time, then the row's id.
std::string_view statement_of(TextRow row) {
    switch (row) {
        case TextRow::session:
            return "UPDATE catalog_sessions SET venue_zh = ?1, venue_en = ?2, notice_zh = ?3, "
                   "notice_en = ?4, changed_at_ms = ?5 WHERE session = ?6";
        case TextRow::tier:
            return "UPDATE catalog_tiers SET name_zh = ?1, name_en = ?2, description_zh = ?3, "
                   "description_en = ?4, valid_from_ms = CAST(NULLIF(?5, '') AS INTEGER), "
                   "valid_until_ms = CAST(NULLIF(?6, '') AS INTEGER), changed_at_ms = ?7 "
                   "WHERE tier = ?8";
        case TextRow::campaign:
            return "UPDATE catalog_campaigns SET name_zh = ?1, name_en = ?2, description_zh = ?3, "
                   "description_en = ?4, picture = ?5, changed_at_ms = ?6 WHERE campaign = ?7";
        case TextRow::reason:
            return "UPDATE catalog_sessions SET cancel_reason_zh = ?1, cancel_reason_en = ?2, "
                   "changed_at_ms = ?3 WHERE session = ?4";
        case TextRow::removal:
            return "UPDATE catalog_sessions SET removed = 1, changed_at_ms = ?1 WHERE session = ?2";
        case TextRow::none:
            break;
    }
    return {};
}

std::size_t values_of(TextRow row) {
    switch (row) {
        case TextRow::session:
            return 4;
        case TextRow::tier:
            return 6;
        case TextRow::campaign:
            return 5;
        case TextRow::reason:
            return 2;
        case TextRow::none:
        case TextRow::removal:
            break;
    }
    return 0;
}

// "<number>:" off the front of `bytes`.
std::optional<std::uint64_t> take_number(std::string_view& bytes) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
    if (error != std::errc{} || end == bytes.data() + bytes.size() || *end != ':')
        return std::nullopt;
    bytes.remove_prefix(static_cast<std::size_t>(end - bytes.data()) + 1);
    return value;
}

}  // namespace

RowTexts texts_of(const SessionEntry& session) {
    return {TextRow::session,
            session.definition->id.value(),
            {session.venue.zh, session.venue.en, session.notice.zh, session.notice.en}};
}

RowTexts texts_of(const TierEntry& tier) {
    return {TextRow::tier,
            tier.rules.id.value(),
            {tier.name.zh, tier.name.en, tier.description.zh, tier.description.en,
             to_value(tier.valid_from), to_value(tier.valid_until)}};
}

RowTexts texts_of(const CampaignEntry& campaign) {
    return {TextRow::campaign,
            campaign.rules.id.value(),
            {campaign.name.zh, campaign.name.en, campaign.description.zh, campaign.description.en,
             campaign.picture}};
}

std::string encode(const RowTexts& texts) {
    std::string bytes =
        std::to_string(static_cast<unsigned>(texts.row)) + ':' + std::to_string(texts.id) + ':';
    for (const auto& value : texts.values)
        bytes.append(std::to_string(value.size())).append(":").append(value);
    return bytes;
}

std::optional<RowTexts> decode_texts(std::string_view bytes) {
    RowTexts texts;
    const auto row = take_number(bytes);
    const auto id = row ? take_number(bytes) : std::nullopt;
    if (!id || *row > static_cast<unsigned>(TextRow::removal)) return std::nullopt;
    texts.row = static_cast<TextRow>(*row);
    texts.id = *id;
    while (!bytes.empty()) {
        const auto size = take_number(bytes);
        if (!size || *size > bytes.size()) return std::nullopt;
        texts.values.emplace_back(bytes.substr(0, *size));
        bytes.remove_prefix(*size);
    }
    if (texts.values.size() != values_of(texts.row)) return std::nullopt;
    return texts;
}

sql::SqlResult<void> write_texts(sql::Connection& connection, const RowTexts& texts,
                                 base::Timestamp at) {
    if (texts.row == TextRow::none) return {};
    ONSALE_CHECK(texts.values.size() == values_of(texts.row));
    ONSALE_TRY_ASSIGN(row, connection.prepare(statement_of(texts.row)));
    int place = 1;
    for (const auto& value : texts.values) row.bind(place++, std::string_view(value));
    row.bind(place, records::to_row(at)).bind(place + 1, records::to_row(texts.id));
    return row.run();
}

}  // namespace onsale::catalog
