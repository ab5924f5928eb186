// A person's own statements at a bank that answers as the test says.
#include "payments/bills.h"

#include <gtest/gtest.h>

#include "payments/internal/statement_messages.h"
#include "registry/testing/party.h"

namespace onsale::payments {
namespace {

constexpr std::string_view kTwo =
    R"({"items":[{"transaction":"T9","kind":"refund","at":"2026-11-20T12:00:00.000Z","amount":300,)"
    R"("currency":"CNY","order":"513","reference":"R1"},{"transaction":"T8","kind":"payment",)"
    R"("at":"2026-11-20T11:00:00.000Z","amount":1000,"currency":"CNY","order":"","reference":""}],)"
    R"("next":8})";

class BillsTest : public testing::Test {
  protected:
    BillsTest() {
        ONSALE_CHECK(beat());
        bills_ = Bills::create({*world_.store, world_.environment, world_.master, *world_.registry})
                     .value();
        answer(200, std::string(kTwo));
    }
    ~BillsTest() override { bills_.reset(); }

    bool beat() { return world_.beat(credentials_.keys.back().to_site, world_.instance("a", "1")); }
    [[nodiscard]] std::int64_t consents() {
        auto row = world_.store->connection().prepare("SELECT count(*) FROM payments_consents");
        ONSALE_CHECK(row->step().value());
        return row->integer(0);
    }
    void answer(std::uint16_t status, std::string body) {
        world_.network.answer = [status, body = std::move(body)](const http::ClientRequest&) {
            return registry::answered(status, body);
        };
    }
    Bills::Page ask(std::uint64_t person = 7, const std::string& consent = "a secret",
                    std::uint64_t bank = 1) {
        std::optional<Bills::Page> got;
        bills_->ask({domain::PersonId(person), domain::BankId(bank), consent, 0}, *world_.home,
                    [&got](auto page) { got = std::move(page); });
        world_.environment.queue.run();
        return got.value();
    }

    registry::RegistryWorld world_;
    const registry::Credentials credentials_ = world_.make_bank();
    std::unique_ptr<Bills> bills_;
};

TEST_F(BillsTest, are_the_banks_own_words) {
    const auto page = ask();
    ASSERT_TRUE(page.has_value());
    ASSERT_EQ(page->lines.size(), 2U);
    EXPECT_EQ(page->lines[0],
              (StatementLine{"T9",
                             true,
                             513,
                             {300, base::Currency::cny},
                             base::parse_rfc3339("2026-11-20T12:00:00.000Z").value()}));
    EXPECT_EQ(page->lines[1].order, 0U);
    EXPECT_EQ(page->next, 8U);
    ASSERT_EQ(world_.network.calls.size(), 1U);
    EXPECT_EQ(world_.network.calls[0].url, "http://127.0.0.1:1/merchant/v1/statements");
    EXPECT_EQ(world_.network.calls[0].body, R"({"consent":"a secret","max":50})");
}

TEST_F(BillsTest, with_a_consent_are_for_whom_it_was_used_first) {
    EXPECT_TRUE(ask(7).has_value());
    EXPECT_TRUE(ask(7).has_value());
    EXPECT_EQ(ask(8).error(), BillsRefusal::consent_of_other);
    EXPECT_TRUE(ask(8, "another secret").has_value());
    // The same words of another bank are another consent.
    const auto second = world_.make_bank(2);
    ASSERT_TRUE(world_.beat(second.keys.back().to_site, world_.instance("b", "2", 2)));
    EXPECT_TRUE(ask(8, "a secret", 2).has_value());
    EXPECT_EQ(consents(), 3);
    // They have ended at the bank by then.
    world_.environment.moved.pass(kConsentsKept + base::Duration::days(1));
    ASSERT_TRUE(beat());
    EXPECT_TRUE(ask(9, "a new secret").has_value());
    EXPECT_EQ(consents(), 1);
}

TEST_F(BillsTest, keep_no_consent_that_the_bank_does_not_know) {
    answer(404, R"({"code":"not_found"})");
    EXPECT_EQ(ask(7).error(), BillsRefusal::consent_unknown);
    answer(200, std::string(kTwo));
    EXPECT_TRUE(ask(8).has_value());
    auto row = world_.store->connection().prepare("SELECT hash FROM payments_consents").value();
    ASSERT_TRUE(row.step().value());
    EXPECT_EQ(row.blob(0).size(), 16U) << "the hash, and not the consent";
    EXPECT_FALSE(row.step().value());
}

TEST_F(BillsTest, say_that_a_bank_is_away_or_makes_no_sense) {
    EXPECT_EQ(ask(7, "a secret", 3).error(), BillsRefusal::bank_unknown);
    for (const auto& [status, body] : std::vector<std::pair<std::uint16_t, std::string>>{
             {500, "{}"}, {200, "{}"}, {200, "nothing"}, {401, "{}"}}) {
        answer(status, body);
        EXPECT_EQ(ask().error(), BillsRefusal::bank_away) << status << " " << body;
    }
}

TEST_F(BillsTest, wait_up_to_a_bound) {
    std::size_t answers = 0;
    std::size_t busy = 0;
    for (std::size_t i = 0; i <= kBillsWaitingMax; ++i)
        bills_->ask({domain::PersonId(7), domain::BankId(1), "a secret", 0}, *world_.home,
                    [&](const Bills::Page& page) {
                        ++answers;
                        if (!page && page.error() == BillsRefusal::busy) ++busy;
                    });
    world_.environment.queue.run();
    EXPECT_EQ(answers, kBillsWaitingMax + 1);
    EXPECT_EQ(busy, 1U);
    EXPECT_TRUE(ask().has_value());
}

TEST(Statements, that_make_no_sense_are_none) {
    const auto with = [](std::string_view from, std::string_view to) {
        std::string text(kTwo);
        const auto at = text.find(from);
        ONSALE_CHECK(at != std::string::npos);
        return text.replace(at, from.size(), to);
    };
    EXPECT_TRUE(read_statements(kTwo, 2).has_value());
    EXPECT_EQ(read_statements(R"({"items":[]})", 2)->next, 0U);
    EXPECT_FALSE(read_statements(kTwo, 1).has_value()) << "more than was asked for";
    for (const auto& text :
         {with("T9", ""), with("T9", std::string(65, 'T')), with("refund", "gift"),
          with("300", "0"), with("300", "-1"), with("300", "1.5"), with("CNY", "USD"),
          with("2026-11-20T12", "yesterday"), with("[{", "[7,{"), with(":8}", ":-8}"),
          std::string("[]"), std::string(100'000, '[')}) {
        EXPECT_FALSE(read_statements(text, 2).has_value()) << text.substr(0, 200);
    }
}

}  // namespace
}  // namespace onsale::payments
