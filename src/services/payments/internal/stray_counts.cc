#include "payments/internal/stray_counts.h"

#include "base/check.h"
#include "payments/limits.h"

namespace onsale::payments {

void StrayCounts::add(domain::BankId bank) {
    const std::lock_guard lock(mutex_);
    ++banks_[bank].open;
}

void StrayCounts::remove(domain::BankId bank) {
    const std::lock_guard lock(mutex_);
    Of& of = banks_[bank];
    ONSALE_CHECK(of.open > 0);
    --of.open;
}

bool StrayCounts::is_full(domain::BankId bank) const {
    const std::lock_guard lock(mutex_);
    const auto found = banks_.find(bank);
    return found != banks_.end() && found->second.open >= kOpenStraysPerBankMax;
}

bool StrayCounts::may_alarm(domain::BankId bank, base::Timestamp now) {
    const std::lock_guard lock(mutex_);
    Of& of = banks_[bank];
    if (of.alarmed_at != base::Timestamp() && now - of.alarmed_at < kAlarmPause) return false;
    of.alarmed_at = now;
    return true;
}

}  // namespace onsale::payments
