// The binary: verbs and their options. Everything else is in the verbs' files.
#include <sys/stat.h>
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "main/bank_options.h"
#include "main/bench_options.h"
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

// Adds a verb; which one was chosen is known after parsing.
struct Adder {
    Verb& chosen;
    CLI::App& operator()(CLI::App& parent, const char* name, const char* text, Verb verb) const {
        auto* sub = parent.add_subcommand(name, text);
        sub->callback([&choice = chosen, verb] { choice = verb; });
        return *sub;
    }
};

// About the program itself.
void add_self_verbs(CLI::App& app, Options& options, const Adder& add) {
    add(app, "openapi", "print the API document", onsale::app::run_openapi);
    auto& roles = add(app, "roles", "what the binary can be", onsale::app::run_roles);
    roles.add_flag("--threads", options.threads,
                   "also the threads, with the bounds of their queues");
    auto& routes =
        add(app, "routes", "every address, who may call it and whose the object has to be",
            onsale::app::run_routes);
    routes.add_flag("--json", options.json, "for programs");
    add(app, "version", "print the version", [](const Options&) {
        std::printf("onsale %s\n", std::string(onsale::site::version()).c_str());
        return 0;
    });
}

void add_rehearse(CLI::App& app, Options& options, const Adder& add) {
    auto& rehearse = add(app, "rehearse",
                         "play a campaign's sale on a copy of the site, beside the running server",
                         onsale::app::run_rehearse);
    add_place(rehearse, options);
    auto& what = options.rehearsal;
    rehearse.add_option("--campaign", what.campaign, "number of the campaign")->required();
    rehearse.add_option("--people", what.people, "how many come");
    rehearse.add_option("--bots", what.bots, "programs that order without a pause");
    rehearse.add_option("--minutes", what.minutes, "in which people come")
        ->check(CLI::Range(0.05, 60.0));
    rehearse.add_option("--rate", what.rate, "people coming in the first second; 0: as fits");
    rehearse.add_option("--seed", what.seed, "who does what and when follows from it");
    rehearse.add_option("--report", what.report, "folder of report.html and report.json");
    rehearse.add_flag("--keep", what.keep, "leave the copy in place; it has the keys, too");
}

// What looks at the journal, now or as of a moment.
void add_past_verbs(CLI::App& app, Options& options, const Adder& add) {
    auto& stock = add(app, "stock", "stock of all pools, from the journal", onsale::app::run_stock);
    add_place(stock, options);
    stock.add_option("--at", options.at, "as of a time (RFC 3339), or a position of the session");
    stock.add_option("--session", options.session, "only this session, with its orders");

    auto& explain = add(app, "explain", "why somebody was refused, or what became of an order",
                        onsale::app::run_explain);
    add_place(explain, options);
    explain.add_option("subject", options.subject, "the refusal's receipt, or an order's number")
        ->required();
    explain.add_option("--person", options.person, "whose orders are counted for a receipt");
    explain.add_option("--language", options.language, "zh or en; else as LANG has it")
        ->check(CLI::IsMember({"zh", "en"}));
    explain.add_flag("--json", options.json, "for programs");
}

void add_ticket_verbs(CLI::App& app, Options& options, const Adder& add) {
    auto& verify =
        add(app, "verify-ticket", "what a signed ticket is worth; exit code 2 when it is not valid",
            onsale::app::run_verify_ticket);
    add_client(verify, options);
    verify.add_option("code", options.subject, "the code; -: from standard input")->required();
    verify.add_option("--keys", options.keys,
                      "file of published keys: look at the signature only, without a network");
    verify.add_flag("--json", options.json, "for programs");

    auto& rotate = add(app, "rotate-ticket-keys", "a new key for the running server's tickets",
                       onsale::app::run_rotate_ticket_keys);
    add_client(rotate, options);
    rotate.add_option("--in", options.starts_in_seconds, "seconds until it signs")
        ->check(CLI::Range(60, 365 * 24 * 3600));
}

void add_banks(CLI::App& app, Options& options, const Adder& add) {
    auto* banks = app.add_subcommand("banks", "banks of the running server")->require_subcommand(1);
    auto& what = options.banks;
    auto& list = add(*banks, "list", "every bank and its instances", onsale::app::run_banks_list);
    add_client(list, options);
    list.add_flag("--json", options.json, "for programs");

    auto& put = add(*banks, "put", "make a bank, or change its name or switch it",
                    onsale::app::run_banks_put);
    add_client(put, options);
    put.add_option("number", what.number, "of the bank")->required();
    put.add_option("--name-zh", what.name_zh, "its name in Chinese")->required();
    put.add_option("--name-en", what.name_en, "its name in English")->required();
    put.add_flag("--disabled", what.disabled, "neither heard nor called");
    put.add_option("--credentials", what.credentials,
                   "file for the keys of a bank that is made now; they are not shown again")
        ->required();

    auto& rotate = add(*banks, "rotate", "new keys for a bank", onsale::app::run_banks_rotate);
    add_client(rotate, options);
    rotate.add_option("number", what.number, "of the bank")->required();
    rotate.add_option("--credentials", what.credentials, "file for the keys")->required();
    auto* grace =
        rotate.add_option("--grace-hours", what.grace_hours, "for which the old keys are good")
            ->check(CLI::Range(1, 24 * 30));
    rotate.add_flag("--at-once", what.at_once, "the old keys end now")->excludes(grace);
}

void add_ledger(CLI::App& app, Options& options, const Adder& add) {
    auto* ledger = app.add_subcommand("ledger", "the books")->require_subcommand(1);
    auto& balances =
        add(*ledger, "balances", "what every account has", onsale::app::run_ledger_balances);
    add_place(balances, options);
    balances.add_flag("--json", options.json, "for programs");
    auto& payables =
        add(*ledger, "payables", "what each organiser is owed", onsale::app::run_ledger_payables);
    add_place(payables, options);
    payables.add_option("file", options.file, ".csv, .xlsx or .json; none: CSV is printed");
    payables.add_option("--language", options.language, "zh or en")
        ->check(CLI::IsMember({"zh", "en"}));
    payables.add_flag("--json", options.json, "for programs");

    auto& reconcile = add(app, "reconcile",
                          "compare a bank's file of a day with the books; exit code 1 when "
                          "they differ",
                          onsale::app::run_reconcile);
    add_client(reconcile, options);
    reconcile.add_option("--bank", options.banks.number, "number of the bank")->required();
    reconcile.add_option("--day", options.at, "of the calendar, in UTC: 2026-11-20")->required();
    reconcile.add_option("--file", options.file,
                         "the bank's file; without it the running server asks the bank");
    reconcile.add_flag("--json", options.json, "for programs");
}

void add_verbs(CLI::App& app, Options& options, Verb& chosen) {
    const Adder add{chosen};
    auto& serve = add(app, "serve", "serve the site until SIGTERM", onsale::app::run_serve);
    add_place(serve, options);
    add_listen(serve, options);
    serve.add_flag("--shadow", options.shadow,
                   "nothing leaves, no message and no webhook: for a copy that is played with");
    serve.add_option("--loops", options.loops, "event loops; 0: half of the cores")
        ->check(CLI::Range(0, 64));

    auto& import = add(app, "import", "bring campaigns and codes to the running server",
                       onsale::app::run_import);
    add_client(import, options);
    import.add_option("files", options.files, "campaign files (TOML); what they name comes along")
        ->required();
    import.add_flag("--dry-run", options.dry_run, "only look for mistakes");

    auto* people = app.add_subcommand("people", "people of the site")->require_subcommand(1);
    auto& people_import = add(*people, "import", "import people, one username a line",
                              onsale::app::run_people_import);
    add_client(people_import, options);
    people_import.add_option("file", options.file, "text file")->required();

    add_banks(app, options, add);
    add_ledger(app, options, add);

    auto& token =
        add(app, "token", "make a login token with the data folder's key", onsale::app::run_token);
    add_place(token, options);
    token.add_option("--person", options.person, "number of the person");
    token.add_flag("--staff", options.staff, "for staff");
    token.add_option("--minutes", options.minutes, "how long it is good")
        ->check(CLI::Range(1, 60 * 24 * 365));

    auto& backup = add(app, "backup", "copy the data, beside a running server; keys only by --keys",
                       onsale::app::run_backup);
    add_place(backup, options);
    backup.add_option("folder", options.backup, "empty folder for the data, never the keys");
    backup.add_option("--keys", options.keys, "folder for keys/ alone; replaces its former copy");

    auto& restore =
        add(app, "restore", "make a data folder from a backup", onsale::app::run_restore);
    add_place(restore, options);
    restore.add_option("folder", options.backup, "the backup")->required();
    restore.add_option("--keys", options.keys, "a copy of the keys");

    auto& audit =
        add(app, "audit", "check everything that is stored; exit code 2 when something is wrong",
            onsale::app::run_audit);
    add_place(audit, options);
    audit.add_flag("--json", options.json, "for programs");
    audit.add_option("--acknowledged", options.acknowledged, "CSV of answers kept outside");
    audit.add_option("--operations", options.operations_mark,
                     "the mark of operation records that an earlier audit printed");

    add_place(
        add(app, "rebuild", "make the projections again from the journal; the server must not run",
            onsale::app::run_rebuild),
        options);
    add_past_verbs(app, options, add);
    add_ticket_verbs(app, options, add);
    add_rehearse(app, options, add);
    add_bench(app, options, chosen);
    add_bank(app, options, chosen);
    add_self_verbs(app, options, add);
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
