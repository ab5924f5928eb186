// CashDesk: the staff of a sale that costs money: two people who review refunds, let parked flows
// go on, and in some sales cancel the session in the middle. They speak to the box office itself,
// since a review needs a name and logins are another story; what is not answered they find again
// when they look the next time.
#pragma once

#include <cstdint>

#include "base/prng.h"
#include "rush/stage.h"
#include "rush/workload.h"

namespace onsale::rush {

struct CashDeskPlan {
    std::uint64_t session = 0;
    std::uint64_t rounds = 0;  // of work, during the sale
    bool cancels = false;      // the session
};

class CashDesk : public Workload {
  public:
    CashDesk(Stage& stage, CashDeskPlan plan, std::uint64_t seed)
        : stage_(stage), plan_(plan), random_(seed) {}

    void start() override { schedule(); }
    [[nodiscard]] bool idle() const override { return plan_.rounds == 0 && !scheduled_; }
    // Looks once through everything that waits, and approves it.
    void work_off() { look(Mood::generous); }
    // Commands that were submitted.
    [[nodiscard]] std::uint64_t acts() const { return acts_; }

  private:
    enum class Mood : std::uint8_t { choosy, generous };

    void schedule();
    void look(Mood mood);
    void look_at(domain::ShardId shard, const boxoffice::BoxOffice& office, Mood mood);
    void submit(domain::ShardId shard, const domain::Command& command);
    domain::PersonId anybody();

    Stage& stage_;
    CashDeskPlan plan_;
    base::Prng random_;
    std::uint64_t acts_ = 0;
    bool scheduled_ = false;
};

}  // namespace onsale::rush
