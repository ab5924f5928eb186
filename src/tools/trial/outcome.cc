#include "trial/outcome.h"

namespace onsale::trial {
namespace {

constexpr std::uint64_t kMillion = 1'000'000;
constexpr std::uint64_t kGoodMin = 999'000;
constexpr std::uint64_t kLateMax = 1000;

std::uint64_t good(const Outcome& outcome) {
    switch (outcome.plan.scenario) {
        case Scenario::rush:
        case Scenario::sessions:
            return outcome.accepted;
        case Scenario::sold_out:
            // The right answer there; `busy` and its kind are none.
            for (const auto& [code, count] : outcome.refusals) {
                if (code == "sold_out") return count;
            }
            return 0;
        case Scenario::catalogue:
            return outcome.reads;
        case Scenario::mixed:
            return outcome.accepted + outcome.reads;
    }
    return 0;
}

bool reads(Scenario scenario) {
    return scenario == Scenario::catalogue || scenario == Scenario::mixed;
}

}  // namespace

std::uint64_t good_per_million(const Outcome& outcome) {
    return outcome.due == 0 ? 0 : good(outcome) * kMillion / outcome.due;
}

std::uint64_t late_per_million(const Outcome& outcome) {
    if (outcome.due == 0) return 0;
    return (outcome.crowd.sent_late + outcome.crowd.never_sent) * kMillion / outcome.due;
}

bool is_held(const Outcome& outcome) {
    return good_per_million(outcome) >= kGoodMin && late_per_million(outcome) <= kLateMax &&
           outcome.latency.percentile(9900) <= kHeldP99Us &&
           outcome.read_latency.percentile(9900) <= kHeldP99Us;
}

void count_unanswered(Outcome& outcome, std::uint64_t patience_us) {
    const std::uint64_t count = outcome.crowd.unanswered + outcome.crowd.never_sent;
    outcome.latency.add(patience_us, count);
    if (reads(outcome.plan.scenario)) outcome.read_latency.add(patience_us, count);
}

}  // namespace onsale::trial
