#include "registry/credentials.h"

#include "crypto/crypto.h"

namespace onsale::registry {
namespace {

// Our texts hold neither quotes nor control characters; what would end a string is left out.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= ' ' && c != '\x7f') out += c;
    }
    return out + '"';
}

void append_key(std::string& out, std::string_view list, const crypto::CallKey& key) {
    out += "\n[[";
    out += list;
    out += "]]\nid = " + quoted(key.id) + "\nsecret = " + quoted(crypto::to_hex(key.secret)) + "\n";
}

}  // namespace

std::string credentials_file(const Credentials& credentials, const CredentialsPlace& place) {
    const std::string kind(to_string(credentials.party.kind));
    std::string out = "# Secret: what " + to_string(credentials.party) +
                      " signs and checks with. Readable by its program only.\n";
    if (place.guessed)
        out +=
            "# The site's setting http.public_url is empty: this is the address at which its "
            "administrator came.\n# Correct it if the party cannot reach the site there.\n";
    out += "site = " + quoted(place.site) + "\n";
    out += kind + " = " + std::to_string(credentials.party.number.value()) + "\n";
    out += "merchant = " + quoted(place.merchant) + "\n";
    for (const KeyPair& pair : credentials.keys) append_key(out, "to_" + kind, pair.to_party);
    for (const KeyPair& pair : credentials.keys) append_key(out, "to_site", pair.to_site);
    return out;
}

std::string credentials_file_name(PartyId party) {
    return std::string(to_string(party.kind)) + "-" + std::to_string(party.number.value()) +
           ".toml";
}

}  // namespace onsale::registry
