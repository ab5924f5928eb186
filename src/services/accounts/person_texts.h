// PersonTexts: seals and opens texts of other modules with a person's key, so that they are gone
// with the person. Belongs to the records store's executor, like the keys. Keeps nothing of the
// texts; after a crash there is nothing to do.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.h"
#include "sql/database.h"

namespace onsale::accounts {

struct Shared;

class PersonTexts {
  public:
    explicit PersonTexts(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    // On the store's executor. `what` keeps one kind of text from being taken for another. Nothing
    // for who has no key (any more).
    [[nodiscard]] sql::SqlResult<std::optional<std::string>> seal(domain::PersonId person,
                                                                  std::string_view what,
                                                                  std::string_view plain);
    // Nothing, too, for what was sealed for somebody else or was changed.
    [[nodiscard]] sql::SqlResult<std::optional<std::string>> open(domain::PersonId person,
                                                                  std::string_view what,
                                                                  std::string_view sealed);

  private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace onsale::accounts
