#include "rush/sale.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "audit/audit.h"
#include "base/check.h"
#include "rush/fault.h"
#include "rush/json_field.h"
#include "rush/stage.h"
#include "rush/stored_sale.h"
#include "rush/till.h"
#include "site/layout.h"

namespace onsale::rush {
namespace {

constexpr std::uint64_t kActionsOfAll = 420;  // at least, by all people together
constexpr auto kHoldTime = base::Duration::minutes(1);

// A name by its share.
const std::string& pick(const std::vector<specs::Share>& shares, base::Prng& random) {
    std::uint64_t sum = 0;
    for (const auto& share : shares) sum += share.share;
    std::uint64_t drawn = random.below(sum);
    for (const auto& share : shares) {
        if (drawn < share.share) return share.name;
        drawn -= share.share;
    }
    return shares.back().name;
}

bool is_paying(const std::string& crowd) {
    return std::ranges::find(paying_crowd_names(), crowd) != paying_crowd_names().end();
}

class Sale {
  public:
    Sale(std::uint64_t seed, const specs::Spec& spec)
        : seed_(seed),
          spec_(spec),
          stage_(seed),
          codes_(spec.codes.pick(stage_.random())),
          numbers_(spec.numbers.pick(stage_.random())),
          people_(spec.people.pick(stage_.random())),
          faults_(std::max(kFaultsLeast, spec.faults.pick(stage_.random()))),
          operator_(stage_.history(), stage_.network().clients(),
                    {spec.changes.pick(stage_.random()), stage_.random().chance(spec.cancels, 100)},
                    seed ^ 0x09e7a) {
        const auto pays = [](const specs::Share& share) { return is_paying(share.name); };
        if (std::ranges::any_of(spec.workloads, pays))
            till_ = std::make_unique<Till>(stage_, seed, stage_.random().chance(spec.cancels, 100));
    }

    SaleResult run() {
        if (stage_.boot() && set_up() && rush() && heal() && compare()) check_size();
        stage_.halt();
        result_.failure = stage_.failure();
        result_.digest = stage_.network().digest();
        result_.steps = stage_.scheduler().steps();
        result_.commands = stage_.network().delivered() + operator_.commands();
        result_.answers = stage_.network().answers();
        result_.orders = stage_.history().orders().size();
        result_.receipts = stage_.history().receipts().size();
        result_.snapshots = stage_.snapshots();
        result_.workloads["operator"] = operator_.commands();
        if (till_) result_.money = till_->counts();
        return std::move(result_);
    }

  private:
    bool set_up() {
        std::string codes;
        for (std::uint64_t i = 0; i < codes_; ++i)
            codes += "CODE-" + std::to_string(seed_) + "-" + std::to_string(i) + "\n";
        const std::string free_rules =
            R"("opens_at":"2026-11-01T00:00:00.000Z","closes_at":"2026-12-01T00:00:00.000Z")";
        const std::string session =
            R"({"organiser":{"id":1,"name":{"zh":"主办","en":"Host"}},"show":{"id":10,"name":{"zh":"演出","en":"Show"}},)"
            R"("session":{"id":100,"starts_at":"2026-12-02T00:00:00.000Z","ends_at":"2026-12-03T00:00:00.000Z","tickets_per_person":4},)"
            R"("pools":[{"id":1,"kind":"codes","list":5001},{"id":2,"kind":"count","count":)" +
            std::to_string(numbers_) +
            R"(}],)"
            R"("tiers":[{"id":11,"name":{"zh":"券","en":"Voucher"},"pool":1},)"
            R"({"id":12,"name":{"zh":"票","en":"Ticket"},"pool":2,"price":"50.00"}],)"
            R"("campaigns":[{"id":1001,"name":{"zh":"抢","en":"Rush"},)" +
            free_rules +
            R"(,"one_per_person":true,"tickets_per_order":1,"tiers":[11]},)"
            R"({"id":1002,"name":{"zh":"售","en":"Sale"},)" +
            free_rules + R"(,"hold_minutes":1,"tickets_per_order":2,"tiers":[12]}]})";
        using http::Method;
        if (!stage_.expect(Method::put, "/api/v1/code-lists/5001/chunks/0", codes) ||
            !stage_.expect(Method::post, "/api/v1/code-lists/5001/seal", "") ||
            !stage_.expect(Method::post, "/api/v1/sessions", session) ||
            (till_ && !till_->set_up()))
            return false;
        invite();
        return true;
    }

    // People by workload; at least one of each.
    void invite() {
        std::uint64_t sum = 0;
        for (const auto& share : spec_.workloads) sum += share.share;
        std::uint64_t first = 1;
        for (const auto& share : spec_.workloads) {
            CrowdParts parts{
                stage_.client_parts(),
                seed_,
                first,
                std::max<std::uint64_t>(1, people_ * share.share / sum),
                std::max(spec_.actions.pick(stage_.random()), kActionsOfAll / people_ + 1),
                [this](std::uint64_t person) { return stage_.token("person", person); }};
            first += parts.people;
            result_.workloads[share.name] += parts.people;
            const bool pays = is_paying(share.name);
            if (pays) parts.money.emplace(till_->parts());
            if (!pays) wishers_ += parts.people;
            crowds_.push_back(pays ? make_paying_crowd(share.name, std::move(parts))
                                   : make_crowd(share.name, std::move(parts)));
            stage_.add(*crowds_.back());
        }
        people_ = first - 1;
        stage_.set_operator(operator_);
        if (till_) stage_.add(till_->desk());
    }

    // INVARIANT: at least kFaultsLeast faults happen, even when everybody has gone home.
    bool rush() {
        stage_.network().set_weather(Weather::changeable);
        for (auto* workload : stage_.workloads()) workload->start();
        std::uint64_t faults_left = faults_;
        std::uint64_t next = stage_.scheduler().steps() + 100 + spec_.pause.pick(stage_.random());
        while (!stage_.all_idle() || faults_left > faults_ - kFaultsLeast) {
            if (!stage_.step()) return false;
            if (faults_left == 0 || stage_.scheduler().steps() < next) continue;
            --faults_left;
            const std::string& kind = pick(spec_.kinds, stage_.random());
            ++result_.faults[kind];
            if (!make_fault(kind)->inject(stage_)) return false;
            next = stage_.scheduler().steps() + spec_.pause.pick(stage_.random());
        }
        return true;
    }

    // No more faults: every hold ends, and everybody who has no code asks for one until there is
    // none.
    bool heal() {
        stage_.heal();
        if (!stage_.pass(kHoldTime + base::Duration::seconds(3)) || !settle()) return false;
        if (till_ && !till_->settle()) return false;
        for (auto& crowd : crowds_) crowd->last_wish();
        if (!settle()) return false;
        for (auto& crowd : crowds_) crowd->look_back();
        return settle();
    }

    bool settle() {
        if (!stage_.pass(base::Duration::seconds(3))) return false;
        while (!stage_.all_idle()) {
            if (!stage_.step()) return false;
        }
        return true;
    }

    bool compare() {
        CallResult stock;
        if (!stage_.operate(http::Method::get, "/api/v1/stock/sessions/" + std::to_string(kSession),
                            "", stock) ||
            !compare_stock(stock.body))
            return false;
        bool stopped = false;
        stage_.site()->stop([&] { stopped = true; });
        while (!stopped) {
            if (!stage_.scheduler().step()) return stage_.fail("the site does not stop");
        }
        const std::string broken = stage_.site()->engine().broken_invariant();
        return broken.empty() ? compare_stored() : stage_.fail(broken);
    }

    // INVARIANT: exactly the codes that exist are handed out: none twice, none left while somebody
    // asked.
    bool compare_stock(const std::string& body) {
        std::uint64_t completed = 0;
        std::uint64_t refunded = 0;
        for (const auto& [order, seen] : stage_.history().orders()) {
            if (seen.campaign == kFreeCampaign && seen.state == "completed") ++completed;
            if (seen.campaign == kFreeCampaign && seen.state == "refunded") ++refunded;
        }
        const std::string_view codes(body);
        const std::string_view numbers =
            codes.substr(std::min(codes.size(), codes.rfind("\"pool\":")));
        const std::uint64_t sold = number_field(codes, "sold").value_or(~std::uint64_t{0});
        const std::uint64_t on_offer = codes_ - operator_.withdrawn_codes();
        const std::uint64_t wanted = operator_.has_cancelled() ? 0 : std::min(on_offer, wishers_);
        if (sold != completed)
            return stage_.fail("sold " + std::to_string(sold) + " codes, but buyers heard of " +
                               std::to_string(completed));
        if (sold != wanted)
            return stage_.fail("sold " + std::to_string(sold) + " codes of " +
                               std::to_string(wanted) + " that could be sold");
        if (stage_.history().was_sold_out(kFreeCampaign) && sold + refunded != on_offer)
            return stage_.fail("sold out was said while codes were left");
        if (number_field(codes, "withdrawn") != operator_.withdrawn_codes() + refunded)
            return stage_.fail("withdrawn codes differ from what the operator and refunds took: " +
                               body);
        if (number_field(numbers, "free") != numbers_ || number_field(numbers, "held") != 0)
            return stage_.fail("holds did not come back: " + body);
        return true;
    }

    // What is stored, by the auditor and by the journal's own word.
    bool compare_stored() {
        const auto shard = stage_.site()->engine().shard_of(domain::SessionId(kSession));
        stage_.halt();
        auto& environment = stage_.machine().start();
        const std::string broken = read_stored(environment, shard.value());
        stage_.machine().kill();
        stage_.machine().end();
        return broken.empty() || stage_.fail(broken);
    }

    std::string read_stored(env::Environment& environment, std::uint16_t shard) {
        sql::OpenOptions journal;
        journal.path = site::journal_path(stage_.folder());
        journal.vfs = environment.sqlite_vfs();
        const auto reader = journal::Reader::open(journal);
        if (!reader) return "journal: " + reader.error().message;
        const auto stored = StoredSale::read(**reader, shard);
        if (!stored) return stored.error();
        if (std::string broken = stored->compare(stage_.history()); !broken.empty()) return broken;
        if (std::string broken = till_ ? till_->compare(**reader) : ""; !broken.empty())
            return broken;
        audit::Options options;
        options.folder = stage_.folder();
        options.vfs = environment.sqlite_vfs();
        options.now = environment.clock().wall_now();
        const auto report = audit::run(options, environment.files());
        if (!report) return "audit: " + report.error();
        return report->clean() ? "" : "audit: " + audit::to_text(*report);
    }

    void check_size() {
        const std::uint64_t commands = stage_.network().delivered() + operator_.commands();
        if (commands < kCommandsLeast)
            stage_.fail("only " + std::to_string(commands) + " commands: the sale is too small");
        if (till_ && till_->flows() < kFlowsLeast)
            stage_.fail("only " + std::to_string(till_->flows()) +
                        " flows of money: the sale is "
                        "too small");
    }

    std::uint64_t seed_;
    const specs::Spec& spec_;
    Stage stage_;
    std::uint64_t codes_;
    std::uint64_t numbers_;
    std::uint64_t people_;
    std::uint64_t wishers_ = 0;  // of a code
    std::uint64_t faults_;
    Operator operator_;
    std::unique_ptr<Till> till_;  // where somebody pays
    std::vector<std::unique_ptr<Workload>> crowds_;
    SaleResult result_;
};

}  // namespace

SaleResult run_sale(std::uint64_t seed, const specs::Spec& spec) {
    return Sale(seed, spec).run();
}

specs::Names spec_names() {
    specs::Names names{crowd_names(), fault_names()};
    const auto& paying = paying_crowd_names();
    names.workloads.insert(names.workloads.end(), paying.begin(), paying.end());
    return names;
}

std::vector<specs::Spec> built_in_specs() {
    std::vector<specs::Spec> specs;
    for (const auto& one : specs::built_in()) {
        auto spec = specs::read_spec(one.text, std::string(one.name), spec_names());
        ONSALE_CHECK(spec.has_value());
        specs.push_back(std::move(*spec));
    }
    return specs;
}

}  // namespace onsale::rush
