// Probe: asks the rules of a past whether they refuse as a receipt says. The wish itself is not in
// the receipt, so the question is whether there is one that is refused for this reason and with
// this much free. Pure; any thread.
#pragma once

#include "replay/refusal.h"

namespace onsale::replay {

[[nodiscard]] Agreement probe(const boxoffice::BoxOffice& box_office,
                              const RefusalQuestion& question);

}  // namespace onsale::replay
