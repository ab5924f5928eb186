#include "accounts/person_texts.h"

#include "accounts/internal/shared.h"

namespace onsale::accounts {

sql::SqlResult<std::optional<std::string>> PersonTexts::seal(domain::PersonId person,
                                                             std::string_view what,
                                                             std::string_view plain) {
    ONSALE_TRY_ASSIGN(seal, shared_->people.seal_of(person));
    if (!seal) return std::optional<std::string>{};
    return std::optional(seal->seal(what, plain, shared_->people.entropy()));
}

sql::SqlResult<std::optional<std::string>> PersonTexts::open(domain::PersonId person,
                                                             std::string_view what,
                                                             std::string_view sealed) {
    ONSALE_TRY_ASSIGN(seal, shared_->people.seal_of(person));
    if (!seal) return std::optional<std::string>{};
    return seal->open(what, sealed);
}

}  // namespace onsale::accounts
