#include "tickets/ticket_service.h"

#include <gtest/gtest.h>

#include "catalog/testing/site.h"
#include "orders/projection.h"
#include "tickets/projection.h"
#include "tickets/reader.h"

namespace onsale::tickets {
namespace {

using domain::PersonId;

class TicketService_ : public testing::Test {
  protected:
    TicketService_() {
        site_.project({&order_rows_, &ticket_rows_});
        reader_.emplace(*site_.lists);
        orders_.emplace(*site_.engine, *site_.catalog, *reader_);
        service_.emplace(*site_.vault, *site_.catalog, *orders_);
    }
    // A session with a list of codes "<session>-0", "<session>-1", …
    void open(std::uint64_t session, std::size_t codes) {
        std::vector<std::string> list;
        for (std::size_t i = 0; i < codes; ++i) {
            list.push_back(std::to_string(session) + "-" + std::to_string(i));
        }
        (void)site_.seal(5000 + session, std::move(list));
        auto definition = catalog::open_now(session);
        definition.pools[0].count.reset();
        definition.pools[0].list = 5000 + session;
        ASSERT_EQ(site_.set_up(std::move(definition)).kind, catalog::ChangeKind::accepted);
    }
    domain::Order place(std::uint64_t person, std::uint64_t session, std::uint32_t quantity) {
        orders::PlaceRequest request{
            PersonId(person), domain::CampaignId(session * 1000 + 501), {}, {}};
        request.lines.push_back({domain::TierId(session * 1000 + 1), quantity});
        const auto answer = site_.scratch.wait<shard::Answer>([&](auto reply) {
            orders_->place(request, site_.scratch.home(),
                           [reply](const shard::Answer& given) mutable { reply(given); });
        });
        EXPECT_EQ(answer.outcome.kind, domain::OutcomeKind::accepted);
        return answer.outcome.order;
    }
    std::vector<std::string> issue(const domain::Order& order) {
        auto issued = site_.scratch.wait<TicketService::Issued>([&](auto reply) {
            service_->issue(
                order, site_.scratch.home(),
                [reply](TicketService::Issued given) mutable { reply(std::move(given)); });
        });
        std::vector<std::string> codes;
        if (issued) {
            for (const auto& ticket : *issued) codes.push_back(ticket.code);
        }
        return codes;
    }
    TicketService::Found find(std::uint64_t person, domain::TicketId ticket) {
        return site_.scratch.wait<TicketService::Found>([&](auto reply) {
            service_->find(PersonId(person), ticket, site_.scratch.home(), reply);
        });
    }
    TicketPage list(std::uint64_t person, domain::TicketId before, std::size_t max) {
        auto listed = site_.scratch.wait<TicketService::Listed>([&](auto reply) {
            service_->list(PersonId(person), before, max, site_.scratch.home(), reply);
        });
        return listed ? std::move(*listed) : TicketPage{};
    }

    catalog::Site site_{testing::TempDir()};
    orders::OrdersProjection order_rows_;
    TicketsProjection ticket_rows_;
    std::optional<orders::OrderReader> reader_;
    std::optional<orders::OrderService> orders_;
    std::optional<TicketService> service_;
};

TEST_F(TicketService_, gives_each_order_its_own_codes) {
    open(1, 10);
    const auto first = place(1, 1, 2);
    const auto second = place(2, 1, 3);
    EXPECT_EQ(service_->cached(first), std::nullopt);
    EXPECT_EQ(issue(first), (std::vector<std::string>{"1-0", "1-1"}));
    EXPECT_EQ(issue(second), (std::vector<std::string>{"1-2", "1-3", "1-4"}));
    const auto cached = service_->cached(second);  // the block is in memory now
    ASSERT_TRUE(cached);
    EXPECT_EQ((*cached)[2].code, "1-4");
}

TEST_F(TicketService_, fetches_codes_that_lie_in_two_blocks) {
    open(1, 300);
    for (int i = 0; i < 8; ++i) (void)place(1, 1, 32);
    (void)place(1, 1, 30);
    (void)place(1, 1, 4);
    const auto codes = issue(place(1, 1, 6));
    ASSERT_EQ(codes.size(), 6U);
    EXPECT_EQ(codes.front(), "1-290");
    EXPECT_EQ(codes.back(), "1-295");
}

TEST_F(TicketService_, derives_the_codes_of_a_pool_that_is_a_number) {
    ASSERT_EQ(site_.set_up(catalog::open_now(2)).kind, catalog::ChangeKind::accepted);
    const auto order = place(1, 2, 2);
    const auto cached = service_->cached(order);
    ASSERT_TRUE(cached && cached->size() == 2);
    EXPECT_EQ((*cached)[0].code, site_.vault->derived_code(domain::make_ticket_id(order.id, 0)));
    EXPECT_NE((*cached)[0].code, (*cached)[1].code);
}

TEST_F(TicketService_, finds_a_ticket_for_its_person_only) {
    open(1, 10);
    const auto order = place(1, 1, 2);
    const auto ticket = domain::make_ticket_id(order.id, 1);
    const auto found = find(1, ticket);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->ticket.code, "1-1");
    EXPECT_EQ((*found)->order.id, order.id);
    EXPECT_EQ(*find(2, ticket), std::nullopt);
    EXPECT_EQ(*find(1, domain::make_ticket_id(order.id, 2)), std::nullopt);
}

TEST_F(TicketService_, lists_whole_orders_newest_first_page_by_page) {
    open(1, 20);
    std::vector<domain::Order> placed;
    for (int i = 0; i < 3; ++i) placed.push_back(place(1, 1, 2));
    const auto first = list(1, {}, 3);
    ASSERT_EQ(first.tickets.size(), 4U);
    EXPECT_EQ(first.tickets[0].order.id, placed[2].id);
    EXPECT_EQ(first.tickets[0].ticket.code, "1-4");
    ASSERT_TRUE(first.next);
    const auto second = list(1, *first.next, 3);
    ASSERT_EQ(second.tickets.size(), 2U);
    EXPECT_EQ(second.tickets[1].ticket.code, "1-1");
    EXPECT_EQ(second.next, std::nullopt);
    EXPECT_TRUE(list(2, {}, 3).tickets.empty());
}

TEST_F(TicketService_, an_order_without_live_tickets_needs_no_session) {
    domain::Order order;
    order.session = domain::SessionId(99);
    for (const auto state : {domain::OrderState::cancelled, domain::OrderState::expired,
                             domain::OrderState::refunded, domain::OrderState::reserved}) {
        order.state = state;
        const auto cached = service_->cached(order);
        ASSERT_TRUE(cached.has_value());
        EXPECT_TRUE(cached->empty());
    }
}

TEST_F(TicketService_, has_the_same_places_in_the_rows) {
    open(1, 10);
    const auto order = place(1, 1, 3);
    site_.catch_up();
    TicketReader rows(*site_.lists);
    const auto listed = site_.scratch.wait<TicketReader::Listed>(
        [&](auto reply) { rows.of_order(order.id, site_.scratch.home(), reply); });
    const auto views = tickets_of(order, *site_.catalog->directory()->find_session(order.session));
    ASSERT_TRUE(listed && listed->size() == 3 && views.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ((*listed)[i].id, views[i].id);
        EXPECT_EQ((*listed)[i].place, views[i].place);
    }
}

}  // namespace
}  // namespace onsale::tickets
