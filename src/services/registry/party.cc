#include "registry/party.h"

#include <algorithm>

#include "http/client.h"
#include "registry/limits.h"

namespace onsale::registry {
namespace {

bool is_port(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && text.size() <= 5 && std::ranges::all_of(text, digit);
}

bool is_name(std::string_view host) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.' || c == '_';
    };
    return !host.empty() && std::ranges::all_of(host, allowed);
}

bool is_digits_and_dots(std::string_view host) {
    return std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

bool is_six(std::string_view host) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') ||
               c == ':' || c == '.';
    };
    return !host.empty() && std::ranges::all_of(host, allowed);
}

}  // namespace

std::string_view to_string(PartyKind kind) {
    switch (kind) {
        case PartyKind::bank:
            return "bank";
        case PartyKind::supplier:
            return "supplier";
    }
    return {};
}

std::optional<PartyKind> parse_kind(std::string_view text) {
    for (const PartyKind kind : {PartyKind::bank, PartyKind::supplier}) {
        if (to_string(kind) == text) return kind;
    }
    return std::nullopt;
}

std::string to_string(PartyId party) {
    return std::string(to_string(party.kind)) + " " + std::to_string(party.number.value());
}

std::string_view to_string(SignatureRefusal refusal) {
    switch (refusal) {
        case SignatureRefusal::malformed:
            return "malformed";
        case SignatureRefusal::unknown_key:
            return "unknown_key";
        case SignatureRefusal::wrong_time:
            return "wrong_time";
        case SignatureRefusal::wrong_signature:
            return "wrong_signature";
        case SignatureRefusal::disabled:
            return "disabled";
    }
    return {};
}

std::string_view to_string(BreakerState state) {
    switch (state) {
        case BreakerState::closed:
            return "closed";
        case BreakerState::half_open:
            return "half_open";
        case BreakerState::open:
            return "open";
    }
    return {};
}

bool is_origin(std::string_view url, bool private_addresses) {
    if (url.size() > kUrlBytesMax) return false;
    const bool https = url.starts_with("https://");
    if (!https && !(private_addresses && url.starts_with("http://"))) return false;
    url.remove_prefix(https ? 8 : 7);
    std::string_view host = url.substr(0, url.find(':'));
    std::string_view rest = url.substr(host.size());
    const bool six = url.starts_with('[');
    if (six) {
        const std::size_t end = url.find(']');
        if (end == std::string_view::npos) return false;
        host = url.substr(1, end - 1);
        rest = url.substr(end + 1);
    }
    if (six ? !is_six(host) : !is_name(host)) return false;
    if (!rest.empty() && !(rest.front() == ':' && is_port(rest.substr(1)))) return false;
    if (private_addresses || !(six || is_digits_and_dots(host))) return true;
    return http::is_public_address(std::string(host));
}

}  // namespace onsale::registry
