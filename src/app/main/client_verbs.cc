// Verbs that change something: clients of the running server.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>
#include <utility>

#include "cli/load.h"
#include "cli/server_client.h"
#include "env/posix/environment.h"
#include "http/curl_client.h"
#include "main/options.h"
#include "main/setup.h"

namespace onsale::app {
namespace {

void wait_here(base::Duration duration) {
    std::this_thread::sleep_for(std::chrono::milliseconds(duration.count_ms()));
}

// A bar on a terminal, a line for each tenth elsewhere.
class Progress {
  public:
    explicit Progress(const char* what) : what_(what), terminal_(isatty(STDERR_FILENO) == 1) {}

    void show(std::uint64_t done, std::uint64_t all) {
        const auto tenths = all == 0 ? 10 : done * 10 / all;
        if (terminal_) {
            const auto filled = static_cast<int>(all == 0 ? kBar : done * kBar / all);
            std::fprintf(stderr, "\r%s [%-*.*s] %llu of %llu%s", what_, static_cast<int>(kBar),
                         filled, "########################################",
                         static_cast<unsigned long long>(done),
                         static_cast<unsigned long long>(all), done == all ? "\n" : "");
        } else if (tenths != shown_) {
            std::fprintf(stderr, "%s: %llu of %llu\n", what_, static_cast<unsigned long long>(done),
                         static_cast<unsigned long long>(all));
        }
        shown_ = tenths;
    }

  private:
    static constexpr std::uint64_t kBar = 40;
    const char* what_;
    const bool terminal_;
    std::uint64_t shown_ = 0;
};

struct Connection {
    std::unique_ptr<http::Client> client;
    std::unique_ptr<cli::ServerClient> server;
};

base::Result<Connection, std::string> connect(const Options& options,
                                              env::Environment& environment) {
    ONSALE_TRY_ASSIGN(config, configure(options, environment));
    ONSALE_TRY_ASSIGN(token, staff_token(config, environment));
    Connection connection;
    connection.client = http::make_curl_client();
    connection.server = std::make_unique<cli::ServerClient>(
        *connection.client, server_url(options, config), token, wait_here);
    return connection;
}

}  // namespace

int run_load(const Options& options) {
    const auto environment = env::posix::make_environment();
    cli::Mistakes mistakes;
    const auto plan = cli::plan_load(environment->files(), options.file, mistakes);
    for (const auto& mistake : mistakes)
        std::fprintf(stderr, "%s\n", cli::to_text(mistake).c_str());
    if (!mistakes.empty())
        return fail("nothing was sent: mend the " + std::to_string(mistakes.size()) +
                    " mistakes above and run it again");
    const auto codes = static_cast<unsigned long long>(plan.code_count());
    if (options.dry_run) {
        std::printf(
            "%s is good: %llu codes, %zu pools, %zu tiers, %zu campaigns; nothing was sent\n",
            options.file.c_str(), codes, plan.campaign.body.pools.size(),
            plan.campaign.body.tiers.size(), plan.campaign.body.campaigns.size());
        return 0;
    }
    auto connection = connect(options, *environment);
    if (!connection) return fail(connection.error());
    Progress progress("codes");
    const auto result =
        cli::carry_out(plan, *connection->server,
                       [&](std::uint64_t sent, std::uint64_t all) { progress.show(sent, all); });
    if (!result) return fail(result.error());
    std::printf("session %llu %s: %llu codes, %zu campaigns\n",
                static_cast<unsigned long long>(plan.campaign.body.session.id),
                result->outcome.c_str(), codes, plan.campaign.body.campaigns.size());
    return 0;
}

int run_people_import(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto names = env::read_file(environment->files(), options.file);
    if (!names)
        return fail(options.file +
                    " cannot be read: " + std::string(env::to_string(names.error())));
    auto connection = connect(options, *environment);
    if (!connection) return fail(connection.error());
    const auto answer = connection->server->send(
        {http::Method::post, "/api/v1/people/import", "text/plain", *names});
    if (!answer) {
        const auto& error = answer.error();
        return fail((error.line != 0 ? options.file + ":" + std::to_string(error.line) + ": "
                                     : std::string()) +
                    error.sentence);
    }
    std::printf("%s\n", answer->c_str());
    return 0;
}

}  // namespace onsale::app
