#include "http/internal/border.h"

#include <algorithm>

#include "http/internal/asio.h"

namespace onsale::http::internal {
namespace {

constexpr std::string_view kAllowedHeaders =
    "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id";
constexpr std::string_view kExposedHeaders = "ETag, Retry-After, X-Request-Id";

// "::ffff:10.0.0.1", "10.0.0.1" and other spellings of one address are one text.
std::string normal(std::string_view text) {
    ErrorCode error;
    auto address = asio::ip::make_address(std::string(text), error);
    if (error) return {};
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return address.to_string();
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

}  // namespace

Border::Border(const ServerOptions& options) : origins_(options.allowed_origins) {
    for (const auto& proxy : options.trusted_proxies) proxies_.push_back(normal(proxy));
    std::erase(proxies_, std::string());
}

bool Border::trusts(std::string_view address) const {
    if (proxies_.empty()) return false;
    return std::ranges::find(proxies_, normal(address)) != proxies_.end();
}

bool Border::client_of(std::string_view forwarded_for, std::string& out) const {
    while (!forwarded_for.empty()) {
        const auto comma = forwarded_for.rfind(',');
        const bool first = comma == std::string_view::npos;
        auto address = normal(trim(first ? forwarded_for : forwarded_for.substr(comma + 1)));
        if (address.empty()) return false;
        forwarded_for = first ? std::string_view{} : forwarded_for.substr(0, comma);
        if (!forwarded_for.empty() && trusts(address)) continue;
        out = std::move(address);
        return true;
    }
    return false;
}

void Border::add_cors(const Request& request, Response& response) const {
    if (origins_.empty()) [[likely]]
        return;
    response.headers.push_back({"Vary", "Origin"});
    const auto origin = request.header("Origin");
    if (std::ranges::find(origins_, origin) == origins_.end()) return;
    response.headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
    response.headers.push_back({"Access-Control-Expose-Headers", std::string(kExposedHeaders)});
    if (request.method != Method::options) return;
    const auto allow = std::ranges::find(response.headers, "Allow", &Header::name);
    if (allow == response.headers.end()) return;
    const std::string methods = allow->value;
    response.headers.push_back({"Access-Control-Allow-Methods", methods});
    response.headers.push_back({"Access-Control-Allow-Headers", std::string(kAllowedHeaders)});
    response.headers.push_back({"Access-Control-Max-Age", "600"});
}

}  // namespace onsale::http::internal
