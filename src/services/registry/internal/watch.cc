// What operators see of the parties: gauges, and a line in the log when an instance comes or goes.
#include <algorithm>

#include "registry/internal/impl.h"
#include "telemetry/log.h"

namespace onsale::registry {
namespace {

void set_gauge(telemetry::Metrics& metrics, PartyId party, const std::string& state,
               std::ptrdiff_t count) {
    metrics
        .gauge("onsale_registry_instances", "instances of parties by state",
               {{"party", label_of(party)}, {"state", state}})
        .set(static_cast<double>(count));
}

std::string why_out(const PartyView& view, const std::string& name) {
    const auto found = std::ranges::find(view.instances, name, &InstanceView::instance);
    if (found == view.instances.end()) return "its keys or its party were switched off";
    if (!found->serving) return "it stops";
    return found->live ? "its breaker is open" : "its heartbeats have stopped";
}

}  // namespace

void Registry::Impl::watch_soon() {
    if (watching.exchange(true)) return;
    // Past the store's bound: there is at most one such task.
    store.executor().post([self = weak_from_this()] {
        if (const auto alive = self.lock()) alive->watch();
    });
}

void Registry::Impl::watch() {
    const Moment now = shared->now();
    shared->directory.forget_old(now.mono_us);
    bool any = false;
    for (const PartyView& view : shared->directory.views(now)) {
        compare(view);
        any = any || !view.instances.empty();
    }
    if (!any) {
        watching = false;
        return;
    }
    store.executor().post_after(kBeatPause, [self = weak_from_this()] {
        if (const auto alive = self.lock()) alive->watch();
    });
}

void Registry::Impl::compare(const PartyView& view) {
    const PartyId party = view.party.id;
    std::set<std::string> now_in_use;
    for (const InstanceView& one : view.instances) {
        if (one.in_use) now_in_use.insert(one.instance);
    }
    std::set<std::string>& before = in_use[party];
    for (const std::string& name : now_in_use) {
        if (!before.contains(name)) {
            telemetry::log_info("registry", to_string(party) + ": instance " + name + " is in use");
        }
    }
    for (const std::string& name : before) {
        if (!now_in_use.contains(name)) {
            telemetry::log_warning("registry", to_string(party) + ": instance " + name +
                                                   " is out: " + why_out(view, name));
        }
    }
    before = std::move(now_in_use);
    const auto open = std::ranges::count_if(view.instances, [](const InstanceView& one) {
        return one.live && one.breaker == BreakerState::open;
    });
    const auto in_use_now = static_cast<std::ptrdiff_t>(before.size());
    set_gauge(shared->metrics, party, "in_use", in_use_now);
    set_gauge(shared->metrics, party, "breaker_open", open);
}

}  // namespace onsale::registry
