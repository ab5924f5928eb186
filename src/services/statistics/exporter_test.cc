#include "statistics/exporter.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "catalog/testing/site.h"
#include "orders/projection.h"
#include "tickets/tickets.h"

namespace onsale::statistics {
namespace {

class NumberedNames final : public Names {
  public:
    records::StoreResult<std::vector<std::string>> names_of(
        std::span<const domain::PersonId> people) override {
        std::vector<std::string> names;
        for (const auto person : people) names.push_back("=p" + std::to_string(person.value()));
        return names;
    }
};

class ExporterTest : public testing::Test {
  protected:
    ExporterTest() {
        site_.project({&rows_});
        exports_ = site_.scratch.open("projections.sqlite", sql::Access::read_only);
        open(kSendingBytesMax);
    }
    void open(std::uint64_t sending_bytes_max) {
        exporter_ = std::make_unique<Exporter>(
            ExporterParts{*exports_, *site_.catalog, *site_.vault, names_, testing::TempDir(),
                          sending_bytes_max});
    }
    ~ExporterTest() override {
        exporter_.reset();
        exports_.reset();
    }
    // A session with these codes; each of the people orders one ticket.
    void sell(std::vector<std::string> codes, std::initializer_list<std::uint64_t> people) {
        site_.seal(9001, std::move(codes));
        auto definition = catalog::open_now(1);
        definition.pools[0].kind = "codes";
        definition.pools[0].count.reset();
        definition.pools[0].list = 9001;
        const auto result = site_.set_up(definition);
        ONSALE_CHECK(result.kind == catalog::ChangeKind::accepted);
        session_ =
            site_.catalog->directory()->find_session(domain::SessionId(definition.session.id));
        ONSALE_CHECK(session_ != nullptr);
        for (const auto person : people) {
            const auto answer =
                site_.decide(session_->shard,
                             domain::PlaceOrder{domain::PersonId(person), campaign(), {}, 0, 0});
            ASSERT_EQ(answer.outcome.kind, domain::OutcomeKind::accepted);
        }
        site_.catch_up();
    }
    domain::CampaignId campaign() { return session_->campaigns[0].rules.id; }
    using Result = base::Result<ExportFile, ExportError>;
    Result results(Format format) {
        ExportRequest request;
        request.session = session_->definition->id;
        request.campaign = campaign();
        request.format = format;
        return site_.scratch.wait<Result>(
            [&](auto reply) { exporter_->results(request, site_.scratch.home(), reply); });
    }

    catalog::Site site_{testing::TempDir()};
    orders::OrdersProjection rows_;
    NumberedNames names_;
    std::unique_ptr<records::Store> exports_;
    std::unique_ptr<Exporter> exporter_;
    catalog::SharedSession session_;
};

TEST_F(ExporterTest, one_row_per_issued_code_and_each_code_once) {
    sell({"=EVIL-1", "BBB-2", "CCC-3"}, {5, 6});
    const auto csv = results(Format::csv);
    ASSERT_TRUE(csv) << csv.error().message;
    EXPECT_EQ(csv->rows, 2U);
    EXPECT_EQ(std::count(csv->bytes->begin(), csv->bytes->end(), '\n'), 3);
    EXPECT_NE(csv->bytes->find("5,'=p5,"), std::string::npos) << *csv->bytes;
    EXPECT_NE(csv->bytes->find(",'=EVIL-1,"), std::string::npos) << *csv->bytes;
    EXPECT_NE(csv->bytes->find(",BBB-2,"), std::string::npos) << *csv->bytes;
    EXPECT_EQ(csv->bytes->find("CCC-3"), std::string::npos) << *csv->bytes;
    EXPECT_NE(csv->bytes->find(",effective\r\n"), std::string::npos) << *csv->bytes;
    const auto json = results(Format::json);
    ASSERT_TRUE(json);
    EXPECT_NE(json->bytes->find("\"code\":\"BBB-2\""), std::string::npos) << *json->bytes;
    const auto xlsx = results(Format::xlsx);
    ASSERT_TRUE(xlsx) << xlsx.error().message;
    EXPECT_EQ(xlsx->rows, 2U);
    EXPECT_TRUE(xlsx->bytes->starts_with("PK"));
}

TEST_F(ExporterTest, files_that_are_being_sent_are_counted_until_they_are_gone) {
    sell({"AAA-1", "BBB-2", "CCC-3"}, {5, 6});
    const auto size = results(Format::csv)->bytes->size();
    open(2 * size);
    auto first = results(Format::csv);
    auto second = results(Format::csv);
    ASSERT_TRUE(first && second);
    auto refused = results(Format::csv);  // not even begun
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().trouble, ExportTrouble::busy);
    second->bytes.reset();
    EXPECT_TRUE(results(Format::csv));
    open(size - 1);  // one alone may be larger
    first = results(Format::csv);
    ASSERT_TRUE(first);
    EXPECT_FALSE(results(Format::csv));
    open(size + 1);  // found to be too large beside another one when it is made
    first = results(Format::csv);
    ASSERT_TRUE(first);
    refused = results(Format::csv);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().trouble, ExportTrouble::busy);
}

TEST_F(ExporterTest, orders_and_the_people_who_bought_most) {
    sell({"AAA-1", "BBB-2", "CCC-3"}, {5, 6, 6});
    ExportRequest request;
    request.session = session_->definition->id;
    const auto orders = site_.scratch.wait<Result>(
        [&](auto reply) { exporter_->orders(request, site_.scratch.home(), reply); });
    ASSERT_TRUE(orders);
    EXPECT_EQ(orders->rows, 3U);
    EXPECT_EQ(orders->bytes->find("BBB-2"), std::string::npos);
    request.state = domain::OrderState::cancelled;
    const auto none = site_.scratch.wait<Result>(
        [&](auto reply) { exporter_->orders(request, site_.scratch.home(), reply); });
    ASSERT_TRUE(none);
    EXPECT_EQ(none->rows, 0U);
    const auto top = site_.scratch.wait<Exporter::Top>([&](auto reply) {
        exporter_->top_people(request.session, 1, site_.scratch.home(), reply);
    });
    ASSERT_TRUE(top);
    ASSERT_EQ(top->size(), 1U);
    EXPECT_EQ((*top)[0].person, domain::PersonId(6));
    EXPECT_EQ((*top)[0].tickets, 2U);
    EXPECT_EQ((*top)[0].name, "=p6");
}

TEST_F(ExporterTest, says_what_it_cannot_do) {
    sell({"AAA-1"}, {5});
    ExportRequest request;
    request.session = domain::SessionId(777);
    const auto ask = [&] {
        return site_.scratch.wait<Result>(
            [&](auto reply) { exporter_->orders(request, site_.scratch.home(), reply); });
    };
    const auto unknown = ask();
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().trouble, ExportTrouble::session_unknown);
    request.session = session_->definition->id;
    exporter_->stop();
    const auto stopped = ask();
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().trouble, ExportTrouble::stopping);
}

}  // namespace
}  // namespace onsale::statistics
