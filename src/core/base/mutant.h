// Mutants: builds of the program with one realistic mistake each, to prove that the simulator finds
// it. ONSALE_MUTANT is defined by the build of a mutant only; everywhere else kMutant is `none` and
// the mistake is not compiled.
#pragma once

#include <cstdint>

namespace onsale::base {

enum class Mutant : std::uint8_t {
    none,
    expiry_forgets_stock,   // an expired order does not give its stock back
    reply_before_commit,    // the buyer hears of an order before the journal has it
    withdrawal_forgotten,   // a withdrawal's id is not remembered
    undone_reads_answered,  // a read is answered though what it saw never happened (full disk)
};

#ifndef ONSALE_MUTANT
#define ONSALE_MUTANT none
#endif
inline constexpr Mutant kMutant = Mutant::ONSALE_MUTANT;

}  // namespace onsale::base
