// Anything that may happen with money, at random by a seed, is not a breach.
#include "audit/audit_fixture.h"
#include "ledger/testing/played.h"

namespace onsale::audit {
namespace {

class Play : public AuditFixture {
  protected:
    void write(std::vector<domain::Fact> facts, base::Timestamp now) {
        if (!facts.empty()) store(batch(std::move(facts), (now - at(0)).count_ms()));
    }
};

TEST_F(Play, gives_no_false_alarm) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        forget_journal();
        store(epoch_batch(1, 0));
        ledger::Played played(seed);
        write(played.first(), played.now());
        for (int step = 0; step < 600; ++step) {
            auto facts = played.next();
            write(std::move(facts), played.now());
        }
        const Report report = audit();
        EXPECT_EQ(broken(report), "") << to_text(report);
        for (const Clause clause :
             {Clause::m2, Clause::m3, Clause::m4, Clause::m5, Clause::m6, Clause::s5, Clause::s6})
            EXPECT_GT(report.of(clause).checked, 0U) << to_string(clause);
    }
}

}  // namespace
}  // namespace onsale::audit
