// Report: sums up the seeds of a run for people (a bar while it lasts, a table at the end) and for
// programs (JSON). One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rush/sale.h"

namespace onsale::seeds {

class Report {
  public:
    // Coverage names every workload and fault, those too that never came up.
    explicit Report(const specs::Names& names);

    void add(const std::string& spec, std::uint64_t seed, const rush::SaleResult& result);
    [[nodiscard]] std::uint64_t green() const { return green_; }
    [[nodiscard]] bool failed() const { return !failure_.empty(); }

    // One line: how much is done, how fast, and how long it still takes.
    [[nodiscard]] std::string progress(std::uint64_t all, double seconds) const;
    [[nodiscard]] std::string text(double seconds) const;
    [[nodiscard]] std::string json(double seconds) const;
    // The command that plays a seed again.
    [[nodiscard]] static std::string repeat_command(std::string_view spec, std::uint64_t seed);

  private:
    using Counts = std::map<std::string, std::uint64_t>;

    std::uint64_t green_ = 0;
    std::uint64_t digest_ = 0;  // of all green seeds, whatever their order
    rush::SaleResult sums_;
    Counts seeds_of_spec_;
    std::uint64_t failed_seed_ = 0;
    std::string failed_spec_;
    std::string failure_;
};

}  // namespace onsale::seeds
