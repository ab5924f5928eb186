// StoredMoney: the money of one session of a simulated sale, as the journal has it: folded fact by
// fact with a few lines that share nothing with the box office, so that its rules are checked
// again; at the end it is compared with the banks' books and with what buyers were told. One call
// on one thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "banks/bank.h"
#include "base/result.h"
#include "domain/fact.h"
#include "journal/journal.h"

namespace onsale::banks {

// What buyers were told by the site.
struct Told {
    struct Order {
        std::int64_t amount = 0;
        bool completed = false;  // once, at least
        std::string last;        // its state when everything was over
        bool has_tickets = false;
    };
    struct Flow {
        std::uint64_t bank = 0;  // 0: not told
        std::int64_t amount = 0;
    };
    std::map<std::uint64_t, Order> orders;
    std::map<std::uint64_t, Flow> payments;  // that were begun
    std::map<std::uint64_t, Flow> refunds;   // that were asked for
};

class StoredMoney {
  public:
    // Folds the journals of all shards. The error names what is broken, and where.
    static base::Result<StoredMoney, std::string> read(journal::Reader& reader,
                                                       std::uint16_t shards,
                                                       domain::SessionId session);

    // INVARIANT: every order is completed and its price is at a bank once, or it is not, and at
    // most a fee of the policy is; every flow has the same end in the journal and at its bank;
    // nothing is held. Empty: all of it is so.
    [[nodiscard]] std::string compare(const std::vector<std::unique_ptr<Bank>>& banks,
                                      const Told& told) const;

    // How many orders, payments and refunds there were, by what became of them.
    [[nodiscard]] std::map<std::string, std::uint64_t> counts() const;

  private:
    using Problem = std::string;  // empty: none
    struct Pool {
        bool has_codes = false;
        std::int64_t capacity = 0;
        std::int64_t free = 0;
        std::int64_t held = 0;
        std::int64_t sold = 0;
        std::int64_t withdrawn = 0;
    };
    struct Entry {
        domain::Order order;
        std::vector<domain::Payment> payments;
        std::vector<domain::Refund> refunds;
        bool revived = false;  // by late money
    };
    struct Fold;
    friend struct Fold;

    Problem fold_shard(journal::Reader& reader, std::uint16_t shard);
    [[nodiscard]] Problem check_stock() const;
    [[nodiscard]] Problem compare_order(const Entry& entry, std::int64_t at_banks) const;
    [[nodiscard]] Problem compare_payment(const domain::Payment& payment, const Books& books) const;
    [[nodiscard]] Problem compare_refund(const domain::Refund& refund, const Books& books) const;
    [[nodiscard]] Problem compare_names(const Bank& bank) const;
    [[nodiscard]] Problem compare_told(const Told& told) const;
    [[nodiscard]] const Entry* entry_of(domain::OrderId order) const;

    domain::SessionId session_;
    domain::RefundPolicy policy_;
    bool cancelled_ = false;
    std::map<std::uint64_t, std::uint64_t> pool_of_tier_;
    std::map<std::uint64_t, Pool> pools_;
    std::set<std::pair<std::uint64_t, std::uint64_t>> codes_;  // pool, ordinal: handed out
    std::map<domain::OrderId, Entry> entries_;
    std::map<std::string, domain::Stray> strays_;  // by the bank's transaction
};

}  // namespace onsale::banks
