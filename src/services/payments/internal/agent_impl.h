// The state of the agent: everything here lives on the "payments" executor. After a crash it is
// made again from the box offices.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <map>
#include <queue>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/prng.h"
#include "payments/agent.h"
#include "payments/internal/flow.h"

namespace onsale::payments {

// Kind and id of a flow in one number: ids are below 2^53.
using FlowKey = std::uint64_t;
inline constexpr std::uint32_t kKindShift = 60;
[[nodiscard]] constexpr FlowKey key_of(FlowKind kind, std::uint64_t id) {
    return static_cast<FlowKey>(kind) << kKindShift | id;
}
[[nodiscard]] constexpr FlowKey key_of(const FlowName& name) {
    return key_of(name.kind, name.id);
}
[[nodiscard]] constexpr FlowKind kind_of(FlowKey key) {
    return static_cast<FlowKind>(key >> kKindShift);
}
[[nodiscard]] constexpr std::uint64_t id_of(FlowKey key) {
    return key & ((FlowKey{1} << kKindShift) - 1);
}
[[nodiscard]] domain::ShardId shard_of(FlowKey key);

struct Turn {
    FlowKey key = 0;
    std::uint32_t turn = 0;
};

struct PaymentAgent::Impl : std::enable_shared_from_this<PaymentAgent::Impl> {
    explicit Impl(Parts p);

    // agent_follow.cc: which flows there are.
    void load();
    void read_open(domain::ShardId shard);
    void loaded(std::vector<Flow> open, const std::vector<Flow>& parked_flows);
    void follow();
    void follow_later();
    void apply(const domain::Fact& fact);
    void order_changed(domain::OrderId order, domain::PaymentId except);
    void resume(const FlowName& name, Ask ask);
    void count_stray(const domain::Stray& stray);
    void uncount_stray(domain::StrayId id);
    void park_known(FlowKey key);

    // agent_flows.cc: the table of flows and their timers.
    [[nodiscard]] Flow* find(FlowKey key);
    [[nodiscard]] Flow* find(FlowKey key, std::uint32_t turn);
    void add(Flow flow, base::Duration pause);
    void sleep(Flow& flow, base::Duration pause);
    void wake(Flow& flow);
    enum class End : std::uint8_t { ended, parked };
    void remove(FlowKey key, End end);
    void run();
    void run_later();
    void release_held();
    void arm();
    void drop_later(std::uint64_t token);
    void sweep();
    void show();
    [[nodiscard]] std::int64_t now_ms() const;

    // agent_steps.cc: what is done with a flow.
    void begin(const Turn& turn);
    void look(domain::ShardId shard, std::vector<Turn> turns);
    void looked(const Turn& turn, const std::optional<Flow>& seen);
    void decide(Flow& flow);
    void decided(const Turn& turn, const shard::Answer& answer);
    void ask_bank(Flow& flow);
    void told(domain::BankId bank, const LaneItem& item, const LaneResult& result);
    void go_on(Flow& flow, const Next& next, const BankAnswer& answer);
    void tell(Flow& flow, const BankAnswer& answer);
    void told_office(const Turn& turn, const BankAnswer& answer, const shard::Answer& reply);
    void park(Flow& flow, domain::PaymentReason reason);
    void captured_unasked(const FlowName& name, domain::BankId bank, const BankAnswer& answer);
    void captured_again(const FlowName& name, domain::BankId bank, const BankAnswer& answer);
    void receive_stray(domain::BankId bank, const BankAnswer& answer);
    using Then = base::UniqueFunction<void(const shard::Answer&)>;
    void submit(domain::ShardId shard, domain::Command command, Then then);
    void count(const char* what, std::string_view word);

    env::Environment& environment;
    shard::Engine& engine;
    follow::Feed& feed;
    follow::BatchSource source;
    Tokens& tokens;
    telemetry::Metrics& metrics;
    StrayCounts& stray_counts;
    std::unique_ptr<env::Executor> executor;
    std::shared_ptr<Lanes> lanes;
    std::atomic<bool> stopping = false;

    base::Prng prng;  // for jitter only
    boost::unordered_flat_map<FlowKey, Flow> flows;
    boost::unordered_flat_map<FlowKey, std::uint64_t> parked;  // with the hashes of their tokens
    boost::unordered_flat_map<std::uint64_t, domain::BankId> stray_banks;  // of open strays, by id
    std::uint32_t turns = 0;

    struct Due {
        std::int64_t at_ms = 0;
        Turn turn;
        friend bool operator<(const Due& a, const Due& b) { return a.at_ms > b.at_ms; }
    };
    std::priority_queue<Due> sleeping;  // the earliest on top; entries of former turns are passed
    std::deque<Turn> ready;
    // Until their bank takes more; of banks for which something waits.
    std::map<domain::BankId, std::deque<Turn>> held;
    std::map<domain::ShardId, std::vector<Turn>> to_look;  // at once, at the end of a slice
    std::int64_t armed_ms = 0;                             // 0: no timer
    bool run_posted = false;
    bool follow_posted = false;
    std::size_t commands = 0;  // in the engine, reads included

    std::vector<std::uint64_t> cursors;   // by shard: the last batch that was applied
    std::size_t loading = 0;              // shards that have not told what is open
    std::vector<std::uint64_t> dropping;  // tokens of ended payments
    bool drop_posted = false;
    std::array<telemetry::Gauge*, kFlowKinds> open_gauges{};
    std::array<telemetry::Gauge*, kFlowKinds> parked_gauges{};
    std::array<std::size_t, kFlowKinds> open_counts{};
    std::array<std::size_t, kFlowKinds> parked_counts{};
};

}  // namespace onsale::payments
