#include "ledger/payable_table.h"

#include <gtest/gtest.h>

namespace onsale::ledger {
namespace {

const Payable kRow{
    domain::OrganiserId(5), domain::SessionId(7), base::Currency::cny, 3, 30'000, 9'000, 1'000};

TEST(PayableTable, says_what_is_owed_in_each_format) {
    const Payable rows[] = {kRow};
    EXPECT_EQ(
        payable_table(rows, {}).value(),
        "\xEF\xBB\xBFOrganiser,Session,Currency,Paid orders,Sold,Refunded,Refund fees,Owed\r\n"
        "5,7,CNY,3,300.00,90.00,10.00,200.00\r\n");
    const auto json = payable_table(rows, {TableFormat::json, {}, {}}).value();
    EXPECT_NE(json.find(R"("owed":{"minor":20000,"currency":"CNY"})"), std::string::npos) << json;
    const auto xlsx =
        payable_table(rows, {TableFormat::xlsx, statistics::Language::zh, testing::TempDir()});
    ASSERT_TRUE(xlsx) << xlsx.error();
    EXPECT_TRUE(xlsx->starts_with("PK"));
}

TEST(PayableTable, is_only_titles_where_nothing_is_owed) {
    const auto zh = payable_table({}, {TableFormat::csv, statistics::Language::zh, {}}).value();
    EXPECT_EQ(zh,
              "\xEF\xBB\xBF主办方编号,场次编号,币种,付款订单数,销售额,已退款,退款手续费,应付\r\n");
}

}  // namespace
}  // namespace onsale::ledger
