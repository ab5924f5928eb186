// Engine: runs the box offices of this process on their journal. Commands are decided on one
// executor ("shard") against memory; while a batch is being committed on another ("commit"), the
// next one is decided; every caller of a batch gets its answer only after the commit. INVARIANT: no
// outcome, refusal or read leaves the engine before every fact it depended on is committed. (On one
// machine the lease is the lock on the data folder, which the process cannot lose while it lives.)
// After a crash: recover() makes memory again from the newest whole snapshot and the journal behind
// it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/unique_function.h"
#include "boxoffice/box_office.h"
#include "env/environment.h"
#include "follow/feed.h"
#include "shard/options.h"
#include "telemetry/metrics.h"

namespace onsale::shard {

enum class AnswerKind : std::uint8_t {
    decided,       // `outcome` holds
    busy,          // the queue is full: nothing was decided; try again shortly
    storage_full,  // the disk is full: nothing was decided
    stopping,      // the process is about to end: nothing was decided
};

struct Answer {
    AnswerKind kind = AnswerKind::decided;
    domain::Outcome outcome;
    std::uint64_t sequence = 0;  // journal position the outcome rests on
    std::uint64_t refusal_ordinal =
        0;               // how many refusals of this reason the campaign has had, with this one
    base::Timestamp at;  // the shard's time of the decision
};
using Reply = base::UniqueFunction<void(const Answer&)>;

// Runs on the shard's executor against memory and must be quick; what it returns runs on the
// caller's executor after the commit of everything it may have seen. When that never happens (the
// disk is full) it runs again, so it must not give away what it owns.
using Read = base::UniqueFunction<env::Task(const boxoffice::BoxOffice&, base::Timestamp now)>;

class Engine {
  public:
    // Opens, checks the high-water file, recovers, starts a new epoch. The error is a sentence with
    // position and remedy.
    static base::Result<std::unique_ptr<Engine>, std::string> start(const Options& options,
                                                                    env::Environment& environment,
                                                                    follow::Feed& feed,
                                                                    telemetry::Metrics& metrics);
    ~Engine();

    // From any thread. `reply` runs once, on `home`, which must outlive the engine's stop().
    void submit(domain::ShardId shard, domain::Command command, env::Executor& home, Reply reply);
    void read(domain::ShardId shard, env::Executor& home, Read read);

    [[nodiscard]] domain::ShardId shard_of(domain::SessionId session) const;
    [[nodiscard]] std::uint16_t shards() const;
    [[nodiscard]] bool busy() const;  // buyers are waiting: followers should hold back
    [[nodiscard]] bool storage_full() const;
    [[nodiscard]] std::uint64_t incarnation() const;

    // Answers `stopping` to everything new, commits what was decided, writes the high-water file,
    // then runs `stopped` on an executor of the engine.
    void stop(env::Task stopped);

    // For the simulator and tests, whose executors all run on one thread: a broken invariant of any
    // shard, or an empty string.
    [[nodiscard]] std::string broken_invariant() const;
    // The committed position of a shard; any thread.
    [[nodiscard]] std::uint64_t committed(domain::ShardId shard) const;

  private:
    struct Impl;
    explicit Engine(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsale::shard
