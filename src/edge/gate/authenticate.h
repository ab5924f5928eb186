// Who is asking: the token of a request (bearer, or a cookie of a page of ours) as a person or a
// member of staff. Each event loop has a verifier with a cache of its own (PerLoop), so a token
// that was seen before costs a look-up; that its login goes on and its person is not disabled is
// checked every time. Used on the loop's thread; keeps nothing after a crash.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "accounts/revocations.h"
#include "accounts/staff.h"
#include "accounts/tokens.h"
#include "answers/error.h"
#include "domain/ids.h"
#include "env/clock.h"
#include "gate/per_loop.h"
#include "http/message.h"

namespace onsale::gate {

// The __Host- prefix makes a browser refuse such a cookie from any other host and without https.
inline constexpr std::string_view kPersonCookie = "__Host-onsale";
inline constexpr std::string_view kStaffCookie = "__Host-onsale-staff";
inline constexpr std::string_view kPersonRefreshCookie = "__Host-onsale-refresh";
inline constexpr std::string_view kStaffRefreshCookie = "__Host-onsale-staff-refresh";

struct Identity {
    std::uint64_t subject = 0;  // number of the person; of the data folder's owner: 0
    accounts::LoginId login;    // 0: a token that belongs to no login
    base::Timestamp expires_at = {};
};

struct StaffIdentity {
    Identity identity;
    std::shared_ptr<const accounts::StaffMember> member;  // null: the data folder's owner

    [[nodiscard]] bool administers() const { return !member || member->roles.administers; }
    [[nodiscard]] bool acts_for(std::uint64_t organiser) const {
        return !member || member->acts_for(organiser);
    }
};

class Authenticator {
  public:
    // `revocations` and `staff` outlive it. Without revocations, a token is good until it expires.
    Authenticator(const crypto::Key& master, env::Clock& clock,
                  const accounts::Revocations* revocations);

    // login_required, token_invalid, token_expired, login_revoked, account_disabled,
    // cross_site_refused.
    [[nodiscard]] base::Result<Identity, answers::Code> person(const http::Request& request,
                                                               env::Executor& home);
    // The same for pages that anybody may see: nothing without a token, but a bad token is an
    // error.
    [[nodiscard]] base::Result<std::optional<Identity>, answers::Code> visitor(
        const http::Request& request, env::Executor& home);
    // Also staff_only: a person's token, or somebody who is no member (any more).
    [[nodiscard]] base::Result<StaffIdentity, answers::Code> staff(
        const http::Request& request, env::Executor& home, const accounts::Staff& directory);

  private:
    struct Verifiers {
        Verifiers(const crypto::Key& master, const accounts::Revocations* revocations);
        accounts::TokenVerifier person;
        accounts::TokenVerifier staff;
    };
    env::Clock& clock_;
    PerLoop<Verifiers> verifiers_;
};

// The value of a cookie; empty if there is none. Looks at the header in place.
[[nodiscard]] std::string_view cookie_of(const http::Request& request, std::string_view name);
// Whether a page of this very site sends the request, as the browser says.
[[nodiscard]] bool is_same_origin(const http::Request& request);
// Whether the method promises to change nothing.
[[nodiscard]] bool is_safe(http::Method method);

}  // namespace onsale::gate
