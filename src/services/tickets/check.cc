#include "tickets/check.h"

#include <algorithm>
#include <utility>

#include "tickets/limits.h"

namespace onsale::tickets {
namespace {

constexpr std::uint16_t kFirstVersion = 1;

// What counts as one address: of IPv6 its first 64 bits, which one household has.
std::string_view network_of(std::string_view address) {
    constexpr int kGroups = 4;
    std::size_t end = 0;
    for (int i = 0; i < kGroups; ++i) {
        end = address.find(':', end);
        if (end == std::string_view::npos) return address;
        ++end;
    }
    return address.substr(0, end);
}

// The tier of the order's ticket at `index`; nothing: it has fewer.
std::optional<domain::TierId> tier_at(const domain::Order& order, std::uint32_t index) {
    for (const auto& line : order.lines) {
        if (index < line.quantity) return line.tier;
        index -= line.quantity;
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(Standing standing) {
    switch (standing) {
        case Standing::valid:
            return "valid";
        case Standing::voided:
            return "void";
        case Standing::unknown_key:
            return "unknown_key";
        case Standing::forged:
            return "forged";
        case Standing::malformed:
            break;
    }
    return "malformed";
}

std::string_view to_string(VoidReason reason) {
    switch (reason) {
        case VoidReason::none:
            break;
        case VoidReason::session_cancelled:
            return "session_cancelled";
        case VoidReason::refunding:
            return "refunding";
        case VoidReason::refunded:
            return "refunded";
        case VoidReason::not_completed:
            return "not_completed";
        case VoidReason::reissued:
            return "reissued";
        case VoidReason::order_unknown:
            return "order_unknown";
    }
    return "none";
}

VoidReason void_reason(const domain::Order& order, const catalog::SessionEntry* session) {
    const bool cancelled = session != nullptr && session->status.cancelled;
    if (cancelled) return VoidReason::session_cancelled;
    switch (order.state) {
        case domain::OrderState::completed:
            return VoidReason::none;
        case domain::OrderState::refunding:
            return VoidReason::refunding;
        case domain::OrderState::refunded:
            return VoidReason::refunded;
        case domain::OrderState::reserved:
        case domain::OrderState::paid:
        case domain::OrderState::failed:
        case domain::OrderState::cancelled:
        case domain::OrderState::expired:
            break;
    }
    return VoidReason::not_completed;
}

CheckResult judge(const SignedCode& code, const std::optional<domain::Order>& order,
                  catalog::SharedSession session) {
    CheckResult result{Standing::voided, VoidReason::order_unknown, code, std::move(session)};
    const auto& facts = code.facts;
    if (!order || order->session != facts.session) return result;
    result.reason = void_reason(*order, result.session.get());
    if (result.reason != VoidReason::none) return result;
    const auto tier = tier_at(*order, domain::index_of(facts.ticket));
    const bool same = tier == facts.tier && facts.version == kFirstVersion;
    result.reason = same ? VoidReason::none : VoidReason::reissued;
    if (same) result.standing = Standing::valid;
    return result;
}

base::Duration CheckThrottle::ask(std::string_view address, base::Timestamp now) {
    const std::lock_guard lock(mutex_);
    const std::int64_t every_ms = kCheckEvery.count_ms();
    if (paid_until_.size() >= kCheckersMax) paid_until_.clear();
    std::int64_t& paid_until = paid_until_[std::string(network_of(address))];
    const std::int64_t begin = std::max(paid_until, now.unix_ms());
    const std::int64_t wait_ms = begin + every_ms - now.unix_ms() - kChecksAtOnce * every_ms;
    if (wait_ms > 0) return base::Duration::milliseconds(wait_ms);
    paid_until = begin + every_ms;
    return {};
}

std::size_t CheckThrottle::size() const {
    const std::lock_guard lock(mutex_);
    return paid_until_.size();
}

}  // namespace onsale::tickets
