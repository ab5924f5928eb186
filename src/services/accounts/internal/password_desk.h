// PasswordDesk: hashes and compares passwords on an executor of its own, since each takes tens of
// milliseconds and 64 MiB. Bounded: what comes while too many wait is refused at once. Any thread
// may call it. Nothing is kept.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "base/unique_function.h"
#include "env/environment.h"

namespace onsale::accounts {

class PasswordDesk {
  public:
    PasswordDesk(env::Environment& environment, std::size_t waiting_max);

    // `done` runs on the desk's executor. False: too many wait, and nothing will happen.
    [[nodiscard]] bool hash(std::string password, base::UniqueFunction<void(std::string)> done);
    [[nodiscard]] bool verify(std::string hash, std::string password,
                              base::UniqueFunction<void(bool)> done);

    // Finishes what runs and drops the rest, also what is asked later. Not from its own executor.
    void close() { executor_->close(); }

  private:
    bool post(env::Task task);

    std::size_t waiting_max_;
    std::atomic<std::size_t> waiting_{0};
    std::unique_ptr<env::Executor> executor_;  // last: it is gone before what its tasks use
};

}  // namespace onsale::accounts
