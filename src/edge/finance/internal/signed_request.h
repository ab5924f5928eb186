// Requests that another company's program signs instead of logging in. Used on the event loop of
// the request, before anything of its body is read; keeps nothing.
#pragma once

#include <optional>

#include "gate/call.h"
#include "registry/party.h"

namespace onsale::finance {

// Who has signed the call, the body included. Nothing, and the call is answered 401, if nobody did
// whom we know, at about this time.
[[nodiscard]] std::optional<registry::SignedBy> signed_by(gate::Call& call);
// The same for who must be `party`.
[[nodiscard]] bool is_signed_by(gate::Call& call, registry::PartyId party);
// Answers 401 with the reason.
void refuse_signature(gate::Call& call, std::string_view reason);

// What the API document says of it.
void describe_signature(http::Operation& operation);

}  // namespace onsale::finance
