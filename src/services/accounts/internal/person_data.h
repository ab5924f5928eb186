// PersonData: what names a person, as it is sealed with the person's key. Plain value with its
// bytes: texts one after another, so that a later version can add some at the end; a reader keeps
// nothing of what it does not know.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/profiles.h"
#include "crypto/crypto.h"
#include "domain/ids.h"
#include "env/entropy.h"

namespace onsale::accounts {

struct PersonData {
    std::string username;
    std::string nickname;
    Gender gender = Gender::unknown;
    std::string avatar;
    std::string mobile;
    std::string email;
    std::string disabled_reason;
    std::optional<Language> language;
    bool operator==(const PersonData&) const = default;
};

// Texts one after another, for what is sealed.
[[nodiscard]] std::string pack(const std::vector<std::string_view>& texts);
[[nodiscard]] std::optional<std::vector<std::string>> unpack(std::string_view bytes);

// Opens and seals what belongs to one person; `what` keeps one kind of text from being taken for
// another.
class PersonSeal {
  public:
    PersonSeal(domain::PersonId person, const crypto::Key& key) : person_(person), key_(key) {}

    [[nodiscard]] std::string seal(std::string_view what, std::string_view plain,
                                   env::Entropy& entropy) const;
    [[nodiscard]] std::optional<std::string> open(std::string_view what,
                                                  std::string_view sealed) const;

    [[nodiscard]] std::string seal(const PersonData& data, env::Entropy& entropy) const;
    [[nodiscard]] std::optional<PersonData> open_data(std::string_view sealed) const;

  private:
    [[nodiscard]] std::string context(std::string_view what) const;
    domain::PersonId person_;
    crypto::Key key_;
};

}  // namespace onsale::accounts
