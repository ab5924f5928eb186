// Sale: one simulated on-sale from one seed and a spec. The real program's parts, assembled by the
// real function, over a simulated machine, with the workloads and faults of the spec. Invariants
// are checked as it goes; at the end the world heals, every unknown is asked again, and what
// everybody was told is compared with what is stored.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "specs/spec.h"

namespace onsale::rush {

// INVARIANT: a sale is worth its name; one that is smaller has failed.
inline constexpr std::uint64_t kCommandsLeast = 500;
inline constexpr std::uint64_t kFaultsLeast = 5;
inline constexpr std::uint64_t kFlowsLeast = 20;  // of money, where somebody pays

struct SaleResult {
    std::string failure;       // empty: the seed is green
    std::uint64_t digest = 0;  // of everything that was answered: the same seed gives the same
    std::uint64_t steps = 0;
    std::uint64_t commands = 0;  // requests that reached the site, and the operator's commands
    std::uint64_t answers = 0;
    std::uint64_t orders = 0;
    std::uint64_t receipts = 0;                      // of refusals, compared with the journal
    std::uint64_t snapshots = 0;                     // written by the site
    std::map<std::string, std::uint64_t> faults;     // kind → how often
    std::map<std::string, std::uint64_t> workloads;  // name → people; operator → commands
    std::map<std::string, std::uint64_t> money;      // what became of it; empty: nobody pays
};

[[nodiscard]] SaleResult run_sale(std::uint64_t seed, const specs::Spec& spec);

// The specs that are built in, and what may stand in one.
[[nodiscard]] specs::Names spec_names();
[[nodiscard]] std::vector<specs::Spec> built_in_specs();

}  // namespace onsale::rush
