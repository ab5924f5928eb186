#include "tickets/ticket_service.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace onsale::tickets {
namespace {

// How long an order waits for the directory to show its stock.
constexpr auto kDirectoryWait = base::Duration::milliseconds(10);
constexpr std::uint32_t kDirectoryTries = 200;

using base::Unexpected;
using IssuedReply = base::UniqueFunction<void(TicketService::Issued)>;
using FoundReply = base::UniqueFunction<void(TicketService::Found)>;
using ListedReply = base::UniqueFunction<void(TicketService::Listed)>;

records::StoreError to_store_error(const vault::VaultError& error) {
    const bool busy = error.refusal == vault::VaultRefusal::busy;
    return {busy ? records::StoreTrouble::busy : records::StoreTrouble::failed, error.message};
}

// Fetches the codes of some tickets that are not in memory, one after the other: neighbours share a
// block, so the second is found where the first was loaded.
struct Fetch : std::enable_shared_from_this<Fetch> {
    Fetch(vault::Vault& vault_in, env::Executor& home_in, IssuedReply reply_in)
        : vault(vault_in), home(home_in), reply(std::move(reply_in)) {}

    void next() {
        while (at < tickets.size() && !tickets[at].code.empty()) ++at;
        if (at == tickets.size()) return reply(std::move(tickets));
        const auto& place = *tickets[at].view.place;
        vault.code(place.list, place.position, home,
                   [self = shared_from_this()](vault::CodeResult code) {
                       if (!code) return self->reply(Unexpected{to_store_error(code.error())});
                       self->tickets[self->at].code = std::move(*code);
                       self->next();
                   });
    }

    vault::Vault& vault;
    env::Executor& home;
    IssuedReply reply;
    IssuedTickets tickets;
    std::size_t at = 0;
};

// Issues the orders of a page one after the other.
struct Page : std::enable_shared_from_this<Page> {
    Page(TicketService& service_in, env::Executor& home_in, ListedReply reply_in)
        : service(service_in), home(home_in), reply(std::move(reply_in)) {}

    void next() {
        const bool full = page.tickets.size() >= max;
        if (at == orders.orders.size() || full) {
            const bool more = at < orders.orders.size() || orders.next.has_value();
            if (more && !page.tickets.empty()) page.next = page.tickets.back().ticket.view.id;
            return reply(std::move(page));
        }
        service.issue(orders.orders[at], home,
                      [self = shared_from_this()](TicketService::Issued issued) {
                          if (!issued) return self->reply(Unexpected{issued.error()});
                          for (auto& ticket : *issued) {
                              self->page.tickets.push_back(
                                  {std::move(ticket), self->orders.orders[self->at]});
                          }
                          ++self->at;
                          self->next();
                      });
    }

    TicketService& service;
    env::Executor& home;
    ListedReply reply;
    orders::OrderPage orders;
    std::size_t max = 0;
    std::size_t at = 0;
    TicketPage page;
};

}  // namespace

std::optional<TicketDetail> TicketService::voided(const domain::Order& order,
                                                  domain::TicketId ticket) {
    const bool had_tickets =
        order.state == domain::OrderState::refunding || order.state == domain::OrderState::refunded;
    const auto facts = had_tickets ? code_facts(order, domain::index_of(ticket)) : std::nullopt;
    if (!facts) return std::nullopt;
    return TicketDetail{{{ticket, order.id, facts->tier, {}, 0, {}}, {}}, order};
}

std::optional<IssuedTickets> TicketService::collect(const domain::Order& order, bool& complete) {
    complete = true;
    if (order.state != domain::OrderState::completed) return IssuedTickets{};
    const auto session = catalog_.directory()->find_session(order.session);
    if (session == nullptr) return std::nullopt;
    IssuedTickets tickets;
    for (const auto& view : tickets_of(order, *session)) {
        if (view.ordinal == 0) {
            tickets.push_back({view, vault_.derived_code(view.id)});
            continue;
        }
        if (!view.place) return std::nullopt;
        auto code = vault_.cached_code(view.place->list, view.place->position);
        if (!code) complete = false;
        tickets.push_back({view, std::move(code).value_or(std::string())});
    }
    return tickets;
}

std::optional<IssuedTickets> TicketService::cached(const domain::Order& order) {
    bool complete = false;
    auto tickets = collect(order, complete);
    if (!complete) return std::nullopt;
    return tickets;
}

void TicketService::issue(const domain::Order& order, env::Executor& home, IssuedReply reply) {
    issue_in_time(order, home, std::move(reply), kDirectoryTries);
}

// The box office sells a list as soon as it was added; the directory shows it a moment later.
void TicketService::issue_in_time(const domain::Order& order, env::Executor& home,
                                  IssuedReply reply, std::uint32_t tries) {
    bool complete = false;
    auto tickets = collect(order, complete);
    if (!tickets && tries > 0) {
        home.post_after(kDirectoryWait,
                        [this, order, &home, tries, reply = std::move(reply)]() mutable {
                            issue_in_time(order, home, std::move(reply), tries - 1);
                        });
        return;
    }
    if (!tickets) {
        return reply(Unexpected{records::StoreError{
            records::StoreTrouble::busy, "the directory does not show this order's stock yet"}});
    }
    if (complete) return reply(std::move(*tickets));
    auto fetch = std::make_shared<Fetch>(vault_, home, std::move(reply));
    fetch->tickets = std::move(*tickets);
    fetch->next();
}

void TicketService::find(domain::PersonId person, domain::TicketId ticket, env::Executor& home,
                         FoundReply reply) {
    auto with_order = [this, ticket, &home,
                       reply = std::move(reply)](orders::OrderService::Found found) mutable {
        if (!found) return reply(Unexpected{found.error()});
        if (!*found) return reply(std::optional<TicketDetail>{});
        if ((*found)->state != domain::OrderState::completed) return reply(voided(**found, ticket));
        auto with_tickets = [ticket, order = **found,
                             reply = std::move(reply)](Issued issued) mutable {
            if (!issued) return reply(Unexpected{issued.error()});
            const std::size_t index = domain::index_of(ticket);
            if (index >= issued->size()) return reply(std::optional<TicketDetail>{});
            reply(std::optional(TicketDetail{std::move((*issued)[index]), order}));
        };
        issue(**found, home, std::move(with_tickets));
    };
    orders_.find(person, domain::order_of(ticket), home, std::move(with_order));
}

void TicketService::list(domain::PersonId person, domain::TicketId before, std::size_t max,
                         env::Executor& home, ListedReply reply) {
    const std::size_t bounded = std::clamp<std::size_t>(max, 1, orders::kOrdersPerPageMax);
    auto with_orders = [this, bounded, &home,
                        reply = std::move(reply)](orders::OrderService::Listed listed) mutable {
        if (!listed) return reply(Unexpected{listed.error()});
        auto page = std::make_shared<Page>(*this, home, std::move(reply));
        page->orders = std::move(*listed);
        page->max = bounded;
        page->next();
    };
    orders_.list({person, domain::order_of(before), bounded, domain::OrderState::completed}, home,
                 std::move(with_orders));
}

}  // namespace onsale::tickets
