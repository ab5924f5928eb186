// Names: under which keyed hash a username, a mobile or an e-mail address is found, and under which
// one a code is kept. Names are compared without regard to case. Pure, with keys derived from the
// master key; safe from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "accounts/codes.h"
#include "accounts/people.h"
#include "crypto/crypto.h"

namespace onsale::accounts {

using NameHash = std::array<std::byte, 16>;

class Names {
  public:
    explicit Names(const crypto::Key& master)
        : name_key_(crypto::derive_key(master, "accounts names")),
          code_key_(crypto::derive_key(master, "accounts codes")) {}

    [[nodiscard]] NameHash hash(NameKind kind, std::string_view name) const;
    [[nodiscard]] NameHash hash(const Contact& contact) const {
        return hash(kind_of(contact.kind), contact.text);
    }
    [[nodiscard]] NameHash code_hash(const NameHash& target, CodePurpose purpose,
                                     std::string_view code) const;

    [[nodiscard]] static NameKind kind_of(ContactKind kind) {
        return kind == ContactKind::mobile ? NameKind::mobile : NameKind::email;
    }
    // What somebody who logs in has typed: an @ makes it an e-mail address, a digit in front a
    // mobile; a username begins with a letter.
    [[nodiscard]] static NameKind kind_of(std::string_view name);

  private:
    crypto::Key name_key_;
    crypto::Key code_key_;
};

// ASCII letters in lower case.
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] inline std::string_view bytes_of(const NameHash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace onsale::accounts
