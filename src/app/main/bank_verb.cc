// `onsale bank`: the program of another company, on a data folder of its own.
#include "main/bank_options.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>

#include "bank/program.h"
#include "env/posix/environment.h"
#include "env/posix/signals.h"
#include "env/posix/systemd.h"
#include "http/described.h"
#include "main/options.h"
#include "main/setup.h"
#include "telemetry/log.h"

namespace onsale::app {
namespace {

constexpr int kFoldersUpMax = 6;

template <class T, class U>
void put(const std::optional<T>& from, U& to) {
    if (from) to = *from;
}

// The pages that were built in the tree that this program stands in; empty: none.
std::string pages_beside_program() {
    std::error_code error;
    auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (int i = 0; i < kFoldersUpMax && !error && folder.has_relative_path(); ++i) {
        const auto pages = folder / "web" / "dist" / "bank";
        if (std::filesystem::exists(pages / "index.html", error)) return pages.string();
        folder = folder.parent_path();
    }
    return {};
}

base::Result<bank::BankOptions, std::string> settings_of(const BankVerbOptions& told,
                                                         env::Environment& environment) {
    bank::BankOptions settings;
    settings.pages = pages_beside_program();
    if (!told.config.empty()) {
        const auto text = env::read_file(environment.files(), told.config);
        if (!text) return base::Unexpected{"the file " + told.config + " cannot be read"};
        ONSALE_TRY_ASSIGN(read, bank::read_options(*text, std::move(settings)));
        settings = std::move(read);
    }
    put(told.data, settings.folder);
    put(told.address, settings.address);
    put(told.port, settings.port);
    put(told.name, settings.name);
    put(told.public_url, settings.public_url);
    put(told.pages, settings.pages);
    put(told.faults, settings.faults);
    if (told.beside) settings.beside = true;
    if (!told.credentials.empty()) settings.credentials = told.credentials;
    return settings;
}

int run_bank(const Options& options) {
    env::posix::block_stop_signals();
    // Credentials are read again every second, so nothing is left to do when somebody asks for it.
    std::signal(SIGHUP, SIG_IGN);
    const auto environment = env::posix::make_environment();
    const auto settings = settings_of(options.bank, *environment);
    if (!settings) return fail(settings.error());
    auto bank = bank::Bank::start(*settings, *environment);
    if (!bank) return fail(bank.error());
    std::printf("listening on %s\n", (*bank)->url().c_str());
    std::fflush(stdout);
    env::posix::notify(env::posix::kReady);
    env::posix::wait_for_stop();
    env::posix::notify(env::posix::kStopping);
    (*bank)->stop();
    bank->reset();
    telemetry::log_info("bank", "stopped");
    return 0;
}

int run_bank_setup(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto settings = settings_of(options.bank, *environment);
    if (!settings) return fail(settings.error());
    std::string password;
    if (!options.bank.password_stdin || !std::getline(std::cin, password)) {
        return fail("give the teller's password as a line of standard input: --password-stdin");
    }
    const auto done = bank::set_up(settings->folder, options.bank.teller, password, *environment);
    return done ? 0 : fail(done.error());
}

int run_bank_customers_import(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto settings = settings_of(options.bank, *environment);
    if (!settings) return fail(settings.error());
    const auto made =
        bank::import_customers(settings->folder, options.bank.customers, *environment);
    if (!made) return fail(made.error());
    std::printf("%llu customers\n", static_cast<unsigned long long>(*made));
    return 0;
}

int run_bank_check(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto settings = settings_of(options.bank, *environment);
    if (!settings) return fail(settings.error());
    const auto books = bank::check(settings->folder, *environment);
    if (!books) return fail(books.error());
    std::printf("%s\n", http::to_json(*books).c_str());
    return books->broken.empty() ? 0 : 2;
}

void add_place(CLI::App& verb, BankVerbOptions& told) {
    verb.add_option("--config", told.config, "file with settings (TOML)")->check(CLI::ExistingFile);
    verb.add_option("--data", told.data, "the bank's data folder");
}

}  // namespace

void add_bank(CLI::App& app, Options& options, int (*&chosen)(const Options&)) {
    BankVerbOptions& told = options.bank;
    auto* verb = app.add_subcommand("bank", "be a bank: another company's program, until SIGTERM");
    verb->require_subcommand(0, 1);
    add_place(*verb, told);
    verb->add_option("--port", told.port, "port; 0: any free one");
    verb->add_option("--address", told.address, "IP address");
    verb->add_option("--name", told.name, "the bank's name");
    verb->add_option("--public-url", told.public_url, "as browsers see it");
    verb->add_option("--credentials", told.credentials, "files of merchants, read again on change");
    verb->add_option("--pages", told.pages, "folder of its pages");
    verb->add_option("--faults", told.faults, "what goes wrong on purpose (JSON)");
    verb->add_flag("--beside", told.beside,
                   "one more process of a bank whose data folder another one owns");
    verb->callback([verb, &chosen] {
        if (verb->get_subcommands().empty()) chosen = run_bank;
    });

    auto* setup = verb->add_subcommand("setup", "make the books and a teller");
    add_place(*setup, told);
    setup->add_option("--teller", told.teller, "name of the teller")->required();
    setup->add_flag("--password-stdin", told.password_stdin, "the password is a line of input");
    setup->callback([&chosen] { chosen = run_bank_setup; });

    auto* customers = verb->add_subcommand("customers", "customers of the bank");
    customers->require_subcommand(1);
    auto* import = customers->add_subcommand("import", "open accounts; the bank must not run");
    add_place(*import, told);
    import->add_option("file", told.customers, "lines of name,password,balance (fen)")->required();
    import->callback([&chosen] { chosen = run_bank_customers_import;
});

auto* check = verb->add_subcommand("check", "verify the books; exit code 2 if they are wrong");
add_place(*check, told);
check->callback([&chosen] { chosen = run_bank_check; });
}  // namespace onsale::app

}  // namespace onsale::app
