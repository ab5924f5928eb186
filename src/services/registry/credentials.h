// Credentials: what a party needs to know to work with the site, as a file in TOML that its program
// reads. It holds secrets: it is shown once, when keys are made, and never logged or kept. Pure
// functions, any thread; nothing to promise after a crash.
#pragma once

#include <string>
#include <vector>

#include "registry/party.h"

namespace onsale::registry {

struct Credentials {
    PartyId party;
    std::vector<KeyPair> keys;  // those that are valid, the newest last
};

struct CredentialsPlace {
    std::string site;      // origin that the party calls: http://127.0.0.1:8080
    std::string merchant;  // our name at the party
    bool guessed = false;  // the site's own setting is empty; the file says so
};

// docs/formats/bank-interface.md, "Credentials file".
[[nodiscard]] std::string credentials_file(const Credentials& credentials,
                                           const CredentialsPlace& place);
[[nodiscard]] std::string credentials_file_name(PartyId party);  // bank-1.toml

}  // namespace onsale::registry
