// onsale-sim: plays simulated sales, one per seed, and tells which seed fails and how to repeat it.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/mutant.h"
#include "rush/sale.h"
#include "seeds/report.h"
#include "seeds/runner.h"
#include "telemetry/log.h"

namespace {

namespace rush = onsale::rush;
namespace seeds = onsale::seeds;
namespace specs = onsale::specs;

struct Options {
    std::string spec;  // a name or a file; empty: all that are built in
    std::uint64_t from = 1;
    std::uint64_t seeds = 100;
    std::uint64_t jobs = 1;
    bool json = false;
    bool digests = false;
    bool list = false;
    bool verbose = false;
};

// Prints what is wrong and gives none.
std::vector<specs::Spec> choose_specs(const std::string& wanted) {
    auto all = rush::built_in_specs();
    if (wanted.empty()) return all;
    for (const auto& spec : all) {
        if (spec.name == wanted) return {spec};
    }
    std::ifstream file(wanted);
    std::stringstream text;
    text << file.rdbuf();
    if (!file) {
        std::fprintf(stderr, "%s is neither a spec (see --list) nor a file that can be read\n",
                     wanted.c_str());
        return {};
    }
    auto spec = specs::read_spec(text.str(), wanted, rush::spec_names());
    if (!spec) {
        std::fprintf(stderr, "%s\n", spec.error().c_str());
        return {};
    }
    spec->name = wanted;  // as it is repeated
    return {std::move(*spec)};
}

int list_specs() {
    for (const auto& spec : rush::built_in_specs())
        std::printf("%-12s %s\n", spec.name.c_str(), spec.about.c_str());
    return EXIT_SUCCESS;
}

int play(const Options& options) {
    seeds::Plan plan{options.from, options.seeds, options.jobs, choose_specs(options.spec)};
    if (plan.specs.empty()) return EXIT_FAILURE;
    const auto started = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    };
    const bool shows_bar = isatty(STDERR_FILENO) != 0;
    seeds::Report report(rush::spec_names());
    const auto ended = [&](std::uint64_t seed, const rush::SaleResult& result) {
        report.add(plan.spec_of(seed).name, seed, result);
        if (options.digests)
            std::printf("%llu %016llx\n", static_cast<unsigned long long>(seed),
                        static_cast<unsigned long long>(result.digest));
        if (shows_bar)
            std::fprintf(stderr, "\r%s ", report.progress(options.seeds, seconds()).c_str());
        return !report.failed();
    };
    const std::string problem = seeds::play(plan, ended);
    if (shows_bar) std::fprintf(stderr, "\n");
    if (!problem.empty()) {
        std::fprintf(stderr, "%s\n", problem.c_str());
        return EXIT_FAILURE;
    }
    const std::string text = options.json ? report.json(seconds()) + "\n" : report.text(seconds());
    std::fputs(text.c_str(), stdout);
    if (onsale::base::kMutant == onsale::base::Mutant::none)
        return report.failed() ? EXIT_FAILURE : EXIT_SUCCESS;
    std::printf(report.failed() ? "the mistake in this build was found after %llu seeds\n"
                                : "the mistake in this build was not found in %llu seeds\n",
                static_cast<unsigned long long>(report.green() + (report.failed() ? 1 : 0)));
    return report.failed() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Simulates on-sales from seeds: every fault, bit for bit repeatable.");
    Options options;
    app.add_option("--spec", options.spec,
                   "kind of sale: a name of --list, or a file; by default seeds go through all");
    app.add_option("--seeds", options.seeds, "how many")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    app.add_option("--from", options.from, "the first")->capture_default_str();
    app.add_option("--jobs", options.jobs, "processes")
        ->capture_default_str()
        ->check(CLI::Range(1, 256));
    app.add_flag("--json", options.json, "print the summary as JSON");
    app.add_flag("--digests", options.digests, "print the digest of every seed");
    app.add_flag("--list", options.list, "print the specs that are built in");
    app.add_flag("--verbose", options.verbose, "show the program's own log");
    CLI11_PARSE(app, argc, argv);
    // The program under simulation dies all the time; its log is noise unless somebody looks at one
    // seed.
    onsale::telemetry::set_level(options.verbose ? onsale::telemetry::Level::debug
                                                 : onsale::telemetry::Level::off);
    return options.list ? list_specs() : play(options);
}
