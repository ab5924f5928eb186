// Desk: questions to the past while the server runs. They are answered one at a time on an executor
// of their own, so that no event loop and no writer waits for a replay; few may wait, and each may
// only go so far. Persons are many, so each may have one question there, it goes less far, and it
// waits until no buyer waits for the engine. Thread-safe. After a crash: nothing is kept.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "base/unique_function.h"
#include "domain/ids.h"
#include "env/environment.h"
#include "replay/replayer.h"

namespace onsale::replay {

class Desk {
  public:
    // Runs on the desk's executor; what it returns runs on the asker's. It gets trouble instead of
    // a replayer when it was not let in after all.
    using Question = base::UniqueFunction<env::Task(ReplayResult<Replayer*>)>;
    // Whether buyers wait at this moment; from the desk's executor.
    using IsBusy = std::function<bool()>;

    // The limits of questions are the desk's. The journal is there already.
    static ReplayResult<std::unique_ptr<Desk>> open(Options options, env::Environment& environment,
                                                    IsBusy is_busy);
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    // False: too many wait, or this person's last question is not answered yet, and the question is
    // as it was. No person: staff. `home` must outlive the desk.
    [[nodiscard]] bool ask(env::Executor& home, std::optional<domain::PersonId> person,
                           Question& question);
    // Ends the question that is being answered and drops those that wait. Not from the desk's own
    // executor.
    void stop();

  private:
    struct Asked {
        env::Executor& home;
        std::optional<domain::PersonId> person;
        Question question;
        std::size_t looks = 0;
    };

    explicit Desk(IsBusy is_busy) : is_busy_(std::move(is_busy)) {}
    [[nodiscard]] bool let_in(std::optional<domain::PersonId> person);
    void take_turn(Asked asked);
    void answer(Asked asked, ReplayResult<Replayer*> replayer);

    const IsBusy is_busy_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::size_t waiting_ = 0;            // guarded by it, persons among them
    std::set<domain::PersonId> asking_;  // guarded by it
    std::unique_ptr<Replayer> replayer_;
    std::unique_ptr<env::Executor> executor_;  // last: it is gone before what its tasks use
};

}  // namespace onsale::replay
