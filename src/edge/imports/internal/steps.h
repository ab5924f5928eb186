// Steps: numbered pieces of asynchronous work, begun in order, at most so many under way at once,
// on one executor. A step that has to wait for somebody is begun again a little later, a bounded
// number of times. Nothing is kept after a crash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "base/unique_function.h"
#include "env/executor.h"

namespace onsale::imports {

enum class StepEnd : std::uint8_t {
    done,
    again,  // nothing was done; try again shortly
    stop,   // nothing more is to begin
};

class Steps : public std::enable_shared_from_this<Steps> {
  public:
    using Reply = base::UniqueFunction<void(StepEnd)>;
    using Begin = std::function<void(std::size_t index, Reply reply)>;
    enum class Ended : std::uint8_t { complete, stopped, too_busy };
    using Done = base::UniqueFunction<void(Ended)>;
    struct Options {
        std::size_t count = 0;
        std::size_t at_once = 1;
    };

    // On the executor, where replies must come too, and never inside of `begin`.
    static void run(env::Executor& executor, Options options, Begin begin, Done done) {
        auto steps = std::shared_ptr<Steps>(new Steps(executor, options));
        steps->begin_ = std::move(begin);
        steps->done_ = std::move(done);
        steps->go_on();
    }

    static constexpr std::size_t kTriesMax = 600;
    static constexpr auto kWait = base::Duration::milliseconds(100);

  private:
    Steps(env::Executor& executor, Options options) : executor_(executor), options_(options) {}

    void go_on() {
        while (ended_ == Ended::complete && next_ < options_.count &&
               under_way_ < options_.at_once) {
            ++under_way_;
            step(next_++);
        }
        if (under_way_ > 0 || !done_) return;
        Done done = std::move(done_);
        begin_ = nullptr;  // it may own what owns us
        done(ended_);
    }
    void step(std::size_t index) {
        begin_(index, [self = shared_from_this(), index](StepEnd end) { self->ended(index, end); });
    }
    void ended(std::size_t index, StepEnd end) {
        if (end == StepEnd::again && ended_ == Ended::complete && ++tries_ <= kTriesMax) {
            executor_.post_after(kWait, [self = shared_from_this(), index] { self->step(index); });
            return;
        }
        --under_way_;
        if (end == StepEnd::done) tries_ = 0;
        if (end == StepEnd::again && ended_ == Ended::complete) ended_ = Ended::too_busy;
        if (end == StepEnd::stop) ended_ = Ended::stopped;
        go_on();
    }

    env::Executor& executor_;
    const Options options_;
    Begin begin_;
    Done done_;
    std::size_t next_ = 0;
    std::size_t under_way_ = 0;
    std::size_t tries_ = 0;  // in vain, since the last step that was done
    Ended ended_ = Ended::complete;
};

}  // namespace onsale::imports
