#include "api/authenticate.h"

#include <string_view>

namespace onsale::api {
namespace {

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

}  // namespace

Authenticator::Verifiers::Verifiers(const crypto::Key& master)
    : person(master, accounts::Audience::person),
      staff(master, accounts::Audience::staff, kStaffTokensCached) {}

Authenticator::Authenticator(const crypto::Key& master, env::Clock& clock)
    : clock_(clock), verifiers_([master] { return std::make_unique<Verifiers>(master); }) {}

base::Result<domain::PersonId, Code> Authenticator::person(const http::Request& request,
                                                           env::Executor& home) {
    const auto token = bearer_of(request);
    if (!token) return base::Unexpected{Code::login_required};
    const auto subject = verifiers_.of(home).person.verify(*token, clock_.wall_now());
    if (!subject) return base::Unexpected{code_of(subject.error())};
    return domain::PersonId(*subject);
}

base::Result<std::optional<domain::PersonId>, Code> Authenticator::visitor(
    const http::Request& request, env::Executor& home) {
    if (request.header("Authorization").empty()) return std::optional<domain::PersonId>();
    const auto login = person(request, home);
    if (!login) return base::Unexpected{login.error()};
    return std::optional(*login);
}

base::Result<std::uint64_t, Code> Authenticator::staff(const http::Request& request,
                                                       env::Executor& home) {
    const auto token = bearer_of(request);
    if (!token) return base::Unexpected{Code::login_required};
    const base::Timestamp now = clock_.wall_now();
    Verifiers& verifiers = verifiers_.of(home);
    const auto subject = verifiers.staff.verify(*token, now);
    if (subject) return *subject;
    if (verifiers.person.verify(*token, now)) return base::Unexpected{Code::staff_only};
    return base::Unexpected{code_of(subject.error())};
}

}  // namespace onsale::api
