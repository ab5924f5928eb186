// CodeTable: one-time codes as keyed hashes. Belongs to the records store's executor; calls belong
// to the caller's transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/codes.h"
#include "accounts/internal/names.h"
#include "base/time.h"
#include "env/entropy.h"
#include "sql/database.h"

namespace onsale::accounts {

struct CodeKey {
    NameHash target{};
    CodePurpose purpose = CodePurpose::registration;
};

enum class CodeCheck : std::uint8_t {
    right,
    wrong,      // compared with the code that was sent
    none_sent,  // no code that is still good: nothing was compared
    held_back,  // too many wrong ones for this target: nothing was compared
};

// Whether a target with too many wrong codes is held back.
enum class CodeCaller : std::uint8_t { stranger, known_there };

class CodeTable {
  public:
    explicit CodeTable(const Names& names) : names_(names) {}

    // When the last code was sent to the target, whatever for.
    static sql::SqlResult<std::optional<base::Timestamp>> sent_at(sql::Connection& connection,
                                                                  const NameHash& target);
    static sql::SqlResult<std::int64_t> count(sql::Connection& connection);
    sql::SqlResult<void> put(sql::Connection& connection, const CodeKey& key, std::string_view code,
                             base::Timestamp now);
    // Counts a wrong try, of the code and of its target; a right code stays until use().
    sql::SqlResult<CodeCheck> check(sql::Connection& connection, const CodeKey& key,
                                    std::string_view code, base::Timestamp now,
                                    CodeCaller caller = CodeCaller::stranger);
    static sql::SqlResult<void> use(sql::Connection& connection, const CodeKey& key);
    static sql::SqlResult<void> remove(sql::Connection& connection, const CodeKey& key);
    static sql::SqlResult<void> prune(sql::Connection& connection, base::Timestamp now);

  private:
    const Names& names_;
};

// Six digits, each of the million as likely as the others.
[[nodiscard]] std::string random_code(env::Entropy& entropy);

}  // namespace onsale::accounts
