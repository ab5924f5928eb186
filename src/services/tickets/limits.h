// Limits of tickets: what is bounded, by how much, and what happens at the bound. Values only; no
// thread, nothing to promise after a crash.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::tickets {

// Signing keys: old ones stay published, so their number is bounded; beyond, none is added.
inline constexpr std::size_t kKeysMax = 64;
// A new key begins so long after it was published, so that doors can fetch it before and no ticket
// is issued across the change.
inline constexpr base::Duration kKeyLeadMin = base::Duration::minutes(1);
inline constexpr base::Duration kKeyLeadMax = base::Duration::days(365);

// Signed codes: 152 characters each; what is full is emptied.
inline constexpr std::size_t kSignedCodesCached = 16'384;
inline constexpr std::size_t kCodesWaitingMax = 2048;  // to be signed or checked; beyond: busy

// Tickets on paper: 20 to 60 ms each.
inline constexpr std::size_t kPapersWaitingMax = 16;  // beyond: busy

// Checks of one address (of IPv6: of one network): so many at once, then one a second.
inline constexpr std::int64_t kChecksAtOnce = 60;
inline constexpr base::Duration kCheckEvery = base::Duration::seconds(1);
inline constexpr std::size_t kCheckersMax = 1
                                            << 16;  // that are remembered; what is full is emptied

}  // namespace onsale::tickets
