// RefusalLedger: how often each campaign has refused, by reason, cumulative since the first day.
// Refusals are not facts; their counts ride in the next batch that is written anyway.
#pragma once

#include <cstdint>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "wire/codec.h"

namespace onsale::shard {

class RefusalLedger {
  public:
    // Returns the ordinal of this refusal: 1 for the campaign's first of this reason.
    std::uint64_t count(domain::CampaignId campaign, domain::Refusal refusal);
    // From a snapshot or a batch.
    void restore(const wire::RefusalCount& count);
    // Those that changed since the last call, in the order in which they first changed.
    [[nodiscard]] std::vector<wire::RefusalCount> take_changed();
    // All, ascending by campaign and reason.
    [[nodiscard]] std::vector<wire::RefusalCount> all() const;

  private:
    struct Entry {
        std::uint64_t count = 0;
        bool changed = false;
    };
    static std::uint64_t key(domain::CampaignId campaign, domain::Refusal refusal) {
        return campaign.value() << 8 | static_cast<std::uint64_t>(refusal);
    }
    static wire::RefusalCount value(std::uint64_t key, std::uint64_t count) {
        return {domain::CampaignId(key >> 8), static_cast<domain::Refusal>(key & 0xff), count};
    }
    boost::unordered_flat_map<std::uint64_t, Entry> entries_;
    std::vector<std::uint64_t> changed_;
};

}  // namespace onsale::shard
