#include "api/router.h"

#include "answers/error.h"
#include "api/internal/resources.h"
#include "backstage/routes.h"
#include "finance/routes.h"
#include "gate/api.h"
#include "people/routes.h"
#include "shop/routes.h"

namespace onsale::api {
using namespace answers;
using namespace gate;

std::unique_ptr<http::Router> create_router(Context context) {
    const auto api = std::make_shared<Api>(std::move(context));
    auto router = std::make_unique<http::Router>(problem_response);
    shop::add_routes(*router, api);
    people::add_routes(*router, api);
    backstage::add_routes(*router, api);
    finance::add_routes(*router, api);
    add_site_routes(*router, api);
    add_system_routes(*router, api);
    check_routes(*router);
    return router;
}

std::string document_of(const http::Router& router, const std::string& version) {
    http::DocumentInfo info;
    info.title = "Onsale";
    info.version = version;
    info.description =
        "Ticketing for the on-sale. Every answer other than 2xx is an Error; its codes are listed "
        "at /api/v1/errors.";
    info.error_schema_json = envelope_schema_json();
    return openapi_document(router, info);
}

}  // namespace onsale::api
