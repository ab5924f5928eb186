// Spec: what kind of sale the simulator plays: how many people of which workloads, how much stock,
// which faults and how often. Specs are small TOML files; those of this folder are built in. Plain
// values, read once at the start; a mistake in a file is a sentence with its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/prng.h"
#include "base/result.h"

namespace onsale::specs {

// From `least` to `most`, both included; written as a number or as [least, most].
struct Range {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
    [[nodiscard]] std::uint64_t pick(base::Prng& random) const {
        return least + random.below(most - least + 1);
    }
};

// A workload or a fault by name, and its share among those of its table.
struct Share {
    std::string name;
    std::uint64_t share = 1;
};

struct Spec {
    std::string name;
    std::string about;
    Range people{10, 40};
    Range codes{5, 45};
    Range numbers{5, 30};
    Range actions{14, 14};       // of each person, at least
    Range changes{0, 7};         // of the offer, by the operator
    std::uint64_t cancels = 25;  // percent of the sales in which the session is cancelled
    Range faults{5, 12};
    Range pause{50, 950};  // tasks of the world between two faults
    std::vector<Share> workloads;
    std::vector<Share> kinds;  // of faults
};

// `names` are those that may stand in the tables.
struct Names {
    std::vector<std::string_view> workloads;
    std::vector<std::string_view> faults;
};
[[nodiscard]] base::Result<Spec, std::string> read_spec(std::string_view text,
                                                        const std::string& path,
                                                        const Names& names);

struct BuiltIn {
    std::string_view name;
    std::string_view text;
};
// In the order of their names.
[[nodiscard]] const std::vector<BuiltIn>& built_in();

}  // namespace onsale::specs
