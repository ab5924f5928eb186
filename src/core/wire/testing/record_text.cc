#include "wire/testing/record_text.h"

#include <array>
#include <variant>

namespace onsale::wire::testing {
namespace {

// As the kinds stand in domain::Fact.
constexpr std::array<std::string_view, std::variant_size_v<domain::Fact>> kKinds = {
    "EpochStarted",        "SessionSetUp",     "CampaignChanged",  "SessionChanged",
    "TierChanged",         "SessionCancelled", "StockAdded",       "StockWithdrawn",
    "OrderPlaced",         "OrderCancelled",   "OrderExpired",     "OrderRefunded",
    "OrderHidden",         "SessionRetired",   "TermsChanged",     "OrderMoved",
    "LatePaymentAccepted", "PaymentStarted",   "PaymentStepTried", "PaymentCaptured",
    "PaymentEnded",        "PaymentParked",    "PaymentResumed",   "RefundRequested",
    "RefundReviewed",      "RefundCancelled",  "RefundTried",      "RefundCompleted",
    "RefundReopened",      "RefundParked",     "RefundResumed",    "StrayReceived",
    "StrayTried",          "StrayReturned",    "StrayParked",      "StrayResumed",
    "RefundSettled"};

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

template <class Enum>
std::string enumerated(Enum value) {
    return std::to_string(static_cast<unsigned>(value));
}

std::string text_of(const domain::RefundPolicy& policy) {
    return flag("refunds", policy.allowed) + " until_before_start " +
           std::to_string(policy.until_before_start.count_ms()) + " fee_basis_points " +
           number(policy.fee_basis_points) + " " + flag("reviewed", policy.reviewed) +
           " second_review_from " + std::to_string(policy.second_review_from_minor);
}

std::string text_of(const domain::Payment& payment) {
    return name("payment", payment.id) + " " + name("bank", payment.bank) + " way " +
           enumerated(payment.way) + " state " + enumerated(payment.state) + " amount " +
           text_of(payment.amount) + " captured " + text_of(payment.captured) + " use " +
           enumerated(payment.use) + " reason " + enumerated(payment.reason) + " " +
           flag("parked", payment.parked) + " tries " + number(payment.tries) + " incarnation " +
           number(payment.incarnation) + " token " + number(payment.token) + " transaction '" +
           payment.transaction + "' " + time("started_at", payment.started_at) + " " +
           time("changed_at", payment.changed_at);
}

// Only where they say something: what was frozen before them stays as it was.
std::string round_text(std::uint32_t value) {
    return value == 0 ? std::string() : " round " + number(value);
}
std::string refused_text(bool value) {
    return value ? " refused yes" : "";
}
std::string settlers(const domain::Refund& refund) {
    if (refund.first_settler == domain::PersonId()) return {};
    return " " + name("first_settler", refund.first_settler) + " " +
           name("second_settler", refund.second_settler);
}

std::string text_of(const domain::Refund& refund) {
    return name("refund", refund.id) + " " + name("payment", refund.payment) + " " +
           name("bank", refund.bank) + " cause " + enumerated(refund.cause) + " reason " +
           enumerated(refund.reason) + " state " + enumerated(refund.state) + " amount " +
           text_of(refund.amount) + " fee " + text_of(refund.fee) + " reviews_needed " +
           number(refund.reviews_needed) + " " + name("first_reviewer", refund.first_reviewer) +
           " " + name("second_reviewer", refund.second_reviewer) + " " +
           flag("parked", refund.parked) + " tries " + number(refund.tries) + " incarnation " +
           number(refund.incarnation) + " transaction '" + refund.transaction + "' " +
           time("requested_at", refund.requested_at) + " " + time("changed_at", refund.changed_at) +
           round_text(refund.round) + refused_text(refund.refused) + settlers(refund) +
           (refund.given_before ? " given_before yes" : "");
}

std::string text_of(const domain::Stray& stray) {
    return name("stray", stray.id) + " " + name("bank", stray.bank) + " state " +
           enumerated(stray.state) + " amount " + text_of(stray.amount) + " " +
           flag("parked", stray.parked) + " tries " + number(stray.tries) + " incarnation " +
           number(stray.incarnation) + " transaction '" + stray.transaction + "' " +
           time("received_at", stray.received_at) + " " + time("changed_at", stray.changed_at) +
           round_text(stray.round) + refused_text(stray.refused);
}

std::string text_of(const domain::OrderLine& line) {
    return " (" + name("tier", line.tier) + " quantity " + number(line.quantity) + " unit_price " +
           text_of(line.unit_price) + " first_ordinal " + number(line.first_ordinal) + ")";
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
    if (session.organiser != domain::OrganiserId())
        text += " " + name("organiser", session.organiser);
    if (session.refunds != domain::RefundPolicy{}) text += " (" + text_of(session.refunds) + ")";
    if (session.late_payment != domain::LatePayment::refund)
        text += " late_payment " + enumerated(session.late_payment);
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
    for (const auto& line : order.lines) text += text_of(line);
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
    std::string operator()(const domain::TermsChanged& fact) const {
        return name("session", fact.session) + " (" + text_of(fact.refunds) + ") late_payment " +
               enumerated(fact.late_payment);
    }
    std::string operator()(const domain::OrderMoved& fact) const {
        std::string text = ended(fact) + " to " + enumerated(fact.to) + " first_ordinals";
        for (const auto ordinal : fact.first_ordinals) text += " " + number(ordinal);
        return text;
    }
    std::string operator()(const domain::LatePaymentAccepted& fact) const {
        std::string text = ended(fact) + " " + name("session", fact.session) + " " +
                           flag("replaced", fact.replaced);
        for (const auto& line : fact.lines) text += text_of(line);
        return text;
    }
    std::string operator()(const domain::PaymentStarted& fact) const {
        return text_of(fact.payment);
    }
    std::string operator()(const domain::PaymentStepTried& fact) const {
        return paid(fact) + " step " + enumerated(fact.step);
    }
    std::string operator()(const domain::PaymentCaptured& fact) const {
        return paid(fact) + " amount " + text_of(fact.amount) + " transaction '" +
               fact.transaction + "' use " + enumerated(fact.use);
    }
    std::string operator()(const domain::PaymentEnded& fact) const {
        return paid(fact) + " state " + enumerated(fact.state) + " reason " +
               enumerated(fact.reason);
    }
    std::string operator()(const domain::PaymentParked& fact) const {
        return paid(fact) + " reason " + enumerated(fact.reason);
    }
    std::string operator()(const domain::PaymentResumed& fact) const {
        return paid(fact) + " " + name("by", fact.by);
    }
    std::string operator()(const domain::RefundRequested& fact) const {
        return text_of(fact.refund);
    }
    std::string operator()(const domain::RefundReviewed& fact) const {
        return refunded(fact) + " " + name("by", fact.by) + " " + flag("approved", fact.approved) +
               " state " + enumerated(fact.state);
    }
    std::string operator()(const domain::RefundCancelled& fact) const { return refunded(fact); }
    std::string operator()(const domain::RefundTried& fact) const { return refunded(fact); }
    std::string operator()(const domain::RefundCompleted& fact) const {
        return refunded(fact) + " transaction '" + fact.transaction + "'" + round_text(fact.round);
    }
    std::string operator()(const domain::RefundReopened& fact) const {
        return refunded(fact) + refused_text(fact.refused);
    }
    std::string operator()(const domain::RefundParked& fact) const {
        return refunded(fact) + refused_text(fact.refused) +
               (fact.given_before ? " given_before yes" : "");
    }
    std::string operator()(const domain::RefundSettled& fact) const {
        return refunded(fact) + " " + name("by", fact.by) + " " + flag("completed", fact.completed);
    }
    std::string operator()(const domain::RefundResumed& fact) const {
        return refunded(fact) + " " + name("by", fact.by);
    }
    std::string operator()(const domain::StrayReceived& fact) const { return text_of(fact.stray); }
    std::string operator()(const domain::StrayTried& fact) const { return strayed(fact); }
    std::string operator()(const domain::StrayReturned& fact) const {
        return strayed(fact) + round_text(fact.round);
    }
    std::string operator()(const domain::StrayParked& fact) const {
        return strayed(fact) + refused_text(fact.refused);
    }
    std::string operator()(const domain::StrayResumed& fact) const {
        return strayed(fact) + " " + name("by", fact.by);
    }
    template <class Paid>
    static std::string paid(const Paid& fact) {
        return name("payment", fact.payment) + " " + time("at", fact.at);
    }
    template <class Refunded>
    static std::string refunded(const Refunded& fact) {
        return name("refund", fact.refund) + " " + time("at", fact.at);
    }
    template <class Strayed>
    static std::string strayed(const Strayed& fact) {
        return name("stray", fact.stray) + " " + time("at", fact.at);
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

void TextSink::header(const domain::HeaderImage& header) {
    text += "header: " + name("shard", header.shard) + " next_order_number " +
            number(header.next_order_number);
    if (header.incarnation != 0) text += " incarnation " + number(header.incarnation);
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

void TextSink::money(const domain::OrderMoney& money) {
    text += "money: " + name("order", money.order) + " " + flag("replaced", money.replaced);
    for (const auto& payment : money.payments) text += " (" + text_of(payment) + ")";
    for (const auto& refund : money.refunds) text += " (" + text_of(refund) + ")";
    text += '\n';
}

void TextSink::stray(const domain::Stray& stray) {
    text += text_of(stray) + '\n';
}

}  // namespace onsale::wire::testing
