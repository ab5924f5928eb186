// `onsale serve`: the whole site in one process, from start to a clean stop.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "env/posix/environment.h"
#include "env/posix/signals.h"
#include "env/posix/systemd.h"
#include "http/server.h"
#include "main/options.h"
#include "main/setup.h"
#include "site/site.h"
#include "telemetry/log.h"

namespace onsale::app {
namespace {

constexpr base::Duration kDrainDeadline = base::Duration::seconds(10);

// Tells systemd that the process is well, each time only after the engine has answered: a process
// that hangs is killed and started again.
class Watchdog {
  public:
    Watchdog(shard::Engine& engine, env::Environment& environment, base::Duration interval)
        : engine_(engine),
          interval_(interval),
          executor_(environment.make_executor(
              {"watchdog", "tells systemd that the engine still answers", 64})) {
        beat();
    }
    // Before the engine stops. What was asked is answered first, so nobody answers to an executor
    // that has gone.
    void stop() {
        std::promise<void> stopped;
        executor_->post([this, &stopped] {
            stopping_ = true;
            engine_.read(domain::ShardId(0), *executor_,
                         [&stopped](const boxoffice::BoxOffice&, base::Timestamp) -> env::Task {
                             return [&stopped] { stopped.set_value(); };
                         });
        });
        stopped.get_future().wait();
    }

  private:
    void beat() {
        engine_.read(domain::ShardId(0), *executor_,
                     [this](const boxoffice::BoxOffice&, base::Timestamp) -> env::Task {
                         return [this] {
                             env::posix::notify(env::posix::kWatchdog);
                             executor_->post_after(interval_, [this] {
                                 if (!stopping_) beat();
                             });
                         };
                     });
    }

    shard::Engine& engine_;
    const base::Duration interval_;
    bool stopping_ = false;  // the executor's
    std::unique_ptr<env::Executor> executor_;
};

// Buyers are let in when everything is in place. What takes longer than this is told by /readyz.
void wait_until_ready(const site::Site& site) {
    constexpr int kTriesMax = 1000;
    constexpr std::chrono::milliseconds kBetween{5};
    for (int i = 0; i < kTriesMax; ++i) {
        const auto dependencies = site.ready();
        if (std::ranges::all_of(dependencies, &gate::Dependency::ready)) return;
        std::this_thread::sleep_for(kBetween);
    }
}

http::ServerOptions server_options(const site::Config& config) {
    http::ServerOptions options;
    options.address = config.address;
    options.port = config.port;
    options.loops =
        config.loops != 0 ? config.loops : std::max(1U, std::thread::hardware_concurrency() / 2);
    options.connections_max = config.connections_max;
    options.idle_timeout = config.idle_timeout;
    options.request_timeout = config.request_timeout;
    options.trusted_proxies = config.trusted_proxies;
    options.allowed_origins = config.allowed_origins;
    options.https_only = config.public_url.starts_with("https://");
    return options;
}

}  // namespace

int run_serve(const Options& options) {
    env::posix::block_stop_signals();
    const auto environment = env::posix::make_environment();
    auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    config->first_admin = true;
    if (options.shadow) {
        config->outward = false;
        config->public_url.clear();  // its crowd comes by plain HTTP
    }
    auto site = site::assemble_all(*config, *environment);
    if (!site) return fail(site.error());
    wait_until_ready(**site);
    auto server = http::Server::start(server_options(*config), (*site)->router(), *environment,
                                      (*site)->metrics());
    std::unique_ptr<Watchdog> watchdog;
    if (server) {
        if (const auto interval = env::posix::watchdog_interval()) {
            watchdog = std::make_unique<Watchdog>((*site)->engine(), *environment, *interval);
        }
        config->port = (*server)->port();
        std::printf("listening on %s\n", server_url({}, *config).c_str());
        std::fflush(stdout);
        env::posix::notify(env::posix::kReady);
        env::posix::wait_for_stop();
        env::posix::notify(env::posix::kStopping);
        telemetry::log_info("serve", "stopping: answering what is in progress");
        (*site)->leave_rotation();
        (*server)->drain(kDrainDeadline);
        server->reset();
    }
    if (watchdog) watchdog->stop();
    watchdog.reset();
    std::promise<void> stopped;
    (*site)->stop([&stopped] { stopped.set_value(); });
    stopped.get_future().wait();
    site->reset();
    if (!server) return fail(server.error());
    telemetry::log_info("serve", "stopped");
    return 0;
}

}  // namespace onsale::app
