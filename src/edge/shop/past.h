// Questions to the past on behalf of a call: asked at the desk of replays, answered on the loop of
// the call. Nothing is kept.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "gate/api.h"
#include "replay/desk.h"

namespace onsale::shop {

[[nodiscard]] inline answers::Code code_of(replay::ReplayTrouble trouble) {
    switch (trouble) {
        case replay::ReplayTrouble::position_unknown:
            return answers::Code::position_unknown;
        case replay::ReplayTrouble::too_far:
            return answers::Code::too_far_back;
        case replay::ReplayTrouble::interrupted:
            return answers::Code::stopping;
        case replay::ReplayTrouble::busy:
            return answers::Code::busy;
        case replay::ReplayTrouble::damaged:
            break;
    }
    return answers::Code::internal_error;
}

// `look` runs on the desk's executor and gives a ReplayResult; `use` gets the call and what was
// found. A call whose question finds trouble, or no room, has failed. No person: staff ask.
template <class Look, class Use>
void ask_past(gate::Call call, std::optional<domain::PersonId> person, Look look, Use use) {
    auto& desk = call.api.context.replays;
    env::Executor& home = call.home();
    // Shared, since a question that finds no room is given back.
    auto asking = std::make_shared<gate::Call>(std::move(call));
    replay::Desk::Question question =
        [asking, look = std::move(look), use = std::move(use)](
            replay::ReplayResult<replay::Replayer*> replayer) mutable -> env::Task {
        if (!replayer)
            return [asking, code = code_of(replayer.error().trouble)] { asking->fail(code); };
        return [asking, use = std::move(use), found = look(**replayer)]() mutable {
            if (!found) return asking->fail(code_of(found.error().trouble));
            use(std::move(*asking), std::move(*found));
        };
    };
    if (!desk.ask(home, person, question)) asking->fail(answers::Code::busy);
}

}  // namespace onsale::shop
