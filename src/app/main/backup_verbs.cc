// `onsale backup` and `onsale restore`. A backup runs beside the server and only reads its folder.
#include <cstdio>
#include <string>

#include "backup/backup.h"
#include "env/posix/environment.h"
#include "main/options.h"
#include "main/setup.h"
#include "site/site.h"

namespace onsale::app {
namespace {

// One line on standard error per file, and one every tenth of it.
class Reporter {
  public:
    void operator()(std::string_view what, std::uint64_t done, std::uint64_t all) {
        const std::uint64_t tenth = all == 0 ? 10 : done * 10 / all;
        if (what == what_ && tenth == tenth_) return;
        what_ = what;
        tenth_ = tenth;
        std::fprintf(stderr, "%.*s: %llu %%\n", static_cast<int>(what.size()), what.data(),
                     static_cast<unsigned long long>(tenth * 10));
    }

  private:
    std::string what_;
    std::uint64_t tenth_ = 0;
};

void print(const char* what, const std::string& folder, const backup::Figures& figures) {
    std::printf("%s %s: %llu files, %.1f MiB\n", what, folder.c_str(),
                static_cast<unsigned long long>(figures.files),
                static_cast<double>(figures.bytes) / (1024 * 1024));
}

}  // namespace

int run_backup(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    if (options.backup.empty() && options.keys.empty())
        return fail("say where to: a folder for the data, or --keys FOLDER for the keys");
    if (!options.backup.empty()) {
        const backup::Source source{config->folder, config->shards, std::string(site::version())};
        const auto done = backup::back_up(source, options.backup, *environment, Reporter());
        if (!done) return fail(done.error());
        print("backed up to", options.backup, *done);
    }
    if (options.keys.empty()) {
        std::printf(
            "the keys are not in it: keep a copy elsewhere with onsale backup --keys FOLDER\n");
        return 0;
    }
    const auto keys = backup::back_up_keys(config->folder, options.keys, *environment);
    if (!keys) return fail(keys.error());
    print("keys copied to", options.keys, *keys);
    return 0;
}

int run_restore(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    const auto done =
        backup::restore({options.backup, options.keys, config->folder}, *environment, Reporter());
    if (!done) return fail(done.error());
    print("restored to", config->folder, *done);
    std::printf(
        "what happened after the backup is lost here, not at the banks: compare each bank's files "
        "of "
        "those days with onsale reconcile\n");
    if (options.keys.empty())
        std::printf("put the keys into %s/keys before the first start\n", config->folder.c_str());
    return 0;
}

}  // namespace onsale::app
