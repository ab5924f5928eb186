// What must hold between the parts of a plan, each mistake at its place, in both languages. The
// catalogue checks definitions again and has the last word; this finds all mistakes at once. A pure
// function.
#pragma once

#include "imports/plan.h"

namespace onsale::imports {

void check_plan(const Plan& plan, Mistakes& mistakes);

}  // namespace onsale::imports
