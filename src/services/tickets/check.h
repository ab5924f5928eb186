// What a signed code is worth: the signature says who issued it, the order whether it is still
// good. judge() is a pure function of order and session; CheckThrottle bounds how often one address
// may ask. Nothing here names a person. Any thread; nothing is kept after a crash.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/time.h"
#include "catalog/directory.h"
#include "domain/order.h"
#include "tickets/key_ring.h"

namespace onsale::tickets {

enum class Standing : std::uint8_t { valid, voided, unknown_key, forged, malformed };
[[nodiscard]] std::string_view to_string(Standing standing);  // valid, void, unknown_key, …

enum class VoidReason : std::uint8_t {
    none,
    session_cancelled,
    refunding,  // the buyer has asked for the money back
    refunded,
    not_completed,  // its order has no tickets (any more)
    reissued,       // another code stands for this ticket now
    order_unknown,
};
[[nodiscard]] std::string_view to_string(VoidReason reason);

// Why the tickets of an order are no good; none: they are. `session` may be null.
[[nodiscard]] VoidReason void_reason(const domain::Order& order,
                                     const catalog::SessionEntry* session);

struct CheckResult {
    Standing standing = Standing::malformed;
    VoidReason reason = VoidReason::none;
    std::optional<SignedCode> code;  // of genuine ones only
    catalog::SharedSession session;  // null: unknown
};

// Of a genuine code; no order: the site has none of that number.
[[nodiscard]] CheckResult judge(const SignedCode& code, const std::optional<domain::Order>& order,
                                catalog::SharedSession session);

class CheckThrottle {
  public:
    // Counts one check of this address. How long to wait before the next one; 0: go on.
    [[nodiscard]] base::Duration ask(std::string_view address, base::Timestamp now);
    [[nodiscard]] std::size_t size() const;

  private:
    mutable std::mutex mutex_;  // owns what follows
    // When the last of the checks that an address made is paid for, in milliseconds.
    boost::unordered_flat_map<std::string, std::int64_t> paid_until_;
};

}  // namespace onsale::tickets
