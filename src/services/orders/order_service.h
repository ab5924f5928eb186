// OrderService: what a buyer can do with orders, in the words of the edge: finds the right box
// office through the directory, asks it, and falls back to the projection for what memory has let
// go of. Any thread may call it; it keeps no state of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/unique_function.h"
#include "catalog/catalog.h"
#include "domain/command.h"
#include "orders/reader.h"
#include "shard/engine.h"

namespace onsale::orders {

struct PlaceRequest {
    domain::PersonId person;
    domain::CampaignId campaign;
    domain::WantedLines lines;  // empty: one ticket of the first tier that has one
    std::string_view
        idempotency_key;  // as the client sent it; empty: none. Read during the call only
};

inline constexpr std::size_t kOrdersPerPageMax = 100;

struct OrderPage {
    std::vector<domain::Order> orders;  // newest first, without hidden ones
    std::optional<domain::OrderId>
        next;  // `before` of the next page; nothing: this is the last one
};

class OrderService {
  public:
    OrderService(shard::Engine& engine, const catalog::Catalog& catalog, OrderReader& reader)
        : engine_(engine), catalog_(catalog), reader_(reader) {}

    // Replies are the engine's, on `home`, after the commit. A campaign that the directory does not
    // know is answered campaign_unknown, also on `home`, with no journal position.
    void place(const PlaceRequest& request, env::Executor& home, shard::Reply reply);
    void cancel(domain::PersonId person, domain::OrderId order, env::Executor& home,
                shard::Reply reply);
    void hide(domain::PersonId person, domain::OrderId order, env::Executor& home,
              shard::Reply reply);

    // The person's order from memory, else from the projection; nothing when there is none or it is
    // another person's. Hidden orders are found (and say so).
    using Found = OrderReader::Found;
    void find(domain::PersonId person, domain::OrderId order, env::Executor& home,
              base::UniqueFunction<void(Found)> reply);

    // The person's live order in a campaign that allows one; nothing otherwise.
    void joined(domain::PersonId person, domain::CampaignId campaign, env::Executor& home,
                base::UniqueFunction<void(std::optional<domain::Order>)> reply);

    // A page of the person's orders over all shards and the projection, by time of creation, newest
    // first. `before`: the last order of the former page; OrderId(0): the first page. At most
    // kOrdersPerPageMax.
    struct ListRequest {
        domain::PersonId person;
        domain::OrderId before;
        std::size_t max = 20;
        std::optional<domain::OrderState> state;
    };
    using Listed = records::StoreResult<OrderPage>;
    void list(const ListRequest& request, env::Executor& home,
              base::UniqueFunction<void(Listed)> reply);

  private:
    void submit_of_order(domain::OrderId order, domain::Command command, env::Executor& home,
                         shard::Reply reply);

    shard::Engine& engine_;
    const catalog::Catalog& catalog_;
    OrderReader& reader_;
};

// What the box office compares: 64-bit hashes of the client's key (never 0) and of what was asked
// for.
[[nodiscard]] std::uint64_t hash_of_key(domain::CampaignId campaign, std::string_view key);
[[nodiscard]] std::uint64_t hash_of_body(domain::CampaignId campaign,
                                         const domain::WantedLines& lines);

}  // namespace onsale::orders
