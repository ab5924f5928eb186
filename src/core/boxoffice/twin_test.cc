// Any sequence of commands has the same outcomes and leaves the same stock in the box office and in
// its naive twin. RapidCheck makes the sequences and shrinks one that fails. The seed is fixed so
// that a build means the same everywhere; RC_PARAMS="seed=7 max_success=5000" looks further, and
// RC_PARAMS="reproduce=…" (printed with a failure) comes back to one.
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/detail/TestListenerAdapter.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "boxoffice/testing/naive_box_office.h"
#include "boxoffice/testing/offer.h"
#include "boxoffice/testing/steps.h"
#include "wire/codec.h"

namespace onsale::boxoffice::testing {

void showValue(const Step& step, std::ostream& out) {
    out << "\n  " << text_of(step);
}

}  // namespace onsale::boxoffice::testing

namespace onsale::boxoffice {
namespace {

using testing::NaiveBoxOffice;
using testing::Step;

constexpr domain::ShardId kShard(3);

rc::Gen<std::vector<Step>> any_steps() {
    const auto byte = rc::gen::resize(100, rc::gen::arbitrary<std::uint8_t>());
    const auto step = rc::gen::build<Step>(
        rc::gen::set(&Step::kind, rc::gen::inRange<std::uint8_t>(0, testing::kStepKinds)),
        rc::gen::set(&Step::person, byte), rc::gen::set(&Step::a, byte),
        rc::gen::set(&Step::b, byte), rc::gen::set(&Step::c, byte),
        rc::gen::set(&Step::wait, byte));
    return rc::gen::scale(4.0, rc::gen::container<std::vector<Step>>(step));
}

std::string image(const BoxOffice& box_office) {
    wire::SnapshotEncoder encoder;
    box_office.save(encoder);
    return encoder.take();
}

std::string text(const domain::Outcome& outcome) {
    std::ostringstream out;
    out << "kind " << static_cast<int>(outcome.kind) << ", " << to_string(outcome.refusal)
        << ", order " << domain::number_of(outcome.order.id) << " in state "
        << static_cast<int>(outcome.order.state) << ", session " << outcome.session.value()
        << ", campaign " << outcome.campaign.value() << ", free " << outcome.explanation.free
        << ", used " << outcome.explanation.used << ", limit " << outcome.explanation.limit
        << ", count " << outcome.count;
    return out.str();
}

bool same(const domain::Outcome& a, const domain::Outcome& b) {
    const bool head = a.kind == b.kind && a.refusal == b.refusal && a.session == b.session &&
                      a.campaign == b.campaign && a.count == b.count;
    const domain::Explanation& x = a.explanation;
    const domain::Explanation& y = b.explanation;
    const bool reason = x.tier == y.tier && x.free == y.free && x.limit == y.limit &&
                        x.used == y.used && x.at == y.at;
    const bool has_order = a.kind != domain::OutcomeKind::refused ||
                           a.refusal == domain::Refusal::order_not_cancellable;
    return head && reason && (!has_order || a.order == b.order);
}

bool same_stock(const BoxOffice& box_office, const NaiveBoxOffice& naive) {
    const auto a = box_office.stock();
    const auto b = naive.stock();
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].session != b[i].session || a[i].pool != b[i].pool || a[i].kind != b[i].kind ||
            !(a[i].count == b[i].count))
            return false;
    }
    return true;
}

// Everything that can be read of both.
void compare_reads(const BoxOffice& box_office, const NaiveBoxOffice& naive, base::Timestamp now) {
    RC_ASSERT(box_office.next_deadline() == naive.next_deadline());
    RC_ASSERT(box_office.has_orders_to_end() == naive.has_orders_to_end());
    RC_ASSERT(box_office.orders_in_memory() == naive.orders_in_memory());
    RC_ASSERT(box_office.ready_to_retire(now, 100) == naive.ready_to_retire(now));
    for (std::uint64_t person = 1; person <= 4; ++person) {
        const domain::PersonId id(person);
        RC_ASSERT(box_office.orders_of(id, domain::OrderId(), 1000, now) ==
                  naive.orders_of(id, now));
        for (const std::uint64_t campaign : {1001U, 2001U, 3001U, 1002U}) {
            const domain::CampaignId joined(campaign);
            RC_ASSERT(box_office.joined(joined, id, now) == naive.joined(joined, id, now));
        }
    }
    for (std::uint64_t session = 7; session <= 9; ++session) {
        const domain::SessionId id(session);
        RC_ASSERT(box_office.status_of(id) == naive.status_of(id));
        const auto* a = box_office.find_session(id);
        const auto* b = naive.find_session(id);
        const bool same_definition =
            a == nullptr || b == nullptr ? a == b : *a == *b;  // not twice, as the macro would
        RC_ASSERT(same_definition);
    }
}

std::optional<BoxOffice> loaded(const std::string& content) {
    Loader loader;
    if (!wire::decode_snapshot(content, loader)) return std::nullopt;
    return loader.finish();
}

// Both begin with session 7 on sale, so that most commands have something to work on.
class Pair {
  public:
    Pair() { run(testing::set_up(testing::offer(4, 6)), testing::at(900)); }

    domain::Outcome run(const domain::Command& command, base::Timestamp now) {
        const domain::Outcome expected = naive.run(command, now);
        const domain::Outcome outcome = counter.run(command, now.unix_ms());
        if (!same(outcome, expected))
            RC_FAIL("box office: " + text(outcome) + "\nnaive twin: " + text(expected));
        RC_ASSERT(same_stock(counter.box_office, naive));
        RC_ASSERT(counter.box_office.broken_invariant() == "");
        return outcome;
    }

    testing::Counter counter{kShard};
    NaiveBoxOffice naive{kShard};
};

template <class Property>
void check(const Property& property, int successes) {
    rc::detail::TestParams params = rc::detail::configuration().testParams;
    if (std::getenv("RC_PARAMS") == nullptr) {
        params.seed = 20'261'120;
        params.maxSuccess = successes;
    }
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    const rc::detail::TestMetadata metadata{info->name(), info->name()};
    rc::detail::TestListenerAdapter listener;
    const auto result = rc::detail::checkTestable(property, metadata, params, listener,
                                                  rc::detail::configuration().reproduce);
    std::ostringstream message;
    rc::detail::printResultMessage(result, message);
    if (!result.template is<rc::detail::SuccessResult>())
        FAIL() << "seed " << params.seed << ": " << message.str();
}

// The refusals behind these are of money, which the twin knows nothing of.
constexpr auto kRefusalsOfSelling = static_cast<std::size_t>(domain::Refusal::order_not_payable);

// Sequences that never reach a rule say nothing about it, so every refusal has to come up.
TEST(Twin, any_commands_have_the_same_outcomes_and_leave_the_same_stock) {
    std::map<std::string, int> seen;
    check(
        [&seen] {
            const auto steps = *any_steps();
            Pair pair;
            auto now = testing::at(900);
            for (const Step& step : steps) {
                now = now + testing::wait_of(step);
                const auto outcome = pair.run(testing::command_of(step), now);
                ++seen[std::string(to_string(outcome.refusal))];
                compare_reads(pair.counter.box_office, pair.naive, now);
            }
        },
        1000);
    for (std::size_t i = 0; i < kRefusalsOfSelling; ++i) {
        const auto name = to_string(static_cast<domain::Refusal>(i));
        EXPECT_GT(seen[std::string(name)], 0) << name << " never came up";
    }
}

TEST(Twin, deciding_changes_nothing_and_facts_alone_make_the_same_memory) {
    check(
        [] {
            const auto steps = *any_steps();
            testing::Counter live(kShard);
            live.run(testing::set_up(testing::offer(4, 6)), 900);
            BoxOffice replayed(kShard);
            std::size_t applied = 0;
            auto now = testing::at(900);
            for (const Step& step : steps) {
                now = now + testing::wait_of(step);
                const auto command = testing::command_of(step);
                const std::string before = image(live.box_office);
                live.box_office.decide(command, now, live.decision);
                RC_ASSERT(image(live.box_office) == before);
                live.run(command, now.unix_ms());
                for (; applied < live.facts.size(); ++applied) replayed.apply(live.facts[applied]);
                RC_ASSERT(image(replayed) == image(live.box_office));
            }
        },
        60);
}

TEST(Twin, a_snapshot_anywhere_and_the_facts_behind_it_make_the_same_memory) {
    check(
        [] {
            const auto steps = *any_steps();
            const auto cut = *rc::gen::inRange<std::size_t>(0, steps.size() + 1);
            testing::Counter live(kShard);
            live.run(testing::set_up(testing::offer(4, 6)), 900);
            auto now = testing::at(900);
            std::string snapshot = image(live.box_office);
            std::size_t behind = live.facts.size();
            for (std::size_t i = 0; i < steps.size(); ++i) {
                now = now + testing::wait_of(steps[i]);
                live.run(testing::command_of(steps[i]), now.unix_ms());
                if (i + 1 != cut) continue;
                snapshot = image(live.box_office);
                behind = live.facts.size();
            }
            auto box_office = loaded(snapshot);
            RC_ASSERT(box_office.has_value());
            for (std::size_t i = behind; i < live.facts.size(); ++i)
                box_office->apply(live.facts[i]);
            RC_ASSERT(image(*box_office) == image(live.box_office));
            RC_ASSERT(box_office->broken_invariant() == "");
        },
        200);
}

}  // namespace
}  // namespace onsale::boxoffice
