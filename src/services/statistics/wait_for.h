// wait_for: asks something that answers later, and waits for it on this thread. For threads whose
// work is to wait, such as that of exports; who answers must outlive the question. Keeps nothing.
#pragma once

#include <future>
#include <memory>
#include <utility>

#include "base/check.h"
#include "env/executor.h"

namespace onsale::statistics {

// Runs what is posted where it is posted: the answer is only handed over.
class AtOnce final : public env::Executor {
  public:
    void post(env::Task task) override { task(); }
    void post_after(base::Duration, env::Task) override { ONSALE_CHECK(false); }
};

// Calls ask(executor, reply) and gives what `reply` gets.
template <class Value, class Ask>
[[nodiscard]] Value wait_for(Ask&& ask) {
    static AtOnce at_once;  // has no state, and the one who answers may still be inside it
    const auto promise = std::make_shared<std::promise<Value>>();
    auto answer = promise->get_future();
    ask(at_once, [promise](Value value) { promise->set_value(std::move(value)); });
    return answer.get();
}

}  // namespace onsale::statistics
