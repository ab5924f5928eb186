#include "registry/internal/instances.h"

#include <algorithm>

#include "registry/limits.h"

namespace onsale::registry {
namespace {

constexpr std::int64_t kBeatLifetimeUs = kBeatLifetime.count_ms() * 1000;
constexpr std::int64_t kForgetUs = kOutIsForgottenAfter.count_ms() * 1000;

bool was_chosen_before(const Instance* a, const Instance* b) {
    return b == nullptr || a->turn < b->turn;
}

}  // namespace

bool Instance::is_live(std::int64_t now_us) const {
    return said.serving && now_us - beat.mono_us <= kBeatLifetimeUs;
}

bool Instance::is_in_use(std::int64_t now_us) const {
    return is_live(now_us) && breaker.state(now_us) != BreakerState::open;
}

bool Instance::has_way(std::string_view way) const {
    return std::ranges::find(said.ways, way) != said.ways.end();
}

base::Result<void, BeatRefusal> Instances::beat(const Heartbeat& said, std::uint32_t generation,
                                                Moment now) {
    Instance* known = find(said.instance);
    if (known == nullptr && all_.size() == kInstancesMax) {
        const auto out = std::ranges::find_if(
            all_, [now](const Instance& one) { return !one.is_live(now.mono_us); });
        if (out == all_.end()) return base::Unexpected{BeatRefusal::too_many_instances};
        all_.erase(out);
    }
    if (known == nullptr) {
        const auto place = std::ranges::lower_bound(
            all_, said.instance, {}, [](const Instance& one) { return one.said.instance; });
        known = &*all_.insert(place, Instance{});
    }
    known->said = said;
    known->generation = generation;
    known->beat = now;
    return {};
}

Instance* Instances::choose(std::span<const std::string> tried, std::int64_t now_us) {
    Instance* chosen = nullptr;
    for (Instance& one : all_) {
        if (!one.is_live(now_us) || !one.breaker.allows(now_us)) continue;
        if (std::ranges::find(tried, one.said.instance) != tried.end()) continue;
        if (was_chosen_before(&one, chosen)) chosen = &one;
    }
    if (chosen != nullptr) chosen->turn = ++turns_;
    return chosen;
}

const Instance* Instances::choose_public(std::string_view way, std::int64_t now_us) const {
    const Instance* chosen = nullptr;
    for (const Instance& one : all_) {
        if (!one.is_in_use(now_us) || !one.has_way(way) || one.said.public_url.empty()) continue;
        if (was_chosen_before(&one, chosen)) chosen = &one;
    }
    return chosen;
}

Instance* Instances::find(std::string_view name) {
    const auto found = std::ranges::find_if(
        all_, [name](const Instance& one) { return one.said.instance == name; });
    return found == all_.end() ? nullptr : &*found;
}

void Instances::keep_generations(std::span<const std::uint32_t> generations) {
    std::erase_if(all_, [generations](const Instance& one) {
        return std::ranges::find(generations, one.generation) == generations.end();
    });
}

void Instances::forget_old(std::int64_t now_us) {
    std::erase_if(all_,
                  [now_us](const Instance& one) { return now_us - one.beat.mono_us > kForgetUs; });
}

std::vector<InstanceView> Instances::view(std::int64_t now_us) const {
    std::vector<InstanceView> views;
    views.reserve(all_.size());
    for (const Instance& one : all_) {
        InstanceView view;
        view.instance = one.said.instance;
        view.url = one.said.url;
        view.public_url = one.said.public_url;
        view.ways = one.said.ways;
        view.live = one.is_live(now_us);
        view.serving = one.said.serving;
        view.breaker = one.breaker.state(now_us);
        view.in_use = one.is_in_use(now_us);
        view.key_generation = one.generation;
        view.beat_at = one.beat.wall;
        view.beat_age_ms = (now_us - one.beat.mono_us) / 1000;
        view.calls = one.calls;
        view.failures = one.failures;
        view.latency_us = one.latency_us;
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<std::string> Instances::ways(std::int64_t now_us) const {
    std::vector<std::string> ways;
    for (const Instance& one : all_) {
        if (one.is_in_use(now_us))
            ways.insert(ways.end(), one.said.ways.begin(), one.said.ways.end());
    }
    std::ranges::sort(ways);
    ways.erase(std::unique(ways.begin(), ways.end()), ways.end());
    return ways;
}

}  // namespace onsale::registry
