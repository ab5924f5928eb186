// onsale-sim: runs simulated sales, one per seed, and tells which seed fails and how to repeat it.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <unistd.h>
#include <CLI/CLI.hpp>

#include "base/mutant.h"
#include "rush/sale.h"
#include "telemetry/log.h"

namespace {

using onsale::rush::SaleResult;

struct Totals {
    std::uint64_t green = 0;
    std::uint64_t answers = 0;
    std::uint64_t orders = 0;
    std::uint64_t steps = 0;
    std::uint64_t snapshots = 0;
    std::map<std::string, std::uint64_t> faults;

    void add(const SaleResult& result) {
        ++green;
        answers += result.answers;
        orders += result.orders;
        steps += result.steps;
        snapshots += result.snapshots;
        for (const auto& [kind, count] : result.faults) faults[kind] += count;
    }
    void print() const {
        std::printf(
            "%llu seeds green: %llu answers, %llu orders, %llu snapshots, %llu tasks\n",
            static_cast<unsigned long long>(green), static_cast<unsigned long long>(answers),
            static_cast<unsigned long long>(orders), static_cast<unsigned long long>(snapshots),
            static_cast<unsigned long long>(steps));
        for (const auto& [kind, count] : faults)
            std::printf("  %-36s %llu\n", kind.c_str(), static_cast<unsigned long long>(count));
    }
};

void progress(std::uint64_t done, std::uint64_t all) {
    if (isatty(STDERR_FILENO) == 0) return;
    constexpr int kWidth = 40;
    const int filled = static_cast<int>(done * kWidth / all);
    std::fprintf(stderr, "\r[%-*.*s] %llu of %llu seeds", kWidth, filled,
                 "########################################", static_cast<unsigned long long>(done),
                 static_cast<unsigned long long>(all));
    if (done == all) std::fprintf(stderr, "\n");
}

int run(std::uint64_t from, std::uint64_t seeds, bool expect_failure) {
    Totals totals;
    for (std::uint64_t seed = from; seed < from + seeds; ++seed) {
        const SaleResult result = onsale::rush::run_sale(seed);
        if (!result.failure.empty()) {
            std::printf(
                "\nseed %llu fails after %llu green seeds: %s\nrepeat it with: onsale-sim --from "
                "%llu --seeds 1\n",
                static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(totals.green), result.failure.c_str(),
                static_cast<unsigned long long>(seed));
            return expect_failure ? EXIT_SUCCESS : EXIT_FAILURE;
        }
        totals.add(result);
        progress(seed - from + 1, seeds);
    }
    totals.print();
    if (expect_failure) std::printf("the mistake in this build was not found\n");
    return expect_failure ? EXIT_FAILURE : EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Simulates on-sales from seeds: every fault, bit for bit repeatable.");
    std::uint64_t seeds = 100;
    std::uint64_t from = 1;
    bool verbose = false;
    app.add_option("--seeds", seeds, "how many")->capture_default_str()->check(CLI::PositiveNumber);
    app.add_option("--from", from, "the first")->capture_default_str();
    app.add_flag("--verbose", verbose, "show the program's own log");
    CLI11_PARSE(app, argc, argv);
    // The program under simulation dies all the time; its log is noise unless somebody looks at one
    // seed.
    onsale::telemetry::set_level(verbose ? onsale::telemetry::Level::debug
                                         : onsale::telemetry::Level::off);
    return run(from, seeds, onsale::base::kMutant != onsale::base::Mutant::none);
}
