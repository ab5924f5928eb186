#include "paying/paying.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <numeric>
#include <system_error>
#include <thread>

#include "bench/people.h"
#include "bench/thread_times.h"
#include "http/curl_client.h"
#include "paying/bank.h"
#include "paying/internal/line.h"
#include "trial/server.h"
#include "trial/stage.h"

namespace onsale::paying {
namespace {

using base::Unexpected;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBanks = 2;
constexpr std::uint64_t kPeople = 5000;
// The banks are on this machine.
constexpr std::string_view kSettings = "[registry]\nprivate_addresses = \"allowed\"\n";
constexpr std::int64_t kPriceFen = 8000;
constexpr auto kCompletionLimit = std::chrono::seconds(60);
constexpr auto kLookPause = std::chrono::milliseconds(20);

std::int64_t cpu_of(int pid) {
    const auto times = bench::thread_times(pid);
    return std::accumulate(times.begin(), times.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& one) { return sum + one.second; });
}

// The site, the banks and the sale, ready to be bought from.
class Market {
  public:
    explicit Market(const PayingOptions& options) : options_(options) {}

    base::Result<void, std::string> open(env::Files& files) {
        client_ = http::make_curl_client();
        say("starting a site");
        trial::ServerOptions wanted{options_.program, options_.below, 0, std::string(kSettings)};
        ONSALE_TRY_ASSIGN(site, trial::Server::start(wanted, *client_));
        site_ = std::move(site);
        ONSALE_TRY_ASSIGN(master, bench::read_master_key(files, site_->data()));
        master_ = master;
        bench::TokenOptions staff;
        staff.subject = 1;
        staff.audience = "staff";
        staff.now = options_.now;
        staff_ = bench::mint_token(master_, staff);
        for (std::uint64_t number = 1; number <= kBanks; ++number) ONSALE_TRY(open_bank(number));
        return open_sale();
    }

    [[nodiscard]] PayersOptions payers() const {
        PayersOptions payers;
        payers.site_port = site_->port();
        for (const auto& bank : banks_) {
            payers.bank_ports.push_back(bank->port());
            payers.bank_numbers.push_back(bank->number());
            payers.customers.push_back(bank->logins());
        }
        bench::TokenOptions person;
        person.now = options_.now;
        for (std::uint64_t i = 0; i < people_.count; ++i) {
            person.subject = people_.first + i;
            payers.people.push_back("Authorization: Bearer " + bench::mint_token(master_, person) +
                                    "\r\n");
        }
        payers.campaign = campaign_;
        payers.price_fen = kPriceFen;
        payers.key_prefix = fmt::format("p{:x}", options_.now.unix_ms());
        payers.threads = options_.threads;
        payers.rate = options_.rate;
        payers.warm_up = options_.rate * static_cast<std::uint64_t>(options_.warm_up_s);
        payers.orders =
            payers.warm_up + options_.rate * static_cast<std::uint64_t>(options_.duration_s);
        payers.interrupted = options_.interrupted;
        return payers;
    }

    // Tickets that the site has sold, by its own stock.
    std::uint64_t sold() {
        Line line(site_->port());
        const auto answer = line.ask(fmt::format("/api/v1/stock/sessions/{}", campaign_),
                                     fmt::format("Authorization: Bearer {}\r\n", staff_), "");
        std::uint64_t count = 0;
        for (const char digit : value_of(answer.body, "sold"))
            count = count * 10 + static_cast<std::uint64_t>(digit - '0');
        return answer.status == 200 ? count : 0;
    }

    [[nodiscard]] std::vector<ProcessTime> times() const {
        std::vector<ProcessTime> times = {{"site", cpu_of(site_->pid())}};
        for (const auto& bank : banks_)
            times.push_back({fmt::format("bank {}", bank->number()), cpu_of(bank->pid())});
        times.push_back({"generator", bench::own_time_us()});
        return times;
    }

    void say(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }

  private:
    base::Result<void, std::string> open_bank(std::uint64_t number) {
        say(fmt::format("starting bank {}, its customers log in", number));
        BankOptions wanted;
        wanted.program = options_.program;
        wanted.folder = fmt::format("{}/bank{}", site_->folder(), number);
        wanted.site_port = site_->port();
        wanted.staff_token = staff_;
        wanted.number = number;
        std::error_code error;
        std::filesystem::create_directories(wanted.folder, error);
        ONSALE_TRY_ASSIGN(bank, Bank::open(wanted));
        banks_.push_back(std::move(bank));
        return {};
    }

    base::Result<void, std::string> open_sale() {
        say("people and a sale");
        trial::Stage stage(*client_, site_->port(), staff_,
                           static_cast<std::uint64_t>(options_.now.unix_ms()) * 1000);
        const trial::Progress quiet = [](const std::string&, std::uint64_t, std::uint64_t) {};
        ONSALE_TRY_ASSIGN(people, stage.import_people(kPeople, quiet));
        people_ = people;
        trial::Offer offer;
        offer.stock = 10'000'000;
        offer.price = "80.00";
        ONSALE_TRY_ASSIGN(campaigns, stage.open_sale(offer, quiet));
        campaign_ = campaigns.at(0);
        return await_banks();
    }

    // Until both banks have sent their heartbeats.
    base::Result<void, std::string> await_banks() {
        Line line(site_->port());
        for (int i = 0; i < 500; ++i) {
            std::uint64_t usable = 0;
            const auto answer = line.ask("/api/v1/banks", "", "");
            for (auto at = answer.body.find("\"usable\":true"); at != std::string_view::npos;
                 at = answer.body.find("\"usable\":true", at + 1))
                ++usable;
            if (usable == kBanks) return {};
            std::this_thread::sleep_for(kLookPause);
        }
        return Unexpected{std::string("the site does not see both banks")};
    }

    const PayingOptions& options_;
    std::unique_ptr<http::Client> client_;
    std::unique_ptr<trial::Server> site_;
    std::vector<std::unique_ptr<Bank>> banks_;  // end before the site's folder goes
    crypto::Key master_{};
    std::string staff_;
    trial::People people_;
    std::uint64_t campaign_ = 0;
};

boost::json::object latency_json(const bench::Histogram& histogram) {
    return {{"count", histogram.count()},
            {"p50", histogram.percentile(5000)},
            {"p90", histogram.percentile(9000)},
            {"p99", histogram.percentile(9900)},
            {"max", histogram.max()}};
}

std::string latency_text(const char* what, const bench::Histogram& histogram) {
    return fmt::format("  {:<22} p50 {:>8.2f} ms   p99 {:>8.2f} ms   max {:>8.2f} ms\n", what,
                       static_cast<double>(histogram.percentile(5000)) / 1e3,
                       static_cast<double>(histogram.percentile(9900)) / 1e3,
                       static_cast<double>(histogram.max()) / 1e3);
}

double completed_per_s(const PayingResult& result) {
    const auto counted =
        result.completed - std::min(result.completed, result.orders - result.payers.placed);
    return result.all_completed_us == 0
               ? 0
               : static_cast<double>(counted) * 1e6 / static_cast<double>(result.all_completed_us);
}

}  // namespace

base::Result<PayingResult, std::string> run_paying(const PayingOptions& options,
                                                   env::Files& files) {
    Market market(options);
    ONSALE_TRY(market.open(files));
    PayingResult result;
    result.options = options;
    result.machine = trial::describe_machine(options.below);
    const PayersOptions payers = market.payers();
    result.orders = payers.orders;
    std::vector<ProcessTime> before;
    Clock::time_point measured_at;
    market.say("paying");
    result.payers = run_payers(payers, [&] {
        measured_at = Clock::now();
        before = market.times();
    });
    if (result.payers.paid == 0)
        return Unexpected{"nothing was paid: " + result.payers.first_trouble};
    // What is paid is completed by the site's agent a moment later.
    const std::uint64_t wanted = result.orders - result.payers.refused - result.payers.failed;
    const auto limit = Clock::now() + kCompletionLimit;
    while (result.completed < wanted && Clock::now() < limit) {
        result.completed = market.sold();
        std::this_thread::sleep_for(kLookPause);
    }
    result.all_completed_us =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - measured_at).count();
    result.processes = market.times();
    for (std::size_t i = 0; i < result.processes.size() && i < before.size(); ++i)
        result.processes[i].cpu_us -= before[i].cpu_us;
    return result;
}

std::string to_text(const PayingResult& result) {
    const PayersResult& payers = result.payers;
    std::string text = fmt::format(
        "paid orders, {}/s offered for {} s: placed {}, paid {}, refused {}, failed {}; completed "
        "{} "
        "of {} with the warm-up, {:.0f}/s\n",
        result.options.rate, result.options.duration_s, payers.placed, payers.paid, payers.refused,
        payers.failed, result.completed, result.orders, completed_per_s(result));
    text += latency_text("placed", payers.place_latency);
    text += latency_text("granted (bank)", payers.grant_latency);
    text += latency_text("paid, the whole way", payers.paid_latency);
    for (const auto& process : result.processes) {
        const auto per_1000 = payers.paid == 0 ? 0
                                               : static_cast<double>(process.cpu_us) /
                                                     static_cast<double>(payers.paid);
        text += fmt::format("  {:<10} {:>8.2f} s of processor time, {:.0f} us an order\n",
                            process.name, static_cast<double>(process.cpu_us) / 1e6, per_1000);
    }
    if (!payers.first_trouble.empty()) text += "  first trouble: " + payers.first_trouble + "\n";
    return text;
}

std::string to_json(const PayingResult& result) {
    boost::json::object processes;
    for (const auto& process : result.processes) processes[process.name] = process.cpu_us;
    const PayersResult& payers = result.payers;
    const boost::json::object out{{"scenario", "paid"},
                                  {"rate", result.options.rate},
                                  {"warm_up_s", result.options.warm_up_s},
                                  {"duration_s", result.options.duration_s},
                                  {"threads", result.options.threads},
                                  {"processor", result.machine.processor},
                                  {"cores", result.machine.cores},
                                  {"kernel", result.machine.kernel},
                                  {"orders", result.orders},
                                  {"placed", payers.placed},
                                  {"paid", payers.paid},
                                  {"refused", payers.refused},
                                  {"failed", payers.failed},
                                  {"completed", result.completed},
                                  {"all_completed_us", result.all_completed_us},
                                  {"completed_per_s", completed_per_s(result)},
                                  {"place_us", latency_json(payers.place_latency)},
                                  {"grant_us", latency_json(payers.grant_latency)},
                                  {"paid_us", latency_json(payers.paid_latency)},
                                  {"cpu_us", processes}};
    return boost::json::serialize(out) + "\n";
}

}  // namespace onsale::paying
