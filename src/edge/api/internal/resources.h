// One function per resource of this module: each adds the routes of its file. Called at assembly;
// the handlers run on the event loop of their request. Nothing is kept after a crash.
#pragma once

#include "gate/api.h"

namespace onsale::api {

void add_site_routes(http::Router& router, const gate::SharedApi& api);
void add_system_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::api
