#include "trial/scenario.h"

#include "bench/loads.h"

namespace onsale::trial {
namespace {

constexpr std::uint64_t kManySessions = 64;
constexpr std::uint64_t kManyCampaigns = 20;
constexpr std::size_t kListeners = 200;
constexpr std::uint64_t kSpare = 1000;

}  // namespace

std::string_view to_string(Scenario scenario) {
    switch (scenario) {
        case Scenario::rush:
            return "rush";
        case Scenario::sessions:
            return "sessions";
        case Scenario::sold_out:
            return "sold_out";
        case Scenario::catalogue:
            return "catalogue";
        case Scenario::mixed:
            return "mixed";
    }
    return {};
}

Plan plan_of(Scenario scenario) {
    Plan plan;
    plan.scenario = scenario;
    switch (scenario) {
        case Scenario::rush:
            break;
        case Scenario::sessions:
            plan.sessions = kManySessions;
            break;
        case Scenario::sold_out:
            plan.stock = 1;  // the first order of the warm-up takes it
            break;
        case Scenario::catalogue:
        case Scenario::mixed:
            plan.sessions = kManyCampaigns;
            break;
    }
    if (scenario == Scenario::mixed) plan.listeners = kListeners;
    return plan;
}

std::uint64_t requests_of(const Plan& plan) {
    return plan.rate * static_cast<std::uint64_t>(plan.warm_up_s + plan.duration_s);
}

std::uint64_t orders_of(const Plan& plan) {
    switch (plan.scenario) {
        case Scenario::rush:
        case Scenario::sessions:
        case Scenario::sold_out:
            return requests_of(plan);
        case Scenario::mixed:
            return requests_of(plan) * kMixedOrdersOfTen / bench::MixedLoad::kRound;
        case Scenario::catalogue:
            break;
    }
    return 0;
}

Offer offer_of(const Plan& plan) {
    Offer offer;
    offer.sessions = plan.sessions;
    offer.stock = plan.stock.value_or(orders_of(plan) / plan.sessions + kSpare);
    offer.codes = plan.scenario == Scenario::rush || plan.scenario == Scenario::sold_out;
    return offer;
}

}  // namespace onsale::trial
