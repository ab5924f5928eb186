// OperationQueue: operation records that wait to be written, and the room that was promised to
// those to come. Any thread may call it. Bounded: waiting and promised together are at most
// kOperationsWaitingMax.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "accounts/limits.h"
#include "accounts/operations.h"

namespace onsale::accounts {

struct WaitingOperation {
    base::Timestamp at;
    Operation operation;
};

class OperationQueue {
  public:
    [[nodiscard]] bool reserve();
    void give_back();
    // Into a reserved place. True: nobody is on the way to write, so the caller has to see to it.
    [[nodiscard]] bool put(WaitingOperation operation);

    // For the one writer: what is to be written next, at most `count`; the writer stays on the way
    // until there is nothing left.
    [[nodiscard]] std::vector<WaitingOperation> next(std::size_t count);
    // They are on disk. True: more wait.
    [[nodiscard]] bool written(std::size_t count);

  private:
    std::mutex mutex_;  // owns what follows
    std::vector<WaitingOperation> waiting_;
    std::size_t reserved_ = 0;
    bool writing_ = false;
};

}  // namespace onsale::accounts
