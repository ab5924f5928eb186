// Doors: what callers hand to the engine on its way to the shard executor. An event loop that works
// off many requests in one round has a door of its own: what it submits is collected there without
// a lock and let in all at once when the round is over, so the shard executor is woken once and not
// for each order. Callers without one go through one after the other. Bounded by the engine's
// queue; nothing here survives a crash, and nothing here has been promised to anybody.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "shard/internal/submission.h"

namespace onsale::shard {

class Doors {
  public:
    // `let_in` takes a door's collection and leaves it empty; on the thread that submits.
    explicit Doors(std::function<void(std::vector<Submission>&)> let_in)
        : let_in_(std::move(let_in)) {}

    // From any thread. The caller's executor must end before this object does.
    void submit(Submission submission);

  private:
    static constexpr std::size_t kDoorsMax = 16;
    // A round longer than this is handed over in parts, so that the shard has work meanwhile.
    static constexpr std::size_t kCollectedMax = 32;

    struct Door {
        std::atomic<env::Executor*> home = nullptr;
        std::vector<Submission> collected;  // the home's own thread
        bool round_ends = false;            // a task is posted behind this round
    };

    [[nodiscard]] Door* door_of(env::Executor& home);
    void hand_over(Door& door);

    std::function<void(std::vector<Submission>&)> let_in_;
    std::array<Door, kDoorsMax> doors_;
};

}  // namespace onsale::shard
