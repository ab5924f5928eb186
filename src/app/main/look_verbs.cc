// Verbs that look: they read the data folder, beside the running server or without it, and change
// nothing. And rebuild, which makes the projections again while no server runs.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "accounts/tokens.h"
#include "audit/audit.h"
#include "cli/stock_table.h"
#include "env/posix/environment.h"
#include "main/options.h"
#include "main/setup.h"
#include "site/layout.h"
#include "site/rebuild.h"

namespace onsale::app {
namespace {

constexpr int kBreachesFound = 2;

void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

// Whether a server owns the data folder now.
bool is_served(env::Environment& environment, const std::string& folder) {
    const auto there = environment.files().exists(site::lock_path(folder));
    if (!there || !*there) return false;
    const auto lock = environment.files().lock(site::lock_path(folder));
    return !lock && lock.error() == env::FileError::locked;
}

constexpr const char* kClearLine = "\r\033[K";

// One line that is written over.
void show_progress(std::string_view what, std::uint64_t done, std::uint64_t all) {
    std::string text = kClearLine + std::string("audit: ") + std::string(what);
    if (all != 0) text += " " + std::to_string(done * 100 / all) + " %";
    std::fputs(text.c_str(), stderr);
}

}  // namespace

int run_audit(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    audit::Options audit_options;
    audit_options.folder = config->folder;
    audit_options.vfs = environment->sqlite_vfs();
    audit_options.acknowledged = options.acknowledged;
    audit_options.operations_mark = options.operations_mark;
    audit_options.lag_max = audit::kLagMax;
    audit_options.today = environment->clock().wall_now();
    const bool on_terminal = isatty(STDERR_FILENO) == 1;
    if (on_terminal) audit_options.progress = show_progress;
    // Holds end while a server runs; without one, an overdue hold is nobody's breach.
    if (is_served(*environment, config->folder)) {
        audit_options.now = environment->clock().wall_now();
    }
    const auto report = audit::run(audit_options, environment->files());
    if (on_terminal) std::fputs(kClearLine, stderr);
    if (!report) return fail(report.error());
    print(options.json ? audit::to_json(*report) + "\n" : audit::to_text(*report));
    return report->clean() ? 0 : kBreachesFound;
}

int run_rebuild(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    const auto figures =
        site::rebuild_projections(*config, *environment, [](std::uint64_t done, std::uint64_t all) {
            std::fprintf(stderr, "rebuild: %llu of %llu batches\n",
                         static_cast<unsigned long long>(done),
                         static_cast<unsigned long long>(all));
        });
    if (!figures) return fail(figures.error());
    std::printf("rebuilt from %llu batches in %lld ms\n",
                static_cast<unsigned long long>(figures->batches),
                static_cast<long long>(figures->milliseconds));
    return 0;
}

int run_stock(const Options& options) {
    if (!options.at.empty() || options.session != 0) return run_stock_then(options);
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    sql::OpenOptions journal;
    journal.path = site::journal_path(config->folder);
    journal.vfs = environment->sqlite_vfs();
    journal.access = sql::Access::read_only;
    const auto table = cli::stock_table(journal, config->shards);
    if (!table) return fail(table.error());
    print(*table);
    return 0;
}

int run_token(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    if (options.staff == (options.person != 0))
        return fail("say whose token: --person N or --staff");
    const auto key = existing_master_key(*config, *environment);
    if (!key) return fail(key.error());
    accounts::TokenIssuer issuer(
        *key, options.staff ? accounts::Audience::staff : accounts::Audience::person);
    const auto issued =
        issuer.issue(options.staff ? 1 : options.person, environment->clock().wall_now(),
                     base::Duration::minutes(options.minutes));
    std::printf("%s\n", issued.token.c_str());
    return 0;
}

}  // namespace onsale::app
