// Fault: one kind of thing that goes wrong in a simulated sale. Small classes behind one interface;
// a spec says which of them happen, and how often.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "rush/stage.h"

namespace onsale::rush {

class Fault {
  public:
    virtual ~Fault() = default;
    // Does it now, and waits for it if it takes time. False: the sale has failed.
    virtual bool inject(Stage& stage) = 0;
};

// Names of the faults that make_fault() knows.
[[nodiscard]] const std::vector<std::string_view>& fault_names();
[[nodiscard]] std::unique_ptr<Fault> make_fault(std::string_view name);

}  // namespace onsale::rush
