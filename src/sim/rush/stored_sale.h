// StoredSale: the journal of a simulated sale, folded by itself, fact by fact, after it is over:
// the rules that must hold at every step are checked again with a few lines of code that share
// nothing with the box office, and what clients were told is compared with it. One call on one
// thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/fact.h"
#include "journal/journal.h"
#include "rush/history.h"

namespace onsale::rush {

class StoredSale {
  public:
    // Folds the shard's journal. The error names what is broken, and where.
    static base::Result<StoredSale, std::string> read(journal::Reader& reader, std::uint16_t shard);

    // What clients were told is there, what was refused is not, and each refusal was true at its
    // place. Empty: all of it.
    [[nodiscard]] std::string compare(const History& history) const;

  private:
    struct Pool {
        std::int64_t capacity = 0;
        std::int64_t free = 0;
        std::int64_t held = 0;
        std::int64_t sold = 0;
        std::int64_t withdrawn = 0;
    };
    using Problem = std::string;  // empty: none

    Problem apply(const journal::Batch& batch);
    Problem apply(const domain::Fact& fact);
    Problem set_up(const domain::Session& session);
    Problem place(const domain::Order& order);
    Problem check_limits(const domain::Order& order);
    Problem end(domain::OrderId id, domain::OrderState state);
    [[nodiscard]] Problem check_stock() const;
    void remember_stock(std::uint64_t sequence);
    [[nodiscard]] Problem compare_orders(const History& history) const;
    [[nodiscard]] Problem compare_receipt(const answers::Receipt& receipt) const;

    std::map<std::uint64_t, std::uint64_t> pool_of_tier_;
    std::map<std::uint64_t, std::uint64_t> pool_of_campaign_;  // of its first tier
    std::set<std::uint64_t> one_per_person_;                   // campaigns
    std::uint64_t tickets_per_person_ = 0;
    std::map<std::uint64_t, Pool> pools_;
    std::map<domain::OrderId, domain::Order> orders_;
    std::map<Placement, domain::OrderId> placed_;
    std::map<std::uint64_t, std::uint64_t> tickets_;            // live, by person
    std::set<std::pair<std::uint64_t, std::uint64_t>> joined_;  // campaign, person
    std::set<std::uint64_t> codes_;                             // ordinals that were handed out
    // Sequence → free stock of each pool before and after each of its facts.
    std::map<std::uint64_t, std::set<std::pair<std::uint64_t, std::int64_t>>> free_at_;
};

}  // namespace onsale::rush
