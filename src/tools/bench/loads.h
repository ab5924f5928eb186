// The loads that a crowd sends: orders, reads of the catalogue as browsers make them, and both
// mixed. Belong to the crowd's one thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/load.h"
#include "bench/people.h"
#include "bench/record.h"
#include "bench/tally.h"

namespace onsale::bench {

// What was told in each phase.
class Tallies {
  public:
    Tally& of(Phase phase) { return tallies_[static_cast<std::size_t>(phase)]; }
    [[nodiscard]] const Tally& of(Phase phase) const {
        return tallies_[static_cast<std::size_t>(phase)];
    }

  private:
    std::array<Tally, 2> tallies_;
};

struct OrderLoadOptions {
    std::vector<std::uint64_t> campaigns;  // in the order of the bodies; for the record
    bool keeps_codes = false;
    Record* record = nullptr;  // every answer; may be absent
};

// One order after another, of one person after another; after the last the first tries again with
// another key.
class OrderLoad : public Load {
  public:
    OrderLoad(PeopleRequests& people, OrderLoadOptions options)
        : people_(people), options_(std::move(options)) {}

    std::string_view request(std::uint64_t number) override;
    Verdict answered(const Exchange& exchange, const Response& response) override;
    void lost(const Exchange& exchange) override;

    [[nodiscard]] const Tally& tally(Phase phase) const { return tallies_.of(phase); }

  private:
    struct Who {
        std::uint64_t index = 0;
        std::uint32_t try_number = 0;
    };
    [[nodiscard]] Who who(std::uint64_t number) const;
    void write_down(const Exchange& exchange, std::uint32_t status, const OrderAnswer& answer);

    PeopleRequests& people_;
    OrderLoadOptions options_;
    Tallies tallies_;
};

// Pages of the catalogue: mostly a campaign's, sometimes the list and the first page; compressed,
// and three times in four with the entity tag of the last answer, as a browser that was there
// before.
class ReadLoad : public Load {
  public:
    ReadLoad(std::uint16_t port, const std::vector<std::uint64_t>& campaigns);

    std::string_view request(std::uint64_t number) override;
    Verdict answered(const Exchange& exchange, const Response& response) override;
    void lost(const Exchange& exchange) override { tallies_.of(exchange.phase).lost(); }

    [[nodiscard]] const Tally& tally(Phase phase) const { return tallies_.of(phase); }
    [[nodiscard]] std::uint64_t unchanged() const { return unchanged_; }  // answered by 304

  private:
    struct Page {
        std::string first;  // without an entity tag
        std::string tag;
        std::string again;
    };
    [[nodiscard]] std::size_t page_of(std::uint64_t number) const;

    std::vector<Page> pages_;  // home, list, campaigns
    std::uint64_t unchanged_ = 0;
    Tallies tallies_;
};

// Of ten requests so many are orders, the others reads.
class MixedLoad : public Load {
  public:
    static constexpr std::uint64_t kRound = 10;
    MixedLoad(OrderLoad& orders, ReadLoad& reads, std::uint64_t orders_of_ten)
        : orders_(orders), reads_(reads), orders_of_ten_(orders_of_ten) {}

    std::string_view request(std::uint64_t number) override;
    Verdict answered(const Exchange& exchange, const Response& response) override;
    void lost(const Exchange& exchange) override;

  private:
    struct Part {
        Load& load;
        std::uint64_t number;  // within the load
    };
    [[nodiscard]] Part part(std::uint64_t number);

    OrderLoad& orders_;
    ReadLoad& reads_;
    std::uint64_t orders_of_ten_;
};

}  // namespace onsale::bench
