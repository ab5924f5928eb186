#include "payments/internal/refusal_counts.h"

#include "payments/limits.h"

namespace onsale::payments {

bool RefusalCounts::is_over(domain::RefundId refund) const {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(refund);
    return found != counts_.end() && found->second >= kRefusalsPerRefundMax;
}

void RefusalCounts::add(domain::RefundId refund) {
    const std::lock_guard lock(mutex_);
    const auto [place, is_new] = counts_.try_emplace(refund, 0);
    ++place->second;
    if (!is_new) return;
    ages_.push_back(refund);
    if (ages_.size() <= kRefusalsCountedMax) return;
    counts_.erase(ages_.front());
    ages_.pop_front();
}

}  // namespace onsale::payments
