// Sale: one simulated on-sale from one seed. The real program's parts, assembled by the real
// function, over a simulated machine: clients rush, cancel and let holds expire while processes die
// at any instant, commits fail and tear, disks fill up, requests are lost, repeated and reordered.
// Invariants are checked as it goes; at the end the world heals, every unknown is asked again, and
// what everybody was told is compared with what is stored.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace onsale::rush {

struct SaleResult {
    std::string failure;       // empty: the seed is green
    std::uint64_t digest = 0;  // of everything that was answered: the same seed gives the same
    std::uint64_t steps = 0;
    std::uint64_t answers = 0;
    std::uint64_t orders = 0;
    std::uint64_t snapshots = 0;                  // written by the site
    std::map<std::string, std::uint64_t> faults;  // kind → how often
};

[[nodiscard]] SaleResult run_sale(std::uint64_t seed);

}  // namespace onsale::rush
