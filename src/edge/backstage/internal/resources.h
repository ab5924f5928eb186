// One function per resource of this module: each adds the routes of its file. Called at assembly;
// the handlers run on the event loop of their request. Nothing is kept after a crash.
#pragma once

#include "gate/api.h"

namespace onsale::backstage {

void add_banner_routes(http::Router& router, const gate::SharedApi& api);
void add_code_list_routes(http::Router& router, const gate::SharedApi& api);
void add_curve_routes(http::Router& router, const gate::SharedApi& api);
void add_history_routes(http::Router& router, const gate::SharedApi& api);
void add_import_routes(http::Router& router, const gate::SharedApi& api);
void add_organiser_text_routes(http::Router& router, const gate::SharedApi& api);
void add_result_routes(http::Router& router, const gate::SharedApi& api);
void add_session_edit_routes(http::Router& router, const gate::SharedApi& api);
void add_session_list_routes(http::Router& router, const gate::SharedApi& api);
void add_session_order_routes(http::Router& router, const gate::SharedApi& api);
void add_session_routes(http::Router& router, const gate::SharedApi& api);
void add_show_text_routes(http::Router& router, const gate::SharedApi& api);
void add_statistics_routes(http::Router& router, const gate::SharedApi& api);
void add_stock_routes(http::Router& router, const gate::SharedApi& api);
void add_webhook_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::backstage
