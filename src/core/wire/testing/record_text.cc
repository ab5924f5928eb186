#include "wire/testing/record_text.h"

#include <array>
#include <variant>

namespace onsale::wire::testing {
namespace {

// As the kinds stand in domain::Fact.
constexpr std::array<std::string_view, std::variant_size_v<domain::Fact>> kKinds = {
    "EpochStarted",     "SessionSetUp",  "CampaignChanged", "SessionChanged", "TierChanged",
    "SessionCancelled", "StockAdded",    "StockWithdrawn",  "OrderPlaced",    "OrderCancelled",
    "OrderExpired",     "OrderRefunded", "OrderHidden",     "SessionRetired"};

std::string number(std::uint64_t value) {
    return std::to_string(value);
}
template <class Id>
std::string name(const char* what, Id id) {
    return std::string(what) + " " + std::to_string(id.value());
}
std::string time(const char* what, base::Timestamp at) {
    return std::string(what) + " " + std::to_string(at.unix_ms());
}
std::string flag(const char* what, bool value) {
    return std::string(what) + (value ? " yes" : " no");
}
std::string text_of(base::Money money) {
    return std::to_string(money.minor) + " of currency " +
           std::to_string(static_cast<unsigned>(money.currency));
}

std::string text_of(const domain::Addition& addition) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string digest;
    for (const std::byte byte : addition.digest) {
        digest += kHex[static_cast<std::size_t>(byte) >> 4U];
        digest += kHex[static_cast<std::size_t>(byte) & 15U];
    }
    return name("addition", addition.id) + " count " + number(addition.count) + " digest " + digest;
}

std::string text_of(const domain::Pool& pool) {
    std::string text =
        name("pool", pool.id) + " kind " + number(static_cast<std::uint64_t>(pool.kind));
    for (const auto& addition : pool.additions) text += " [" + text_of(addition) + "]";
    for (const auto& withdrawal : pool.withdrawals)
        text +=
            " [" + name("withdrawal", withdrawal.id) + " count " + number(withdrawal.count) + "]";
    return text;
}

std::string text_of(const domain::Campaign& campaign) {
    std::string text = name("campaign", campaign.id) + " " + time("opens_at", campaign.opens_at) +
                       " " + time("closes_at", campaign.closes_at) + " hold_time " +
                       std::to_string(campaign.hold_time.count_ms()) + " " +
                       flag("one_per_person", campaign.one_per_person) + " tickets_per_order " +
                       number(campaign.tickets_per_order) + " tiers";
    for (const auto tier : campaign.tiers) text += " " + number(tier.value());
    return text;
}

std::string text_of(const domain::Session& session) {
    std::string text = name("session", session.id) + " " + time("starts_at", session.starts_at) +
                       " " + time("ends_at", session.ends_at) + " orders_per_person " +
                       number(session.orders_per_person) + " tickets_per_person " +
                       number(session.tickets_per_person) + " " +
                       flag("sale_ends_at_start", session.sale_ends_at_start);
    for (const auto& pool : session.pools) text += " (" + text_of(pool) + ")";
    for (const auto& tier : session.tiers) {
        text += " (" + name("tier", tier.id) + " " + name("pool", tier.pool) + " price " +
                text_of(tier.price) + " " + flag("on_sale", tier.on_sale) + ")";
    }
    for (const auto& campaign : session.campaigns) text += " (" + text_of(campaign) + ")";
    return text;
}

std::string text_of(const domain::Order& order) {
    std::string text = name("order", order.id) + " " + name("person", order.person) + " " +
                       name("session", order.session) + " " + name("campaign", order.campaign) +
                       " state " + number(static_cast<std::uint64_t>(order.state)) + " " +
                       flag("hidden", order.hidden) + " " + time("created_at", order.created_at) +
                       " " + time("deadline", order.deadline) + " " +
                       time("changed_at", order.changed_at) + " idempotency_key " +
                       number(order.idempotency_key) + " body_hash " + number(order.body_hash);
    for (const auto& line : order.lines) {
        text += " (" + name("tier", line.tier) + " quantity " + number(line.quantity) +
                " unit_price " + text_of(line.unit_price) + " first_ordinal " +
                number(line.first_ordinal) + ")";
    }
    return text;
}

struct Describe {
    std::string operator()(const domain::EpochStarted& fact) const {
        return "epoch " + number(fact.epoch) + " incarnation " + number(fact.incarnation);
    }
    std::string operator()(const domain::SessionSetUp& fact) const {
        return text_of(*fact.session);
    }
    std::string operator()(const domain::CampaignChanged& fact) const {
        return name("session", fact.session) + " (" + text_of(*fact.campaign) + ")";
    }
    std::string operator()(const domain::SessionChanged& fact) const {
        return name("session", fact.session) + " " + time("starts_at", fact.starts_at) + " " +
               time("ends_at", fact.ends_at) + " orders_per_person " +
               number(fact.orders_per_person) + " tickets_per_person " +
               number(fact.tickets_per_person);
    }
    std::string operator()(const domain::TierChanged& fact) const {
        return name("session", fact.session) + " " + name("tier", fact.tier) + " price " +
               text_of(fact.price) + " " + flag("on_sale", fact.on_sale);
    }
    std::string operator()(const domain::SessionCancelled& fact) const {
        return name("session", fact.session) + " " + time("at", fact.at);
    }
    std::string operator()(const domain::StockAdded& fact) const {
        return name("session", fact.session) + " " + name("pool", fact.pool) + " (" +
               text_of(fact.addition) + ")";
    }
    std::string operator()(const domain::StockWithdrawn& fact) const {
        return name("session", fact.session) + " " + name("pool", fact.pool) + " count " +
               number(fact.count) + " " + name("withdrawal", fact.withdrawal);
    }
    std::string operator()(const domain::OrderPlaced& fact) const { return text_of(fact.order); }
    std::string operator()(const domain::OrderCancelled& fact) const { return ended(fact); }
    std::string operator()(const domain::OrderExpired& fact) const { return ended(fact); }
    std::string operator()(const domain::OrderRefunded& fact) const { return ended(fact); }
    std::string operator()(const domain::OrderHidden& fact) const {
        return name("order", fact.order);
    }
    std::string operator()(const domain::SessionRetired& fact) const {
        return name("session", fact.session) + " orders " + number(fact.orders) + " completed " +
               number(fact.completed) + " tickets " + number(fact.tickets);
    }
    template <class Ended>
    static std::string ended(const Ended& fact) {
        return name("order", fact.order) + " " + time("at", fact.at);
    }
};

}  // namespace

std::string_view kind_of(const domain::Fact& fact) {
    return kKinds[fact.index()];
}

std::string text_of(const domain::Fact& fact) {
    return std::string(kind_of(fact)) + ": " + std::visit(Describe{}, fact);
}

std::string text_of(const RefusalCount& refusal) {
    return "RefusalCount: " + name("campaign", refusal.campaign) + " refusal " +
           number(static_cast<std::uint64_t>(refusal.refusal)) + " count " + number(refusal.count);
}

void TextSink::header(domain::ShardId shard, std::uint64_t next_order_number) {
    text += "header: " + name("shard", shard) + " next_order_number " + number(next_order_number);
    text += '\n';
}

void TextSink::session(const domain::Session& session, const domain::SessionStatus& status) {
    text += text_of(session) + " " + flag("retired", status.retired) + " " +
            flag("cancelled", status.cancelled) + " " + time("cancelled_at", status.cancelled_at);
    text += '\n';
}

void TextSink::stock(const domain::StockImage& stock) {
    text += "stock: " + name("session", stock.session) + " " + name("pool", stock.pool) +
            " capacity " + number(stock.count.capacity) + " free " + number(stock.count.free) +
            " held " + number(stock.count.held) + " sold " + number(stock.count.sold) +
            " withdrawn " + number(stock.count.withdrawn) + " next_ordinal " +
            number(stock.next_ordinal);
    text += '\n';
}

void TextSink::order(const domain::Order& order) {
    text += text_of(order) + '\n';
}

}  // namespace onsale::wire::testing
