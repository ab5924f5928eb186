#include "rush/stage.h"

#include <algorithm>
#include <utility>

#include "backup/backup.h"
#include "crypto/jwt.h"
#include "rush/json_field.h"
#include "site/layout.h"

namespace onsale::rush {
namespace {

constexpr std::uint64_t kStepsMax = 3'000'000;
constexpr std::uint64_t kStepsBetweenChecks = 64;
void ignore_progress(std::string_view, std::uint64_t, std::uint64_t) {}

}  // namespace

Stage::Stage(std::uint64_t seed)
    : seed_(seed),
      random_(seed),
      scheduler_(seed ^ 0x5c4ed),
      machine_("sale-" + std::to_string(seed), scheduler_, seed),
      network_(scheduler_, seed, *this),
      read_receipt_([this](std::string_view text) { return parse_receipt(text); }),
      committed_(kShards) {
    history_.expect_one_per_person(kFreeCampaign);
}

Stage::~Stage() {
    network_.connect(nullptr, nullptr);  // what the site gives up now is not forgotten
}

bool Stage::fail(std::string text) {
    if (failure_.empty()) failure_ = std::move(text);
    return false;
}

void Stage::set_operator(Operator& one) {
    operator_ = &one;
    add(one);
    connect();
}

const Banks& Stage::banks() const {
    static const Banks none;
    return banks_ == nullptr ? none : *banks_;
}

void Stage::read(domain::ShardId shard, std::function<void(const boxoffice::BoxOffice&)> look) {
    site_->engine().read(
        shard, *home_,
        [look = std::move(look)](const boxoffice::BoxOffice& office, base::Timestamp) -> env::Task {
            look(office);
            return [] {};
        });
}

void Stage::submit(domain::ShardId shard, const domain::Command& command) {
    site_->engine().submit(shard, command, *home_, [](const shard::Answer&) {});
}

void Stage::connect() {
    network_.connect(site_ ? &site_->router() : nullptr, home_.get());
    if (operator_ != nullptr) operator_->connect(site_ ? &site_->engine() : nullptr, home_.get());
}

bool Stage::assemble(env::Environment& environment, std::string& why) {
    environment_ = &environment;
    home_ = environment.make_executor({"http", "stands for the event loop", 1 << 16});
    site::Config config;
    config.folder = folder_;
    config.shards = kShards;
    config.reserve_mib = 1;
    config.snapshot_facts = 10 + seed_ % 60;  // so that recovery begins at one
    site::Outside outside;
    if (banks_ != nullptr) {
        config.public_url = "https://onsale.example";
        outside.make_client = [banks = banks_] { return std::make_unique<banks::Line>(*banks); };
    }
    auto assembled = site::assemble_all(config, environment, std::move(outside));
    if (assembled) site_ = std::move(*assembled);
    if (!assembled) why = assembled.error();
    full_since_ = 0;
    return site_ != nullptr && !machine_.is_dead();
}

bool Stage::boot() {
    // Nobody starts a server on a disk that is known to be full or broken.
    machine_.disk().allow_syncs();
    machine_.disk().limit_space(~std::uint64_t{0});
    for (int attempt = 0; attempt < 10; ++attempt) {
        std::string why;
        if (assemble(machine_.start(), why)) {
            connect();
            return true;
        }
        const bool struck = machine_.is_dead();
        halt();
        if (!struck) return fail("does not start: " + why);
        machine_.power_cut();
    }
    return fail("does not start after ten strikes");
}

void Stage::halt() {
    if (environment_ == nullptr) return;
    if (site_) {
        auto& written =
            site_->metrics().counter("onsale_shard_snapshots_total", "Snapshots written");
        snapshots_ += static_cast<std::uint64_t>(written.value());
    }
    network_.connect(nullptr, nullptr);
    if (operator_ != nullptr) operator_->connect(nullptr, nullptr);
    machine_.kill();
    old_site_.reset();
    old_home_.reset();
    site_.reset();
    home_.reset();
    environment_ = nullptr;
    machine_.end();
}

bool Stage::restart(bool power_cut) {
    halt();
    if (power_cut) machine_.power_cut();
    return boot();
}

bool Stage::step() {
    if (!scheduler_.step()) return fail("the world has nothing left to do");
    if (scheduler_.steps() > kStepsMax) {
        return fail(std::string("the sale does not come to rest") +
                    (site_->engine().storage_full() ? ": the disk stays full" : ""));
    }
    if (!history_.failure().empty()) return fail(history_.failure());
    if (!failure_.empty()) return false;
    if (machine_.is_dead()) return restart(true);
    return check();
}

// INVARIANT: the stock equation and every index hold after every commit; of a shard that has not
// moved, now and then.
bool Stage::check() {
    const bool full = site_->engine().storage_full();
    if (!full) full_since_ = 0;
    if (full && full_since_ == 0) full_since_ = scheduler_.steps();
    bool moved = scheduler_.steps() % kStepsBetweenChecks == 0;
    for (std::uint16_t i = 0; i < kShards; ++i) {
        const std::uint64_t now = site_->engine().committed(domain::ShardId(i));
        moved = std::exchange(committed_[i], now) != now || moved;
    }
    if (!moved) return true;
    for (const auto& bank : banks()) {
        if (const std::string wrong = bank->broken(); !wrong.empty()) return fail(wrong);
    }
    const std::string broken = site_->engine().broken_invariant();
    return broken.empty() || fail(broken);
}

bool Stage::run(std::uint64_t steps) {
    for (std::uint64_t i = 0; i < steps; ++i) {
        if (!step()) return false;
    }
    return true;
}

bool Stage::pass(base::Duration duration) {
    const std::int64_t until_us = scheduler_.now_us() + duration.count_ms() * 1000;
    while (scheduler_.now_us() < until_us) {
        if (!step()) return false;
    }
    return true;
}

bool Stage::all_idle() const {
    return std::ranges::all_of(workloads_, [](const Workload* one) { return one->idle(); });
}

bool Stage::replace_owner() {
    network_.connect(nullptr, nullptr);
    if (operator_ != nullptr) operator_->connect(nullptr, nullptr);
    machine_.disk().allow_syncs();
    auto& environment = machine_.start_beside();
    old_site_ = std::move(site_);
    old_home_ = std::move(home_);
    std::string why;
    if (assemble(environment, why)) {
        connect();
        return true;
    }
    if (!machine_.is_dead()) return fail("no other owner can start: " + why);
    return restart(true);
}

bool Stage::thaw_old_owner() {
    if (old_site_ == nullptr) return true;  // a strike took both
    machine_.thaw();
    const std::int64_t until_us = scheduler_.now_us() + 3'000'000;
    while (scheduler_.now_us() < until_us && old_site_ != nullptr && machine_.old_died().empty()) {
        if (!step()) return false;
    }
    bury_old_owner();
    return true;
}

void Stage::bury_old_owner() {
    if (old_site_ == nullptr) return;
    machine_.kill_old();
    old_site_.reset();
    old_home_.reset();
    machine_.end_old();
}

std::unique_ptr<Backup> Stage::back_up() {
    machine_.disk().allow_syncs();  // what waited for the next commit is not for the copy
    const std::string place = "/backup-" + std::to_string(++folders_);
    auto made = std::make_unique<Backup>(Backup{place + "/data", place + "/keys", history_});
    const backup::Source source{folder_, kShards, "simulated"};
    const auto data = backup::back_up(source, made->folder, *environment_, ignore_progress);
    const auto keys = data ? backup::back_up_keys(folder_, made->keys, *environment_) : data;
    if (keys) return made;
    if (!machine_.is_dead()) fail("backup: " + keys.error());
    return nullptr;
}

bool Stage::restore(const Backup& backup) {
    halt();
    machine_.disk().strike_at(0);
    machine_.disk().allow_syncs();
    folder_ = "/data-" + std::to_string(++folders_);
    const auto restored =
        backup::restore({backup.folder, backup.keys, folder_}, machine_.start(), ignore_progress);
    machine_.kill();
    machine_.end();
    if (!restored) return fail("restore: " + restored.error());
    // What was on its way belongs to a world that is gone.
    network_.forget_replies();
    history_.go_back_to(backup.history);
    for (auto* workload : workloads_) workload->restored();
    return boot();
}

void Stage::heal() {
    network_.set_weather(Weather::calm);
    machine_.disk().strike_at(0);
    machine_.disk().allow_syncs();
    machine_.disk().limit_space(~std::uint64_t{0});
}

bool Stage::operate(http::Method method, std::string path, std::string body, CallResult& answer) {
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

bool Stage::expect(http::Method method, const std::string& path, std::string body) {
    CallResult answer;
    if (!operate(method, path, std::move(body), answer)) return false;
    return answer.status / 100 == 2 ||
           fail(path + ": " + std::to_string(answer.status) + " " + answer.body);
}

const crypto::Key& Stage::master() {
    if (master_) return *master_;
    master_.emplace();
    const auto text = env::read_file(*machine_.disk().open_for(~std::uint64_t{0}),
                                     site::master_key_path(folder_));
    const auto bytes =
        text ? crypto::from_hex(std::string_view(*text).substr(0, 64)) : std::nullopt;
    if (bytes && bytes->size() == master_->size())
        std::copy_n(reinterpret_cast<const std::byte*>(bytes->data()), master_->size(),
                    master_->begin());
    return *master_;
}

std::string Stage::token(const std::string& audience, std::uint64_t subject) {
    crypto::Hmac hmac(crypto::derive_key(master(), "jwt " + audience));
    crypto::Claims claims;
    claims.subject = subject;
    claims.audience = audience;
    claims.issued_at = base::Timestamp::from_unix_ms(world::kBeginningMs);
    claims.expires_at = claims.issued_at + base::Duration::days(300);
    return crypto::sign_token(claims, hmac);
}

std::optional<answers::Receipt> Stage::parse_receipt(std::string_view text) {
    if (!signer_) signer_ = std::make_unique<answers::ReceiptSigner>(master());
    return signer_->parse_receipt(text);
}

std::uint64_t Stage::entered(const Call&) {
    return scheduler_.steps();
}

// INVARIANT: no refusal leaves the site before everything it rests on is committed, and no order is
// accepted while the disk is known to be full.
void Stage::left(const Call& call, const http::Response& response, std::uint64_t entered) {
    if (site_ == nullptr) return;
    const bool was_full = full_since_ != 0 && full_since_ <= entered;
    if (was_full && response.status == 201 && call.path == "/api/v1/orders")
        fail("an order was accepted while the disk was full");
    if (response.status < 400 || call.method == http::Method::get) return;
    const auto text = text_field(response.content(), "receipt");
    const auto receipt = text ? parse_receipt(*text) : std::nullopt;
    if (receipt && receipt->sequence > site_->engine().committed(receipt->shard))
        fail("a refusal has left before the batch that it rests on was committed");
}

// INVARIANT: every call is answered; only the end of the process excuses.
void Stage::forgotten(const Call& call) {
    if (site_ != nullptr && !machine_.is_dead()) fail("never answered: " + call.path);
}

}  // namespace onsale::rush
