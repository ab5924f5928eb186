// StrayCounts: how much money of nobody each bank has told us of that has not gone back yet. The
// agent counts, from what is committed; callbacks look before they take more, so that a bank with
// good keys and a broken program fills neither memory nor journal. Thread-safe. After a crash it is
// made again with the agent's flows.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>

#include "base/time.h"
#include "domain/payment.h"

namespace onsale::payments {

class StrayCounts {
  public:
    void add(domain::BankId bank);
    void remove(domain::BankId bank);
    // No more is taken of this bank for now.
    [[nodiscard]] bool is_full(domain::BankId bank) const;
    // True now and then only, so that an alarm is not repeated for each event.
    [[nodiscard]] bool may_alarm(domain::BankId bank, base::Timestamp now);

  private:
    struct Of {
        std::size_t open = 0;
        base::Timestamp alarmed_at;
    };
    mutable std::mutex mutex_;
    std::map<domain::BankId, Of> banks_;  // guarded by mutex_; those that are registered
};

}  // namespace onsale::payments
