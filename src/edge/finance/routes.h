// The resources of money: banks, and what is paid, given back and booked. Called at assembly; the
// handlers run on the event loop of their request. Nothing is kept after a crash.
#pragma once

#include "gate/api.h"

namespace onsale::finance {

void add_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::finance
