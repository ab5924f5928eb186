#include "rehearsal/plan.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/check.h"
#include "base/prng.h"
#include "rehearsal/limits.h"

namespace onsale::rehearsal {
namespace {

using base::Prng;
using base::Unexpected;

// Habits of people, in percent of them and in milliseconds. Assumptions, not measurements.
constexpr std::uint64_t kReloadPercent = 25;
constexpr std::uint64_t kSecondClickPercent = 25;
constexpr std::uint64_t kSlowPercent = 2;
constexpr std::uint64_t kMorePercent = 40;  // who want more than one ticket, where that is allowed
constexpr std::uint64_t kBotGapMs = 100;    // between two orders of a bot

std::int64_t between_us(Prng& prng, std::uint64_t from_ms, std::uint64_t to_ms) {
    return static_cast<std::int64_t>(from_ms * 1000 + prng.below((to_ms - from_ms) * 1000));
}

// Arrivals have the density exp(-t / decay) on [0, duration]: how long is the decay that gives
// this peak? The mean density over the peak falls as the decay gets shorter.
double decay_for(double people, double seconds, double peak) {
    const auto peak_of = [&](double decay) {
        return people / (decay * (1 - std::exp(-seconds / decay)));
    };
    double low = seconds / 1000;
    double high = seconds * 1000;
    for (int i = 0; i < 60; ++i) {
        const double middle = std::sqrt(low * high);
        (peak_of(middle) > peak ? low : high) = middle;
    }
    return high;
}

class Planner {
  public:
    explicit Planner(const Audience& audience)
        : audience_(audience),
          seconds_(static_cast<double>(audience.duration_us) / 1e6),
          prng_(audience.seed) {}

    Plan make() {
        plan_.actors = audience_.people + audience_.bots * kAccountsPerBot;
        const auto people = static_cast<double>(audience_.people);
        const double decay = audience_.peak_per_second > 0
                                 ? decay_for(people, seconds_, audience_.peak_per_second)
                                 : seconds_ / 6;
        for (std::uint64_t i = 0; i < audience_.people; ++i) {
            const double jitter = static_cast<double>(prng_.below(1'000'000)) / 1e6;
            const double share = (static_cast<double>(i) + jitter) / people;
            const double at = -decay * std::log(1 - share * (1 - std::exp(-seconds_ / decay)));
            plan_.arrival.push_back(static_cast<std::int64_t>(at * 1e6));
            visit(static_cast<std::uint32_t>(i), plan_.arrival.back());
        }
        for (std::uint64_t bot = 0; bot < audience_.bots; ++bot) hammer(bot);
        std::ranges::sort(plan_.steps, {}, [](const Step& step) {
            return std::tuple(step.at_us, step.actor, step.key);
        });
        return std::move(plan_);
    }

  private:
    void visit(std::uint32_t actor, std::int64_t at_us) {
        Step step;
        step.at_us = at_us;
        step.actor = actor;
        plan_.steps.push_back(step);
        if (prng_.chance(kReloadPercent, 100)) {
            step.at_us = at_us + between_us(prng_, 300, 2500);
            plan_.steps.push_back(step);
        }
        step.action = Action::order;
        step.at_us = at_us + between_us(prng_, 400, 4000);
        step.pace = prng_.chance(kSlowPercent, 100) ? Pace::slow : Pace::quick;
        step.tier = static_cast<std::uint8_t>(prng_.below(audience_.tiers));
        const bool more = prng_.chance(kMorePercent, 100);
        const auto most = std::min(audience_.tickets_max, kTicketsMax);
        step.quantity = static_cast<std::uint8_t>(more ? 1 + prng_.below(most) : 1);
        plan_.steps.push_back(step);
        if (prng_.chance(kSecondClickPercent, 100)) {
            step.at_us += between_us(prng_, 60, 400);
            step.pace = Pace::quick;
            plan_.steps.push_back(step);
        }
    }

    // From the opening on, one account after another, always as many tickets as one may.
    void hammer(std::uint64_t bot) {
        Step step;
        step.action = Action::order;
        step.at_us = between_us(prng_, 0, kBotGapMs);
        step.quantity = static_cast<std::uint8_t>(std::min(audience_.tickets_max, kTicketsMax));
        for (std::uint64_t i = 0; i < kTriesPerBot && step.at_us < audience_.duration_us; ++i) {
            step.actor = static_cast<std::uint32_t>(audience_.people + bot * kAccountsPerBot +
                                                    i % kAccountsPerBot);
            step.key = static_cast<std::uint16_t>(i);
            step.tier = static_cast<std::uint8_t>(prng_.below(audience_.tiers));
            plan_.steps.push_back(step);
            step.at_us += static_cast<std::int64_t>(kBotGapMs) * 1000;
        }
    }

    const Audience& audience_;
    const double seconds_;
    Prng prng_;
    Plan plan_;
};

}  // namespace

base::Result<Plan, std::string> make_plan(const Audience& audience) {
    if (audience.people == 0 || audience.people > kPeopleMax)
        return Unexpected{"people: 1 to " + std::to_string(kPeopleMax)};
    if (audience.bots > kBotsMax) return Unexpected{"bots: at most " + std::to_string(kBotsMax)};
    if (audience.duration_us < 1'000'000 ||
        audience.duration_us > static_cast<std::int64_t>(kMinutesMax) * 60'000'000)
        return Unexpected{"minutes: more than none, at most " + std::to_string(kMinutesMax)};
    if (audience.tiers == 0 || audience.tiers > std::numeric_limits<std::uint8_t>::max() ||
        audience.tickets_max == 0)
        return Unexpected{std::string("the campaign has nothing to order")};
    const double seconds = static_cast<double>(audience.duration_us) / 1e6;
    const double even = static_cast<double>(audience.people) / seconds;
    if (audience.peak_per_second != 0 && audience.peak_per_second < even)
        return Unexpected{"rate: " + std::to_string(audience.people) + " people in " +
                          std::to_string(static_cast<std::int64_t>(seconds)) +
                          " s are already more than that, come they as evenly as they may"};
    auto plan = Planner(audience).make();
    ONSALE_CHECK(plan.steps.size() <= kStepsMax);
    return plan;
}

std::uint32_t address_of(const Plan& plan, std::uint32_t actor) {
    constexpr std::uint32_t kPeople = (127U << 24) + (64U << 16);
    constexpr std::uint32_t kBots = (127U << 24) + (128U << 16);
    if (!plan.is_bot(actor)) return kPeople + actor;
    const auto number = actor - static_cast<std::uint32_t>(plan.arrival.size());
    return kBots + 1 + number / static_cast<std::uint32_t>(kAccountsPerBot);
}

}  // namespace onsale::rehearsal
