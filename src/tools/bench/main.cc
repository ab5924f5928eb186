// onsale-crowd: an honest load generator for this machine. It reports accepted, repeated, refused
// and failed orders apart, latencies, and what it cost itself.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "bench/crowd.h"
#include "bench/loads.h"
#include "bench/people.h"
#include "bench/record.h"
#include "bench/tally.h"
#include "bench/thread_times.h"
#include "env/posix/environment.h"

namespace onsale::bench {
namespace {

constexpr int kFailed = 1;  // the run shows a mistake of the server, or more failures than allowed
constexpr int kCannotRun = 2;

struct Settings {
    std::string url;
    std::string data;
    std::string people = "1:100000";
    std::uint64_t campaign = 0;
    std::uint64_t tier = 0;
    std::uint32_t quantity = 1;
    std::size_t connections = 64;
    std::uint64_t requests = 0;
    std::uint64_t tries_per_person = 1;
    std::int64_t duration_s = 60;
    std::int64_t patience_s = 30;
    std::int64_t rate = 1000;
    std::int64_t server_pid = 0;
    std::string record;
    std::string json;
    std::uint32_t impatience = 0;
    std::int64_t give_up_s = 0;
    std::int64_t warm_up_s = 0;
    std::string key_prefix;
    bool distinct = false;
    // Of `token`.
    std::uint64_t subject = 1;
    std::uint64_t count = 1;
    std::string audience = "person";
    std::int64_t lifetime_s = 900;
};

enum class Mode : std::uint8_t { rush, rate, same_person };

struct People {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

std::optional<People> parse_people(const std::string& text) {
    People people;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, people.first);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != ':') return std::nullopt;
    const auto count = std::from_chars(first.ptr + 1, end, people.count);
    if (count.ec != std::errc() || count.ptr != end || people.count == 0) return std::nullopt;
    return people;
}

double seconds(std::int64_t us) {
    return static_cast<double>(us) / 1e6;
}

// Processor seconds per 100,000 of something.
double per_100000(std::int64_t us, std::uint64_t count) {
    return count == 0 ? 0 : seconds(us) * 1e5 / static_cast<double>(count);
}

void print_result(const Tally& tally, const CrowdResult& result, const ThreadTimes& server) {
    const auto& latency = tally.latency();
    fmt::print(
        "accepted {}  repeated {}  refused {}  failed {}  in {:.3f} s: {:.0f} accepted/s, {:.0f} "
        "answers/s\n",
        tally.accepted(), tally.repeated(), tally.refused(), tally.failures(),
        seconds(result.elapsed_us),
        static_cast<double>(tally.accepted()) / std::max(seconds(result.elapsed_us), 1e-6),
        static_cast<double>(latency.count()) / std::max(seconds(result.elapsed_us), 1e-6));
    for (const auto& [code, count] : tally.refusals())
        fmt::print("  refused {:<24} {}\n", code, count);
    fmt::print("latency us  p50 {}  p99 {}  p99.9 {}  max {}\n", latency.percentile(5000),
               latency.percentile(9900), latency.percentile(9990), latency.max());
    fmt::print("sent {}  again {}  late {}  unanswered {}  never sent {}\n", result.sent,
               result.sent_again, result.sent_late, result.unanswered, result.never_sent);
    fmt::print("cpu  generator {:.3f} s ({:.3f} per 100,000 requests)\n",
               seconds(result.own_cpu_us), per_100000(result.own_cpu_us, result.sent));
    for (const auto& [name, time] : server) {
        if (time == 0) continue;
        fmt::print("cpu  server {:<16} {:.3f} s ({:.3f} per 100,000 accepted)\n", name,
                   seconds(time), per_100000(time, tally.accepted()));
    }
}

void append_latency(std::string& out, std::string_view name, const Histogram& latency) {
    fmt::format_to(std::back_inserter(out),
                   "\"{}\":{{\"p50\":{},\"p99\":{},\"p99_9\":{},\"max\":{}}},", name,
                   latency.percentile(5000), latency.percentile(9900), latency.percentile(9990),
                   latency.max());
}

std::string result_json(const Tally& tally, const CrowdResult& result, const ThreadTimes& server) {
    std::string out = fmt::format(
        "{{\"accepted\":{},\"repeated\":{},\"refused\":{},\"failed\":{},\"elapsed_us\":{},"
        "\"requests\":{},\"sent_again\":{},\"sent_late\":{},"
        "\"unanswered\":{},\"never_sent\":{},",
        tally.accepted(), tally.repeated(), tally.refused(), tally.failures(), result.elapsed_us,
        result.sent, result.sent_again, result.sent_late, result.unanswered, result.never_sent);
    append_latency(out, "latency_us", tally.latency());
    append_latency(out, "accepted_latency_us", tally.accepted_latency());
    append_latency(out, "refused_latency_us", tally.refused_latency());
    fmt::format_to(std::back_inserter(out), "\"generator_cpu_us\":{},", result.own_cpu_us);
    out += "\"refusals\":{";
    const char* separator = "";
    for (const auto& [code, count] : tally.refusals()) {
        fmt::format_to(std::back_inserter(out), "{}\"{}\":{}", separator, code, count);
        separator = ",";
    }
    out += "},\"server_cpu_us\":{";
    separator = "";
    for (const auto& [name, time] : server) {
        fmt::format_to(std::back_inserter(out), "{}\"{}\":{}", separator, name, time);
        separator = ",";
    }
    return out + "}}\n";
}

int fail(int code, const std::string& message) {
    fmt::print(stderr, "onsale-crowd: {}\n", message);
    return code;
}

std::string body_of(const Settings& settings) {
    if (settings.tier == 0) return fmt::format("{{\"campaign\":{}}}", settings.campaign);
    return fmt::format("{{\"campaign\":{},\"lines\":[{{\"tier\":{},\"quantity\":{}}}]}}",
                       settings.campaign, settings.tier, settings.quantity);
}

// A crowd holds many sockets.
void raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));
}

std::string judgement(const Settings& settings, Mode mode, const Tally& tally,
                      const CrowdResult& result) {
    if (mode == Mode::same_person) return different_codes(tally.issued(), settings.connections);
    if (settings.distinct) {
        auto shared = shared_code(tally.issued());
        if (!shared.empty()) return shared;
    }
    if (result.unanswered != 0) return fmt::format("{} orders have no answer", result.unanswered);
    return {};
}

int run(const Settings& settings, Mode mode) {
    const std::uint16_t port = local_port(settings.url);
    auto people = parse_people(settings.people);
    if (port == 0)
        return fail(
            kCannotRun,
            "--url: only http://127.0.0.1:PORT; this generator must not be pointed at others");
    if (!people) return fail(kCannotRun, "--people: FIRST:COUNT");
    if (mode == Mode::same_person) people->count = 1;
    raise_file_limit();

    const auto environment = env::posix::make_environment();
    const auto master = read_master_key(environment->files(), settings.data);
    if (!master) return fail(kCannotRun, master.error());
    std::unique_ptr<Record> record;
    if (!settings.record.empty()) {
        auto created = Record::create(settings.record);
        if (!created) return fail(kCannotRun, created.error());
        record = std::move(created).value();
    }
    const auto now = environment->clock().wall_now();
    const std::string prefix =
        settings.key_prefix.empty() ? fmt::format("c{:x}", now.unix_ms()) : settings.key_prefix;
    PeopleRequests requests(*master,
                            {port, people->first, people->count, {body_of(settings)}, prefix, now});

    CrowdOptions options;
    options.port = port;
    options.connections = settings.connections;
    options.requests =
        settings.requests != 0 ? settings.requests : people->count * settings.tries_per_person;
    if (mode == Mode::same_person) options.requests = settings.connections;
    if (mode == Mode::rate && settings.requests == 0)
        options.requests = std::numeric_limits<std::uint64_t>::max();
    options.requests = std::min(options.requests, people->count * PeopleRequests::kTriesMax);
    options.duration_us = settings.duration_s * 1'000'000;
    options.patience_us = settings.patience_s * 1'000'000;
    options.rate_per_second = mode == Mode::rate ? settings.rate : 0;
    options.impatience = settings.impatience;
    options.warm_up_us = settings.warm_up_s * 1'000'000;
    options.give_up_us = settings.give_up_s * 1'000'000;

    OrderLoadOptions kept;
    kept.campaigns = {settings.campaign};
    kept.keeps_codes = settings.distinct || mode == Mode::same_person;
    kept.record = record.get();
    OrderLoad load(requests, std::move(kept));
    options.stop_reason = "the record could not be written";
    options.on_tick = [&record](std::int64_t) { return record == nullptr || record->flush(); };
    const ThreadTimes before = thread_times(settings.server_pid);
    const auto result = run_crowd(options, load);
    if (!result) return fail(kCannotRun, result.error());
    const ThreadTimes server = difference(before, thread_times(settings.server_pid));
    const Tally& tally = load.tally(Phase::measured);
    print_result(tally, *result, server);
    if (!settings.json.empty() &&
        !(std::ofstream(settings.json) << result_json(tally, *result, server))) {
        return fail(kCannotRun, settings.json + ": cannot be written");
    }
    const std::string wrong = judgement(settings, mode, tally, *result);
    return wrong.empty() ? 0 : fail(kFailed, wrong);
}

int print_tokens(const Settings& settings) {
    const auto environment = env::posix::make_environment();
    const auto master = read_master_key(environment->files(), settings.data);
    if (!master) return fail(kCannotRun, master.error());
    TokenOptions token;
    token.audience = settings.audience;
    token.now = environment->clock().wall_now();
    token.lifetime = base::Duration::seconds(settings.lifetime_s);
    for (std::uint64_t i = 0; i < settings.count; ++i) {
        token.subject = settings.subject + i;
        fmt::print("{}\n", mint_token(*master, token));
    }
    return 0;
}

void add_load_options(CLI::App& command, Settings& settings) {
    command.add_option("--url", settings.url, "http://127.0.0.1:PORT")->required();
    command.add_option("--data", settings.data, "the server's data folder, for its key")
        ->required();
    command.add_option("--campaign", settings.campaign)->required();
    command.add_option("--tier", settings.tier,
                       "order this tier; without it the campaign's only one");
    command.add_option("--quantity", settings.quantity);
    command.add_option("--people", settings.people, "FIRST:COUNT, consecutive person ids");
    command.add_option("--connections", settings.connections)->check(CLI::Range(1, 28000));
    command.add_option("--requests", settings.requests,
                       "different orders; without it one per person and try");
    command.add_option("--duration", settings.duration_s,
                       "seconds after which nothing new is sent");
    command.add_option("--patience", settings.patience_s, "seconds to wait for answers after that");
    command.add_option("--record", settings.record, "write every answer to this CSV file");
    command.add_option("--json", settings.json, "write the figures to this file");
    command.add_option("--key-prefix", settings.key_prefix,
                       "of idempotency keys; without it one of its own per run");
    command.add_option("--server-pid", settings.server_pid, "account for this process's threads");
    command.add_flag("--distinct", settings.distinct,
                     "fail when two persons got one code, or one person two");
}

}  // namespace
}  // namespace onsale::bench

int main(int argc, char** argv) {
    using namespace onsale::bench;
    Settings settings;
    CLI::App app("An honest crowd of buyers on this machine");
    app.require_subcommand(1);
    auto* rush = app.add_subcommand(
        "rush", "closed loop: each connection sends its next order when the last was answered");
    auto* rate = app.add_subcommand(
        "rate", "open loop: orders are due at their times; unknown outcomes are sent again");
    auto* same = app.add_subcommand(
        "same-person", "one person on all connections at once, each with a key of its own");
    auto* token = app.add_subcommand("token", "print login tokens for consecutive ids");
    for (CLI::App* command : {rush, rate, same}) add_load_options(*command, settings);
    rush->add_option("--tries-per-person", settings.tries_per_person);
    rate->add_option("--rate", settings.rate, "orders per second")->check(CLI::Range(1, 1'000'000));
    rate->add_option("--warm-up", settings.warm_up_s,
                     "seconds before the measured ones, which no figure counts");
    rate->add_option("--give-up", settings.give_up_s,
                     "seconds after which who could not be sent goes away; 0: never");
    rate->add_option("--impatient", settings.impatience,
                     "how often who is told to come later comes back at once");
    token->add_option("--data", settings.data)->required();
    token->add_option("--subject", settings.subject, "the first id");
    token->add_option("--count", settings.count);
    token->add_option("--audience", settings.audience)->check(CLI::IsMember({"person", "staff"}));
    token->add_option("--lifetime", settings.lifetime_s, "seconds; below zero: already expired");
    CLI11_PARSE(app, argc, argv);
    if (token->parsed()) return print_tokens(settings);
    if (same->parsed()) return run(settings, Mode::same_person);
    return run(settings, rate->parsed() ? Mode::rate : Mode::rush);
}
