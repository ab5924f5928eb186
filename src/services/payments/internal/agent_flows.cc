// The table of flows and their timers.
#include <algorithm>
#include <utility>

#include "payments/internal/agent_impl.h"
#include "payments/limits.h"

namespace onsale::payments {
namespace {

constexpr std::int64_t kMicrosecondsPerMs = 1000;
constexpr std::int64_t kTimerStepMs = 20;  // timers closer than this are one
constexpr auto kDropPause = base::Duration::seconds(1);
constexpr std::size_t kDropsMax = 512;

}  // namespace

std::int64_t PaymentAgent::Impl::now_ms() const {
    return environment.clock().monotonic_us() / kMicrosecondsPerMs;
}

Flow* PaymentAgent::Impl::find(FlowKey key) {
    const auto found = flows.find(key);
    return found == flows.end() ? nullptr : &found->second;
}

Flow* PaymentAgent::Impl::find(FlowKey key, std::uint32_t turn) {
    Flow* flow = find(key);
    return flow != nullptr && flow->turn == turn ? flow : nullptr;
}

void PaymentAgent::Impl::add(Flow flow, base::Duration pause) {
    const FlowKey key = key_of(flow.name);
    const auto [place, is_new] = flows.try_emplace(key, std::move(flow));
    if (!is_new) return;
    ++open_counts[static_cast<std::size_t>(kind_of(key))];
    sleep(place->second, pause);
}

void PaymentAgent::Impl::sleep(Flow& flow, base::Duration pause) {
    flow.stage = FlowStage::asleep;
    flow.turn = ++turns;
    const Turn turn{key_of(flow.name), flow.turn};
    if (pause <= base::Duration()) {
        ready.push_back(turn);
        return run_later();
    }
    flow.due_ms = now_ms() + pause.count_ms();
    sleeping.push({flow.due_ms, turn});
    arm();
}

void PaymentAgent::Impl::wake(Flow& flow) {
    sleep(flow, {});
}

void PaymentAgent::Impl::remove(FlowKey key, End end) {
    const auto kind = static_cast<std::size_t>(kind_of(key));
    const auto found = flows.find(key);
    std::uint64_t token = 0;
    if (found != flows.end()) {
        token = found->second.token;
        flows.erase(found);
        --open_counts[kind];
    }
    if (end == End::parked) {
        if (parked.emplace(key, token).second) ++parked_counts[kind];
        return;
    }
    if (const auto known = parked.find(key); known != parked.end()) {
        token = token == 0 ? known->second : token;
        parked.erase(known);
        --parked_counts[kind];
    }
    if (token != 0) drop_later(token);
}

void PaymentAgent::Impl::run_later() {
    if (stopping || std::exchange(run_posted, true)) return;
    executor->post([weak = weak_from_this()] {
        const auto alive = weak.lock();
        if (alive == nullptr) return;
        alive->run_posted = false;
        alive->run();
    });
}

void PaymentAgent::Impl::run() {
    if (stopping) return;
    const std::int64_t now = now_ms();
    while (!sleeping.empty() && sleeping.top().at_ms <= now) {
        ready.push_back(sleeping.top().turn);
        sleeping.pop();
    }
    for (std::size_t i = 0; i < kFlowsPerSlice && !ready.empty() && commands < kCommandsMax; ++i) {
        const Turn turn = ready.front();
        ready.pop_front();
        begin(turn);
    }
    for (auto& [shard, asked] : std::exchange(to_look, {})) look(shard, std::move(asked));
    if (ready.size() < kFlowsPerSlice) release_held();
    // Otherwise the next answer of the engine goes on.
    if (!ready.empty() && commands < kCommandsMax) run_later();
    show();
    arm();
}

// What waits for its bank goes on as far as the bank's lane takes it. Turns of flows that have
// changed meanwhile are passed over, so that they never stand for one that is still to go.
void PaymentAgent::Impl::release_held() {
    for (auto place = held.begin(); place != held.end();) {
        auto& waiting = place->second;
        std::size_t released = 0;
        while (!waiting.empty() && released < kFlowsPerSlice && lanes->takes(place->first)) {
            const Turn turn = waiting.front();
            waiting.pop_front();
            const Flow* flow = find(turn.key, turn.turn);
            if (flow == nullptr || flow->stage != FlowStage::asleep) continue;
            ready.push_back(turn);
            ++released;
        }
        place = waiting.empty() ? held.erase(place) : std::next(place);
    }
}

void PaymentAgent::Impl::arm() {
    if (stopping || sleeping.empty()) return;
    const std::int64_t at = (sleeping.top().at_ms / kTimerStepMs + 1) * kTimerStepMs;
    if (armed_ms != 0 && armed_ms <= at) return;
    armed_ms = at;
    const auto pause = base::Duration::milliseconds(std::max<std::int64_t>(at - now_ms(), 0));
    executor->post_after(pause, [weak = weak_from_this(), at] {
        const auto alive = weak.lock();
        if (alive == nullptr || alive->armed_ms != at) return;
        alive->armed_ms = 0;
        alive->run();
    });
}

void PaymentAgent::Impl::drop_later(std::uint64_t token) {
    dropping.push_back(token);
    if (dropping.size() >= kDropsMax) return tokens.drop(std::exchange(dropping, {}), *executor);
    if (stopping || std::exchange(drop_posted, true)) return;
    executor->post_after(kDropPause, [weak = weak_from_this()] {
        const auto alive = weak.lock();
        if (alive == nullptr) return;
        alive->drop_posted = false;
        if (!alive->dropping.empty() && !alive->stopping)
            alive->tokens.drop(std::exchange(alive->dropping, {}), *alive->executor);
    });
}

// What is kept since an hour and is of no open payment will not be needed.
void PaymentAgent::Impl::sweep() {
    if (stopping) return;
    boost::unordered_flat_set<std::uint64_t> open;
    for (const auto& [key, flow] : flows)
        if (flow.token != 0) open.insert(flow.token);
    for (const auto& [key, token] : parked)
        if (token != 0) open.insert(token);
    tokens.sweep(std::move(open), environment.clock().wall_now() - kSweepPause, *executor);
    executor->post_after(kSweepPause, [weak = weak_from_this()] {
        if (const auto alive = weak.lock()) alive->sweep();
    });
}

void PaymentAgent::Impl::show() {
    for (std::size_t i = 0; i < kFlowKinds; ++i) {
        open_gauges[i]->set(static_cast<double>(open_counts[i]));
        parked_gauges[i]->set(static_cast<double>(parked_counts[i]));
    }
}

}  // namespace onsale::payments
