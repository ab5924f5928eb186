#include "world/scheduler.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace onsale::world {

// The tasks of one executor, by due time and then in the order of posting.
class Scheduler::Lane {
  public:
    std::uint64_t process = 0;
    std::string name;
    std::int64_t pause_us_max = 0;
    std::int64_t resting_until_us = 0;
    bool alive = true;
    bool frozen = false;
    std::map<std::pair<std::int64_t, std::uint64_t>, env::Task> tasks;

    [[nodiscard]] std::int64_t ready_us() const {
        if (tasks.empty() || frozen) return std::numeric_limits<std::int64_t>::max();
        return std::max(tasks.begin()->first.first, resting_until_us);
    }
    void end() {
        alive = false;
        // Tasks may own what posts again while it dies, so they are moved out first.
        std::exchange(tasks, {}).clear();
    }
};

class Scheduler::Handle : public env::Executor {
  public:
    Handle(Scheduler& scheduler, std::shared_ptr<Lane> lane)
        : scheduler_(scheduler), lane_(std::move(lane)) {}
    ~Handle() override { lane_->end(); }
    void close() override { lane_->end(); }

    void post(env::Task task) override { post_after({}, std::move(task)); }
    [[nodiscard]] bool runs_here() const override { return scheduler_.running_ == lane_.get(); }
    void post_after(base::Duration delay, env::Task task) override {
        if (!lane_->alive) return;
        const std::int64_t due =
            scheduler_.now_us_ + std::max<std::int64_t>(0, delay.count_ms()) * 1000;
        lane_->tasks.emplace(std::pair(due, scheduler_.next_order_++), std::move(task));
    }

  private:
    Scheduler& scheduler_;
    std::shared_ptr<Lane> lane_;
};

Scheduler::Scheduler(std::uint64_t seed) : random_(seed) {}
Scheduler::~Scheduler() = default;

std::unique_ptr<env::Executor> Scheduler::make_executor(std::uint64_t process, std::string name,
                                                        std::int64_t pause_us_max) {
    auto lane = std::make_shared<Lane>();
    lane->process = process;
    lane->name = std::move(name);
    lane->pause_us_max = pause_us_max;
    lanes_.push_back(lane);
    return std::make_unique<Handle>(*this, std::move(lane));
}

void Scheduler::kill(std::uint64_t process) {
    const auto lanes = lanes_;
    for (const auto& lane : lanes) {
        if (lane->process == process) lane->end();
    }
}

void Scheduler::freeze(std::uint64_t process, bool frozen) {
    for (const auto& lane : lanes_) {
        if (lane->process == process) lane->frozen = frozen;
    }
}

void Scheduler::hold_up(const std::string& name, base::Duration duration) {
    for (const auto& lane : lanes_) {
        if (lane->name == name) lane->resting_until_us = now_us_ + duration.count_ms() * 1000;
    }
}

Scheduler::Lane* Scheduler::choose() {
    std::erase_if(lanes_, [](const auto& lane) { return !lane->alive; });
    std::int64_t earliest = std::numeric_limits<std::int64_t>::max();
    for (const auto& lane : lanes_) earliest = std::min(earliest, lane->ready_us());
    if (earliest == std::numeric_limits<std::int64_t>::max()) return nullptr;
    now_us_ = std::max(now_us_, earliest);
    std::vector<Lane*> ready;
    for (const auto& lane : lanes_) {
        if (lane->ready_us() <= now_us_) ready.push_back(lane.get());
    }
    return ready[random_.below(ready.size())];
}

bool Scheduler::step() {
    Lane* chosen = choose();
    if (chosen == nullptr) return false;
    ++steps_;
    const auto keep = *std::find_if(lanes_.begin(), lanes_.end(),
                                    [&](const auto& lane) { return lane.get() == chosen; });
    auto node = keep->tasks.extract(keep->tasks.begin());
    if (keep->pause_us_max > 0) {
        keep->resting_until_us = now_us_ + static_cast<std::int64_t>(random_.below(
                                               static_cast<std::uint64_t>(keep->pause_us_max)));
    }
    running_ = chosen;
    node.mapped()();
    running_ = nullptr;
    return true;
}

void Scheduler::skip(base::Duration duration) {
    now_us_ += duration.count_ms() * 1000;
}

}  // namespace onsale::world
