// Desk: questions to the past while the server runs. They are answered one at a time on an executor
// of their own, so that no event loop and no writer waits for a replay; few may wait, and each may
// only go so far. Thread-safe. After a crash: nothing is kept.
#pragma once

#include <atomic>
#include <memory>

#include "base/unique_function.h"
#include "env/environment.h"
#include "replay/replayer.h"

namespace onsale::replay {

class Desk {
  public:
    // Runs on the desk's executor; what it returns runs on the asker's.
    using Question = base::UniqueFunction<env::Task(Replayer&)>;

    // The limits of questions are the desk's. The journal is there already.
    static ReplayResult<std::unique_ptr<Desk>> open(Options options, env::Environment& environment);
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    // False: too many wait, and the question is as it was. `home` must outlive the desk.
    [[nodiscard]] bool ask(env::Executor& home, Question& question);
    // Ends the question that is being answered and drops those that wait. Not from the desk's own
    // executor.
    void stop();

  private:
    Desk() = default;

    std::atomic<bool> stopping_{false};
    std::atomic<std::size_t> waiting_{0};
    std::unique_ptr<Replayer> replayer_;
    std::unique_ptr<env::Executor> executor_;  // last: it is gone before what its tasks use
};

}  // namespace onsale::replay
