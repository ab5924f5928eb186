#include "api/router.h"

#include "api/error.h"
#include "api/internal/api.h"

namespace onsale::api {

Api::Api(Context c)
    : context(std::move(c)),
      authenticator(context.master, context.clock, &context.accounts.revocations()),
      issuers([this] {
          return std::make_unique<TokenIssuers>(context.master);
      }),
      receipts([this] { return std::make_unique<ReceiptSigner>(context.master); }),
      pages(context.clock, context.options.page_lifetime),
      shelves([this] { return std::make_unique<PageShelf>(pages); }),
      hub(context),
      metrics(context.metrics) {}

const std::string& Api::document() {
    std::call_once(document_made_,
                   [this] { document_ = document_of(*router, context.options.version); });
    return document_;
}

std::unique_ptr<http::Router> create_router(Context context) {
    const auto api = std::make_shared<Api>(std::move(context));
    auto router = std::make_unique<http::Router>(problem_response);
    add_act_routes(*router, api);
    add_admin_people_routes(*router, api);
    add_banner_routes(*router, api);
    add_campaign_routes(*router, api);
    add_code_list_routes(*router, api);
    add_curve_routes(*router, api);
    add_event_routes(*router, api);
    add_export_routes(*router, api);
    add_login_routes(*router, api);
    add_me_routes(*router, api);
    add_operation_routes(*router, api);
    add_home_routes(*router, api);
    add_import_routes(*router, api);
    add_order_routes(*router, api);
    add_organiser_routes(*router, api);
    add_people_routes(*router, api);
    add_picture_routes(*router, api);
    add_result_routes(*router, api);
    add_session_order_routes(*router, api);
    add_session_routes(*router, api);
    add_site_routes(*router, api);
    add_staff_routes(*router, api);
    add_session_edit_routes(*router, api);
    add_session_list_routes(*router, api);
    add_show_routes(*router, api);
    add_statistics_routes(*router, api);
    add_stock_routes(*router, api);
    add_system_routes(*router, api);
    add_ticket_routes(*router, api);
    add_webhook_routes(*router, api);
    check_routes(*router);
    api->router = router.get();
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
