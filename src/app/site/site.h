// Site: everything of one role but the HTTP server, assembled and running. assemble_all() reads
// from top to bottom as the list of what a complete site consists of; the simulator calls the same
// function with its own environment. Owned by main (or a simulated node). Its parts run on their
// own executors; every member may be called from any thread. After a crash: assembling again
// recovers everything that was acknowledged.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "env/environment.h"
#include "follow/projector.h"
#include "gate/context.h"
#include "http/client.h"
#include "http/router.h"
#include "shard/engine.h"
#include "site/config.h"
#include "telemetry/metrics.h"

namespace onsale::site {

// How a site reaches banks and webhooks. Empty: over the network, as its configuration says.
struct Outside {
    std::function<std::unique_ptr<http::Client>()> make_client;
};

class Site {
  public:
    // After stop() has said that it is done (a simulated node that died may also be destroyed at
    // any time: nothing runs any more).
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    [[nodiscard]] http::Router& router();
    [[nodiscard]] shard::Engine& engine();
    [[nodiscard]] follow::Projector& projector();
    [[nodiscard]] telemetry::Metrics& metrics();

    // What it depends on, each by name, for /readyz.
    [[nodiscard]] std::vector<gate::Dependency> ready() const;
    // From now on it says that it is not ready, so that balancers send buyers elsewhere; it goes on
    // serving.
    void leave_rotation();

    // Nobody calls the router any more. Answers `stopping` to what is new, commits what was
    // decided, lets the projections catch up, then runs `done` on one of its executors. Call it
    // once.
    void stop(env::Task done);

  private:
    struct Impl;
    friend base::Result<std::unique_ptr<Site>, std::string> assemble_all(
        const Config& config, env::Environment& environment, Outside outside);
    explicit Site(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The error is a sentence with the remedy. Never waits for another executor.
[[nodiscard]] base::Result<std::unique_ptr<Site>, std::string> assemble_all(
    const Config& config, env::Environment& environment, Outside outside = {});

// The version of this program.
[[nodiscard]] std::string_view version();

}  // namespace onsale::site
