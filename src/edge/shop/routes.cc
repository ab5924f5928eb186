#include "shop/routes.h"

#include "shop/internal/resources.h"

namespace onsale::shop {

void add_routes(http::Router& router, const gate::SharedApi& api) {
    add_act_routes(router, api);
    add_campaign_routes(router, api);
    add_event_routes(router, api);
    add_explain_routes(router, api);
    add_home_routes(router, api);
    add_order_routes(router, api);
    add_organiser_routes(router, api);
    add_picture_routes(router, api);
    add_show_routes(router, api);
    add_ticket_check_routes(router, api);
    add_ticket_file_routes(router, api);
    add_ticket_routes(router, api);
}

}  // namespace onsale::shop
