// Mutants: builds of the program with one realistic mistake each, to prove that the simulator finds
// it. ONSALE_MUTANT is defined by the build of a mutant only; everywhere else kMutant is `none` and
// the mistake is not compiled.
#pragma once

#include <cstdint>

namespace onsale::base {

enum class Mutant : std::uint8_t {
    none,
    expiry_forgets_stock,       // an expired order does not give its stock back
    reply_before_commit,        // the buyer hears of an order before the journal has it
    withdrawal_forgotten,       // a withdrawal's id is not remembered
    undone_reads_answered,      // a read is answered though what it saw never happened (full disk)
    limit_counts_orders,        // the limit of tickets is checked against one for each order
    cancel_keeps_limit,         // a cancelled order still counts against its person's limits
    cursor_before_rows,         // the projector's cursor is committed before the rows it stands for
    key_of_anybody,             // an idempotency key is looked up without its person
    refusal_before_commit,      // a refusal leaves before the facts that it rests on are committed
    read_before_commit,         // a read leaves before the facts that it has seen are committed
    snapshot_behind,            // a snapshot claims one batch more than it has
    reserve_takes_orders,       // new orders use up the reserve of a full disk
    append_over_others,         // an owner that was replaced writes over its successor's batches
    answer_forgotten,           // what is said about one order in a hundred is never sent
    amount_not_compared,        // money that came is not compared with what was asked for
    late_payment_ignored,       // money for an order that has ended is acknowledged and forgotten
    callback_applied_twice,     // an event that is told again is taken for a second payment
    refund_takes_another_hold,  // stock that comes back with a refund is taken from what is held
    deduct_retried_without_key,  // a deduction is tried again under a name of its own
};

#ifndef ONSALE_MUTANT
#define ONSALE_MUTANT none
#endif
inline constexpr Mutant kMutant = Mutant::ONSALE_MUTANT;

}  // namespace onsale::base
