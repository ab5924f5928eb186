// The names of things. Ids that leave the process are below 2^53, so that JavaScript reads them
// exactly.
#pragma once

#include <cstdint>

#include "base/strong.h"

namespace onsale::domain {

using ShardId = base::Strong<struct ShardTag, std::uint16_t>;
using PersonId = base::Strong<struct PersonTag, std::uint64_t>;
using SessionId = base::Strong<struct SessionTag, std::uint64_t>;
using PoolId = base::Strong<struct PoolTag, std::uint64_t>;
using TierId = base::Strong<struct TierTag, std::uint64_t>;
using CampaignId = base::Strong<struct CampaignTag, std::uint64_t>;
// An addition to a pool's stock; for a pool of codes it is the list in the vault.
using AdditionId = base::Strong<struct AdditionTag, std::uint64_t>;
// A withdrawal of stock: the operator's own id, so that repeating it changes nothing.
using WithdrawalId = base::Strong<struct WithdrawalTag, std::uint64_t>;
using OrganiserId = base::Strong<struct OrganiserTag, std::uint64_t>;  // who sells
using BankId = base::Strong<struct BankTag, std::uint64_t>;
// number << 8 | shard: unique over the whole site without asking anybody, since one box office
// numbers its orders 1, 2, 3, …
using OrderId = base::Strong<struct OrderTag, std::uint64_t>;
// order << 5 | index within the order.
using TicketId = base::Strong<struct TicketTag, std::uint64_t>;
// order << 5 | index within the order, both of them.
using PaymentId = base::Strong<struct PaymentTag, std::uint64_t>;
using RefundId = base::Strong<struct RefundTag, std::uint64_t>;
// Money that belongs to no order: 1, 2, 3, …, all of them on shard 0.
using StrayId = base::Strong<struct StrayTag, std::uint64_t>;

inline constexpr std::uint64_t kIdMax = (std::uint64_t{1} << 53) - 1;
inline constexpr std::uint32_t kShardBits = 8;
inline constexpr std::uint32_t kTicketIndexBits = 5;

[[nodiscard]] constexpr OrderId make_order_id(ShardId shard, std::uint64_t number) {
    return OrderId(number << kShardBits | shard.value());
}
[[nodiscard]] constexpr ShardId shard_of(OrderId order) {
    return ShardId(static_cast<std::uint16_t>(order.value() & ((1U << kShardBits) - 1)));
}
[[nodiscard]] constexpr std::uint64_t number_of(OrderId order) {
    return order.value() >> kShardBits;
}

[[nodiscard]] constexpr TicketId make_ticket_id(OrderId order, std::uint32_t index) {
    return TicketId(order.value() << kTicketIndexBits | index);
}
[[nodiscard]] constexpr OrderId order_of(TicketId ticket) {
    return OrderId(ticket.value() >> kTicketIndexBits);
}
[[nodiscard]] constexpr std::uint32_t index_of(TicketId ticket) {
    return static_cast<std::uint32_t>(ticket.value() & ((1U << kTicketIndexBits) - 1));
}

[[nodiscard]] constexpr PaymentId make_payment_id(OrderId order, std::uint32_t index) {
    return PaymentId(order.value() << kTicketIndexBits | index);
}
[[nodiscard]] constexpr OrderId order_of(PaymentId payment) {
    return OrderId(payment.value() >> kTicketIndexBits);
}
[[nodiscard]] constexpr std::uint32_t index_of(PaymentId payment) {
    return static_cast<std::uint32_t>(payment.value() & ((1U << kTicketIndexBits) - 1));
}
[[nodiscard]] constexpr RefundId make_refund_id(OrderId order, std::uint32_t index) {
    return RefundId(order.value() << kTicketIndexBits | index);
}
[[nodiscard]] constexpr OrderId order_of(RefundId refund) {
    return OrderId(refund.value() >> kTicketIndexBits);
}
[[nodiscard]] constexpr std::uint32_t index_of(RefundId refund) {
    return static_cast<std::uint32_t>(refund.value() & ((1U << kTicketIndexBits) - 1));
}

// The shard that owns a session; the number of shards is fixed when a site is first started.
[[nodiscard]] constexpr ShardId shard_of(SessionId session, std::uint16_t shards) {
    return ShardId(static_cast<std::uint16_t>(base::mix_bits(session.value()) % shards));
}

}  // namespace onsale::domain
