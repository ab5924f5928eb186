// Verbs that change something: clients of the running server.
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "cli/import_client.h"
#include "cli/server_client.h"
#include "env/posix/environment.h"
#include "http/curl_client.h"
#include "main/options.h"
#include "main/setup.h"

namespace onsale::app {
namespace {

// A bar on a terminal, a line for each tenth elsewhere.
class Progress {
  public:
    ~Progress() { end_line(); }

    void show(const std::string& what, std::uint64_t done, std::uint64_t all) {
        if (what != what_) {
            end_line();
            what_ = what;
            shown_ = kNothing;
        }
        const auto tenths = all == 0 ? 0 : done * 10 / all;
        const auto done_now = static_cast<unsigned long long>(done);
        const auto all_now = static_cast<unsigned long long>(all);
        if (terminal_) {
            const auto filled = static_cast<int>(all == 0 ? 0 : done * kBar / all);
            std::fprintf(stderr, "\r%s [%-*.*s] %llu of %llu", what_.c_str(),
                         static_cast<int>(kBar), filled, "########################################",
                         done_now, all_now);
            open_ = true;
        } else if (tenths != shown_) {
            std::fprintf(stderr, "%s: %llu of %llu\n", what_.c_str(), done_now, all_now);
        }
        shown_ = tenths;
    }

  private:
    void end_line() {
        if (open_) std::fputc('\n', stderr);
        open_ = false;
    }

    static constexpr std::uint64_t kBar = 40;
    static constexpr std::uint64_t kNothing = 11;
    const bool terminal_ = isatty(STDERR_FILENO) == 1;
    std::string what_;
    bool open_ = false;  // a line without its end
    std::uint64_t shown_ = kNothing;
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

int run_import(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto files = cli::gather_files(environment->files(), options.files);
    if (!files) return fail(files.error());
    auto connection = connect(options, *environment);
    if (!connection) return fail(connection.error());
    const auto result = [&] {
        Progress progress;
        const auto show = [&](const std::string& what, std::uint64_t done, std::uint64_t all) {
            progress.show(what, done, all);
        };
        cli::ImportClient client(*connection->server, show, wait_here);
        return client.run(
            *files, options.dry_run ? cli::ImportMode::check_only : cli::ImportMode::carry_out);
    }();
    if (!result) return fail(result.error());
    for (const auto& mistake : result->mistakes) std::fprintf(stderr, "%s\n", mistake.c_str());
    if (result->state == "faulty")
        return fail("nothing was changed: mend the " + std::to_string(result->mistakes.size()) +
                    " mistakes above and run it again");
    const bool good = result->state == "done" || result->state == "ready";
    if (!good) return fail(result->trouble.empty() ? "the import has failed" : result->trouble);
    const auto said =
        result->state == "ready" ? std::string("good, nothing was changed") : result->outcome;
    std::printf("%s: %llu sessions, %llu codes\n", said.c_str(),
                static_cast<unsigned long long>(result->sessions),
                static_cast<unsigned long long>(result->codes));
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
