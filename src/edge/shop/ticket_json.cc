#include "shop/ticket_json.h"

#include <cstring>
#include <utility>

#include "crypto/crypto.h"

namespace onsale::shop {
namespace {

constexpr std::string_view kAlgorithm = "Ed25519";

std::optional<tickets::TicketKey> key_of(const TicketKeyBody& body) {
    tickets::TicketKey key;
    const auto bytes = crypto::from_base64url(body.public_key);
    const auto from = base::parse_rfc3339(body.from);
    if (body.algorithm != kAlgorithm || !from || !bytes || bytes->size() != key.key.size())
        return std::nullopt;
    std::memcpy(key.key.data(), bytes->data(), bytes->size());
    key.id = tickets::key_id_of(key.key);
    key.from = *from;
    if (tickets::to_string(key.id) != body.id) return std::nullopt;
    return key;
}

std::optional<TextBody> text_of(const catalog::Text& text) {
    if (text.empty()) return std::nullopt;
    return TextBody{text.zh, text.en};
}

}  // namespace

TicketKeysBody ticket_keys_body(const tickets::KeyRing& ring) {
    TicketKeysBody body;
    for (const auto& key : ring.keys()) {
        TicketKeyBody one{tickets::to_string(key.id),
                          std::string(kAlgorithm),
                          crypto::to_base64url(key.key),
                          base::to_rfc3339(key.from),
                          {}};
        if (key.until) one.until = base::to_rfc3339(*key.until);
        body.keys.push_back(std::move(one));
    }
    return body;
}

std::optional<tickets::KeyRing> key_ring_of(const TicketKeysBody& body) {
    std::vector<tickets::TicketKey> keys;
    for (const auto& one : body.keys) {
        const auto key = key_of(one);
        if (!key || (!keys.empty() && key->from <= keys.back().from)) return std::nullopt;
        keys.push_back(*key);
    }
    if (keys.empty()) return std::nullopt;
    return tickets::KeyRing(std::move(keys));
}

TicketCheckBody ticket_check_body(const tickets::CheckResult& result) {
    TicketCheckBody body;
    body.result = std::string(tickets::to_string(result.standing));
    if (result.reason != tickets::VoidReason::none)
        body.reason = std::string(tickets::to_string(result.reason));
    if (!result.code) return body;
    const auto& facts = result.code->facts;
    body.key = tickets::to_string(result.code->key);
    body.ticket = facts.ticket.value();
    body.session = facts.session.value();
    body.tier = facts.tier.value();
    body.version = facts.version;
    body.issued_at = base::to_rfc3339(facts.issued_at);
    if (result.session == nullptr) return body;
    const auto& session = *result.session;
    body.show = text_of(session.show->name);
    body.venue = text_of(session.shown_venue());
    body.starts_at = base::to_rfc3339(session.definition->starts_at);
    body.ends_at = base::to_rfc3339(session.definition->ends_at);
    const auto* tier = session.find_tier(facts.tier);
    if (tier == nullptr) return body;
    body.tier_name = text_of(tier->name);
    if (tier->valid_from) body.valid_from = base::to_rfc3339(*tier->valid_from);
    if (tier->valid_until) body.valid_until = base::to_rfc3339(*tier->valid_until);
    return body;
}

}  // namespace onsale::shop
