// The addresses of buyers: home, campaigns, shows, organisers, pictures, orders, tickets, events
// and the five addresses of 001. Called at assembly; handlers run on the event loop of their
// request and never block. Nothing is kept after a crash.
#pragma once

#include "gate/call.h"

namespace onsale::shop {

void add_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::shop
