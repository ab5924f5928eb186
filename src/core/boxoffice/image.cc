#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {

using domain::OrderState;

void BoxOffice::save(domain::ImageSink& sink) const {
    sink.header({memory_->shard, memory_->next_order_number, memory_->incarnation});
    for (const auto& [id, session] : memory_->sessions)
        sink.session(session.definition, session.status);
    for (const auto& [id, session] : memory_->sessions) {
        if (session.status.retired) continue;
        std::map<domain::PoolId, const PoolState*> ascending;
        for (std::size_t i = 0; i < session.pools.size(); ++i)
            ascending[session.definition.pools[i].id] = &session.pools[i];
        for (const auto& [pool, state] : ascending)
            sink.stock({id, pool, state->count, state->next_ordinal});
    }
    const OrderTable& orders = memory_->orders;
    for (std::uint64_t number = orders.next(1); number != 0; number = orders.next(number + 1)) {
        const auto id = domain::make_order_id(memory_->shard, number);
        sink.order(memory_->record(id, *orders.find(number)));
    }
    if (!memory_->money.empty()) {
        for (std::uint64_t number = orders.next(1); number != 0; number = orders.next(number + 1)) {
            const auto money = money_of(domain::make_order_id(memory_->shard, number));
            if (money) sink.money(*money);
        }
    }
    for (const auto& [id, stray] : memory_->strays) sink.stray(stray);
}

Loader::Loader() = default;
Loader::~Loader() = default;

void Loader::header(const domain::HeaderImage& header) {
    if (loaded_) broken_ = true;
    loaded_.emplace(header.shard);
    loaded_->memory_->next_order_number = header.next_order_number;
    loaded_->memory_->incarnation = header.incarnation;
}

void Loader::session(const domain::Session& session, const domain::SessionStatus& status) {
    broken_ = broken_ || !loaded_ || !definition_is_valid(session) ||
              loaded_->memory_->find_session(session.id) != nullptr;
    if (broken_) return;
    for (const auto& campaign : session.campaigns)
        broken_ = broken_ || loaded_->memory_->find_campaign(campaign.id) != nullptr;
    if (!broken_) loaded_->memory_->add_session(session).status = status;
}

void Loader::stock(const domain::StockImage& stock) {
    if (broken_ || !loaded_) return;
    const auto session = loaded_->memory_->sessions.find(stock.session);
    if (session == loaded_->memory_->sessions.end()) {
        broken_ = true;
        return;
    }
    const std::size_t index = session->second.pool_index(stock.pool);
    broken_ = index == session->second.pools.size() || !stock.count.balances();
    if (!broken_) session->second.pools[index] = {stock.count, stock.next_ordinal};
}

void Loader::order(const domain::Order& order) {
    if (broken_ || !loaded_) return;
    const BoxOffice::Memory& memory = *loaded_->memory_;
    const CampaignState* campaign = memory.find_campaign(order.campaign);
    const std::uint64_t number = domain::number_of(order.id);
    broken_ = campaign == nullptr || campaign->session->definition.id != order.session ||
              campaign->session->status.retired || domain::shard_of(order.id) != memory.shard ||
              number == 0 || number >= memory.next_order_number ||
              memory.orders.find(number) != nullptr || order.lines.empty();
    for (const auto& line : order.lines) {
        broken_ = broken_ || campaign->session->tier_index(line.tier) ==
                                 campaign->session->definition.tiers.size();
    }
    if (!broken_) loaded_->memory_->add_order(order);
}

void Loader::money(const domain::OrderMoney& money) {
    if (broken_ || !loaded_) return;
    BoxOffice::Memory& memory = *loaded_->memory_;
    broken_ =
        memory.find_order(money.order) == nullptr || memory.find_money(money.order) != nullptr;
    for (std::uint32_t i = 0; i < money.payments.size(); ++i)
        broken_ = broken_ || money.payments[i].id != domain::make_payment_id(money.order, i);
    for (std::uint32_t i = 0; i < money.refunds.size(); ++i)
        broken_ = broken_ || money.refunds[i].id != domain::make_refund_id(money.order, i);
    if (broken_) return;
    Money& stored = memory.money_of(money.order);
    stored.replaced = money.replaced;
    stored.payments = money.payments;
    stored.refunds = money.refunds;
    for (const auto& payment : stored.payments) memory.count_open(payment.id);
    for (const auto& refund : stored.refunds) memory.count_open(refund.id);
}

void Loader::stray(const domain::Stray& stray) {
    if (broken_ || !loaded_) return;
    BoxOffice::Memory& memory = *loaded_->memory_;
    broken_ = stray.id.value() != memory.strays.size() + 1;
    if (broken_) return;
    memory.strays.emplace(stray.id, stray);
    memory.stray_of_transaction.emplace(std::pair(stray.bank, stray.transaction), stray.id);
}

std::optional<BoxOffice> Loader::finish() {
    if (broken_ || !loaded_) return std::nullopt;
    for (auto& [id, session] : loaded_->memory_->sessions) {
        if (session.status.cancelled && !session.status.retired)
            loaded_->memory_->find_next_to_end(session, session.first_order);
    }
    if (!loaded_->broken_invariant().empty()) return std::nullopt;
    return std::move(loaded_);
}

namespace {

// A live order, as far as limits are concerned.
struct Bought {
    domain::PersonId person;
    std::uint64_t tickets = 0;
    std::size_t campaign = 0;  // index
    bool one_per_person = false;
};

// What the orders of a session say about its stock and limits, counted from nothing.
struct Recount {
    std::map<std::size_t, domain::StockCount> pools;  // held and sold only
    std::vector<Bought> live;
    std::uint64_t orders = 0;
    std::uint64_t to_end = 0;
};

void count_order(const BoxOffice::Memory& memory, domain::OrderId id, const StoredOrder& stored,
                 Recount& recount) {
    const SessionState& session = *stored.campaign->session;
    ++recount.orders;
    if (memory.has_to_end(id, stored)) ++recount.to_end;
    if (!domain::is_live(stored.state)) return;
    Bought bought{stored.person, 0, stored.campaign->index,
                  session.campaign(*stored.campaign).one_per_person};
    for (std::size_t i = 0; i < stored.lines; ++i) {
        const StoredLine& line = memory.line(id, stored, i);
        bought.tickets += line.quantity;
        auto& pool = recount.pools[session.pool_of_tier[line.tier_index]];
        (domain::holds_stock(stored.state) ? pool.held : pool.sold) += line.quantity;
    }
    recount.live.push_back(bought);
}

std::string check_limits(const SessionState& session, std::vector<Bought>& live,
                         const std::string& name) {
    std::sort(live.begin(), live.end(), [](const Bought& a, const Bought& b) {
        return std::pair(a.person, a.campaign) < std::pair(b.person, b.campaign);
    });
    std::size_t persons = 0;
    for (auto first = live.begin(); first != live.end(); ++persons) {
        const auto person = [&] { return std::to_string(first->person.value()); };
        std::uint64_t tickets = 0;
        auto next = first;
        for (; next != live.end() && next->person == first->person; ++next) {
            tickets += next->tickets;
            if (next->one_per_person && next != first && next->campaign == (next - 1)->campaign)
                return name + ": person " + person() + " joined a campaign twice";
        }
        const auto usage = session.usage.find(first->person);
        const auto orders = static_cast<std::uint64_t>(next - first);
        if (usage == session.usage.end() || usage->second.orders != orders ||
            usage->second.tickets != tickets)
            return name + ": limits of person " + person() + " differ from their orders";
        first = next;
    }
    if (session.usage.size() != persons) return name + ": limits count persons without live orders";
    return "";
}

// Limits per person are judged when an order is placed (the auditor does): they may have been
// lowered since.
std::string check_session(const SessionState& session, Recount& recount) {
    const std::string name = "session " + std::to_string(session.definition.id.value());
    if (session.status.retired)
        return recount.orders == 0 ? "" : name + ": retired, but has orders in memory";
    for (std::size_t i = 0; i < session.pools.size(); ++i) {
        const PoolState& pool = session.pools[i];
        const auto counted = recount.pools.find(i);
        const domain::StockCount orders =
            counted == recount.pools.end() ? domain::StockCount{} : counted->second;
        const std::string place =
            name + " pool " + std::to_string(session.definition.pools[i].id.value());
        if (!pool.count.balances())
            return place + ": free + held + sold + withdrawn differs from capacity";
        if (pool.count.held != orders.held)
            return place + ": held differs from its reserved and paid orders";
        if (pool.count.sold != orders.sold)
            return place + ": sold differs from its completed and refunding orders";
        const bool codes = session.definition.pools[i].kind == domain::PoolKind::codes;
        if (codes && pool.next_ordinal - 1 != pool.count.sold + pool.count.withdrawn)
            return place + ": codes do not add up";
    }
    if (session.live_orders() != recount.live.size())
        return name + ": its live orders are counted wrongly";
    if (session.orders_to_end() != recount.to_end)
        return name + ": its orders to end are counted wrongly";
    return check_limits(session, recount.live, name);
}

// INVARIANT: an order is completed by captured money that is its price, or it is free; it is paid
// by an authorisation; and whatever else a bank has taken is on its way back.
std::string check_money(const BoxOffice::Memory& memory, domain::OrderId id,
                        const StoredOrder& stored) {
    const std::string name = "order " + std::to_string(id.value());
    const base::Money price = memory.record(id, stored).amount();
    const Money* money = memory.find_money(id);
    if (money == nullptr) {
        const bool needs_money = stored.state == OrderState::paid ||
                                 stored.state == OrderState::refunding ||
                                 (stored.state == OrderState::completed && !price.is_zero());
        return needs_money ? name + ": has tickets and no payment" : "";
    }
    std::int64_t kept = 0;
    bool authorised = false;
    for (const auto& payment : money->payments) {
        authorised = authorised || payment.state == domain::PaymentState::authorised;
        if (payment.state != domain::PaymentState::captured) continue;
        std::int64_t back = 0;
        for (const auto& refund : money->refunds) {
            const bool counts =
                refund.payment == payment.id && (refund.state == domain::RefundState::approved ||
                                                 refund.state == domain::RefundState::completed);
            if (counts) back += refund.amount.minor + refund.fee.minor;
        }
        if (back > payment.captured.minor) return name + ": more goes back than was paid";
        if (payment.use == domain::MoneyUse::order) kept += payment.captured.minor - back;
        if (payment.use != domain::MoneyUse::order && back != payment.captured.minor)
            return name + ": money that is not for it does not go back";
    }
    if (stored.state == OrderState::completed && kept != price.minor)
        return name + ": is completed and not paid for";
    if (stored.state == OrderState::paid && !authorised)
        return name + ": is paid without an authorisation";
    const bool has_nothing = !domain::is_live(stored.state);
    return has_nothing && kept != 0 ? name + ": is paid for and has nothing" : "";
}

}  // namespace

std::string BoxOffice::broken_invariant() const {
    const BoxOffice::Memory& memory = *memory_;
    std::map<domain::SessionId, Recount> recounts;
    std::uint64_t reserved = 0;
    for (std::uint64_t number = memory.orders.next(1); number != 0;
         number = memory.orders.next(number + 1)) {
        const StoredOrder& stored = *memory.orders.find(number);
        const auto id = domain::make_order_id(memory.shard, number);
        if (number >= memory.next_order_number)
            return "an order has a number that was not given out yet";
        count_order(memory, id, stored, recounts[stored.campaign->session->definition.id]);
        if (stored.state == OrderState::reserved) ++reserved;
        const bool due = memory.deadlines.contains({stored.deadline, id});
        if (due != (stored.state == OrderState::reserved))
            return "order " + std::to_string(id.value()) + ": its deadline is not kept";
        std::string broken = check_money(memory, id, stored);
        if (!broken.empty()) return broken;
    }
    if (reserved != memory.deadlines.size()) return "there are deadlines without reserved orders";
    for (const auto& [id, session] : memory.sessions) {
        std::string broken = check_session(session, recounts[id]);
        if (!broken.empty()) return broken;
        const bool to_end =
            session.status.cancelled && !session.status.retired && recounts[id].to_end > 0;
        if (to_end != memory.ending.contains(id))
            return "session " + std::to_string(id.value()) + ": its orders are forgotten";
    }
    return "";
}

}  // namespace onsale::boxoffice
