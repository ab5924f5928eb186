#include "replay/desk.h"

#include <utility>

#include "replay/limits.h"

namespace onsale::replay {

ReplayResult<std::unique_ptr<Desk>> Desk::open(Options options, env::Environment& environment) {
    auto desk = std::unique_ptr<Desk>(new Desk());
    options.facts_max = kFactsPerQuestionMax;
    options.orders_max = kOrdersPerQuestionMax;
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

bool Desk::ask(env::Executor& home, Question& question) {
    if (waiting_.fetch_add(1) >= kQuestionsWaitingMax) {
        waiting_.fetch_sub(1);
        return false;
    }
    executor_->post([this, &home, question = std::move(question)]() mutable {
        env::Task answer = question(*replayer_);
        replayer_->tidy_up();
        waiting_.fetch_sub(1);
        home.post(std::move(answer));
    });
    return true;
}

void Desk::stop() {
    stopping_ = true;
    executor_->close();
}

}  // namespace onsale::replay
