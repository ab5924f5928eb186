// Operator: changes the offer while it is sold: price and sale of a tier, limits, stock that is
// withdrawn under an id, and in some sales the whole session is cancelled. It speaks to the box
// office itself, keeps asking until each command was answered, over every death of the process, and
// repeats what must be harmless to repeat. After a restore it does again what the site forgot.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>

#include "base/prng.h"
#include "env/environment.h"
#include "rush/history.h"
#include "rush/workload.h"
#include "shard/engine.h"

namespace onsale::rush {

struct OperatorPlan {
    std::uint64_t changes = 0;
    bool cancels = false;  // the session, in the end
};

class Operator : public Workload {
  public:
    Operator(History& history, env::Executor& own, OperatorPlan plan, std::uint64_t seed)
        : history_(history), own_(own), plan_(plan), random_(seed) {}

    // The engine that answers now and the executor its answers run on; nullptr: nobody does.
    void connect(shard::Engine* engine, env::Executor* home);

    void start() override;
    [[nodiscard]] bool idle() const override { return pending_.empty() && !scheduled_; }
    void restored() override;

    [[nodiscard]] std::uint64_t withdrawn_codes() const;
    [[nodiscard]] bool has_cancelled() const { return has_cancelled_; }
    [[nodiscard]] std::uint64_t commands() const { return next_number_ - 1; }

  private:
    struct Pending {
        std::uint64_t number = 0;
        domain::Command command;
        std::function<void(const domain::Outcome&)> done;
    };

    void schedule();
    void act();
    void change();
    void cancel_session();
    void withdraw();
    void persist(domain::Command command, std::function<void(const domain::Outcome&)> done);
    void submit(const Pending& pending);
    void answered(std::uint64_t number, const shard::Answer& answer);

    History& history_;
    env::Executor& own_;
    OperatorPlan plan_;
    base::Prng random_;
    shard::Engine* engine_ = nullptr;
    env::Executor* home_ = nullptr;
    std::uint64_t connection_ = 0;  // answers of a former one are of no use
    std::uint64_t next_number_ = 1;
    std::uint64_t next_withdrawal_ = 1;
    std::list<Pending> pending_;
    bool scheduled_ = false;
    std::map<std::uint64_t, std::uint64_t> withdrawn_;  // id → count
    bool has_cancelled_ = false;
};

}  // namespace onsale::rush
