#include <boost/json.hpp>

#include "trial/report.h"

namespace onsale::trial {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kFormat = 1;

json::object latency_json(const bench::Histogram& histogram) {
    json::array buckets;
    for (const auto& [last, count] : histogram.buckets()) buckets.push_back({last, count});
    return {{"count", histogram.count()},          {"p50", histogram.percentile(5000)},
            {"p90", histogram.percentile(9000)},   {"p99", histogram.percentile(9900)},
            {"p99_9", histogram.percentile(9990)}, {"max", histogram.max()},
            {"buckets", std::move(buckets)}};
}

json::object plan_json(const Plan& plan) {
    json::object out{{"scenario", to_string(plan.scenario)},
                     {"rate", plan.rate},
                     {"closed", plan.closed},
                     {"warm_up_s", plan.warm_up_s},
                     {"duration_s", plan.duration_s},
                     {"connections", plan.connections},
                     {"listeners", plan.listeners},
                     {"sessions", plan.sessions}};
    if (plan.stock) out["stock"] = *plan.stock;
    return out;
}

// Each second: how many were due, and their latencies; and what was answered in each slice.
json::object timeline_json(const bench::Timeline& timeline) {
    json::array seconds;
    for (const auto& second : timeline.seconds()) {
        seconds.push_back({{"count", second.count()},
                           {"p50", second.percentile(5000)},
                           {"p99", second.percentile(9900)},
                           {"p99_9", second.percentile(9990)},
                           {"max", second.max()}});
    }
    json::array slices;
    for (const auto& slice : timeline.slices())
        slices.push_back({slice.accepted, slice.refused, slice.other});
    return {{"slice_us", bench::Timeline::kSliceUs},
            {"slices_accepted_refused_other", std::move(slices)},
            {"seconds", std::move(seconds)}};
}

json::object outcome_json(const Outcome& outcome) {
    json::object refusals;
    for (const auto& [code, count] : outcome.refusals) refusals[code] = count;
    json::object server;
    for (const auto& [name, time] : outcome.server_cpu_us) server[name] = time;
    return {{"plan", plan_json(outcome.plan)},
            {"held", is_held(outcome)},
            {"due", outcome.due},
            {"sent", outcome.crowd.sent},
            {"sent_late", outcome.crowd.sent_late},
            {"sent_again", outcome.crowd.sent_again},
            {"never_sent", outcome.crowd.never_sent},
            {"unanswered", outcome.crowd.unanswered},
            {"accepted", outcome.accepted},
            {"repeated", outcome.repeated},
            {"refused", outcome.refused},
            {"refusals", std::move(refusals)},
            {"failed", outcome.failed},
            {"reads", outcome.reads},
            {"reads_unchanged", outcome.unchanged},
            {"elapsed_us", outcome.crowd.elapsed_us},
            {"people", outcome.people},
            {"cold_tokens", outcome.cold_tokens},
            {"streams_opened", outcome.streams_opened},
            {"streams_ended", outcome.streams_ended},
            {"events", outcome.events},
            {"generator_cpu_us", outcome.crowd.own_cpu_us},
            {"server_cpu_us", std::move(server)},
            {"latency_us", latency_json(outcome.latency)},
            {"accepted_latency_us", latency_json(outcome.accepted_latency)},
            {"refused_latency_us", latency_json(outcome.refused_latency)},
            {"read_latency_us", latency_json(outcome.read_latency)},
            {"timeline", timeline_json(outcome.timeline)}};
}

}  // namespace

std::string to_json(const Report& report) {
    json::array runs;
    for (const Outcome& outcome : report.runs) runs.push_back(outcome_json(outcome));
    const Machine& machine = report.machine;
    json::object out{{"format", kFormat},
                     {"machine",
                      {{"processor", machine.processor},
                       {"cores", machine.cores},
                       {"memory_mib", machine.memory_mib},
                       {"kernel", machine.kernel},
                       {"file_system", machine.file_system},
                       {"load_before", machine.load}}},
                     {"version", report.version},
                     {"commit", report.commit},
                     {"command", report.command},
                     {"began_at", report.began_at},
                     {"peak_rate", report.peak_rate},
                     // Requests are due at even distances and nothing is drawn by lot.
                     {"seed", nullptr},
                     {"runs", std::move(runs)}};
    return json::serialize(out) + "\n";
}

}  // namespace onsale::trial
