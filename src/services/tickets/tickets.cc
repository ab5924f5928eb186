#include "tickets/tickets.h"

namespace onsale::tickets {

std::vector<TicketView> tickets_of(const domain::Order& order,
                                   const catalog::SessionEntry& session) {
    std::vector<TicketView> tickets;
    if (order.state != domain::OrderState::completed) return tickets;
    tickets.reserve(order.quantity());
    std::uint32_t index = 0;
    for (const auto& line : order.lines) {
        const auto* tier = session.find_tier(line.tier);
        const auto* pool = tier == nullptr ? nullptr : session.find_pool(tier->rules.pool);
        for (std::uint32_t i = 0; i < line.quantity; ++i) {
            TicketView view{
                domain::make_ticket_id(order.id, index++), order.id, line.tier, {}, 0, {}};
            if (pool != nullptr) view.pool = pool->id;
            if (line.first_ordinal != 0) view.ordinal = line.first_ordinal + i;
            if (pool != nullptr) view.place = code_place(pool->additions, view.ordinal);
            tickets.push_back(view);
        }
    }
    return tickets;
}

std::optional<CodeFacts> code_facts(const domain::Order& order, std::uint32_t index) {
    constexpr std::int64_t kSecondMs = 1000;
    const std::int64_t issued_ms = order.created_at.unix_ms();
    std::uint32_t left = index;
    for (const auto& line : order.lines) {
        if (left >= line.quantity) {
            left -= line.quantity;
            continue;
        }
        return CodeFacts{domain::make_ticket_id(order.id, index), order.session, line.tier, 1,
                         base::Timestamp::from_unix_ms(issued_ms / kSecondMs * kSecondMs)};
    }
    return std::nullopt;
}

}  // namespace onsale::tickets
