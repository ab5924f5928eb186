#include "shard/internal/doors.h"

#include <utility>

namespace onsale::shard {

void Doors::submit(Submission submission) {
    Door* door = submission.home->runs_here() ? door_of(*submission.home) : nullptr;
    if (door == nullptr) {
        std::vector<Submission> alone;
        alone.push_back(std::move(submission));
        return let_in_(alone);
    }
    door->collected.push_back(std::move(submission));
    if (door->collected.size() >= kCollectedMax) return hand_over(*door);
    if (std::exchange(door->round_ends, true)) return;
    door->home.load(std::memory_order_relaxed)->post([this, door] {
        door->round_ends = false;
        hand_over(*door);
    });
}

// The first submission of an executor takes a free door; with none left it goes without.
Doors::Door* Doors::door_of(env::Executor& home) {
    for (Door& door : doors_) {
        env::Executor* owner = door.home.load(std::memory_order_acquire);
        if (owner == nullptr && door.home.compare_exchange_strong(owner, &home)) return &door;
        if (owner == &home) return &door;
    }
    return nullptr;
}

void Doors::hand_over(Door& door) {
    if (!door.collected.empty()) let_in_(door.collected);
}

}  // namespace onsale::shard
