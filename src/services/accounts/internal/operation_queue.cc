#include "accounts/internal/operation_queue.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace onsale::accounts {

bool OperationQueue::reserve() {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + reserved_ >= kOperationsWaitingMax) return false;
    ++reserved_;
    return true;
}

void OperationQueue::give_back() {
    const std::lock_guard lock(mutex_);
    ONSALE_CHECK(reserved_ > 0);
    --reserved_;
}

bool OperationQueue::put(WaitingOperation operation) {
    const std::lock_guard lock(mutex_);
    ONSALE_CHECK(reserved_ > 0);
    --reserved_;
    waiting_.push_back(std::move(operation));
    return !std::exchange(writing_, true);
}

std::vector<WaitingOperation> OperationQueue::next(std::size_t count) {
    const std::lock_guard lock(mutex_);
    const auto end =
        waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(count, waiting_.size()));
    return {waiting_.begin(), end};
}

bool OperationQueue::written(std::size_t count) {
    const std::lock_guard lock(mutex_);
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
    writing_ = !waiting_.empty();
    return writing_;
}

}  // namespace onsale::accounts
