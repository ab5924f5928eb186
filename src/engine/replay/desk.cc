#include "replay/desk.h"

#include <utility>

#include "replay/limits.h"

namespace onsale::replay {

namespace {

constexpr Bounds kOfStaff{kFactsPerQuestionMax, kOrdersPerQuestionMax};
constexpr Bounds kOfPerson{kFactsPerPersonMax, kOrdersPerPersonMax};

}  // namespace

ReplayResult<std::unique_ptr<Desk>> Desk::open(Options options, env::Environment& environment,
                                               IsBusy is_busy) {
    auto desk = std::unique_ptr<Desk>(new Desk(std::move(is_busy)));
    options.go_on = [&stopping = desk->stopping_] { return !stopping; };
    ONSALE_TRY_ASSIGN(replayer, Replayer::open(std::move(options), environment.files()));
    desk->replayer_ = std::move(replayer);
    desk->executor_ = environment.make_executor(
        {"replay", "answers questions about the past from the journal", kQuestionsWaitingMax});
    return desk;
}

Desk::~Desk() {
    stop();
}

bool Desk::let_in(std::optional<domain::PersonId> person) {
    const std::lock_guard lock(mutex_);
    if (waiting_ >= kQuestionsWaitingMax) return false;
    if (person) {
        if (asking_.size() >= kPersonsWaitingMax) return false;
        if (!asking_.insert(*person).second) return false;
    }
    ++waiting_;
    return true;
}

bool Desk::ask(env::Executor& home, std::optional<domain::PersonId> person, Question& question) {
    if (!let_in(person)) return false;
    executor_->post([this, asked = Asked{home, person, std::move(question)}]() mutable {
        take_turn(std::move(asked));
    });
    return true;
}

// One look says little: between two batches of a calm sale somebody waits, too. Only an engine that
// is behind at every look has no time for persons' questions.
void Desk::take_turn(Asked asked) {
    if (asked.person && is_busy_()) {
        if (++asked.looks >= kLooksMax)
            return answer(std::move(asked),
                          base::Unexpected{ReplayError{ReplayTrouble::busy, "buyers are waiting"}});
        executor_->post_after(kLookEvery, [this, asked = std::move(asked)]() mutable {
            take_turn(std::move(asked));
        });
        return;
    }
    replayer_->bound(asked.person ? kOfPerson : kOfStaff);
    answer(std::move(asked), replayer_.get());
}

void Desk::answer(Asked asked, ReplayResult<Replayer*> replayer) {
    env::Task told = asked.question(std::move(replayer));
    replayer_->tidy_up();
    {
        const std::lock_guard lock(mutex_);
        --waiting_;
        if (asked.person) asking_.erase(*asked.person);
    }
    asked.home.post(std::move(told));
}

void Desk::stop() {
    stopping_ = true;
    executor_->close();
}

}  // namespace onsale::replay
