#include "ledger/reconcile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

namespace onsale::ledger {
namespace {

using base::Duration;

const Day kDay = *parse_day("2026-11-20");
constexpr std::string_view kHeader = "kind,reference,transaction,order,amount,currency,at\n";

base::Money fen(std::int64_t minor) {
    return {minor, base::Currency::cny};
}

// A day of three payments and a refund, on both sides alike; then one thing is changed.
struct DayOfBoth {
    std::vector<std::string> lines = {
        "payment,P32-00000000000000aa,T1,1,1000,CNY,2026-11-20T00:00:00.000Z",
        "payment,P64-00000000000000aa,T2,\"2,2\",2000,CNY,2026-11-20T12:00:00.000Z",
        "refund,R32-00000000000000aa,T3,1,900,CNY,2026-11-20T13:00:00.000Z",
        "payment,else,T4,,55,CNY,2026-11-20T23:59:59.000Z"};
    std::string total = "total,4,3055,900";
    OurFlows ours;

    DayOfBoth() {
        add({LineKind::payment, "P32-00000000000000aa", FlowState::done, fen(1000),
             kDay.begin + Duration::seconds(1), "T1", 1});
        add({LineKind::payment, "P64-00000000000000aa", FlowState::done, fen(2000),
             kDay.begin + Duration::hours(12), "T2", 2});
        add({LineKind::refund, "R32-00000000000000aa", FlowState::done, fen(900),
             kDay.begin + Duration::hours(13), "T3", 1});
        ours.strays["T4"] = {LineKind::payment,
                             "",
                             FlowState::done,
                             fen(55),
                             kDay.end() - Duration::seconds(1),
                             "T4",
                             0};
    }
    void add(Flow flow) { ours.by_reference[{flow.kind, flow.reference}] = std::move(flow); }
    Flow& flow(std::size_t index) {
        auto at = ours.by_reference.begin();
        std::advance(at, static_cast<std::ptrdiff_t>(index));
        return at->second;
    }
    [[nodiscard]] std::string text() const {
        std::string text(kHeader);
        for (const auto& line : lines) text += line + "\n";
        return text + total + "\n";
    }
    [[nodiscard]] Result run() const { return reconcile(kDay, read_day_file(text(), kDay), ours); }
};

TEST(Reconcile, finds_nothing_where_nothing_is_wrong) {
    const Result result = DayOfBoth().run();
    EXPECT_TRUE(result.clean());
    EXPECT_TRUE(result.items.empty());
    EXPECT_EQ(result.lines, 4U);
    EXPECT_EQ(result.matched, 4U);
    EXPECT_EQ(result.banks_in, 3055);
    EXPECT_EQ(result.banks_out, 900);
    EXPECT_EQ(result.ours_in, 3055);
    EXPECT_EQ(result.ours_out, 900);
}

struct Injected {
    const char* what;
    ItemKind kind;
    const char* cause;
    Mends mends;
    void (*change)(DayOfBoth&);
};
void PrintTo(const Injected& injected, std::ostream* out) {
    *out << injected.what;
}

const Injected kInjected[] = {
    {"a payment that the bank does not have", ItemKind::ours_only, "missing_at_bank",
     Mends::by_person,
     [](DayOfBoth& day) {
         day.lines.erase(day.lines.begin() + 1);
         day.total = "total,3,1055,900";
     }},
    {"a callback that was lost", ItemKind::state_differs, "callback_lost", Mends::by_itself,
     [](DayOfBoth& day) { day.flow(1).state = FlowState::open; }},
    {"an answer that was lost", ItemKind::state_differs, "answer_lost", Mends::by_itself,
     [](DayOfBoth& day) { day.flow(2).state = FlowState::open; }},
    {"a parked payment", ItemKind::state_differs, "parked", Mends::by_person,
     [](DayOfBoth& day) { day.flow(0).state = FlowState::parked; }},
    {"money of a payment that had ended", ItemKind::state_differs, "taken_after_end",
     Mends::by_person, [](DayOfBoth& day) { day.flow(0).state = FlowState::ended; }},
    {"a refund that nobody approved", ItemKind::state_differs, "refund_not_approved",
     Mends::by_person, [](DayOfBoth& day) { day.flow(2).state = FlowState::unasked; }},
    {"a payment that we do not know", ItemKind::banks_only, "unknown_reference", Mends::by_person,
     [](DayOfBoth& day) { day.ours.by_reference.erase(day.ours.by_reference.begin()); }},
    {"a name that is not ours", ItemKind::banks_only, "foreign_reference", Mends::by_person,
     [](DayOfBoth& day) { day.ours.strays.clear(); }},
    {"a second charge under one name", ItemKind::banks_only, "charged_twice", Mends::by_person,
     [](DayOfBoth& day) {
         day.lines.insert(day.lines.begin() + 1,
                          "payment,P32-00000000000000aa,T8,1,1000,CNY,2026-11-20T00:00:01.000Z");
         day.total = "total,5,4055,900";
     }},
    {"another amount", ItemKind::amount_differs, "amount_differs", Mends::by_person,
     [](DayOfBoth& day) { day.flow(1).amount = fen(1999); }},
    {"another transaction", ItemKind::transaction_differs, "transaction_differs", Mends::by_person,
     [](DayOfBoth& day) { day.flow(1).transaction = "T7"; }},
    {"a line that stands there twice", ItemKind::file_damaged, "line_repeated", Mends::by_person,
     [](DayOfBoth& day) {
         day.lines.insert(day.lines.begin(), day.lines.front());
         day.total = "total,5,4055,900";
     }},
    {"lines that changed places", ItemKind::file_damaged, "order_of_lines", Mends::by_person,
     [](DayOfBoth& day) { std::swap(day.lines[0], day.lines[1]); }},
    {"a line that is no line", ItemKind::file_damaged, "line_malformed", Mends::by_person,
     [](DayOfBoth& day) {
         day.lines.insert(day.lines.begin(), "payment,x");
         day.total = "total,5,3055,900";
     }},
    {"a name that is no name", ItemKind::file_damaged, "line_malformed", Mends::by_person,
     [](DayOfBoth& day) {
         day.lines.insert(day.lines.begin(), "payment," + std::string(65, 'x') +
                                                 ",T99,7,1000,CNY,2026-11-20T00:00:01Z");
         day.total = "total,5,3055,900";
     }},
    {"an amount that nobody pays", ItemKind::file_damaged, "line_malformed", Mends::by_person,
     [](DayOfBoth& day) {
         day.lines.insert(day.lines.begin(),
                          "payment,X1,T99,7,9223372036854775807,CNY,2026-11-20T00:00:01Z");
         day.total = "total,5,3055,900";
     }},
    {"a line of another day", ItemKind::file_damaged, "line_of_other_day", Mends::by_person,
     [](DayOfBoth& day) { day.lines[3].replace(day.lines[3].find("-20T"), 4, "-21T"); }},
    {"a total that is wrong", ItemKind::file_damaged, "total_wrong", Mends::by_person,
     [](DayOfBoth& day) { day.total = "total,4,3056,900"; }},
    {"a file that was cut", ItemKind::file_damaged, "total_missing", Mends::by_person,
     [](DayOfBoth& day) {
         day.total = "payment,P32-00000000000000aa,T8,1,1000,CNY,2026-11-20T23:59:59.500Z";
     }},
    {"a file that goes on", ItemKind::file_damaged, "text_after_total", Mends::by_person,
     [](DayOfBoth& day) { day.total += "\n" + day.lines[0]; }},
};

class Differences : public testing::TestWithParam<Injected> {};

TEST_P(Differences, is_found_with_its_cause) {
    DayOfBoth day;
    GetParam().change(day);
    const Result result = day.run();
    EXPECT_FALSE(result.clean());
    const auto is_it = [](const Item& item) {
        return item.kind == GetParam().kind && item.cause == GetParam().cause &&
               item.mends == GetParam().mends;
    };
    EXPECT_EQ(std::ranges::count_if(result.items, is_it), 1)
        << testing::PrintToString(result.items.size());
    EXPECT_FALSE(sentence_of(GetParam().cause).en.empty());
    EXPECT_FALSE(sentence_of(GetParam().cause).zh.empty());
    EXPECT_EQ(day.run(), result);  // again, nothing new
}

INSTANTIATE_TEST_SUITE_P(Injected, Differences, testing::ValuesIn(kInjected));

TEST(Reconcile, sees_both_sides_of_midnight) {
    DayOfBoth day;
    // There at the last second of the day, here at the first of the next.
    day.ours.strays["T4"].done_at = kDay.end() + Duration::seconds(1);
    Result result = day.run();
    EXPECT_TRUE(result.clean());
    EXPECT_EQ(result.matched, 4U);
    ASSERT_EQ(result.items.size(), 1U);
    EXPECT_EQ(result.items[0].kind, ItemKind::note);
    EXPECT_EQ(result.items[0].cause, "boundary");

    // Here at the first second, and in the file of the day before.
    day = DayOfBoth();
    day.lines.erase(day.lines.begin());
    day.total = "total,3,2055,900";
    result = day.run();
    EXPECT_TRUE(result.clean());
    ASSERT_EQ(result.items.size(), 1U);
    EXPECT_EQ(result.items[0].cause, "boundary");
}

TEST(Reconcile, remembers_what_the_file_of_another_day_has_had) {
    DayOfBoth day;
    day.flow(1).done_at = kDay.begin + Duration::hours(40);  // we were told late
    Result result = day.run();
    EXPECT_TRUE(result.clean());
    ASSERT_EQ(result.items.size(), 1U);
    EXPECT_EQ(result.items[0].cause, "recorded_on_other_day");

    const Day next{kDay.end()};
    DayFile empty;
    result = reconcile(next, empty, day.ours);
    EXPECT_FALSE(result.clean());
    day.ours.on_other_days["T2"] = "2026-11-20";
    result = reconcile(next, empty, day.ours);
    EXPECT_TRUE(result.clean());
    ASSERT_EQ(result.items.size(), 1U);
    EXPECT_EQ(result.items[0].cause, "in_file_of_other_day");
}

TEST(Reconcile, does_not_miss_in_a_file_what_came_after_it) {
    DayOfBoth day;
    day.lines.erase(day.lines.begin() + 1);
    day.total = "total,3,1055,900";
    day.ours.asked_at = kDay.begin + Duration::hours(12);
    const Result result = day.run();
    EXPECT_TRUE(result.clean());
    EXPECT_EQ(result.ours_in, result.banks_in);
    ASSERT_EQ(result.items.size(), 1U);
    EXPECT_EQ(result.items[0].cause, "after_file");
    // What the file has is compared whenever it was done; what was done before, too.
    EXPECT_EQ(result.matched, 3U);
    day.ours.asked_at = kDay.begin + Duration::hours(12) + Duration::milliseconds(1);
    EXPECT_FALSE(day.run().clean());
}

TEST(Day, is_read_as_it_is_written) {
    EXPECT_EQ(to_string(kDay), "2026-11-20");
    for (const char* text :
         {"", "2026-11-2", "2026-13-01", "2026-02-30", "20-11-2026", "2026-11-20T"})
        EXPECT_FALSE(parse_day(text)) << text;
}

}  // namespace
}  // namespace onsale::ledger
