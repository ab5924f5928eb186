#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "trial/report.h"

namespace onsale::trial {
namespace {

double seconds(std::int64_t us) {
    return static_cast<double>(us) / 1e6;
}

double milliseconds(std::uint64_t us) {
    return static_cast<double>(us) / 1e3;
}

double per_100000(std::int64_t us, std::uint64_t count) {
    return count == 0 ? 0 : seconds(us) * 1e5 / static_cast<double>(count);
}

double percent(std::uint64_t per_million) {
    return static_cast<double>(per_million) / 1e4;
}

void add_latency(std::string& out, std::string_view what, const bench::Histogram& latency) {
    if (latency.count() == 0) return;
    fmt::format_to(std::back_inserter(out),
                   "  {:<18} p50 {:>8.2f}  p90 {:>8.2f}  p99 {:>8.2f}  p99.9 {:>8.2f}  max "
                   "{:>8.2f}  ms\n",
                   what, milliseconds(latency.percentile(5000)),
                   milliseconds(latency.percentile(9000)), milliseconds(latency.percentile(9900)),
                   milliseconds(latency.percentile(9990)), milliseconds(latency.max()));
}

void add_cpu(std::string& out, const Outcome& outcome) {
    std::int64_t all = 0;
    std::vector<std::pair<std::int64_t, std::string>> threads;
    for (const auto& [name, time] : outcome.server_cpu_us) {
        all += time;
        threads.emplace_back(time, name);
    }
    std::ranges::sort(threads, std::greater<>());
    fmt::format_to(std::back_inserter(out), "  CPU per 100,000    generator {:.2f} s",
                   per_100000(outcome.crowd.own_cpu_us, outcome.crowd.sent));
    if (all != 0)
        fmt::format_to(std::back_inserter(out),
                       "  server {:.2f} s:", per_100000(all, outcome.crowd.sent));
    for (const auto& [time, name] : threads) {
        const double share = per_100000(time, outcome.crowd.sent);
        if (share >= 0.01) fmt::format_to(std::back_inserter(out), " {} {:.2f}", name, share);
    }
    out += '\n';
}

}  // namespace

std::string to_text(const Outcome& outcome) {
    std::string out;
    auto to = std::back_inserter(out);
    const Plan& plan = outcome.plan;
    const double answered =
        static_cast<double>(outcome.accepted + outcome.repeated + outcome.refused + outcome.reads);
    const double rate = answered / std::max(seconds(outcome.crowd.elapsed_us), 1e-6);
    if (plan.closed)
        fmt::format_to(to, "{}, closed loop for {} s over {} connections: {:.0f} answers/s\n",
                       to_string(plan.scenario), plan.duration_s, plan.connections, rate);
    else
        fmt::format_to(to, "{} at {}/s for {} s over {} connections: {}\n",
                       to_string(plan.scenario), plan.rate, plan.duration_s, plan.connections,
                       is_held(outcome) ? "held" : "not held");
    fmt::format_to(to, "  accepted {}  repeated {}  refused {}  failed {}  reads {}",
                   outcome.accepted, outcome.repeated, outcome.refused, outcome.failed,
                   outcome.reads);
    if (outcome.reads != 0) fmt::format_to(to, " ({} by 304)", outcome.unchanged);
    fmt::format_to(to, "  of {} due\n", outcome.due);
    for (const auto& [code, count] : outcome.refusals)
        fmt::format_to(to, "  refused: {:<24} {}\n", code, count);
    const bool mixed = outcome.reads != 0 && outcome.accepted != 0;
    const bool all_refused = outcome.accepted == 0 && outcome.refused != 0;
    add_latency(out, outcome.accepted != 0 || all_refused ? "orders" : "reads", outcome.latency);
    if (outcome.accepted != 0 && outcome.refused != 0) {
        add_latency(out, "  accepted", outcome.accepted_latency);
        add_latency(out, "  refused", outcome.refused_latency);
    }
    if (mixed) add_latency(out, "reads", outcome.read_latency);
    fmt::format_to(to,
                   "  sent {}  late {} ({:.3f} %)  again {}  never sent {}  unanswered {}  tokens: "
                   "{} cold of {} orders\n",
                   outcome.crowd.sent, outcome.crowd.sent_late, percent(late_per_million(outcome)),
                   outcome.crowd.sent_again, outcome.crowd.never_sent, outcome.crowd.unanswered,
                   outcome.cold_tokens,
                   outcome.accepted + outcome.repeated + (mixed ? 0 : outcome.refused));
    if (plan.listeners != 0)
        fmt::format_to(to, "  live updates: {} streams, {} ended early, {} events\n",
                       outcome.streams_opened, outcome.streams_ended, outcome.events);
    add_cpu(out, outcome);
    return out;
}

std::string search_table(const Report& report) {
    std::string out = "    rate/s      good %     late %     p50 ms     p99 ms   p99.9 ms\n";
    for (const Outcome& run : report.runs) {
        fmt::format_to(
            std::back_inserter(out),
            "{:>10} {:>10.3f} {:>10.3f} {:>10.2f} {:>10.2f} {:>10.2f}  {}\n", run.plan.rate,
            percent(good_per_million(run)), percent(late_per_million(run)),
            milliseconds(run.latency.percentile(5000)), milliseconds(run.latency.percentile(9900)),
            milliseconds(run.latency.percentile(9990)), is_held(run) ? "held" : "not held");
    }
    fmt::format_to(std::back_inserter(out), "peak: {}/s; the last line is at 80 % of it\n",
                   report.peak_rate);
    return out;
}

}  // namespace onsale::trial
