// onsale bench: scenarios at a fixed rate, or the highest rate that is held, against a server of
// its own or a running one on this machine.
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <system_error>

#include "bench/crowd.h"
#include "bench/people.h"
#include "env/posix/environment.h"
#include "http/curl_client.h"
#include "main/options.h"
#include "main/setup.h"
#include "paying/paying.h"
#include "site/site.h"
#include "trial/plots.h"
#include "trial/report.h"
#include "trial/search.h"
#include "trial/server.h"
#include "trial/trial.h"

namespace onsale::app {
namespace {

using base::Unexpected;
using trial::Outcome;
using trial::Plan;
using trial::Scenario;

constexpr auto kScenarios = {Scenario::rush, Scenario::sessions, Scenario::sold_out,
                             Scenario::catalogue, Scenario::mixed};
constexpr std::uint64_t kPercentOfPeak = 80;
constexpr std::uint64_t kPreparedPerSecond = 120'000;  // for a closed loop

void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

// A crowd holds many sockets; the server that is started inherits the limit.
void raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));
}

// As it was typed, for the result.
std::string command_line() {
    std::ifstream file("/proc/self/cmdline");
    std::string line = "onsale";
    std::string word;
    std::getline(file, word, '\0');
    while (std::getline(file, word, '\0')) line += " " + word;
    return line;
}

base::Result<trial::People, std::string> people_of(const std::string& text) {
    trial::People people;
    if (text.empty()) return people;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, people.first);
    if (first.ec == std::errc() && first.ptr != end && *first.ptr == ':') {
        const auto count = std::from_chars(first.ptr + 1, end, people.count);
        if (count.ec == std::errc() && count.ptr == end && people.count != 0) return people;
    }
    return Unexpected{std::string("--people: FIRST:COUNT")};
}

Plan plan_of(const BenchOptions& options) {
    Plan plan;
    for (const Scenario scenario : kScenarios) {
        if (trial::to_string(scenario) == options.scenario) plan = trial::plan_of(scenario);
    }
    plan.closed = options.closed;
    plan.rate = options.rate.value_or(options.closed ? kPreparedPerSecond : plan.rate);
    plan.duration_s = options.duration_s;
    plan.warm_up_s = options.warm_up_s;
    plan.connections = options.connections;
    plan.listeners = options.listeners.value_or(plan.listeners);
    plan.sessions = options.sessions.value_or(plan.sessions);
    if (options.stock) plan.stock = options.stock;
    return plan;
}

// Signals to end wait until they are looked for, so that the server and its folder go in any case.
sigset_t ending_signals() {
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

bool is_interrupted() {
    sigset_t pending{};
    sigpending(&pending);
    return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
}

// What goes on, as one line that is written over, on a terminal only.
trial::Watch make_watch() {
    trial::Watch watch;
    const bool terminal = isatty(STDERR_FILENO) == 1;
    watch.preparing = [terminal](const std::string& what, std::uint64_t done, std::uint64_t all) {
        if (!terminal) return;
        std::fprintf(stderr, "\r\033[K%s: %llu of %llu", what.c_str(),
                     static_cast<unsigned long long>(done), static_cast<unsigned long long>(all));
        if (done == all) std::fprintf(stderr, "\r\033[K");
    };
    watch.interrupted = is_interrupted;
    if (!terminal) return watch;
    watch.running = [](const trial::Moment& moment) {
        std::fprintf(stderr, "\r\033[K%.1f of %.1f s  %llu accepted  %llu answers  p99 %.2f ms",
                     static_cast<double>(moment.elapsed_us) / 1e6,
                     static_cast<double>(moment.all_us) / 1e6,
                     static_cast<unsigned long long>(moment.orders),
                     static_cast<unsigned long long>(moment.answers),
                     static_cast<double>(moment.p99_us) / 1e3);
        if (moment.elapsed_us >= moment.all_us) std::fprintf(stderr, "\r\033[K");
    };
    return watch;
}

// The site under test, ready to be asked.
struct Target {
    std::unique_ptr<http::Client> client;
    std::unique_ptr<trial::Server> own;  // absent with --url
    trial::Site site;
};

base::Result<Target, std::string> open_target(const Options& options,
                                              env::Environment& environment) {
    Target target;
    target.client = http::make_curl_client();
    if (options.bench.url.empty()) {
        trial::ServerOptions wanted;
        std::error_code error;
        wanted.program = std::filesystem::read_symlink("/proc/self/exe", error).string();
        wanted.below = options.bench.below.empty()
                           ? std::filesystem::temp_directory_path(error).string()
                           : options.bench.below;
        wanted.loops = options.loops.value_or(0);
        ONSALE_TRY_ASSIGN(server, trial::Server::start(wanted, *target.client));
        target.site.port = server->port();
        target.site.pid = server->pid();
        target.site.data = server->data();
        target.own = std::move(server);
    } else {
        target.site.port = bench::local_port(options.bench.url);
        target.site.pid = options.bench.server_pid;
        if (target.site.port == 0)
            return Unexpected{std::string(
                "--url: only http://127.0.0.1:PORT; a load must not be pointed at others")};
        if (!options.data)
            return Unexpected{std::string("--data: the running server's data folder, for its key")};
        target.site.data = *options.data;
    }
    ONSALE_TRY_ASSIGN(master, bench::read_master_key(environment.files(), target.site.data));
    target.site.master = master;
    return target;
}

base::Result<void, std::string> run_once(trial::Trials& trials, const Plan& plan,
                                         const trial::Watch& watch, trial::Report& report) {
    ONSALE_TRY_ASSIGN(outcome, trials.run(plan, watch));
    report.runs.push_back(std::move(outcome));
    return {};
}

// The search, and then a run at 80 % of what was found.
base::Result<void, std::string> ramp(trial::Trials& trials, Plan plan, std::uint32_t steps_max,
                                     const trial::Watch& watch, trial::Report& report) {
    trial::PeakSearch search(plan.rate, steps_max);
    while (const auto rate = search.next()) {
        plan.rate = *rate;
        ONSALE_TRY(run_once(trials, plan, watch, report));
        const Outcome& last = report.runs.back();
        search.record(trial::is_held(last));
        print("  " + std::to_string(plan.rate) + "/s " +
              (trial::is_held(last) ? "held" : "not held") + ", p99 " +
              std::to_string(last.latency.percentile(9900)) + " us\n");
    }
    report.peak_rate = search.peak();
    if (report.peak_rate == 0) return {};
    plan.rate = report.peak_rate * kPercentOfPeak / 100;
    return run_once(trials, plan, watch, report);
}

base::Result<void, std::string> write_files(const trial::Report& report,
                                            const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const std::string stem =
        folder + "/" + std::string(trial::to_string(report.runs.back().plan.scenario));
    bool good = static_cast<bool>(std::ofstream(stem + ".json") << trial::to_json(report));
    for (const trial::Plot& plot : trial::plots_of(report))
        good &= static_cast<bool>(std::ofstream(stem + "-" + plot.name + ".svg") << plot.svg);
    if (!good) return Unexpected{folder + ": cannot be written"};
    print("written: " + stem + ".json and pictures beside it\n");
    return {};
}

base::Result<void, std::string> bench(const Options& options, env::Environment& environment) {
    ONSALE_TRY_ASSIGN(people, people_of(options.bench.people));
    ONSALE_TRY_ASSIGN(target, open_target(options, environment));
    trial::Report report;
    report.machine = trial::describe_machine(target.site.data);
    report.version = std::string(site::version());
    report.commit = trial::current_commit();
    report.command = command_line();
    const auto began = environment.clock().wall_now();
    report.began_at = base::to_rfc3339(began);

    bench::TokenOptions staff;
    staff.subject = 1;
    staff.audience = "staff";
    staff.now = began;
    // Ids from the time of day, so that on a running server every run has its own.
    trial::Stage stage(*target.client, target.site.port,
                       bench::mint_token(target.site.master, staff),
                       static_cast<std::uint64_t>(began.unix_ms()) * 1000);
    trial::Trials trials(target.site, stage, people,
                         [&environment] { return environment.clock().wall_now(); });
    const trial::Watch watch = make_watch();
    const Plan plan = plan_of(options.bench);
    if (options.bench.ramp) {
        ONSALE_TRY(ramp(trials, plan, options.bench.steps_max, watch, report));
        print(trial::search_table(report));
    } else {
        ONSALE_TRY(run_once(trials, plan, watch, report));
    }
    print(trial::to_text(report.runs.back()));
    if (!options.bench.out.empty()) ONSALE_TRY(write_files(report, options.bench.out));
    const Outcome& last = report.runs.back();
    if (last.crowd.unanswered != 0)
        return Unexpected{std::to_string(last.crowd.unanswered) + " requests have no answer"};
    return {};
}

int run_bench(const Options& options) {
    raise_file_limit();
    const sigset_t signals = ending_signals();
    static_cast<void>(pthread_sigmask(SIG_BLOCK, &signals, nullptr));
    const auto environment = env::posix::make_environment();
    const auto done = bench(options, *environment);
    return done ? 0 : fail(done.error());
}

int run_compare(const Options& options) {
    std::string texts[2];
    for (std::size_t i = 0; i < 2; ++i) {
        std::ifstream file(options.bench.files[i]);
        if (!file) return fail(options.bench.files[i] + " cannot be read");
        texts[i].assign(std::istreambuf_iterator<char>(file), {});
    }
    const auto table = trial::compare(texts[0], texts[1]);
    if (!table) return fail(table.error());
    print("A: " + options.bench.files[0] + "\nB: " + options.bench.files[1] + "\n" + *table);
    return 0;
}

int run_paid(const Options& options) {
    raise_file_limit();
    const sigset_t signals = ending_signals();
    static_cast<void>(pthread_sigmask(SIG_BLOCK, &signals, nullptr));
    const auto environment = env::posix::make_environment();
    std::error_code error;
    paying::PayingOptions wanted;
    wanted.program = std::filesystem::read_symlink("/proc/self/exe", error).string();
    wanted.below = options.bench.below.empty()
                       ? std::filesystem::temp_directory_path(error).string()
                       : options.bench.below;
    wanted.rate = options.bench.paid_per_s;
    wanted.warm_up_s = options.bench.warm_up_s;
    wanted.duration_s = options.bench.paid_duration_s;
    wanted.threads = options.bench.paid_threads;
    wanted.now = environment->clock().wall_now();
    wanted.interrupted = is_interrupted;
    if (isatty(STDERR_FILENO) == 1) {
        wanted.progress = [](const std::string& what) {
            std::fprintf(stderr, "%s …\n", what.c_str());
        };
    }
    const auto result = paying::run_paying(wanted, environment->files());
    if (!result) return fail(result.error());
    print(paying::to_text(*result));
    const std::string& out = options.bench.out;
    if (out.empty()) return 0;
    std::filesystem::create_directories(out, error);
    if (!(std::ofstream(out + "/paid.json") << paying::to_json(*result)))
        return fail(out + ": cannot be written");
    return 0;
}

void add_paid(CLI::App& verb, Options& options) {
    BenchOptions& bench = options.bench;
    verb.add_option("--rate", bench.paid_per_s, "orders a second")->check(CLI::Range(1, 100'000));
    verb.add_option("--duration", bench.paid_duration_s, "measured seconds")
        ->check(CLI::Range(1, 600));
    verb.add_option("--warm-up", bench.warm_up_s, "seconds before, which are not counted")
        ->check(CLI::Range(0, 60));
    verb.add_option("--threads", bench.paid_threads, "buyers at the same time")
        ->check(CLI::Range(1, 1000));
    verb.add_option("--below", bench.below, "where everything is made, and removed");
    verb.add_option("--out", bench.out, "folder for the result (JSON)");
}

void add_load(CLI::App& verb, Options& options) {
    BenchOptions& bench = options.bench;
    verb.add_option("--rate", bench.rate, "requests a second; with --ramp the first that is tried")
        ->check(CLI::Range(1, 1'000'000));
    verb.add_flag("--closed", bench.closed,
                  "each connection sends its next request when the last was answered");
    verb.add_option("--duration", bench.duration_s, "measured seconds")->check(CLI::Range(1, 600));
    verb.add_option("--warm-up", bench.warm_up_s, "seconds before, which are not counted")
        ->check(CLI::Range(0, 60));
    verb.add_option("--connections", bench.connections)->check(CLI::Range(1, 28'000));
    verb.add_option("--people", bench.people,
                    "FIRST:COUNT, whose orders they are; without it people are imported");
    verb.add_option("--listeners", bench.listeners, "event streams that are held open");
    verb.add_option("--sessions", bench.sessions, "each with a campaign of its own")
        ->check(CLI::Range(1, 1000));
    verb.add_option("--stock", bench.stock, "of each session; without it enough for all orders")
        ->check(CLI::PositiveNumber);
    verb.add_flag("--ramp", bench.ramp, "search the highest rate that is held")
        ->excludes("--closed");
    verb.add_option("--steps", bench.steps_max, "of the search at most")->check(CLI::Range(1, 40));
    verb.add_option("--url", bench.url,
                    "http://127.0.0.1:PORT of a running server; without it one is started");
    verb.add_option("--data", options.data, "that server's data folder");
    verb.add_option("--server-pid", bench.server_pid, "that server's process, to account for it");
    verb.add_option("--loops", options.loops, "event loops of the server that is started");
    verb.add_option("--below", bench.below, "where that server's data is made, and removed");
    verb.add_option("--out", bench.out, "folder for the result (JSON) and pictures (SVG)");
}

const char* text_of(Scenario scenario) {
    switch (scenario) {
        case Scenario::rush:
            return "orders of one campaign with codes";
        case Scenario::sessions:
            return "orders spread over many sessions";
        case Scenario::sold_out:
            return "orders where nothing is left";
        case Scenario::catalogue:
            return "reads as browsers make them, compressed and by entity tag";
        case Scenario::mixed:
            return "orders, reads, and browsers that hold live updates open";
    }
    return "";
}

}  // namespace

void add_bench(CLI::App& app, Options& options, int (*&chosen)(const Options&)) {
    auto* verb = app.add_subcommand("bench", "measure this machine with a load of its own");
    verb->require_subcommand(1);
    for (const Scenario scenario : kScenarios) {
        const std::string name(trial::to_string(scenario));
        auto* sub = verb->add_subcommand(name, text_of(scenario));
        add_load(*sub, options);
        sub->callback([&options, &chosen, name] {
            options.bench.scenario = name;
            chosen = run_bench;
        });
    }
    auto* paid =
        verb->add_subcommand("paid", "orders that are paid at two banks, until they are completed");
    add_paid(*paid, options);
    paid->callback([&chosen] { chosen = run_paid; });
    auto* compared = verb->add_subcommand("compare", "two results beside each other, with ratios");
    compared->add_option("files", options.bench.files, "two results (JSON)")
        ->required()
        ->expected(2);
    compared->callback([&chosen] { chosen = run_compare; });
}

}  // namespace onsale::app
