#include <algorithm>
#include <cstring>
#include <utility>

#include "wire/internal/convert.h"
#include "wire/internal/convert_money.h"

namespace onsale::wire::internal {
namespace {

using base::Timestamp;
using base::Unexpected;

auto damaged(const char* what) {
    return Unexpected{DecodeError{what}};
}

bool known_currency(std::uint32_t currency) {
    return currency >= static_cast<std::uint32_t>(base::Currency::cny) &&
           currency <= static_cast<std::uint32_t>(base::Currency::eur);
}

struct FactEncoder {
    records::Fact& out;

    void operator()(const domain::EpochStarted& fact) const {
        auto& record = *out.mutable_epoch_started();
        record.set_epoch(fact.epoch);
        record.set_incarnation(fact.incarnation);
    }
    void operator()(const domain::SessionSetUp& fact) const {
        encode(*fact.session, *out.mutable_session_set_up()->mutable_session());
    }
    void operator()(const domain::CampaignChanged& fact) const {
        auto& record = *out.mutable_campaign_changed();
        record.set_session(fact.session.value());
        encode(*fact.campaign, *record.mutable_campaign());
    }
    void operator()(const domain::SessionChanged& fact) const {
        auto& record = *out.mutable_session_changed();
        record.set_session(fact.session.value());
        record.set_starts_at_ms(fact.starts_at.unix_ms());
        record.set_ends_at_ms(fact.ends_at.unix_ms());
        record.set_orders_per_person(fact.orders_per_person);
        record.set_tickets_per_person(fact.tickets_per_person);
    }
    void operator()(const domain::TierChanged& fact) const {
        auto& record = *out.mutable_tier_changed();
        record.set_session(fact.session.value());
        record.set_tier(fact.tier.value());
        encode(fact.price, *record.mutable_price());
        record.set_off_sale(!fact.on_sale);
    }
    void operator()(const domain::SessionCancelled& fact) const {
        auto& record = *out.mutable_session_cancelled();
        record.set_session(fact.session.value());
        record.set_at_ms(fact.at.unix_ms());
    }
    void operator()(const domain::StockAdded& fact) const {
        auto& record = *out.mutable_stock_added();
        record.set_session(fact.session.value());
        record.set_pool(fact.pool.value());
        encode(fact.addition, *record.mutable_addition());
    }
    void operator()(const domain::StockWithdrawn& fact) const {
        auto& record = *out.mutable_stock_withdrawn();
        record.set_session(fact.session.value());
        record.set_pool(fact.pool.value());
        record.set_count(fact.count);
        record.set_withdrawal(fact.withdrawal.value());
    }
    void operator()(const domain::OrderPlaced& fact) const {
        encode(fact.order, *out.mutable_order_placed()->mutable_order());
    }
    void operator()(const domain::OrderCancelled& fact) const {
        auto& record = *out.mutable_order_cancelled();
        record.set_order(fact.order.value());
        record.set_at_ms(fact.at.unix_ms());
    }
    void operator()(const domain::OrderExpired& fact) const {
        auto& record = *out.mutable_order_expired();
        record.set_order(fact.order.value());
        record.set_at_ms(fact.at.unix_ms());
    }
    void operator()(const domain::OrderRefunded& fact) const {
        auto& record = *out.mutable_order_refunded();
        record.set_order(fact.order.value());
        record.set_at_ms(fact.at.unix_ms());
    }
    void operator()(const domain::OrderHidden& fact) const {
        out.mutable_order_hidden()->set_order(fact.order.value());
    }
    void operator()(const domain::SessionRetired& fact) const {
        auto& record = *out.mutable_session_retired();
        record.set_session(fact.session.value());
        record.set_orders(fact.orders);
        record.set_completed(fact.completed);
        record.set_tickets(fact.tickets);
    }
    // The facts about money.
    template <class MoneyFact>
    void operator()(const MoneyFact& fact) const {
        encode_fact(fact, out);
    }
};

DecodeResult<domain::Pool> decode_pool(const records::Pool& in) {
    domain::Pool pool{domain::PoolId(in.id()), {}, {}, {}};
    if (in.kind() == static_cast<std::uint32_t>(domain::PoolKind::count)) {
        pool.kind = domain::PoolKind::count;
    } else if (in.kind() == static_cast<std::uint32_t>(domain::PoolKind::codes)) {
        pool.kind = domain::PoolKind::codes;
    } else {
        return damaged("pool: unknown kind");
    }
    for (const auto& record : in.additions()) {
        ONSALE_TRY_ASSIGN(addition, internal::decode(record));
        pool.additions.push_back(addition);
    }
    for (const auto& record : in.withdrawals())
        pool.withdrawals.push_back({domain::WithdrawalId(record.id()), record.count()});
    return pool;
}

DecodeResult<domain::Tier> decode_tier(const records::Tier& in) {
    ONSALE_TRY_ASSIGN(price, internal::decode(in.price()));
    return domain::Tier{domain::TierId(in.id()), domain::PoolId(in.pool()), price, !in.off_sale()};
}

domain::SessionChanged decode_changed(const records::SessionChanged& in) {
    return {domain::SessionId(in.session()), Timestamp::from_unix_ms(in.starts_at_ms()),
            Timestamp::from_unix_ms(in.ends_at_ms()), in.orders_per_person(),
            in.tickets_per_person()};
}

template <class T>
DecodeResult<std::shared_ptr<const T>> share(DecodeResult<T> decoded) {
    if (!decoded) return Unexpected{std::move(decoded).error()};
    return std::shared_ptr<const T>(std::make_shared<T>(std::move(decoded).value()));
}

}  // namespace

DecodeResult<domain::OrderState> decode_order_state(std::uint32_t state) {
    if (state < static_cast<std::uint32_t>(domain::OrderState::reserved) ||
        state > static_cast<std::uint32_t>(domain::OrderState::refunding)) {
        return damaged("order: unknown state");
    }
    return static_cast<domain::OrderState>(state);
}

void encode(const domain::Addition& value, records::Addition& out) {
    out.set_id(value.id.value());
    out.set_count(value.count);
    out.set_digest(value.digest.data(), value.digest.size());
}

void encode(const domain::Campaign& value, records::Campaign& out) {
    out.set_id(value.id.value());
    out.set_opens_at_ms(value.opens_at.unix_ms());
    out.set_closes_at_ms(value.closes_at.unix_ms());
    out.set_hold_time_ms(value.hold_time.count_ms());
    out.set_one_per_person(value.one_per_person);
    out.set_tickets_per_order(value.tickets_per_order);
    for (const auto tier : value.tiers) out.add_tiers(tier.value());
}

void encode(const domain::Session& value, records::Session& out) {
    out.set_id(value.id.value());
    out.set_starts_at_ms(value.starts_at.unix_ms());
    out.set_ends_at_ms(value.ends_at.unix_ms());
    out.set_orders_per_person(value.orders_per_person);
    out.set_tickets_per_person(value.tickets_per_person);
    for (const auto& pool : value.pools) {
        auto& record = *out.add_pools();
        record.set_id(pool.id.value());
        record.set_kind(static_cast<std::uint32_t>(pool.kind));
        for (const auto& addition : pool.additions) encode(addition, *record.add_additions());
        for (const auto& withdrawal : pool.withdrawals) {
            auto& withdrawn = *record.add_withdrawals();
            withdrawn.set_id(withdrawal.id.value());
            withdrawn.set_count(withdrawal.count);
        }
    }
    for (const auto& tier : value.tiers) {
        auto& record = *out.add_tiers();
        record.set_id(tier.id.value());
        record.set_pool(tier.pool.value());
        encode(tier.price, *record.mutable_price());
        record.set_off_sale(!tier.on_sale);
    }
    for (const auto& campaign : value.campaigns) encode(campaign, *out.add_campaigns());
    out.set_sale_ends_at_start(value.sale_ends_at_start);
    out.set_organiser(value.organiser.value());
    if (value.refunds != domain::RefundPolicy{}) encode(value.refunds, *out.mutable_refunds());
    out.set_late_payment(static_cast<std::uint32_t>(value.late_payment));
}

void encode(const domain::Order& value, records::Order& out) {
    out.set_id(value.id.value());
    out.set_person(value.person.value());
    out.set_session(value.session.value());
    out.set_campaign(value.campaign.value());
    out.set_state(static_cast<std::uint32_t>(value.state));
    out.set_hidden(value.hidden);
    out.set_created_at_ms(value.created_at.unix_ms());
    out.set_deadline_ms(value.deadline.unix_ms());
    out.set_changed_at_ms(value.changed_at.unix_ms());
    out.set_idempotency_key(value.idempotency_key);
    out.set_body_hash(value.body_hash);
    for (const auto& line : value.lines) encode(line, *out.add_lines());
}

void encode(const domain::OrderLine& value, records::OrderLine& out) {
    out.set_tier(value.tier.value());
    out.set_quantity(value.quantity);
    out.set_unit_price_minor(value.unit_price.minor);
    out.set_currency(static_cast<std::uint32_t>(value.unit_price.currency));
    out.set_first_ordinal(value.first_ordinal);
}

void encode(const domain::Fact& value, records::Fact& out) {
    std::visit(FactEncoder{out}, value);
}

void encode(const RefusalCount& value, records::RefusalCount& out) {
    out.set_campaign(value.campaign.value());
    out.set_refusal(static_cast<std::uint32_t>(value.refusal));
    out.set_count(value.count);
}

DecodeResult<domain::Addition> decode(const records::Addition& in) {
    domain::Addition addition{domain::AdditionId(in.id()), in.count(), {}};
    if (in.digest().size() != addition.digest.size())
        return damaged("addition: digest is not 32 bytes");
    std::memcpy(addition.digest.data(), in.digest().data(), addition.digest.size());
    return addition;
}

DecodeResult<domain::Campaign> decode(const records::Campaign& in) {
    domain::Campaign campaign;
    campaign.id = domain::CampaignId(in.id());
    campaign.opens_at = Timestamp::from_unix_ms(in.opens_at_ms());
    campaign.closes_at = Timestamp::from_unix_ms(in.closes_at_ms());
    campaign.hold_time = base::Duration::milliseconds(in.hold_time_ms());
    campaign.one_per_person = in.one_per_person();
    campaign.tickets_per_order = in.tickets_per_order();
    for (const auto tier : in.tiers()) campaign.tiers.emplace_back(tier);
    return campaign;
}

DecodeResult<domain::Session> decode(const records::Session& in) {
    domain::Session session;
    session.id = domain::SessionId(in.id());
    session.starts_at = Timestamp::from_unix_ms(in.starts_at_ms());
    session.ends_at = Timestamp::from_unix_ms(in.ends_at_ms());
    session.orders_per_person = in.orders_per_person();
    session.tickets_per_person = in.tickets_per_person();
    for (const auto& record : in.pools()) {
        ONSALE_TRY_ASSIGN(pool, decode_pool(record));
        session.pools.push_back(std::move(pool));
    }
    for (const auto& record : in.tiers()) {
        ONSALE_TRY_ASSIGN(tier, decode_tier(record));
        session.tiers.push_back(tier);
    }
    for (const auto& record : in.campaigns()) {
        ONSALE_TRY_ASSIGN(campaign, decode(record));
        session.campaigns.push_back(std::move(campaign));
    }
    session.sale_ends_at_start = in.sale_ends_at_start();
    session.organiser = domain::OrganiserId(in.organiser());
    ONSALE_TRY_ASSIGN(refunds, decode(in.refunds()));
    ONSALE_TRY_ASSIGN(late, decode_late_payment(in.late_payment()));
    session.refunds = refunds;
    session.late_payment = late;
    return session;
}

DecodeResult<domain::Order> decode(const records::Order& in) {
    domain::Order order;
    order.id = domain::OrderId(in.id());
    order.person = domain::PersonId(in.person());
    order.session = domain::SessionId(in.session());
    order.campaign = domain::CampaignId(in.campaign());
    ONSALE_TRY_ASSIGN(state, decode_order_state(in.state()));
    order.state = state;
    order.hidden = in.hidden();
    order.created_at = Timestamp::from_unix_ms(in.created_at_ms());
    order.deadline = Timestamp::from_unix_ms(in.deadline_ms());
    order.changed_at = Timestamp::from_unix_ms(in.changed_at_ms());
    order.idempotency_key = in.idempotency_key();
    order.body_hash = in.body_hash();
    ONSALE_TRY_ASSIGN(lines, decode_lines(in.lines()));
    order.lines = lines;
    return order;
}

DecodeResult<domain::OrderLines> decode_lines(
    const google::protobuf::RepeatedPtrField<records::OrderLine>& in) {
    if (in.empty() || in.size() > static_cast<int>(domain::kLinesPerOrderMax))
        return damaged("order: number of lines");
    domain::OrderLines lines;
    for (const auto& record : in) {
        const bool quantity_fits =
            record.quantity() >= 1 && record.quantity() <= domain::kTicketsPerOrderMax;
        if (!known_currency(record.currency()) || !quantity_fits) return damaged("order: line");
        const base::Money price{record.unit_price_minor(),
                                static_cast<base::Currency>(record.currency())};
        lines.push_back(
            {domain::TierId(record.tier()), record.quantity(), price, record.first_ordinal()});
    }
    return lines;
}

DecodeResult<domain::Fact> decode(const records::Fact& in) {
    using records::Fact;
    switch (in.kind_case()) {
        case Fact::kEpochStarted:
            return domain::Fact(
                domain::EpochStarted{in.epoch_started().epoch(), in.epoch_started().incarnation()});
        case Fact::kSessionSetUp: {
            ONSALE_TRY_ASSIGN(session, share(decode(in.session_set_up().session())));
            return domain::Fact(domain::SessionSetUp{std::move(session)});
        }
        case Fact::kCampaignChanged: {
            const domain::SessionId session(in.campaign_changed().session());
            ONSALE_TRY_ASSIGN(campaign, share(decode(in.campaign_changed().campaign())));
            return domain::Fact(domain::CampaignChanged{session, std::move(campaign)});
        }
        case Fact::kStockAdded: {
            const auto& record = in.stock_added();
            ONSALE_TRY_ASSIGN(addition, decode(record.addition()));
            return domain::Fact(domain::StockAdded{domain::SessionId(record.session()),
                                                   domain::PoolId(record.pool()), addition});
        }
        case Fact::kStockWithdrawn: {
            const auto& record = in.stock_withdrawn();
            return domain::Fact(domain::StockWithdrawn{
                domain::SessionId(record.session()), domain::PoolId(record.pool()), record.count(),
                domain::WithdrawalId(record.withdrawal())});
        }
        case Fact::kOrderPlaced: {
            ONSALE_TRY_ASSIGN(order, decode(in.order_placed().order()));
            return domain::Fact(domain::OrderPlaced{order});
        }
        case Fact::kOrderCancelled:
            return domain::Fact(
                domain::OrderCancelled{domain::OrderId(in.order_cancelled().order()),
                                       Timestamp::from_unix_ms(in.order_cancelled().at_ms())});
        case Fact::kOrderExpired:
            return domain::Fact(
                domain::OrderExpired{domain::OrderId(in.order_expired().order()),
                                     Timestamp::from_unix_ms(in.order_expired().at_ms())});
        case Fact::kOrderHidden:
            return domain::Fact(domain::OrderHidden{domain::OrderId(in.order_hidden().order())});
        case Fact::kSessionRetired: {
            const auto& record = in.session_retired();
            return domain::Fact(domain::SessionRetired{domain::SessionId(record.session()),
                                                       record.orders(), record.completed(),
                                                       record.tickets()});
        }
        case Fact::kSessionChanged:
            return domain::Fact(decode_changed(in.session_changed()));
        case Fact::kTierChanged: {
            const auto& record = in.tier_changed();
            ONSALE_TRY_ASSIGN(price, decode(record.price()));
            return domain::Fact(domain::TierChanged{domain::SessionId(record.session()),
                                                    domain::TierId(record.tier()), price,
                                                    !record.off_sale()});
        }
        case Fact::kSessionCancelled:
            return domain::Fact(
                domain::SessionCancelled{domain::SessionId(in.session_cancelled().session()),
                                         Timestamp::from_unix_ms(in.session_cancelled().at_ms())});
        case Fact::kOrderRefunded:
            return domain::Fact(
                domain::OrderRefunded{domain::OrderId(in.order_refunded().order()),
                                      Timestamp::from_unix_ms(in.order_refunded().at_ms())});
        default:
            return decode_money_fact(in);
    }
}

DecodeResult<RefusalCount> decode(const records::RefusalCount& in) {
    if (in.refusal() >= domain::kRefusals) return damaged("refusal: unknown reason");
    return RefusalCount{domain::CampaignId(in.campaign()),
                        static_cast<domain::Refusal>(in.refusal()), in.count()};
}

}  // namespace onsale::wire::internal
