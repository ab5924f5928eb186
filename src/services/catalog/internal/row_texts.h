// RowTexts: what an operator's edit makes of one row of the records. Beside a command it waits in
// the intent until the box office has decided, so that texts and rules change together or not at
// all. Plain values; on the records store's executor.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/directory.h"
#include "sql/database.h"

namespace onsale::catalog {

enum class TextRow : std::uint8_t {
    none = 0,      // there are no texts
    session = 1,   // venue and notice
    tier = 2,      // name, description, validity
    campaign = 3,  // name, description, picture
    reason = 4,    // why a session is cancelled
    removal = 5,   // the session goes
};

struct RowTexts {
    TextRow row = TextRow::none;
    std::uint64_t id = 0;
    std::vector<std::string> values;  // all texts of the row, in the order of its columns
};

[[nodiscard]] RowTexts texts_of(const SessionEntry& session);
[[nodiscard]] RowTexts texts_of(const TierEntry& tier);
[[nodiscard]] RowTexts texts_of(const CampaignEntry& campaign);

// The bytes that an intent keeps.
[[nodiscard]] std::string encode(const RowTexts& texts);
[[nodiscard]] std::optional<RowTexts> decode_texts(std::string_view bytes);

sql::SqlResult<void> write_texts(sql::Connection& connection, const RowTexts& texts,
                                 base::Timestamp at);

}  // namespace onsale::catalog
