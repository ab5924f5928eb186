// A webhook: an address of an organiser's that is told what happens. Plain values and pure
// functions, any thread; nothing to promise after a crash.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "catalog/directory.h"
#include "domain/fact.h"
#include "webhooks/limits.h"

namespace onsale::webhooks {

using HookId = base::Strong<struct HookTag, std::uint64_t>;
using DeliveryId = base::Strong<struct DeliveryTag, std::uint64_t>;

enum class EventKind : std::uint8_t {
    order_reserved,
    order_completed,
    order_cancelled,
    order_expired,
    order_refunded,
    session_cancelled,
    // Behind the others, since their places are the bits that hooks are stored with.
    order_paid,
    order_failed,
    order_refunding,
    payment_completed,  // the bank has taken it, whatever it is for
    payment_failed,     // nothing was taken, and will not be
    refund_requested,
    refund_approved,  // by the last review that is needed
    refund_rejected,
    refund_cancelled,  // by the buyer
    refund_completed,
};
inline constexpr std::array kEventKinds = {
    EventKind::order_reserved,    EventKind::order_completed, EventKind::order_cancelled,
    EventKind::order_expired,     EventKind::order_refunded,  EventKind::session_cancelled,
    EventKind::order_paid,        EventKind::order_failed,    EventKind::order_refunding,
    EventKind::payment_completed, EventKind::payment_failed,  EventKind::refund_requested,
    EventKind::refund_approved,   EventKind::refund_rejected, EventKind::refund_cancelled,
    EventKind::refund_completed};
[[nodiscard]] std::string_view to_string(EventKind kind);  // order.completed
[[nodiscard]] std::optional<EventKind> parse_event(std::string_view text);
// Nothing for facts that outsiders are not told.
[[nodiscard]] std::optional<EventKind> event_of(const domain::Fact& fact);

class EventSet {
  public:
    constexpr EventSet() = default;
    constexpr explicit EventSet(std::uint32_t bits) : bits_(bits) {}
    constexpr void add(EventKind kind) { bits_ |= bit(kind); }
    [[nodiscard]] constexpr bool holds(EventKind kind) const { return (bits_ & bit(kind)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }
    bool operator==(const EventSet&) const = default;

  private:
    static constexpr std::uint32_t bit(EventKind kind) {
        return std::uint32_t{1} << static_cast<unsigned>(kind);
    }
    std::uint32_t bits_ = 0;
};

// failing: switched off by us, because nothing has arrived for a day or too much is parked.
enum class HookState : std::uint8_t { on = 1, off = 2, failing = 3 };
[[nodiscard]] std::string_view to_string(HookState state);

struct Hook {
    HookId id;
    catalog::OrganiserId organiser;
    std::string url;
    EventSet events;
    HookState state = HookState::on;
    base::Timestamp created_at;
    base::Timestamp failing_since;  // zero: the last call has arrived
};

// The next fact of a shard that a hook has not been told: batch and index within it.
struct Cursor {
    std::uint64_t sequence = 1;
    std::uint32_t index = 0;
    auto operator<=>(const Cursor&) const = default;
};

enum class UrlProblem : std::uint8_t { malformed, not_https, private_address };
// Nothing: the address may be called. https always; http only where private addresses are allowed.
[[nodiscard]] std::optional<UrlProblem> check_url(std::string_view url, bool private_addresses);

// How long to wait after that many failures in a row: one second doubled each time up to ten
// minutes, of which between half and all by `random`.
[[nodiscard]] base::Duration pause_after(std::uint32_t failures, std::uint64_t random);

// Onsale-Signature: t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" under the secret's
// characters, in hex>.
[[nodiscard]] std::string signature_of(std::string_view secret, base::Timestamp at,
                                       std::string_view body);
inline constexpr std::size_t kSecretCharacters = 32;

}  // namespace onsale::webhooks
