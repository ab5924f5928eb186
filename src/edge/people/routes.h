// The addresses of people and staff as persons: registration, logins, profiles, their
// administration, operation records. Called at assembly; handlers run on the event loop of their
// request and never block. Nothing is kept after a crash.
#pragma once

#include "gate/call.h"

namespace onsale::people {

void add_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::people
