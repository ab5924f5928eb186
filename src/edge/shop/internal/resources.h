// One function per resource of this module: each adds the routes of its file. Called at assembly;
// the handlers run on the event loop of their request. Nothing is kept after a crash.
#pragma once

#include "gate/api.h"

namespace onsale::shop {

void add_act_routes(http::Router& router, const gate::SharedApi& api);
void add_campaign_routes(http::Router& router, const gate::SharedApi& api);
void add_event_routes(http::Router& router, const gate::SharedApi& api);
void add_explain_routes(http::Router& router, const gate::SharedApi& api);
void add_home_routes(http::Router& router, const gate::SharedApi& api);
void add_order_routes(http::Router& router, const gate::SharedApi& api);
void add_organiser_routes(http::Router& router, const gate::SharedApi& api);
void add_picture_routes(http::Router& router, const gate::SharedApi& api);
void add_show_routes(http::Router& router, const gate::SharedApi& api);
void add_ticket_check_routes(http::Router& router, const gate::SharedApi& api);
void add_ticket_file_routes(http::Router& router, const gate::SharedApi& api);
void add_ticket_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::shop
