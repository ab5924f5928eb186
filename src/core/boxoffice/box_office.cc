#include "boxoffice/box_office.h"

#include <algorithm>

#include "boxoffice/internal/decide.h"
#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {
namespace {

struct Decide {
    const BoxOffice::Memory& memory;
    base::Timestamp now;
    Decision& out;

    void operator()(const domain::PlaceOrder& command) const {
        decide_place(memory, command, now, out);
    }
    void operator()(const domain::CancelOrder& command) const {
        decide_cancel(memory, command, now, out);
    }
    void operator()(const domain::HideOrder& command) const {
        decide_hide(memory, command, now, out);
    }
    void operator()(const domain::ExpireDue& command) const {
        decide_expire(memory, command, now, out);
    }
    void operator()(const domain::EndCancelled& command) const {
        decide_end_cancelled(memory, command, now, out);
    }
    void operator()(const domain::SetUpSession& command) const {
        decide_set_up(memory, command, out);
    }
    void operator()(const domain::ChangeCampaign& command) const {
        decide_change(memory, command, out);
    }
    void operator()(const domain::ChangeSession& command) const {
        decide_change_session(memory, command, out);
    }
    void operator()(const domain::ChangeTier& command) const {
        decide_change_tier(memory, command, out);
    }
    void operator()(const domain::CancelSession& command) const {
        decide_cancel_session(memory, command, now, out);
    }
    void operator()(const domain::RemoveSession& command) const {
        decide_remove_session(memory, command, now, out);
    }
    void operator()(const domain::AddStock& command) const { decide_add(memory, command, out); }
    void operator()(const domain::WithdrawStock& command) const {
        decide_withdraw(memory, command, out);
    }
    void operator()(const domain::RetireSession& command) const {
        decide_retire(memory, command, now, out);
    }
    void operator()(const domain::ChangeTerms& command) const {
        decide_terms(memory, command, out);
    }
    void operator()(const domain::StartPayment& command) const {
        decide_start(memory, command, now, out);
    }
    void operator()(const domain::TryPaymentStep& command) const {
        decide_step(memory, command, now, out);
    }
    void operator()(const domain::ReportPayment& command) const {
        decide_report(memory, command, now, out);
    }
    void operator()(const domain::ParkPayment& command) const {
        decide_park(memory, command, now, out);
    }
    void operator()(const domain::ResumePayment& command) const {
        decide_resume(memory, command, now, out);
    }
    void operator()(const domain::RequestRefund& command) const {
        decide_request(memory, command, now, out);
    }
    void operator()(const domain::CancelRefund& command) const {
        decide_cancel_refund(memory, command, now, out);
    }
    void operator()(const domain::ReviewRefund& command) const {
        decide_review(memory, command, now, out);
    }
    void operator()(const domain::TryRefund& command) const {
        decide_try_refund(memory, command, now, out);
    }
    void operator()(const domain::ReportRefund& command) const {
        decide_report_refund(memory, command, now, out);
    }
    void operator()(const domain::ParkRefund& command) const {
        decide_park_refund(memory, command, now, out);
    }
    void operator()(const domain::ResumeRefund& command) const {
        decide_resume_refund(memory, command, now, out);
    }
    void operator()(const domain::SettleRefund& command) const {
        decide_settle(memory, command, now, out);
    }
    void operator()(const domain::ReceiveStray& command) const {
        decide_receive(memory, command, now, out);
    }
    void operator()(const domain::TryStray& command) const {
        decide_try_stray(memory, command, now, out);
    }
    void operator()(const domain::ReportStray& command) const {
        decide_report_stray(memory, command, now, out);
    }
    void operator()(const domain::ResumeStray& command) const {
        decide_resume_stray(memory, command, now, out);
    }
};

}  // namespace

BoxOffice::BoxOffice(domain::ShardId shard) : memory_(std::make_unique<Memory>()) {
    memory_->shard = shard;
}
BoxOffice::~BoxOffice() = default;
BoxOffice::BoxOffice(BoxOffice&&) noexcept = default;
BoxOffice& BoxOffice::operator=(BoxOffice&&) noexcept = default;

void BoxOffice::decide(const domain::Command& command, base::Timestamp now,
                       Decision& out) const noexcept {
    out.outcome = {};
    out.facts.clear();
    std::visit(Decide{*memory_, now, out}, command);
}

std::optional<domain::Order> BoxOffice::find_order(domain::OrderId order,
                                                   base::Timestamp now) const {
    const StoredOrder* stored = memory_->find_order(order);
    if (stored == nullptr) return std::nullopt;
    return memory_->view(order, *stored, now);
}

std::vector<domain::Order> BoxOffice::orders_of(domain::PersonId person, domain::OrderId before,
                                                std::size_t max, base::Timestamp now) const {
    std::vector<domain::Order> found;
    // A page goes on behind its cursor; a cursor that is not one of their orders begins at the
    // newest.
    domain::OrderId id;
    const StoredOrder* cursor = before == domain::OrderId() ? nullptr : memory_->find_order(before);
    if (cursor != nullptr && cursor->person == person) {
        id = cursor->previous_of_person;
    } else if (const auto newest = memory_->newest_of_person.find(person);
               newest != memory_->newest_of_person.end()) {
        id = newest->second;
    }
    while (id != domain::OrderId() && found.size() < max) {
        const StoredOrder& stored = *memory_->find_order(id);
        const bool wanted = !stored.hidden && (before == domain::OrderId() || id < before);
        if (wanted) found.push_back(memory_->view(id, stored, now));
        id = stored.previous_of_person;
    }
    return found;
}

std::optional<domain::Order> BoxOffice::joined(domain::CampaignId campaign, domain::PersonId person,
                                               base::Timestamp now) const {
    const CampaignState* state = memory_->find_campaign(campaign);
    if (state == nullptr) return std::nullopt;
    const auto found = state->joined.find(person);
    if (found == state->joined.end()) return std::nullopt;
    auto order = find_order(found->second, now);
    if (!domain::is_live(order->state)) return std::nullopt;
    return order;
}

const domain::Session* BoxOffice::find_session(domain::SessionId session) const {
    const SessionState* state = memory_->find_session(session);
    return state == nullptr ? nullptr : &state->definition;
}

std::optional<domain::SessionStatus> BoxOffice::status_of(domain::SessionId session) const {
    const SessionState* state = memory_->find_session(session);
    if (state == nullptr) return std::nullopt;
    return state->status;
}

namespace {

void append_stock(const SessionState& session, std::vector<PoolView>& pools) {
    if (session.status.retired) return;
    const domain::Session& definition = session.definition;
    for (std::size_t i = 0; i < session.pools.size(); ++i) {
        pools.push_back({definition.id, definition.pools[i].id, definition.pools[i].kind,
                         session.pools[i].count});
    }
}

}  // namespace

std::vector<PoolView> BoxOffice::stock() const {
    std::vector<PoolView> pools;
    for (const auto& [id, session] : memory_->sessions) append_stock(session, pools);
    return pools;
}

std::vector<PoolView> BoxOffice::stock_of(domain::SessionId session) const {
    std::vector<PoolView> pools;
    const SessionState* state = memory_->find_session(session);
    if (state != nullptr) append_stock(*state, pools);
    return pools;
}

base::Timestamp BoxOffice::next_deadline() const {
    return memory_->deadlines.empty() ? base::Timestamp::never()
                                      : memory_->deadlines.begin()->first;
}

bool BoxOffice::has_orders_to_end() const {
    return !memory_->ending.empty();
}

std::optional<domain::OrderMoney> BoxOffice::money_of(domain::OrderId order) const {
    const Money* money = memory_->find_money(order);
    if (money == nullptr) return std::nullopt;
    return domain::OrderMoney{order, money->replaced, money->payments, money->refunds};
}

std::vector<domain::Payment> BoxOffice::open_payments() const {
    std::vector<domain::Payment> open;
    open.reserve(memory_->open_payments.size());
    for (const auto id : memory_->open_payments) open.push_back(*memory_->find_payment(id));
    return open;
}

std::vector<domain::Refund> BoxOffice::open_refunds() const {
    std::vector<domain::Refund> open;
    open.reserve(memory_->open_refunds.size());
    for (const auto id : memory_->open_refunds) open.push_back(*memory_->find_refund(id));
    return open;
}

std::vector<domain::Stray> BoxOffice::open_strays() const {
    std::vector<domain::Stray> open;
    for (const auto& [id, stray] : memory_->strays)
        if (stray.state == domain::StrayState::received) open.push_back(stray);
    return open;
}

std::uint64_t BoxOffice::orders_in_memory() const {
    return memory_->orders.size();
}

std::vector<domain::SessionId> BoxOffice::ready_to_retire(base::Timestamp ended_before,
                                                          std::size_t max) const {
    std::vector<domain::SessionId> ready;
    for (const auto& [id, session] : memory_->sessions) {
        if (ready.size() == max) break;
        const bool is_over = session.definition.ends_at < ended_before && session.is_settled() &&
                             !memory_->ending.contains(id);
        if (!session.status.retired && is_over) ready.push_back(id);
    }
    return ready;
}

}  // namespace onsale::boxoffice
