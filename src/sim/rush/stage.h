// Stage: where a simulated sale takes place: one machine, the site that runs on it, the network and
// the history, and everything that can be done to them. It brings the site back when it has died,
// and checks the invariants after every step that may have changed something. The first thing that
// is wrong ends the sale: whatever returns false has failed, and failure() says why.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "answers/receipt.h"
#include "rush/history.h"
#include "rush/network.h"
#include "rush/operator.h"
#include "rush/workload.h"
#include "site/site.h"
#include "world/machine.h"

namespace onsale::rush {

inline constexpr std::uint16_t kShards = 4;

// A backup that was made during the sale, and what clients knew then.
struct Backup {
    std::string folder;
    std::string keys;
    History history;
};

class Stage : private Watch {
  public:
    explicit Stage(std::uint64_t seed);
    ~Stage() override;

    bool fail(std::string text);
    [[nodiscard]] const std::string& failure() const { return failure_; }

    // Starts the site; a strike of the disk may end it at once, and then it is started again.
    bool boot();
    // Ends every process, as `kill -9` does; with a power cut, what was not synced is lost.
    void halt();
    bool restart(bool power_cut);
    // Runs one task of the world.
    bool step();
    bool run(std::uint64_t steps);
    bool pass(base::Duration duration);
    // Freezes the owner and starts another one in its place; thaws it; ends it, if it still lives.
    bool replace_owner();
    bool thaw_old_owner();
    // A backup, while the site sells; nullptr when the process died in the middle of it.
    std::unique_ptr<Backup> back_up();
    bool restore(const Backup& backup);
    // All faults end; what has happened, has happened.
    void heal();

    // A call of staff in calm weather.
    bool operate(http::Method method, std::string path, std::string body, CallResult& answer);
    bool expect(http::Method method, const std::string& path, std::string body);
    std::string token(const std::string& audience, std::uint64_t subject);

    void add(Workload& workload) { workloads_.push_back(&workload); }
    void set_operator(Operator& one);
    // Before boot(): the site reaches these banks, and nobody else. They outlive the stage's use.
    void set_banks(const Banks& banks) { banks_ = &banks; }
    [[nodiscard]] const Banks& banks() const;
    // Reads memory of a box office of the site that lives; if it dies before that, never.
    void read(domain::ShardId shard, std::function<void(const boxoffice::BoxOffice&)> look);
    // A command whose answer nobody waits for.
    void submit(domain::ShardId shard, const domain::Command& command);
    [[nodiscard]] const std::vector<Workload*>& workloads() const { return workloads_; }
    [[nodiscard]] bool all_idle() const;

    world::Machine& machine() { return machine_; }
    world::Scheduler& scheduler() { return scheduler_; }
    Network& network() { return network_; }
    History& history() { return history_; }
    base::Prng& random() { return random_; }
    site::Site* site() { return site_.get(); }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] std::uint64_t snapshots() const { return snapshots_; }
    [[nodiscard]] ClientParts client_parts() { return {network_, history_, read_receipt_}; }

  private:
    std::uint64_t entered(const Call& call) override;
    void left(const Call& call, const http::Response& response, std::uint64_t entered) override;
    void forgotten(const Call& call) override;
    std::optional<answers::Receipt> parse_receipt(std::string_view text);
    [[nodiscard]] const crypto::Key& master();
    bool assemble(env::Environment& environment, std::string& why);
    void connect();
    void bury_old_owner();
    bool check();

    std::uint64_t seed_;
    base::Prng random_;
    world::Scheduler scheduler_;
    world::Machine machine_;
    History history_;
    Network network_;
    ReceiptReader read_receipt_;
    std::unique_ptr<answers::ReceiptSigner> signer_;
    std::vector<Workload*> workloads_;
    Operator* operator_ = nullptr;
    const Banks* banks_ = nullptr;
    env::Environment* environment_ = nullptr;
    std::unique_ptr<env::Executor> home_;
    std::unique_ptr<site::Site> site_;
    std::unique_ptr<env::Executor> old_home_;
    std::unique_ptr<site::Site> old_site_;
    std::string folder_ = "/data";
    std::uint64_t folders_ = 0;
    std::optional<crypto::Key> master_;
    std::vector<std::uint64_t> committed_;  // by shard, when it was checked last
    std::uint64_t full_since_ = 0;  // the step at which the disk was found full; 0: it is not
    std::uint64_t snapshots_ = 0;
    std::string failure_;
};

}  // namespace onsale::rush
