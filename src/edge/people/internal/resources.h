// One function per resource of this module: each adds the routes of its file. Called at assembly;
// the handlers run on the event loop of their request. Nothing is kept after a crash.
#pragma once

#include "gate/api.h"

namespace onsale::people {

void add_admin_people_routes(http::Router& router, const gate::SharedApi& api);
void add_export_routes(http::Router& router, const gate::SharedApi& api);
void add_login_routes(http::Router& router, const gate::SharedApi& api);
void add_me_routes(http::Router& router, const gate::SharedApi& api);
void add_operation_routes(http::Router& router, const gate::SharedApi& api);
void add_people_routes(http::Router& router, const gate::SharedApi& api);
void add_staff_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::people
