#include "people/routes.h"

#include "people/internal/resources.h"

namespace onsale::people {

void add_routes(http::Router& router, const gate::SharedApi& api) {
    add_admin_people_routes(router, api);
    add_export_routes(router, api);
    add_login_routes(router, api);
    add_me_routes(router, api);
    add_operation_routes(router, api);
    add_people_routes(router, api);
    add_staff_routes(router, api);
}

}  // namespace onsale::people
