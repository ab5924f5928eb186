// A signed call to a merchant's site. Pure.
#pragma once

#include <string>

#include "bank/credentials.h"
#include "base/time.h"
#include "http/client.h"

namespace onsale::bank {

struct SignedPost {
    std::string path;  // with a slash at its beginning
    std::string body;
    base::Duration deadline;
};

// Signed with the newest key, as the party by which the site knows us: our number there.
[[nodiscard]] http::ClientRequest sign(const Merchant& merchant, SignedPost post,
                                       base::Timestamp now);

}  // namespace onsale::bank
