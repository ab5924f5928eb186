// FlowName: how the site and a bank call a flow of money: P8193-00c0ffee00c0ffee for a payment,
// R… for a refund, U… for unassigned money that goes back; R8193.2-… is a refund's third name,
// after the bank has refused two for good. Unique for ever, also across a restored backup, because
// the incarnation of the owner that began the flow is part of it. Values and pure functions, any
// thread; nothing to promise after a crash.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/payment.h"
#include "domain/refund.h"

namespace onsale::payments {

enum class FlowKind : std::uint8_t { payment = 0, refund = 1, stray = 2 };
inline constexpr std::size_t kFlowKinds = 3;
[[nodiscard]] std::string_view to_string(FlowKind kind);

struct FlowName {
    FlowKind kind = FlowKind::payment;
    std::uint64_t id = 0;
    std::uint64_t incarnation = 0;
    std::uint32_t round = 0;  // refunds and strays
    auto operator<=>(const FlowName&) const = default;
};

[[nodiscard]] inline FlowName name_of(const domain::Payment& payment) {
    return {FlowKind::payment, payment.id.value(), payment.incarnation};
}
[[nodiscard]] inline FlowName name_of(const domain::Refund& refund) {
    return {FlowKind::refund, refund.id.value(), refund.incarnation, refund.round};
}
[[nodiscard]] inline FlowName name_of(const domain::Stray& stray) {
    return {FlowKind::stray, stray.id.value(), stray.incarnation, stray.round};
}

[[nodiscard]] std::string to_string(const FlowName& name);
// Only the one spelling that to_string() gives.
[[nodiscard]] std::optional<FlowName> parse_flow_name(std::string_view text);

}  // namespace onsale::payments
