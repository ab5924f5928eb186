// Api: what the handlers share, and the functions that add the routes of each resource. Owned by
// the router's handlers together. Used from every event loop: its members are thread-safe or per
// loop. Nothing is kept after a crash.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "accounts/tokens.h"
#include "api/authenticate.h"
#include "api/context.h"
#include "api/internal/add_route.h"
#include "api/internal/answer_metrics.h"
#include "api/internal/call.h"
#include "api/internal/event_hub.h"
#include "api/internal/page_cache.h"
#include "api/per_loop.h"
#include "api/receipt.h"

namespace onsale::api {

struct TokenIssuers {
    explicit TokenIssuers(const crypto::Key& master)
        : person(master, accounts::Audience::person), staff(master, accounts::Audience::staff) {}
    accounts::TokenIssuer person;
    accounts::TokenIssuer staff;
};

struct Api {
    explicit Api(Context context);

    const Context context;
    Authenticator authenticator;
    PerLoop<TokenIssuers> issuers;
    PerLoop<ReceiptSigner> receipts;
    PageCache pages;
    PerLoop<PageShelf> shelves;
    EventHub hub;
    AnswerMetrics metrics;

    // /openapi.json, made when it is first asked for: a site that is only simulated never is.
    [[nodiscard]] const std::string& document();
    const http::Router* router = nullptr;  // which owns us; set once, before it is used

  private:
    std::once_flag document_made_;
    std::string document_;
};

void add_act_routes(http::Router& router, const SharedApi& api);
void add_admin_people_routes(http::Router& router, const SharedApi& api);
void add_banner_routes(http::Router& router, const SharedApi& api);
void add_campaign_routes(http::Router& router, const SharedApi& api);
void add_code_list_routes(http::Router& router, const SharedApi& api);
void add_curve_routes(http::Router& router, const SharedApi& api);
void add_event_routes(http::Router& router, const SharedApi& api);
void add_export_routes(http::Router& router, const SharedApi& api);
void add_login_routes(http::Router& router, const SharedApi& api);
void add_me_routes(http::Router& router, const SharedApi& api);
void add_operation_routes(http::Router& router, const SharedApi& api);
void add_home_routes(http::Router& router, const SharedApi& api);
void add_import_routes(http::Router& router, const SharedApi& api);
void add_order_routes(http::Router& router, const SharedApi& api);
void add_organiser_routes(http::Router& router, const SharedApi& api);
void add_people_routes(http::Router& router, const SharedApi& api);
void add_picture_routes(http::Router& router, const SharedApi& api);
void add_result_routes(http::Router& router, const SharedApi& api);
void add_session_order_routes(http::Router& router, const SharedApi& api);
void add_session_routes(http::Router& router, const SharedApi& api);
void add_site_routes(http::Router& router, const SharedApi& api);
void add_staff_routes(http::Router& router, const SharedApi& api);
void add_session_edit_routes(http::Router& router, const SharedApi& api);
void add_session_list_routes(http::Router& router, const SharedApi& api);
void add_show_routes(http::Router& router, const SharedApi& api);
void add_statistics_routes(http::Router& router, const SharedApi& api);
void add_stock_routes(http::Router& router, const SharedApi& api);
void add_system_routes(http::Router& router, const SharedApi& api);
void add_ticket_routes(http::Router& router, const SharedApi& api);
void add_webhook_routes(http::Router& router, const SharedApi& api);

}  // namespace onsale::api
