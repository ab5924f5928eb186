// Faults: what is wrong with a simulated bank or with the way to it. All of them can be on at once
// and are taken back by a new value. Plain values.
#pragma once

#include <cstdint>

namespace onsale::banks {

// Percentages of the calls or payments that they hit.
struct Faults {
    bool down = false;                  // nobody answers, calls or is heard of
    std::uint64_t lost_calls = 0;       // never arrive, and nobody knows
    std::uint64_t late_calls = 0;       // arrive after their caller has given up
    std::uint64_t lost_answers = 0;     // are carried out, and nobody hears
    std::uint64_t nonsense = 0;         // are carried out and answered with what nobody understands
    std::uint64_t refusals = 0;         // deductions: the customer has no money, says the bank
    std::uint64_t wrong_amounts = 0;    // another amount is taken than was asked for
    std::uint64_t late_money = 0;       // the cashier takes what is paid after the bill has ended
    std::uint64_t later_refunds = 0;    // are accepted now and done some seconds later
    std::uint64_t refused_refunds = 0;  // for good, under the name that they have
    std::uint64_t lost_events = 0;      // are never told
    std::uint64_t told_again = 0;       // events that were heard, and are told once more
    bool silent = false;                // tells nothing until this is over, then everything
    std::uint64_t strangers = 0;        // payments of people who have no bill
};

}  // namespace onsale::banks
