#include "gate/authenticate.h"

namespace onsale::gate {
using namespace answers;
namespace {

constexpr std::size_t kPersonTokensCached = 1 << 16;
constexpr std::size_t kStaffTokensCached = 256;

// The text behind "Bearer "; nothing without such a header.
std::optional<std::string_view> bearer_of(const http::Request& request) {
    constexpr std::string_view kScheme = "bearer ";
    std::string_view header = request.header("Authorization");
    if (header.size() < kScheme.size()) return std::nullopt;
    for (std::size_t i = 0; i < kScheme.size(); ++i) {
        const char c = header[i];
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        if (lower != kScheme[i]) return std::nullopt;
    }
    header.remove_prefix(kScheme.size());
    while (!header.empty() && header.front() == ' ') header.remove_prefix(1);
    return header;
}

// What a request brings to prove who sends it. A browser adds cookies to what any page sends, so
// with a cookie a change must come from a page of ours; a bearer token has to be known to be sent.
base::Result<std::string_view, Code> token_of(const http::Request& request,
                                              std::string_view cookie) {
    if (const auto bearer = bearer_of(request)) return *bearer;
    if (!request.header("Authorization").empty()) return base::Unexpected{Code::login_required};
    const auto token = cookie_of(request, cookie);
    if (token.empty()) return base::Unexpected{Code::login_required};
    if (!is_safe(request.method) && !is_same_origin(request))
        return base::Unexpected{Code::cross_site_refused};
    return token;
}

}  // namespace

std::string_view cookie_of(const http::Request& request, std::string_view name) {
    std::string_view rest = request.header("Cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
        if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name))
            return pair.substr(name.size() + 1);
    }
    return {};
}

bool is_same_origin(const http::Request& request) {
    const auto site = request.header("Sec-Fetch-Site");
    if (!site.empty()) return site == "same-origin";
    // A browser without that header names the page's origin with every change.
    std::string_view origin = request.header("Origin");
    const bool secure = origin.starts_with("https://");
    if (!secure && (request.https || !origin.starts_with("http://"))) return false;
    origin.remove_prefix(origin.find("//") + 2);
    return !origin.empty() && origin == request.header("Host");
}

bool is_safe(http::Method method) {
    return method == http::Method::get || method == http::Method::head ||
           method == http::Method::options;
}

Authenticator::Verifiers::Verifiers(const crypto::Key& master,
                                    const accounts::Revocations* revocations)
    : person(master, accounts::Audience::person, revocations, kPersonTokensCached),
      staff(master, accounts::Audience::staff, revocations, kStaffTokensCached) {}

Authenticator::Authenticator(const crypto::Key& master, env::Clock& clock,
                             const accounts::Revocations* revocations)
    : clock_(clock), verifiers_([master, revocations] {
          return std::make_unique<Verifiers>(master, revocations);
      }) {}

base::Result<Identity, Code> Authenticator::person(const http::Request& request,
                                                   env::Executor& home) {
    ONSALE_TRY_ASSIGN(token, token_of(request, kPersonCookie));
    const auto verified = verifiers_.of(home).person.check(token, clock_.wall_now());
    if (!verified) return base::Unexpected{code_of(verified.error())};
    return Identity{verified->subject, verified->login, verified->expires_at};
}

base::Result<std::optional<Identity>, Code> Authenticator::visitor(const http::Request& request,
                                                                   env::Executor& home) {
    if (request.header("Authorization").empty() && cookie_of(request, kPersonCookie).empty())
        return std::optional<Identity>();
    const auto login = person(request, home);
    if (!login) return base::Unexpected{login.error()};
    return std::optional(*login);
}

base::Result<StaffIdentity, Code> Authenticator::staff(const http::Request& request,
                                                       env::Executor& home,
                                                       const accounts::Staff& directory) {
    ONSALE_TRY_ASSIGN(token, token_of(request, kStaffCookie));
    const base::Timestamp now = clock_.wall_now();
    Verifiers& verifiers = verifiers_.of(home);
    const auto verified = verifiers.staff.check(token, now);
    if (!verified) {
        if (verifiers.person.check(token, now)) return base::Unexpected{Code::staff_only};
        return base::Unexpected{code_of(verified.error())};
    }
    // Only who has the master key can make a staff token without a login.
    if (verified->login == accounts::LoginId{}) return StaffIdentity{};
    auto member = directory.member(domain::PersonId(verified->subject));
    if (!member) return base::Unexpected{Code::staff_only};
    return StaffIdentity{{verified->subject, verified->login, verified->expires_at},
                         std::move(member)};
}

}  // namespace onsale::gate
