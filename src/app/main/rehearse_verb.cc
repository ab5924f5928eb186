// `onsale rehearse`: a campaign's sale is played on a copy of the site, beside the running server,
// which is neither asked nor changed. The copy is made as a backup is, gets a server of its own
// from which nothing leaves, and goes when the rehearsal ends, also by Ctrl-C or with its terminal;
// what a killed rehearsal left is removed by the next one. The real server comes first: everything
// here runs at a low priority.
#include <signal.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "accounts/tokens.h"
#include "audit/audit.h"
#include "backup/backup.h"
#include "bench/record.h"
#include "cli/server_client.h"
#include "env/posix/environment.h"
#include "env/posix/signals.h"
#include "http/curl_client.h"
#include "main/options.h"
#include "main/setup.h"
#include "main/shadow_server.h"
#include "main/shadow_site.h"
#include "main/untouched.h"
#include "rehearsal/crowd.h"
#include "rehearsal/limits.h"
#include "rehearsal/report.h"
#include "site/layout.h"
#include "site/site.h"

namespace onsale::app {
namespace {

using base::Unexpected;
using Step = base::Result<void, std::string>;

constexpr int kBreachesFound = 2;
constexpr base::Duration kOpensAfter = base::Duration::seconds(2);
constexpr base::Duration kOpenLonger = base::Duration::minutes(2);  // than people come
constexpr base::Duration kTokens = base::Duration::hours(2);        // longer than any rehearsal
constexpr std::uint64_t kFreeBesides = std::uint64_t{512} << 20;    // left for the real server
constexpr std::uint64_t kStaff = 1;
constexpr int kNiceness = 15;  // the server's own is 0

void say(const std::string& sentence) {
    std::fprintf(stderr, "rehearse: %s\n", sentence.c_str());
}

// What ends a rehearsal in order; a terminal that goes away does, but for `nohup`.
sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    struct sigaction hang_up {};
    if (sigaction(SIGHUP, nullptr, &hang_up) == 0 && hang_up.sa_handler != SIG_IGN)
        sigaddset(&signals, SIGHUP);
    return signals;
}

// Whether one of them has come; they are blocked and wait to be asked for.
bool stop_asked() {
    static bool asked = false;
    const sigset_t signals = stop_signals();
    const timespec now{};
    asked = asked || sigtimedwait(&signals, nullptr, &now) > 0;
    return asked;
}

// The folder of the copy: beside the data, on the same disk. It goes with the object. While it is
// used its lock is held, so that one whose lock is free was left by a rehearsal that was killed. A
// copy that shall stay has no lock.
class WorkFolder {
  public:
    WorkFolder(const std::string& data, bool keep, env::Environment& environment)
        : stem_(stem_of(data)),
          path_(stem_ + std::to_string(environment.entropy().next_u64())),
          keep_(keep),
          files_(environment.files()) {}
    ~WorkFolder() {
        std::error_code ignored;
        if (!keep_) std::filesystem::remove_all(path_, ignored);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;

    // Copies hold the site's keys and people's names: none stays unseen.
    void remove_leftovers() {
        std::error_code error;
        const std::filesystem::directory_iterator end;
        std::filesystem::directory_iterator at(std::filesystem::path(stem_).parent_path(), error);
        for (; !error && at != end; at.increment(error)) {
            std::error_code unreadable;
            const std::string found = at->path().string();
            if (found.starts_with(stem_) &&
                at->symlink_status(unreadable).type() == std::filesystem::file_type::directory)
                remove_leftover(found);
        }
    }

    Step create() {
        if (const auto made = files_.create_folders(path_); !made)
            return Unexpected{path_ + ": " + std::string(env::to_string(made.error()))};
        if (keep_) return {};
        auto lock = files_.lock(path_ + kLock);
        if (!lock) return Unexpected{path_ + ": " + std::string(env::to_string(lock.error()))};
        lock_ = std::move(*lock);
        return {};
    }

    [[nodiscard]] std::string operator/(const std::string& name) const {
        return path_ + "/" + name;
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    static constexpr const char* kLock = "/rehearsal.lock";

    static std::string stem_of(const std::string& data) {
        std::error_code ignored;
        auto path = std::filesystem::absolute(data, ignored).lexically_normal().string();
        while (path.ends_with('/')) path.pop_back();
        return path + ".rehearsal.";
    }

    void remove_leftover(const std::string& found) {
        const auto locked = files_.exists(found + kLock);
        if (!locked || !*locked) return say(found + " was kept; it holds the site's keys");
        const auto lock = files_.lock(found + kLock);
        if (!lock && lock.error() == env::FileError::locked) return;  // one that runs now
        std::error_code error;
        if (lock) std::filesystem::remove_all(found, error);
        say(!lock || error ? found + ", left by a killed rehearsal, cannot be removed"
                           : "removed " + found + ", left by a rehearsal that was killed");
    }

    const std::string stem_;
    const std::string path_;
    const bool keep_;
    env::Files& files_;
    std::unique_ptr<env::File> lock_;
};

class Rehearse {
  public:
    Rehearse(const Options& options, const site::Config& config, env::Environment& environment)
        : options_(options),
          what_(options.rehearsal),
          environment_(environment),
          work_(config.folder, what_.keep, environment),
          real_{config.folder, config.shards},
          copy_{work_ / "data", config.shards} {}

    base::Result<bool, std::string> run() {
        work_.remove_leftovers();
        ONSALE_TRY(has_room());
        ONSALE_TRY(work_.create());
        ONSALE_TRY_ASSIGN(before, imprint_of(real_, environment_));
        report_.circumstances.beside_the_real_server = before.served;
        ONSALE_TRY(make_copy());
        ONSALE_TRY_ASSIGN(copied, imprint_of(copy_, environment_));
        ONSALE_TRY(play_sale());
        ONSALE_TRY(check_copy());
        ONSALE_TRY_ASSIGN(changed, compare(real_, before, copy_, copied, environment_));
        check("the real data is as the real site left it", changed.empty(),
              changed.empty() ? before.served ? "the journal's past is the same, and no batch of "
                                                "the rehearsal is in it; its server goes on"
                                              : "all files are the same"
                              : changed);
        ONSALE_TRY(write_report());
        return std::ranges::all_of(report_.checks, [](const auto& one) {
            return one.verdict == rehearsal::Verdict::good;
        });
    }

  private:
    // The real server shares the disk and must not run out of it.
    Step has_room() {
        std::error_code error;
        std::uint64_t bytes = 0;
        const std::filesystem::recursive_directory_iterator end;
        for (std::filesystem::recursive_directory_iterator at(real_.data, error);
             !error && at != end; at.increment(error)) {
            std::error_code gone;
            const auto size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
            if (!gone) bytes += size;
        }
        if (error) return Unexpected{real_.data + ": " + error.message()};
        const auto free = environment_.files().free_bytes(real_.data);
        const std::uint64_t needed = 3 * bytes + kFreeBesides;
        if (!free || *free < needed)
            return Unexpected{"a copy needs " + std::to_string(needed >> 20) +
                              " MiB of free disk beside " + real_.data};
        return {};
    }

    Step go_on() {
        if (stop_asked()) return Unexpected{std::string("stopped; the copy is removed")};
        return {};
    }

    Step make_copy() {
        say("copying " + real_.data + ", without stopping anybody");
        const auto ignore = [](std::string_view, std::uint64_t, std::uint64_t) {};
        const backup::Source source{real_.data, real_.shards, std::string(site::version())};
        const auto saved = backup::back_up(source, work_ / "backup", environment_, ignore);
        if (!saved) return Unexpected{saved.error()};
        ONSALE_TRY(go_on());
        const auto keys = backup::back_up_keys(real_.data, work_ / "keys", environment_);
        if (!keys) return Unexpected{keys.error()};
        const auto restored =
            backup::restore({work_ / "backup", work_ / "keys", copy_.data}, environment_, ignore);
        if (!restored) return Unexpected{restored.error()};
        std::error_code ignored;
        std::filesystem::remove_all(work_ / "backup", ignored);
        std::filesystem::remove_all(work_ / "keys", ignored);
        return go_on();
    }

    Step play_sale() {
        ONSALE_TRY_ASSIGN(server,
                          ShadowServer::start({options_.config, copy_.data, work_ / "server.log"}));
        say("a second server runs on the copy, at port " + std::to_string(server->port()) +
            "; nothing leaves it");
        site::Config config;
        config.folder = copy_.data;
        const auto key = existing_master_key(config, environment_);
        if (!key) return Unexpected{key.error()};
        const auto client = http::make_curl_client();
        const auto now = environment_.clock().wall_now();
        const auto client_with = [&](accounts::Audience audience, std::uint64_t subject) {
            return cli::ServerClient(
                *client, "http://127.0.0.1:" + std::to_string(server->port()),
                accounts::TokenIssuer(*key, audience).issue(subject, now, kTokens).token,
                wait_here);
        };
        auto staff = client_with(accounts::Audience::staff, kStaff);
        auto person = client_with(accounts::Audience::person, rehearsal::kFirstPerson - 1);
        ShadowSite site(staff, person, what_.campaign);
        ONSALE_TRY_ASSIGN(offer, site.offer());
        ONSALE_TRY_ASSIGN(pools, site.pools(offer.session));
        ONSALE_TRY(prepare(offer));
        ONSALE_TRY(open_and_play(site, offer, server->port(), *key));
        ONSALE_TRY_ASSIGN(left, site.pools(offer.session));
        report_.circumstances.free_before = offered(pools, left);
        ONSALE_TRY_ASSIGN(cpu, server->stop());
        report_.circumstances.server_cpu_s = cpu;
        return {};
    }

    Step prepare(const Offer& offer) {
        auto& about = report_.circumstances;
        about.campaign = what_.campaign;
        about.campaign_name = offer.name;
        about.paid = offer.paid;
        about.made_at = base::to_rfc3339(environment_.clock().wall_now());
        about.version = site::version();
        about.audience.people = what_.people;
        about.audience.bots = what_.bots;
        about.audience.duration_us = static_cast<std::int64_t>(what_.minutes * 60e6);
        about.audience.peak_per_second = what_.rate;
        about.audience.seed = what_.seed;
        about.audience.tiers = static_cast<std::uint32_t>(offer.tiers.size());
        about.audience.tickets_max = offer.tickets_per_order;
        ONSALE_TRY_ASSIGN(made, rehearsal::make_plan(about.audience));
        plan_ = std::move(made);
        const std::int64_t end_us = plan_.steps.back().at_us + rehearsal::kPatienceUs / 5;
        figures_.emplace(plan_, end_us);
        return {};
    }

    Step open_and_play(ShadowSite& site, const Offer& offer, std::uint16_t port,
                       const crypto::Key& key) {
        const auto now = environment_.clock().wall_now();
        const auto opens_at = now + kOpensAfter;
        const auto length = base::Duration::milliseconds(
            report_.circumstances.audience.duration_us / 1000 + kOpenLonger.count_ms());
        ONSALE_TRY(site.set_window(opens_at, opens_at + length));
        say("\"" + offer.name + "\" opens on the copy; " + std::to_string(plan_.steps.size()) +
            " requests are planned");
        auto record = bench::Record::create(answers_path());
        if (!record) return Unexpected{record.error()};
        accounts::TokenIssuer people(key, accounts::Audience::person);
        rehearsal::Stage stage;
        stage.port = port;
        stage.campaign = what_.campaign;
        stage.tiers = offer.tiers;
        stage.token = [&](std::uint64_t person) {
            return people.issue(person, now, kTokens).token;
        };
        stage.stop = stop_asked;
        stage.progress = [this](const rehearsal::Figures& figures, std::int64_t now_us) {
            show(figures, now_us);
        };
        wait_here(opens_at - environment_.clock().wall_now() + base::Duration::milliseconds(50));
        ONSALE_TRY_ASSIGN(ended, rehearsal::play(plan_, stage, **record, *figures_));
        if (ended == rehearsal::Ended::stopped) return go_on();
        return {};
    }

    void show(const rehearsal::Figures& figures, std::int64_t now_us) {
        std::fprintf(stderr,
                     "rehearse: %3lld s  sent %llu  accepted %llu  refused %llu  failed "
                     "%llu  tickets %llu\n",
                     static_cast<long long>(now_us / 1'000'000),
                     static_cast<unsigned long long>(figures.requests()),
                     static_cast<unsigned long long>(figures.accepted()),
                     static_cast<unsigned long long>(figures.refused()),
                     static_cast<unsigned long long>(figures.failed()),
                     static_cast<unsigned long long>(figures.tickets()));
    }

    [[nodiscard]] std::string answers_path() const { return work_ / "answers.csv"; }

    void check(std::string what, bool good, std::string detail) {
        report_.checks.push_back({std::move(what),
                                  good ? rehearsal::Verdict::good : rehearsal::Verdict::bad,
                                  std::move(detail)});
    }

    Step check_copy() {
        audit::Options options;
        options.folder = copy_.data;
        options.vfs = environment_.sqlite_vfs();
        options.acknowledged = answers_path();
        const auto audited = audit::run(options, environment_.files());
        if (!audited) return Unexpected{audited.error()};
        check("the books of the copy, against every answer that was given", audited->clean(),
              std::to_string(audited->orders) + " orders, " + std::to_string(audited->tickets) +
                  " tickets, " + std::to_string(audited->breach_count()) + " breaches");
        check("one click, one order", figures_->doubled() == 0,
              std::to_string(figures_->second_clicks()) + " second clicks, " +
                  std::to_string(figures_->doubled()) + " with another order than the first");
        check("no more tickets than there were",
              figures_->tickets() <= report_.circumstances.free_before,
              std::to_string(figures_->tickets()) + " of " +
                  std::to_string(report_.circumstances.free_before));
        check("every request had a clear answer", figures_->failed() == 0,
              std::to_string(figures_->failed()) + " of " + std::to_string(figures_->requests()) +
                  " had none");
        return {};
    }

    Step write_report() {
        auto& files = environment_.files();
        const auto& folder = what_.report;
        if (const auto made = files.create_folders(folder); !made)
            return Unexpected{folder + ": " + std::string(env::to_string(made.error()))};
        const auto page = env::replace_file(files, folder + "/report.html",
                                            rehearsal::to_html(report_, *figures_));
        const auto json = env::replace_file(files, folder + "/report.json",
                                            rehearsal::to_json(report_, *figures_));
        if (!page || !json) return Unexpected{folder + ": the report cannot be written"};
        for (const auto& one : report_.checks) {
            std::printf("%s: %s (%s)\n", one.verdict == rehearsal::Verdict::good ? "good" : "WRONG",
                        one.what.c_str(), one.detail.c_str());
        }
        std::printf("report: %s/report.html\n", folder.c_str());
        if (what_.keep) std::printf("the copy, with the site's keys: %s\n", work_.path().c_str());
        return {};
    }

    const Options& options_;
    const Rehearsal& what_;
    env::Environment& environment_;
    WorkFolder work_;
    const Place real_;
    const Place copy_;
    rehearsal::Report report_;
    rehearsal::Plan plan_;
    std::optional<rehearsal::Figures> figures_;
};

}  // namespace

int run_rehearse(const Options& options) {
    env::posix::block_stop_signals();
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // Before there are other threads or processes: they have what this one has.
    if (getpriority(PRIO_PROCESS, 0) < kNiceness) setpriority(PRIO_PROCESS, 0, kNiceness);
    const auto environment = env::posix::make_environment();
    const auto config = configure(options, *environment);
    if (!config) return fail(config.error());
    const auto key = existing_master_key(*config, *environment);
    if (!key) return fail(key.error());
    const auto good = Rehearse(options, *config, *environment).run();
    if (!good) return fail(good.error());
    return *good ? 0 : kBreachesFound;
}

}  // namespace onsale::app
