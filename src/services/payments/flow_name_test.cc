#include "payments/flow_name.h"

#include <gtest/gtest.h>

namespace onsale::payments {
namespace {

TEST(FlowName, has_one_spelling) {
    const FlowName name{FlowKind::payment, 8193, 0x00c0ffee00c0ffee};
    EXPECT_EQ(to_string(name), "P8193-00c0ffee00c0ffee");
    EXPECT_EQ(parse_flow_name("P8193-00c0ffee00c0ffee"), name);
    EXPECT_EQ(parse_flow_name("R1-0000000000000001"), (FlowName{FlowKind::refund, 1, 1}));
    EXPECT_EQ(parse_flow_name("U7-ffffffffffffffff"), (FlowName{FlowKind::stray, 7, ~0ULL}));
    const FlowName third{FlowKind::refund, 8193, 1, 2};
    EXPECT_EQ(to_string(third), "R8193.2-0000000000000001");
    EXPECT_EQ(parse_flow_name("R8193.2-0000000000000001"), third);
}

TEST(FlowName, refuses_every_other_text) {
    for (const auto* text : {"",
                             "P",
                             "P-",
                             "P1",
                             "P1-",
                             "-",
                             "P01-0000000000000001",
                             "p1-0000000000000001",
                             "X1-0000000000000001",
                             "P1-000000000000001",
                             "P1-00000000000000001",
                             "P1-000000000000000G",
                             "R1.0-0000000000000001",
                             "R1.-0000000000000001",
                             "R1.02-0000000000000001",
                             "R.2-0000000000000001",
                             "R1.2.3-0000000000000001",
                             "P1.2-0000000000000001",
                             "R1.4294967296-0000000000000001",
                             "P1-00000000000000AB",
                             "P0-0000000000000001",
                             "P+1-0000000000000001",
                             "P1 -0000000000000001",
                             "P9007199254740992-0000000000000001",
                             "P99999999999999999999-0000000000000001"})
        EXPECT_FALSE(parse_flow_name(text)) << text;
}

}  // namespace
}  // namespace onsale::payments
