// The binary: verbs and their options. Everything else is in the verbs' files.
#include <sys/stat.h>
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "main/options.h"
#include "site/site.h"

namespace {

using onsale::app::Options;

void add_place(CLI::App& verb, Options& options) {
    verb.add_option("--config", options.config, "file with settings (TOML)")
        ->check(CLI::ExistingFile);
    verb.add_option("--data", options.data, "data folder");
}

void add_listen(CLI::App& verb, Options& options) {
    verb.add_option("--port", options.port, "port; 0: any free one");
    verb.add_option("--address", options.address, "IP address");
}

void add_client(CLI::App& verb, Options& options) {
    add_place(verb, options);
    add_listen(verb, options);
    verb.add_option("--server", options.server,
                    "address of the running server: http://127.0.0.1:8080");
}

using Verb = int (*)(const Options&);

void add_verbs(CLI::App& app, Options& options, Verb& chosen) {
    const auto add = [&](CLI::App& parent, const char* name, const char* text,
                         Verb verb) -> CLI::App& {
        auto* sub = parent.add_subcommand(name, text);
        sub->callback([&chosen, verb] { chosen = verb; });
        return *sub;
    };
    auto& serve = add(app, "serve", "serve the site until SIGTERM", onsale::app::run_serve);
    add_place(serve, options);
    add_listen(serve, options);
    serve.add_option("--loops", options.loops, "event loops; 0: half of the cores")
        ->check(CLI::Range(0, 64));

    auto& load =
        add(app, "load", "bring a campaign file to the running server", onsale::app::run_load);
    add_client(load, options);
    load.add_option("file", options.file, "campaign file (TOML)")->required();
    load.add_flag("--dry-run", options.dry_run, "only look for mistakes");

    auto* people = app.add_subcommand("people", "people of the site")->require_subcommand(1);
    auto& import = add(*people, "import", "import people, one username a line",
                       onsale::app::run_people_import);
    add_client(import, options);
    import.add_option("file", options.file, "text file")->required();

    auto& token =
        add(app, "token", "make a login token with the data folder's key", onsale::app::run_token);
    add_place(token, options);
    token.add_option("--person", options.person, "number of the person");
    token.add_flag("--staff", options.staff, "for staff");
    token.add_option("--minutes", options.minutes, "how long it is good")
        ->check(CLI::Range(1, 60 * 24 * 365));

    auto& audit =
        add(app, "audit", "check everything that is stored; exit code 2 when something is wrong",
            onsale::app::run_audit);
    add_place(audit, options);
    audit.add_flag("--json", options.json, "for programs");
    audit.add_option("--acknowledged", options.acknowledged, "CSV of answers kept outside");

    add_place(
        add(app, "rebuild", "make the projections again from the journal; the server must not run",
            onsale::app::run_rebuild),
        options);
    add_place(add(app, "stock", "stock of all pools, from the journal", onsale::app::run_stock),
              options);
    add(app, "openapi", "print the API document", onsale::app::run_openapi);
    auto& roles = add(app, "roles", "what the binary can be", onsale::app::run_roles);
    roles.add_flag("--threads", options.threads,
                   "also the threads, with the bounds of their queues");
    add(app, "version", "print the version", [](const Options&) {
        std::printf("onsale %s\n", std::string(onsale::site::version()).c_str());
        return 0;
    });
}

}  // namespace

int main(int argc, char** argv) {
    // Whatever a verb writes (journal, records, keys) is the owner's alone.
    ::umask(S_IRWXG | S_IRWXO);
    Options options;
    Verb chosen = nullptr;
    CLI::App app("Onsale, a ticketing platform", "onsale");
    app.require_subcommand(1);
    add_verbs(app, options, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 1;
    }
    return chosen(options);
}
