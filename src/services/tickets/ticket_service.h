// TicketService: a person's tickets with their codes, for the edge. Finds the order through
// OrderService, the places of the codes through the directory, and the codes in the vault: at once
// when they are in memory. Any thread may call it; it keeps no state of its own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_function.h"
#include "catalog/catalog.h"
#include "orders/order_service.h"
#include "tickets/tickets.h"
#include "vault/vault.h"

namespace onsale::tickets {

struct IssuedTicket {
    TicketView view;
    std::string code;
};
using IssuedTickets = std::vector<IssuedTicket>;

// One ticket with the order and session it belongs to.
struct TicketDetail {
    IssuedTicket ticket;
    domain::Order order;
};

struct TicketPage {
    std::vector<TicketDetail> tickets;  // newest order first, all tickets of an order together
    std::optional<domain::TicketId>
        next;  // `before` of the next page; nothing: this is the last one
};

class TicketService {
  public:
    TicketService(vault::Vault& vault, const catalog::Catalog& catalog,
                  orders::OrderService& orders)
        : vault_(vault), catalog_(catalog), orders_(orders) {}

    // The rush's way: the tickets of an order if every code is in memory. Empty list: an order
    // without tickets.
    [[nodiscard]] std::optional<IssuedTickets> cached(const domain::Order& order);

    // The same from the disk when they are not; `reply` runs at once, inside this call, when all
    // codes are in memory, and otherwise on `home`. Stock that the directory does not show within
    // two seconds is `busy`.
    using Issued = records::StoreResult<IssuedTickets>;
    void issue(const domain::Order& order, env::Executor& home,
               base::UniqueFunction<void(Issued)> reply);

    // One ticket of the person's; nothing when there is none or it is another person's. Without a
    // code when its order is being refunded or was.
    using Found = records::StoreResult<std::optional<TicketDetail>>;
    void find(domain::PersonId person, domain::TicketId ticket, env::Executor& home,
              base::UniqueFunction<void(Found)> reply);

    // A page of whole orders with at least `max` tickets where there are as many. `before`: `next`
    // of the former page; TicketId(0): the first page.
    using Listed = records::StoreResult<TicketPage>;
    void list(domain::PersonId person, domain::TicketId before, std::size_t max,
              env::Executor& home, base::UniqueFunction<void(Listed)> reply);

  private:
    // A ticket that was good once; nothing of an order that has none.
    static std::optional<TicketDetail> voided(const domain::Order& order, domain::TicketId ticket);
    // The order's tickets, with an empty code where one must be fetched; `complete` when there is
    // none. Nothing when the directory does not know where the codes are.
    std::optional<IssuedTickets> collect(const domain::Order& order, bool& complete);
    void issue_in_time(const domain::Order& order, env::Executor& home,
                       base::UniqueFunction<void(Issued)> reply, std::uint32_t tries);

    vault::Vault& vault_;
    const catalog::Catalog& catalog_;
    orders::OrderService& orders_;
};

}  // namespace onsale::tickets
