#include "trial/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "bench/crowd.h"
#include "bench/listeners.h"
#include "bench/loads.h"
#include "bench/people.h"

namespace onsale::trial {
namespace {

using bench::Phase;

constexpr std::uint64_t kImportedMax = 100'000;  // beyond, people order more than once
constexpr std::int64_t kPatienceUs = 10'000'000;
constexpr std::int64_t kShowEveryUs = 250'000;
constexpr std::size_t kCampaignsPerStream = 50;  // that the server takes

std::vector<std::string> bodies_of(const std::vector<std::uint64_t>& campaigns) {
    std::vector<std::string> bodies;
    for (const auto campaign : campaigns)
        bodies.push_back(fmt::format("{{\"campaign\":{}}}", campaign));
    return bodies;
}

std::string stream_list(const std::vector<std::uint64_t>& campaigns) {
    std::string list;
    for (std::size_t i = 0; i < std::min(campaigns.size(), kCampaignsPerStream); ++i)
        list += (i == 0 ? "" : ",") + std::to_string(campaigns[i]);
    return list;
}

// One run: its loads, in the order in which they depend on each other.
class Performance {
  public:
    Performance(const Site& site, const Plan& plan, const std::vector<std::uint64_t>& campaigns,
                bench::PeopleRequests& people)
        : site_(site),
          plan_(plan),
          people_(people),
          orders_(people, {campaigns, false, nullptr}),
          reads_(site.port, campaigns),
          mixed_(orders_, reads_, kMixedOrdersOfTen) {}

    base::Result<Outcome, std::string> play(const std::vector<std::uint64_t>& campaigns,
                                            const Watch& watch);

  private:
    [[nodiscard]] bench::Load& load();
    [[nodiscard]] bench::CrowdOptions options();
    void show(std::int64_t elapsed_us, const Watch& watch);
    [[nodiscard]] Outcome outcome(const bench::CrowdResult& crowd);

    const Site& site_;
    const Plan& plan_;
    bench::PeopleRequests& people_;
    bench::OrderLoad orders_;
    bench::ReadLoad reads_;
    bench::MixedLoad mixed_;
    bench::Timeline timeline_;
    std::unique_ptr<bench::Listeners> listeners_;
    bench::ThreadTimes server_before_;
    std::int64_t shown_at_us_ = 0;
};

bench::Load& Performance::load() {
    switch (plan_.scenario) {
        case Scenario::catalogue:
            return reads_;
        case Scenario::mixed:
            return mixed_;
        case Scenario::rush:
        case Scenario::sessions:
        case Scenario::sold_out:
            break;
    }
    return orders_;
}

bench::CrowdOptions Performance::options() {
    bench::CrowdOptions options;
    options.port = site_.port;
    options.connections = plan_.connections;
    options.requests = requests_of(plan_);
    options.warm_up_us = plan_.warm_up_s * 1'000'000;
    options.duration_us = plan_.duration_s * 1'000'000;
    options.patience_us = kPatienceUs;
    options.rate_per_second = plan_.closed ? 0 : static_cast<std::int64_t>(plan_.rate);
    options.timeline = &timeline_;
    return options;
}

void Performance::show(std::int64_t elapsed_us, const Watch& watch) {
    if (elapsed_us < shown_at_us_) return;
    shown_at_us_ = elapsed_us + kShowEveryUs;
    const bench::Tally& orders = orders_.tally(Phase::measured);
    const bench::Tally& reads = reads_.tally(Phase::measured);
    Moment moment;
    moment.elapsed_us = elapsed_us;
    moment.all_us = (plan_.warm_up_s + plan_.duration_s) * 1'000'000;
    moment.orders = orders.accepted();
    moment.answers = orders.latency().count() + reads.latency().count();
    moment.p99_us = (orders.latency().count() != 0 ? orders : reads).latency().percentile(9900);
    watch.running(moment);
}

base::Result<Outcome, std::string> Performance::play(const std::vector<std::uint64_t>& campaigns,
                                                     const Watch& watch) {
    if (plan_.listeners != 0) {
        ONSALE_TRY_ASSIGN(
            listeners, bench::Listeners::open(site_.port, plan_.listeners, stream_list(campaigns)));
        listeners_ = std::move(listeners);
    }
    bench::CrowdOptions crowd = options();
    crowd.on_measured = [this] { server_before_ = bench::thread_times(site_.pid); };
    crowd.on_tick = [this, &watch](std::int64_t elapsed_us) {
        if (listeners_) listeners_->drain();
        if (watch.running) show(elapsed_us, watch);
        return !watch.interrupted || !watch.interrupted();
    };
    crowd.stop_reason = "interrupted";
    ONSALE_TRY_ASSIGN(result, bench::run_crowd(crowd, load()));
    return outcome(result);
}

Outcome Performance::outcome(const bench::CrowdResult& crowd) {
    const bench::Tally& orders = orders_.tally(Phase::measured);
    const bench::Tally& reads = reads_.tally(Phase::measured);
    Outcome outcome;
    outcome.server_cpu_us = bench::difference(server_before_, bench::thread_times(site_.pid));
    outcome.plan = plan_;
    outcome.due =
        plan_.closed ? crowd.sent : plan_.rate * static_cast<std::uint64_t>(plan_.duration_s);
    outcome.crowd = crowd;
    outcome.accepted = orders.accepted();
    outcome.repeated = orders.repeated();
    outcome.refused = orders.refused() + reads.refused();
    outcome.failed = orders.failures() + reads.failures();
    outcome.reads = reads.reads();
    outcome.unchanged = reads_.unchanged();
    outcome.refusals = orders.refusals();
    outcome.refusals.insert(outcome.refusals.end(), reads.refusals().begin(),
                            reads.refusals().end());
    const bool has_orders = orders.latency().count() != 0;
    outcome.latency = has_orders ? orders.latency() : reads.latency();
    outcome.read_latency = reads.latency();
    count_unanswered(outcome, kPatienceUs);
    outcome.accepted_latency = orders.accepted_latency();
    outcome.refused_latency = orders.refused_latency();
    outcome.timeline = timeline_;
    outcome.people = orders_of(plan_) == 0 ? 0 : people_.count();
    // Each person's first order, less what the warm-up has sent.
    const std::uint64_t warm = orders_of(plan_) * static_cast<std::uint64_t>(plan_.warm_up_s) /
                               static_cast<std::uint64_t>(plan_.warm_up_s + plan_.duration_s);
    outcome.cold_tokens =
        std::min(outcome.people - std::min(outcome.people, warm), orders.latency().count());
    if (!listeners_) return outcome;
    listeners_->drain();
    outcome.streams_opened = listeners_->opened();
    outcome.streams_ended = listeners_->ended();
    outcome.events = listeners_->events();
    return outcome;
}

}  // namespace

base::Result<People, std::string> Trials::people_for(const Plan& plan, const Progress& progress) {
    const std::uint64_t orders = std::max<std::uint64_t>(1, orders_of(plan));
    if (people_.count != 0) return People{people_.first, std::min(people_.count, orders)};
    const std::uint64_t wanted = std::min(orders, kImportedMax);
    if (wanted > imported_.count) {
        ONSALE_TRY_ASSIGN(people, stage_.import_people(wanted, progress));
        imported_ = people;
    }
    return People{imported_.first, wanted};
}

base::Result<Outcome, std::string> Trials::run(const Plan& plan, const Watch& watch) {
    ONSALE_TRY_ASSIGN(people, people_for(plan, watch.preparing));
    ONSALE_TRY_ASSIGN(campaigns, stage_.open_sale(offer_of(plan), watch.preparing));
    bench::CrowdRequests wanted;
    wanted.port = site_.port;
    wanted.first_person = people.first;
    wanted.people = people.count;
    wanted.bodies = bodies_of(campaigns);
    wanted.now = now_();
    wanted.key_prefix = fmt::format("b{:x}", wanted.now.unix_ms());
    bench::PeopleRequests requests(site_.master, wanted);
    return Performance(site_, plan, campaigns, requests).play(campaigns, watch);
}

}  // namespace onsale::trial
