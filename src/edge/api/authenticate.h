// Who is asking: the bearer token of a request as a person or a member of staff. Each event loop
// has a verifier with a cache of its own (PerLoop), so a token that was seen before costs a
// look-up. Used on the loop's thread; keeps nothing after a crash.
#pragma once

#include <cstdint>
#include <optional>

#include "accounts/tokens.h"
#include "api/error.h"
#include "api/per_loop.h"
#include "domain/ids.h"
#include "env/clock.h"
#include "http/message.h"

namespace onsale::api {

class Authenticator {
  public:
    Authenticator(const crypto::Key& master, env::Clock& clock);

    // login_required, token_invalid, token_expired.
    [[nodiscard]] base::Result<domain::PersonId, Code> person(const http::Request& request,
                                                              env::Executor& home);
    // The same for pages that anybody may see: nothing without a token, but a bad token is an
    // error.
    [[nodiscard]] base::Result<std::optional<domain::PersonId>, Code> visitor(
        const http::Request& request, env::Executor& home);
    // The number of the member of staff; also staff_only, for a person's token.
    [[nodiscard]] base::Result<std::uint64_t, Code> staff(const http::Request& request,
                                                          env::Executor& home);

  private:
    struct Verifiers {
        explicit Verifiers(const crypto::Key& master);
        accounts::TokenVerifier person;
        accounts::TokenVerifier staff;
    };
    env::Clock& clock_;
    PerLoop<Verifiers> verifiers_;
};

}  // namespace onsale::api
