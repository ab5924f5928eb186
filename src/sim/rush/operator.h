// Operator: changes the offer while it is sold: price and sale of a tier, limits, stock that is
// withdrawn under an id, and in some sales the whole session is cancelled. It speaks to the box
// office itself, keeps asking until each command was answered, over every death of the process, and
// repeats what must be harmless to repeat.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <string>

#include "base/prng.h"
#include "env/environment.h"
#include "rush/history.h"
#include "shard/engine.h"

namespace onsale::rush {

class Operator {
  public:
    Operator(History& history, env::Executor& own, std::uint64_t seed)
        : history_(history), own_(own), random_(seed) {}

    // The engine that answers now and the executor its answers run on; nullptr: nobody does.
    void connect(shard::Engine* engine, env::Executor* home);
    // One change, chosen by the seed.
    void act();
    void cancel_session();

    [[nodiscard]] bool idle() const { return pending_.empty(); }
    [[nodiscard]] std::uint64_t withdrawn_codes() const { return withdrawn_codes_; }
    [[nodiscard]] bool has_cancelled() const { return has_cancelled_; }

  private:
    struct Pending {
        std::uint64_t number = 0;
        domain::Command command;
        std::function<void(const domain::Outcome&)> done;
    };

    void persist(domain::Command command, std::function<void(const domain::Outcome&)> done);
    void submit(const Pending& pending);
    void answered(std::uint64_t number, const shard::Answer& answer);
    void withdraw();

    History& history_;
    env::Executor& own_;
    base::Prng random_;
    shard::Engine* engine_ = nullptr;
    env::Executor* home_ = nullptr;
    std::uint64_t connection_ = 0;  // answers of a former one are of no use
    std::uint64_t next_number_ = 1;
    std::uint64_t next_withdrawal_ = 1;
    std::list<Pending> pending_;
    std::uint64_t withdrawn_codes_ = 0;
    bool has_cancelled_ = false;
};

}  // namespace onsale::rush
