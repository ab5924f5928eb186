// What the registry and its callers share, so that a caller may outlive the registry. Thread-safe:
// the directory guards itself, all else is constant. Nothing to promise after a crash.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "env/clock.h"
#include "http/client.h"
#include "registry/internal/directory.h"
#include "telemetry/metrics.h"

namespace onsale::registry {

struct Shared {
    env::Clock& clock;
    telemetry::Metrics& metrics;
    std::function<std::unique_ptr<http::Client>()> make_client;
    bool private_addresses = false;
    std::string merchant;
    Directory directory;

    [[nodiscard]] Moment now() const { return {clock.wall_now(), clock.monotonic_us()}; }
};

// How a party is called in metrics: bank-1.
[[nodiscard]] std::string label_of(PartyId party);

}  // namespace onsale::registry
