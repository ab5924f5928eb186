#include "backstage/routes.h"

#include "backstage/internal/resources.h"

namespace onsale::backstage {

void add_routes(http::Router& router, const gate::SharedApi& api) {
    add_banner_routes(router, api);
    add_code_list_routes(router, api);
    add_curve_routes(router, api);
    add_history_routes(router, api);
    add_import_routes(router, api);
    add_organiser_text_routes(router, api);
    add_result_routes(router, api);
    add_session_edit_routes(router, api);
    add_session_list_routes(router, api);
    add_session_order_routes(router, api);
    add_session_routes(router, api);
    add_show_text_routes(router, api);
    add_statistics_routes(router, api);
    add_stock_routes(router, api);
    add_webhook_routes(router, api);
}

}  // namespace onsale::backstage
