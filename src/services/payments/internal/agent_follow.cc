// Which flows there are: what is open at the start, then what the committed facts say.
#include <algorithm>
#include <utility>

#include "payments/internal/agent_impl.h"
#include "payments/limits.h"
#include "telemetry/log.h"

namespace onsale::payments {
namespace {

constexpr std::size_t kBatchesPerRead = 256;
constexpr auto kFollowAgainAfter = base::Duration::seconds(1);
// Many flows at the start do not all begin at once.
constexpr std::size_t kFlowsPerMsAtStart = 2;

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;  // clang 14 does not deduce an aggregate

}  // namespace

domain::ShardId shard_of(FlowKey key) {
    switch (kind_of(key)) {
        case FlowKind::payment:
            return domain::shard_of(domain::order_of(domain::PaymentId(id_of(key))));
        case FlowKind::refund:
            return domain::shard_of(domain::order_of(domain::RefundId(id_of(key))));
        case FlowKind::stray:
            break;
    }
    return domain::ShardId(0);
}

// The cursors come first: what is committed after them is in the batches, and what is both there
// and in memory does no harm.
void PaymentAgent::Impl::load() {
    for (std::uint16_t shard = 0; shard < engine.shards(); ++shard)
        cursors.push_back(feed.committed(domain::ShardId(shard)));
    loading = engine.shards();
    for (std::uint16_t shard = 0; shard < engine.shards(); ++shard)
        read_open(domain::ShardId(shard));
}

void PaymentAgent::Impl::read_open(domain::ShardId shard) {
    engine.read(shard, *executor,
                [weak = weak_from_this()](const boxoffice::BoxOffice& office,
                                          base::Timestamp) -> env::Task {
                    std::vector<Flow> open;
                    std::vector<Flow> parked_flows;
                    std::vector<domain::Stray> strays = office.open_strays();
                    const auto sort = [&](const auto& entry, Flow flow) {
                        (entry.parked ? parked_flows : open).push_back(std::move(flow));
                    };
                    for (const auto& payment : office.open_payments())
                        sort(payment, make_flow(payment, {}));
                    for (const auto& refund : office.open_refunds())
                        if (refund.state == domain::RefundState::approved)
                            sort(refund, make_flow(refund, 0));
                    for (const auto& stray : strays) sort(stray, make_flow(stray));
                    return [weak, open = std::move(open), parked_flows = std::move(parked_flows),
                            strays = std::move(strays)]() mutable {
                        const auto alive = weak.lock();
                        if (alive == nullptr) return;
                        for (const auto& stray : strays) alive->count_stray(stray);
                        alive->loaded(std::move(open), parked_flows);
                    };
                });
}

void PaymentAgent::Impl::loaded(std::vector<Flow> open, const std::vector<Flow>& parked_flows) {
    for (auto& flow : open) {
        const auto spread = static_cast<std::int64_t>(flows.size() / kFlowsPerMsAtStart);
        const auto pause = first_pause(flow, prng) + base::Duration::milliseconds(spread);
        add(std::move(flow), pause);
    }
    for (const auto& flow : parked_flows) {
        parked.emplace(key_of(flow.name), flow.token);
        ++parked_counts[static_cast<std::size_t>(flow.name.kind)];
    }
    if (--loading > 0) return;
    if (!flows.empty() || !parked.empty())
        telemetry::log_info("payments", std::to_string(flows.size()) + " flows are open, " +
                                            std::to_string(parked.size()) + " are parked");
    sweep();
    follow();
}

void PaymentAgent::Impl::follow() {
    follow_posted = false;
    if (stopping || cursors.empty() || loading > 0) return;
    bool more = false;
    for (std::uint16_t i = 0; i < engine.shards(); ++i) {
        const domain::ShardId shard(i);
        if (feed.committed(shard) <= cursors[i]) continue;
        const auto batches = source.next(shard, cursors[i], kBatchesPerRead);
        if (!batches) {
            telemetry::log_error("payments", "the agent waits: " + batches.error().message);
            executor->post_after(kFollowAgainAfter, [weak = weak_from_this()] {
                if (const auto alive = weak.lock()) alive->follow();
            });
            return;
        }
        for (const auto& batch : *batches) {
            for (const auto& fact : batch->facts) apply(fact);
            cursors[i] = batch->sequence;
        }
        more = more || feed.committed(shard) > cursors[i];
    }
    show();
    if (more) follow_later();
}

void PaymentAgent::Impl::follow_later() {
    if (std::exchange(follow_posted, true)) return;
    executor->post([weak = weak_from_this()] {
        if (const auto alive = weak.lock()) alive->follow();
    });
}

void PaymentAgent::Impl::apply(const domain::Fact& fact) {
    using namespace domain;
    const auto payment_key = [](PaymentId id) { return key_of(FlowKind::payment, id.value()); };
    const auto refund_key = [](RefundId id) { return key_of(FlowKind::refund, id.value()); };
    const auto stray_key = [](StrayId id) { return key_of(FlowKind::stray, id.value()); };
    const auto begin_new = [this](Flow flow) {
        const auto pause = first_pause(flow, prng);
        add(std::move(flow), pause);
    };
    const auto change = order_change(fact);
    std::visit(
        Overloaded{[&](const PaymentStarted& f) {
                       order_changed(order_of(f.payment.id), f.payment.id);
                       begin_new(make_flow(f.payment, {}));
                   },
                   [&](const PaymentCaptured& f) { remove(payment_key(f.payment), End::ended); },
                   [&](const PaymentEnded& f) { remove(payment_key(f.payment), End::ended); },
                   [&](const PaymentParked& f) { park_known(payment_key(f.payment)); },
                   [&](const PaymentResumed& f) {
                       resume({FlowKind::payment, f.payment.value(), 0}, Ask::query);
                   },
                   [&](const RefundRequested& f) {
                       if (f.refund.state == RefundState::approved)
                           begin_new(make_flow(f.refund, 0));
                   },
                   [&](const RefundReviewed& f) {
                       if (f.state == RefundState::approved)
                           resume({FlowKind::refund, f.refund.value(), 0}, Ask::refund);
                   },
                   [&](const RefundCompleted& f) { remove(refund_key(f.refund), End::ended); },
                   [&](const RefundSettled& f) {
                       if (f.completed) remove(refund_key(f.refund), End::ended);
                   },
                   [&](const RefundReopened& f) { park_known(refund_key(f.refund)); },
                   [&](const RefundParked& f) { park_known(refund_key(f.refund)); },
                   [&](const RefundResumed& f) {
                       resume({FlowKind::refund, f.refund.value(), 0}, Ask::query_refund);
                   },
                   [&](const StrayReceived& f) {
                       count_stray(f.stray);
                       begin_new(make_flow(f.stray));
                   },
                   [&](const StrayReturned& f) {
                       uncount_stray(f.stray);
                       remove(stray_key(f.stray), End::ended);
                   },
                   [&](const StrayParked& f) { park_known(stray_key(f.stray)); },
                   [&](const StrayResumed& f) {
                       resume({FlowKind::stray, f.stray.value(), 0}, Ask::query_refund);
                   },
                   [&](const auto&) {
                       if (change && change->to != OrderState::reserved)
                           order_changed(change->order, PaymentId());
                   }},
        fact);
}

void PaymentAgent::Impl::count_stray(const domain::Stray& stray) {
    if (stray_banks.emplace(stray.id.value(), stray.bank).second) stray_counts.add(stray.bank);
}

void PaymentAgent::Impl::uncount_stray(domain::StrayId id) {
    const auto known = stray_banks.find(id.value());
    if (known == stray_banks.end()) return;
    stray_counts.remove(known->second);
    stray_banks.erase(known);
}

// Payments at the cashier that the order does not wait for any more are closed.
void PaymentAgent::Impl::order_changed(domain::OrderId order, domain::PaymentId except) {
    if (flows.empty()) return;
    for (std::uint32_t index = 0; index < domain::kPaymentsPerOrderMax; ++index) {
        const auto id = domain::make_payment_id(order, index);
        Flow* flow = id == except ? nullptr : find(key_of(FlowKind::payment, id.value()));
        if (flow == nullptr || flow->way != domain::PayWay::cashier) continue;
        flow->unneeded = true;
        if (flow->stage != FlowStage::asleep) continue;
        flow->ask = Ask::close;
        wake(*flow);
    }
}

// Its details are looked up before anything is done.
void PaymentAgent::Impl::resume(const FlowName& name, Ask ask) {
    const FlowKey key = key_of(name);
    Flow flow;
    flow.name = name;
    flow.ask = ask;
    if (const auto known = parked.find(key); known != parked.end()) {
        flow.token = known->second;
        --parked_counts[static_cast<std::size_t>(name.kind)];
        parked.erase(known);
    }
    add(std::move(flow), {});
}

void PaymentAgent::Impl::park_known(FlowKey key) {
    remove(key, End::parked);
}

}  // namespace onsale::payments
