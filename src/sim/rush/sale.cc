#include "rush/sale.h"

#include <memory>
#include <utility>
#include <vector>

#include "audit/audit.h"
#include "crypto/jwt.h"
#include "rush/client.h"
#include "rush/json_field.h"
#include "rush/operator.h"
#include "site/site.h"
#include "world/machine.h"

namespace onsale::rush {
namespace {

constexpr std::uint32_t kActionsPerClient = 14;
constexpr std::uint64_t kStepsMax = 3'000'000;
constexpr std::uint64_t kStepsBetweenChecks = 64;
constexpr auto kHoldTime = base::Duration::minutes(1);
constexpr const char* kFolder = "/data";

// What the seed decides about the sale itself.
struct Plan {
    explicit Plan(base::Prng& random)
        : codes(5 + random.below(40)),
          numbers(5 + random.below(25)),
          people(10 + random.below(30)),
          faults(5 + random.below(8)),
          changes(random.below(8)),
          cancels(random.chance(1, 4)) {}
    std::uint64_t codes;
    std::uint64_t numbers;
    std::uint64_t people;
    std::uint64_t faults;
    std::uint64_t changes;  // of the offer
    bool cancels;           // the session, after the changes
};

class Sale {
  public:
    explicit Sale(std::uint64_t seed)
        : seed_(seed),
          random_(seed),
          plan_(random_),
          scheduler_(seed ^ 0x5c4ed),
          machine_("sale-" + std::to_string(seed), scheduler_, seed),
          network_(scheduler_, seed),
          operator_(history_, network_.clients(), seed ^ 0x09e7a) {
        history_.expect_one_per_person(kFreeCampaign);
    }

    SaleResult run() {
        if (boot() && set_up() && rush() && heal()) compare();
        if (site_) halt();
        result_.digest = network_.digest();
        result_.steps = scheduler_.steps();
        result_.answers = network_.answers();
        result_.orders = history_.orders().size();
        return std::move(result_);
    }

  private:
    bool fail(std::string text) {
        if (result_.failure.empty()) result_.failure = std::move(text);
        return false;
    }

    // Starts the program; a strike of the disk may end it at once, and then it is started again.
    bool boot() {
        // Nobody starts a server on a disk that is known to be full or broken.
        machine_.disk().refuse_sync(false);
        machine_.disk().limit_space(~std::uint64_t{0});
        for (int attempt = 0; attempt < 10; ++attempt) {
            auto& environment = machine_.start();
            home_ = environment.make_executor({"http", "stands for the event loop", 1 << 16});
            site::Config config;
            config.folder = kFolder;
            config.shards = 4;
            config.reserve_mib = 1;
            config.snapshot_facts = 10 + seed_ % 60;  // so that recovery begins at one
            auto assembled = site::assemble_all(config, environment);
            if (assembled) site_ = std::move(*assembled);
            if (site_ && !machine_.is_dead()) {
                network_.connect(&site_->router(), home_.get());
                operator_.connect(&site_->engine(), home_.get());
                return true;
            }
            const bool struck = machine_.is_dead();
            halt();
            if (!struck) return fail("does not start: " + assembled.error());
            machine_.power_cut();
        }
        return fail("does not start after ten strikes");
    }

    void halt() {
        if (site_) {
            auto& written =
                site_->metrics().counter("onsale_shard_snapshots_total", "Snapshots written");
            result_.snapshots += static_cast<std::uint64_t>(written.value());
        }
        network_.connect(nullptr, nullptr);
        operator_.connect(nullptr, nullptr);
        machine_.kill();
        site_.reset();
        home_.reset();
        machine_.end();
    }

    // One task of the world; brings the program back when it has died.
    bool step() {
        if (!scheduler_.step()) return fail("the world has nothing left to do");
        if (scheduler_.steps() > kStepsMax) {
            return fail(std::string("the sale does not come to rest") +
                        (site_->engine().storage_full() ? ": the disk stays full" : ""));
        }
        if (!history_.failure().empty()) return fail(history_.failure());
        if (machine_.is_dead()) {
            halt();
            machine_.power_cut();
            return boot();
        }
        if (scheduler_.steps() % kStepsBetweenChecks != 0) return true;
        const std::string broken = site_->engine().broken_invariant();
        return broken.empty() || fail(broken);
    }

    bool pass(base::Duration duration) {
        const std::int64_t until_us = scheduler_.now_us() + duration.count_ms() * 1000;
        while (scheduler_.now_us() < until_us) {
            if (!step()) return false;
        }
        return true;
    }

    // A call of the operator in a quiet network.
    bool operate(http::Method method, std::string path, std::string body, CallResult& answer) {
        bool done = false;
        Call call;
        call.method = method;
        call.path = std::move(path);
        call.body = std::move(body);
        call.token = token("staff", 1);
        network_.send(std::move(call), [&](const CallResult& result) {
            answer = result;
            done = true;
        });
        while (!done) {
            if (!step()) return false;
        }
        return true;
    }

    bool expect(http::Method method, const std::string& path, std::string body) {
        CallResult answer;
        if (!operate(method, path, std::move(body), answer)) return false;
        return answer.status / 100 == 2 ||
               fail(path + ": " + std::to_string(answer.status) + " " + answer.body);
    }

    std::string token(const std::string& audience, std::uint64_t subject) {
        if (master_.empty()) {
            const auto text = env::read_file(*machine_.disk().open_for(~std::uint64_t{0}),
                                             std::string(kFolder) + "/keys/master.key");
            master_ =
                text ? crypto::from_hex(std::string_view(*text).substr(0, 64)).value_or("") : "";
        }
        crypto::Key key{};
        if (master_.size() == key.size())
            std::copy_n(reinterpret_cast<const std::byte*>(master_.data()), key.size(),
                        key.begin());
        crypto::Hmac hmac(crypto::derive_key(key, "jwt " + audience));
        crypto::Claims claims;
        claims.subject = subject;
        claims.audience = audience;
        claims.issued_at = base::Timestamp::from_unix_ms(world::kBeginningMs);
        claims.expires_at = claims.issued_at + base::Duration::days(300);
        return crypto::sign_token(claims, hmac);
    }

    bool set_up() {
        network_.disturb(false);
        std::string codes;
        for (std::uint64_t i = 0; i < plan_.codes; ++i)
            codes += "CODE-" + std::to_string(seed_) + "-" + std::to_string(i) + "\n";
        const std::string free_rules =
            R"("opens_at":"2026-11-01T00:00:00.000Z","closes_at":"2026-12-01T00:00:00.000Z")";
        const std::string session =
            R"({"organiser":{"id":1,"name":{"zh":"主办","en":"Host"}},"show":{"id":10,"name":{"zh":"演出","en":"Show"}},)"
            R"("session":{"id":100,"starts_at":"2026-12-02T00:00:00.000Z","ends_at":"2026-12-03T00:00:00.000Z","tickets_per_person":4},)"
            R"("pools":[{"id":1,"kind":"codes","list":5001},{"id":2,"kind":"count","count":)" +
            std::to_string(plan_.numbers) +
            R"(}],)"
            R"("tiers":[{"id":11,"name":{"zh":"券","en":"Voucher"},"pool":1},)"
            R"({"id":12,"name":{"zh":"票","en":"Ticket"},"pool":2,"price":"50.00"}],)"
            R"("campaigns":[{"id":1001,"name":{"zh":"抢","en":"Rush"},)" +
            free_rules +
            R"(,"one_per_person":true,"tickets_per_order":1,"tiers":[11]},)"
            R"({"id":1002,"name":{"zh":"售","en":"Sale"},)" +
            free_rules + R"(,"hold_minutes":1,"tickets_per_order":2,"tiers":[12]}]})";
        if (!expect(http::Method::put, "/api/v1/code-lists/5001/chunks/0", codes)) return false;
        if (!expect(http::Method::post, "/api/v1/code-lists/5001/seal", "")) return false;
        if (!expect(http::Method::post, "/api/v1/sessions", session)) return false;
        for (std::uint64_t i = 1; i <= plan_.people; ++i) {
            clients_.push_back(
                std::make_unique<Client>(network_, history_, i, token("person", i), seed_));
        }
        return true;
    }

    bool rush() {
        network_.disturb(true);
        for (auto& client : clients_) client->start(kActionsPerClient);
        std::uint64_t faults_left = plan_.faults;
        std::uint64_t next_fault = scheduler_.steps() + 100 + random_.below(600);
        std::uint64_t changes_left = plan_.changes + (plan_.cancels ? 1 : 0);
        std::uint64_t next_change = scheduler_.steps() + 100 + random_.below(900);
        while (!all_idle()) {
            if (!step()) return false;
            if (changes_left > 0 && scheduler_.steps() >= next_change) {
                next_change = scheduler_.steps() + 100 + random_.below(900);
                --changes_left;
                change_offer(changes_left == 0 && plan_.cancels);
            }
            if (faults_left == 0 || scheduler_.steps() < next_fault) continue;
            next_fault = scheduler_.steps() + 50 + random_.below(900);
            --faults_left;
            if (!inject()) return false;
        }
        return true;
    }

    void change_offer(bool cancel) {
        ++result_.faults[cancel ? "cancelled session" : "changed offer"];
        cancel ? operator_.cancel_session() : operator_.act();
    }

    bool all_idle() const {
        if (!operator_.idle()) return false;
        for (const auto& client : clients_) {
            if (!client->idle()) return false;
        }
        return true;
    }

    bool inject() {
        auto& disk = machine_.disk();
        switch (random_.below(7)) {
            case 0:
                ++result_.faults["kill"];
                halt();
                return boot();
            case 1:
                ++result_.faults["power cut"];
                halt();
                machine_.power_cut();
                return boot();
            case 2:
            case 3:
                ++result_.faults["power cut inside a disk operation"];
                disk.strike_at(1 + random_.below(120));
                return true;
            case 4:
                ++result_.faults["disk full"];
                disk.limit_space(disk.bytes() + (random_.chance(1, 2) ? 0 : random_.below(20'000)));
                for (auto& client : clients_) client->hurry();
                if (!pass(base::Duration::milliseconds(
                        static_cast<std::int64_t>(500 + random_.below(4000)))))
                    return false;
                disk.limit_space(~std::uint64_t{0});
                return true;
            case 5:
                ++result_.faults["failed sync"];
                disk.refuse_sync(true);
                // The next commit ends the program. On a full disk there is none, and orders wait
                // for syncs to work again.
                if (!pass(base::Duration::seconds(10))) return false;
                disk.refuse_sync(false);
                return true;
            default:
                ++result_.faults["wall clock jump"];
                machine_.move_wall_clock(
                    base::Duration::seconds(static_cast<std::int64_t>(random_.below(7200)) - 3600));
                return true;
        }
    }

    // No more faults: every hold ends, and everybody who has no code asks for one until there is
    // none.
    bool heal() {
        network_.disturb(false);
        machine_.disk().strike_at(0);
        machine_.disk().refuse_sync(false);
        machine_.disk().limit_space(~std::uint64_t{0});
        if (!pass(kHoldTime + base::Duration::seconds(3))) return false;
        for (auto& client : clients_) client->grab(kFreeCampaign);
        if (!pass(base::Duration::seconds(3)) || !settle()) return false;
        for (const auto& [order, seen] : history_.orders())
            clients_[seen.person - 1]->look_at(order);
        return pass(base::Duration::seconds(3)) && settle();
    }

    bool settle() {
        while (!all_idle()) {
            if (!step()) return false;
        }
        return true;
    }

    void compare() {
        if (!compare_stock()) return;
        bool stopped = false;
        site_->stop([&] { stopped = true; });
        while (!stopped) {
            if (!scheduler_.step()) {
                fail("the site does not stop");
                return;
            }
        }
        const std::string broken = site_->engine().broken_invariant();
        if (!broken.empty()) {
            fail(broken);
            return;
        }
        audit_stored();
    }

    // INVARIANT: exactly the codes that exist are handed out: none twice, none left while somebody
    // asked.
    bool compare_stock() {
        CallResult answer;
        if (!operate(http::Method::get, "/api/v1/stock/sessions/" + std::to_string(kSession), "",
                     answer))
            return false;
        std::uint64_t completed = 0;
        std::uint64_t refunded = 0;
        for (const auto& [order, seen] : history_.orders()) {
            if (seen.campaign == kFreeCampaign && seen.state == "completed") ++completed;
            if (seen.campaign == kFreeCampaign && seen.state == "refunded") ++refunded;
            if (seen.state == "reserved")
                return fail("order " + std::to_string(order) +
                            " is still reserved after its deadline");
        }
        const std::string_view codes(answer.body);
        const std::string_view numbers =
            codes.substr(std::min(codes.size(), codes.rfind("\"pool\":")));
        const std::uint64_t sold = number_field(codes, "sold").value_or(~std::uint64_t{0});
        const std::uint64_t on_offer = plan_.codes - operator_.withdrawn_codes();
        const std::uint64_t wanted =
            operator_.has_cancelled() ? 0 : std::min(on_offer, plan_.people);
        if (sold != completed)
            return fail("sold " + std::to_string(sold) + " codes, but buyers heard of " +
                        std::to_string(completed));
        if (sold != wanted)
            return fail("sold " + std::to_string(sold) + " codes of " + std::to_string(wanted) +
                        " that could be sold");
        if (history_.was_sold_out(kFreeCampaign) && sold + refunded != on_offer)
            return fail("sold out was said while codes were left");
        if (number_field(codes, "withdrawn") != operator_.withdrawn_codes() + refunded)
            return fail("withdrawn codes differ from what the operator and refunds took: " +
                        answer.body);
        if (number_field(numbers, "free") != plan_.numbers || number_field(numbers, "held") != 0)
            return fail("holds did not come back: " + answer.body);
        return true;
    }

    void audit_stored() {
        halt();
        auto& environment = machine_.start();
        audit::Options options;
        options.folder = kFolder;
        options.vfs = environment.sqlite_vfs();
        options.now = environment.clock().wall_now();
        const auto report = audit::run(options, environment.files());
        if (!report) fail("audit: " + report.error());
        if (report && !report->clean()) fail("audit: " + audit::to_text(*report));
        machine_.kill();
        machine_.end();
    }

    std::uint64_t seed_;
    base::Prng random_;
    Plan plan_;
    world::Scheduler scheduler_;
    world::Machine machine_;
    Network network_;
    History history_;
    Operator operator_;
    std::vector<std::unique_ptr<Client>> clients_;
    std::unique_ptr<env::Executor> home_;
    std::unique_ptr<site::Site> site_;
    std::string master_;
    SaleResult result_;
};

}  // namespace

SaleResult run_sale(std::uint64_t seed) {
    return Sale(seed).run();
}

}  // namespace onsale::rush
