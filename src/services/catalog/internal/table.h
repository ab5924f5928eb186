// The catalogue's tables: texts, definitions, which list of codes is used where, and the intents.
// All calls come from the records store's executor; changes belong to the caller's transaction.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/directory.h"
#include "catalog/internal/check.h"
#include "catalog/internal/heads.h"
#include "catalog/internal/row_texts.h"
#include "crypto/crypto.h"
#include "domain/fact.h"
#include "sql/database.h"

namespace onsale::catalog {

[[nodiscard]] std::span<const sql::Migration> migrations();

// A session as the records have it. `entry` has no shard.
struct StoredSession {
    SessionEntry entry;
    crypto::Digest digest{};  // of everything that was submitted
    bool accepted = false;    // the box office has it
};

// An intent's command as the fact that it is to become.
struct Intent {
    domain::SessionId session;
    domain::Fact fact;
    RowTexts texts;  // written when the box office has accepted
};

// SHA-256 over the definition's bytes and every text.
[[nodiscard]] crypto::Digest digest_of(const SessionEntry& entry);
// Whether the same was submitted, also before definitions named their organiser.
[[nodiscard]] bool is_same(const StoredSession& stored, const SessionEntry& entry);

sql::SqlResult<std::optional<StoredSession>> find_session(sql::Connection& connection,
                                                          domain::SessionId session);
sql::SqlResult<std::vector<StoredSession>> all_sessions(sql::Connection& connection,
                                                        const Heads& heads);

// The field whose id belongs to something else already; nothing when all are free.
sql::SqlResult<std::optional<FieldError>> find_conflict(sql::Connection& connection,
                                                        const SessionEntry& entry);
// Where a list is used.
struct ListUse {
    domain::SessionId session;
    domain::PoolId pool;
    bool operator==(const ListUse&) const = default;
};
sql::SqlResult<std::optional<ListUse>> find_list_use(sql::Connection& connection,
                                                     domain::AdditionId list);

sql::SqlResult<void> insert_session(sql::Connection& connection, const SessionEntry& entry,
                                    const crypto::Digest& digest);
// The definition as the box office has it now.
sql::SqlResult<void> accept_session(sql::Connection& connection, const domain::Session& definition,
                                    const domain::SessionStatus& status);
sql::SqlResult<void> insert_campaign(sql::Connection& connection, const CampaignEntry& campaign);
sql::SqlResult<void> remove_campaign(sql::Connection& connection, domain::CampaignId campaign);
sql::SqlResult<bool> has_campaign(sql::Connection& connection, domain::CampaignId campaign);
// A session that the box office never took, with everything that nothing else refers to.
sql::SqlResult<void> remove_session(sql::Connection& connection, const SessionEntry& entry);
sql::SqlResult<void> insert_list_use(sql::Connection& connection, domain::AdditionId list,
                                     const ListUse& use);
sql::SqlResult<void> remove_list_use(sql::Connection& connection, domain::AdditionId list);

sql::SqlResult<void> insert_intent(sql::Connection& connection, const Intent& intent);
sql::SqlResult<void> remove_intent(sql::Connection& connection, domain::SessionId session);
sql::SqlResult<bool> has_intent(sql::Connection& connection, domain::SessionId session);
sql::SqlResult<std::vector<Intent>> all_intents(sql::Connection& connection);

}  // namespace onsale::catalog
