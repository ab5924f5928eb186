// The table of faults of banks, which fault.h's functions look into. Values only.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "rush/fault.h"

namespace onsale::rush {

struct FaultEntry {
    std::string_view name;
    std::unique_ptr<Fault> (*make)();
};
[[nodiscard]] std::span<const FaultEntry> bank_faults();

}  // namespace onsale::rush
