// NaiveBoxOffice: the rules of selling written a second time, as plainly as possible: lists of
// sessions and orders, every number counted again from them whenever it is asked for, no index, no
// fact. It is the oracle of the real box office in tests: the same commands must have the same
// outcomes and leave the same stock. One thread; knows no crash.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "boxoffice/box_office.h"

namespace onsale::boxoffice::testing {

class NaiveBoxOffice {
  public:
    explicit NaiveBoxOffice(domain::ShardId shard) : shard_(shard) {}

    // Carries the command out.
    domain::Outcome run(const domain::Command& command, base::Timestamp now);

    [[nodiscard]] std::vector<PoolView> stock() const;
    [[nodiscard]] std::optional<domain::Order> find_order(domain::OrderId id,
                                                          base::Timestamp now) const;
    // Newest first, without the hidden ones.
    [[nodiscard]] std::vector<domain::Order> orders_of(domain::PersonId person,
                                                       base::Timestamp now) const;
    [[nodiscard]] std::optional<domain::Order> joined(domain::CampaignId campaign,
                                                      domain::PersonId person,
                                                      base::Timestamp now) const;
    [[nodiscard]] const domain::Session* find_session(domain::SessionId id) const;
    [[nodiscard]] std::optional<domain::SessionStatus> status_of(domain::SessionId id) const;
    [[nodiscard]] base::Timestamp next_deadline() const;
    [[nodiscard]] bool has_orders_to_end() const;
    [[nodiscard]] std::vector<domain::SessionId> ready_to_retire(
        base::Timestamp ended_before) const;
    [[nodiscard]] std::uint64_t orders_in_memory() const { return orders_.size(); }

  private:
    friend struct Naive;  // naive_rules.h

    struct Sale {
        domain::Session definition;
        domain::SessionStatus status;
        std::vector<std::uint64_t> withdrawn;  // by operators, as the pools of the definition
    };

    // What follows is counted anew each time.
    [[nodiscard]] domain::StockCount count(const Sale& sale, std::size_t pool) const;
    [[nodiscard]] std::uint64_t orders_in(const Sale& sale, domain::OrderState state) const;
    [[nodiscard]] domain::Order view(domain::Order order, base::Timestamp now) const;
    [[nodiscard]] static std::size_t pool_of(const domain::Session& session, domain::TierId tier);
    [[nodiscard]] const Sale* sale_of(domain::SessionId id) const;
    [[nodiscard]] const Sale* sale_of(domain::CampaignId id) const;
    Sale* sale_of(domain::SessionId id);

    domain::ShardId shard_;
    std::uint64_t placed_ = 0;  // orders ever
    std::vector<Sale> sales_;   // in the order in which they were set up
    std::vector<domain::Order> orders_;
};

}  // namespace onsale::boxoffice::testing
