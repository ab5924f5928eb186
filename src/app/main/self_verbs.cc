// Verbs about the program itself. They assemble a site in a folder of their own, so that what they
// say is what is, and remove it.
#include <cstdio>
#include <filesystem>
#include <future>
#include <string>
#include <system_error>
#include <utility>

#include "api/router.h"
#include "env/posix/environment.h"
#include "gate/route_table.h"
#include "http/limits.h"
#include "main/options.h"
#include "main/setup.h"
#include "site/site.h"
#include "telemetry/log.h"

namespace onsale::app {
namespace {

// Calls `look` with a site that nobody else can see.
template <class Look>
int with_empty_site(Look&& look) {
    telemetry::set_level(telemetry::Level::warning);
    const auto environment = env::posix::make_environment();
    std::error_code error;
    const auto folder = std::filesystem::temp_directory_path(error) /
                        ("onsale-" + std::to_string(environment->entropy().next_u64()));
    site::Config config;
    config.folder = folder.string();
    config.reserve_mib = 1;
    int result = 0;
    {
        auto site = site::assemble_all(config, *environment);
        if (site) {
            look(**site);
            std::promise<void> stopped;
            (*site)->stop([&stopped] { stopped.set_value(); });
            stopped.get_future().wait();
        } else {
            result = fail(site.error());
        }
    }
    std::filesystem::remove_all(folder, error);
    return result;
}

}  // namespace

int run_openapi(const Options&) {
    return with_empty_site([](site::Site& site) {
        std::printf("%s\n", api::document_of(site.router(), std::string(site::version())).c_str());
    });
}

// One route a line, so that a script needs no more than a line for what it asks.
int run_routes(const Options& options) {
    if (options.json) {
        std::printf("%s\n", gate::routes_json().c_str());
        return 0;
    }
    for (const auto& row : gate::route_table()) {
        std::printf("%-7s %-60s %-9s %s\n", std::string(http::to_string(row.method)).c_str(),
                    std::string(row.pattern).c_str(),
                    std::string(gate::to_string(row.access)).c_str(),
                    std::string(gate::to_string(row.object)).c_str());
    }
    return 0;
}

int run_roles(const Options& options) {
    std::printf(
        "role  what it does\nall   the whole site in one process: HTTP, box offices, "
        "projections\n");
    if (!options.threads) return 0;
    std::printf("\nthread           queue  purpose\n");
    return with_empty_site([](site::Site&) {
        for (const auto& thread : env::posix::threads()) {
            std::printf("%-15s %6zu  %s\n", thread.name.c_str(), thread.queue_max,
                        thread.purpose.c_str());
        }
        std::printf("%-15s %6zu  %s\n", "http-N", http::kLoopTasksMax,
                    "event loop N of the HTTP server: connections and handlers");
        std::printf("%-15s %6d  %s\n", "watchdog", 64,
                    "tells systemd that the engine still answers; under systemd only");
    });
}

}  // namespace onsale::app
