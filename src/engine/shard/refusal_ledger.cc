#include "shard/internal/refusal_ledger.h"

#include <algorithm>

namespace onsale::shard {

std::uint64_t RefusalLedger::count(domain::CampaignId campaign, domain::Refusal refusal) {
    const std::uint64_t id = key(campaign, refusal);
    Entry& entry = entries_[id];
    if (!entry.changed) changed_.push_back(id);
    entry.changed = true;
    return ++entry.count;
}

void RefusalLedger::restore(const wire::RefusalCount& count) {
    entries_[key(count.campaign, count.refusal)].count = count.count;
}

std::vector<wire::RefusalCount> RefusalLedger::take_changed() {
    std::vector<wire::RefusalCount> counts;
    counts.reserve(changed_.size());
    for (const std::uint64_t id : changed_) {
        Entry& entry = entries_[id];
        entry.changed = false;
        counts.push_back(value(id, entry.count));
    }
    changed_.clear();
    return counts;
}

std::vector<wire::RefusalCount> RefusalLedger::all() const {
    std::vector<wire::RefusalCount> counts;
    counts.reserve(entries_.size());
    for (const auto& [id, entry] : entries_) counts.push_back(value(id, entry.count));
    std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
        return key(a.campaign, a.refusal) < key(b.campaign, b.refusal);
    });
    return counts;
}

}  // namespace onsale::shard
