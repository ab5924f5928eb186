// OrderTable: the orders of a shard, found by number. A box office numbers its orders 1, 2, 3, …,
// so they lie in chunks by number: no hash table, no pointer per order, and a chunk goes when all
// its orders have been retired.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/time.h"
#include "domain/ids.h"
#include "domain/limits.h"
#include "domain/order.h"

namespace onsale::boxoffice {

struct CampaignState;

struct StoredLine {
    std::uint32_t tier_index = 0;  // in the session's definition
    std::uint32_t quantity = 0;
    std::int64_t unit_price_minor = 0;
    std::uint64_t first_ordinal = 0;
};

// An order as it lies in memory; domain::Order is made from it for those who ask.
struct StoredOrder {
    domain::PersonId person;
    CampaignState* campaign = nullptr;  // nullptr: no order here
    base::Timestamp created_at;
    base::Timestamp deadline;
    base::Timestamp changed_at;
    std::uint64_t idempotency_key = 0;
    std::uint64_t body_hash = 0;
    domain::OrderId previous_of_person;
    StoredLine line;  // the first; further ones are in OrderTable::extra_lines
    domain::OrderState state = domain::OrderState::reserved;
    bool hidden = false;
    base::Currency currency = base::Currency::cny;
    std::uint8_t lines = 1;
};
static_assert(sizeof(StoredOrder) <= 104,
              "the memory budget is 300 bytes an order, with its indexes");

using ExtraLines = std::array<StoredLine, domain::kLinesPerOrderMax - 1>;

class OrderTable {
  public:
    // nullptr when it is not (or no more) in memory.
    [[nodiscard]] StoredOrder* find(std::uint64_t number);
    [[nodiscard]] const StoredOrder* find(std::uint64_t number) const;
    // The place for a new order; numbers only rise.
    StoredOrder& insert(std::uint64_t number);
    void erase(std::uint64_t number);

    // The smallest number that is in memory and not below `number`; 0 when there is none.
    [[nodiscard]] std::uint64_t next(std::uint64_t number) const;
    [[nodiscard]] std::uint64_t size() const { return size_; }

    // Never iterated, only looked up.
    boost::unordered_flat_map<std::uint64_t, ExtraLines> extra_lines;

  private:
    static constexpr std::uint64_t kChunkOrders = 1024;
    struct Chunk {
        std::array<StoredOrder, kChunkOrders> orders{};
        std::uint32_t used = 0;
    };
    std::vector<std::unique_ptr<Chunk>> chunks_;
    std::uint64_t size_ = 0;
};

}  // namespace onsale::boxoffice
