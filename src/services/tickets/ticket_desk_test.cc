#include "tickets/ticket_desk.h"

#include <gtest/gtest.h>

#include "catalog/testing/site.h"
#include "orders/order_service.h"
#include "orders/projection.h"
#include "tickets/tickets.h"

namespace onsale::tickets {
namespace {

using domain::PersonId;

class TicketDesk_ : public testing::Test {
  protected:
    TicketDesk_() {
        site_.project({&order_rows_});
        reader_.emplace(*site_.lists);
        orders_.emplace(*site_.engine, *site_.catalog, *reader_);
        auto made = TicketDesk::create({*site_.store, master_, site_.scratch.environment(),
                                        *site_.engine, *reader_, *site_.catalog});
        EXPECT_TRUE(made);
        if (made) desk_ = std::move(*made);
    }
    domain::Order buy(std::uint64_t session) {
        EXPECT_EQ(site_.set_up(catalog::open_now(session)).kind, catalog::ChangeKind::accepted);
        orders::PlaceRequest request{PersonId(1), domain::CampaignId(session * 1000 + 501), {}, {}};
        request.lines.push_back({domain::TierId(session * 1000 + 1), 2});
        const auto answer = site_.scratch.wait<shard::Answer>([&](auto reply) {
            orders_->place(request, site_.scratch.home(),
                           [reply](const shard::Answer& given) mutable { reply(given); });
        });
        EXPECT_EQ(answer.outcome.kind, domain::OutcomeKind::accepted);
        return answer.outcome.order;
    }
    std::string sign(const CodeFacts& facts) {
        auto code = site_.scratch.wait<TicketDesk::Signed>(
            [&](auto reply) { desk_->sign(facts, site_.scratch.home(), reply); });
        EXPECT_TRUE(code);
        return code ? *code : std::string();
    }
    CheckResult check(const std::string& code) {
        auto checked = site_.scratch.wait<TicketDesk::Checked>(
            [&](auto reply) { desk_->check(code, site_.scratch.home(), reply); });
        EXPECT_TRUE(checked);
        return checked ? *checked : CheckResult{};
    }
    void cancel(std::uint64_t session) {
        const auto cancelled = site_.scratch.wait<catalog::ChangeResult>([&](auto reply) {
            site_.catalog->cancel_session(domain::SessionId(session), {"雨", "rain"},
                                          site_.scratch.home(), reply);
        });
        EXPECT_EQ(cancelled.kind, catalog::ChangeKind::accepted);
    }

    const crypto::Key master_{std::byte{7}};
    catalog::Site site_{testing::TempDir()};
    orders::OrdersProjection order_rows_;
    std::optional<orders::OrderReader> reader_;
    std::optional<orders::OrderService> orders_;
    std::unique_ptr<TicketDesk> desk_;
};

TEST_F(TicketDesk_, signs_a_ticket_that_the_public_key_alone_checks) {
    const auto facts = code_facts(buy(1), 1);
    ASSERT_TRUE(facts);
    const auto code = sign(*facts);
    EXPECT_EQ(sign(*facts), code) << "the same whenever it is asked for";
    const auto read = read_code(code, desk_->keys().current()->ring);
    EXPECT_EQ(read.reading, Reading::genuine);
    EXPECT_EQ(read.code.facts, *facts);
}

TEST_F(TicketDesk_, a_ticket_is_valid_until_its_session_is_cancelled) {
    const auto order = buy(1);
    const auto code = sign(*code_facts(order, 0));
    const auto valid = check(code);
    EXPECT_EQ(valid.standing, Standing::valid);
    ASSERT_NE(valid.session, nullptr);
    EXPECT_EQ(valid.session->definition->id, order.session);
    cancel(1);
    const auto voided = check(code);
    EXPECT_EQ(voided.standing, Standing::voided);
    EXPECT_EQ(voided.reason, VoidReason::session_cancelled);
}

TEST_F(TicketDesk_, says_what_is_wrong_with_what_is_no_ticket_of_this_site) {
    const auto facts = code_facts(buy(1), 0);
    EXPECT_EQ(check("no code").standing, Standing::malformed);
    EXPECT_EQ(check(sign_code(*facts, crypto::SigningKey(crypto::Key{}))).standing,
              Standing::unknown_key);
    std::string forged = sign(*facts);
    forged[140] = forged[140] == 'A' ? 'B' : 'A';
    EXPECT_EQ(check(forged).standing, Standing::forged);
}

TEST_F(TicketDesk_, an_order_that_was_lost_is_unknown_also_on_a_shard_that_is_not_there) {
    CodeFacts facts = *code_facts(buy(1), 0);
    for (const std::uint16_t shard : {std::uint16_t{0}, std::uint16_t{200}}) {
        const auto lost = domain::make_order_id(domain::ShardId(shard), 99);
        facts.ticket = domain::make_ticket_id(lost, 0);
        EXPECT_EQ(check(sign(facts)).reason, VoidReason::order_unknown) << shard;
    }
}

}  // namespace
}  // namespace onsale::tickets
