// AuditDesk: checks everything that is stored, when an administrator asks, beside the running
// server and on an executor of its own; keeps the last result in memory. One check at a time.
// Thread-safe. After a crash: nothing is kept, and a check that was running is not repeated.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "env/environment.h"
#include "gate/audit_state.h"

namespace onsale::site {

class AuditDesk {
  public:
    AuditDesk(std::string folder, env::Environment& environment);
    AuditDesk(const AuditDesk&) = delete;
    AuditDesk& operator=(const AuditDesk&) = delete;

    [[nodiscard]] gate::AuditState state() const;
    // Does nothing while a check runs.
    void start();

  private:
    void run();

    const std::string folder_;
    env::Environment& environment_;
    mutable std::mutex mutex_;  // owns state_
    gate::AuditState state_;
    std::unique_ptr<env::Executor> executor_;  // last: it is gone before what its tasks use
};

}  // namespace onsale::site
