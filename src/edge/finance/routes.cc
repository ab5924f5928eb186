#include "finance/routes.h"

#include "finance/internal/resources.h"

namespace onsale::finance {

void add_routes(http::Router& router, const gate::SharedApi& api) {
    add_bank_routes(router, api);
    add_bill_routes(router, api);
    add_callback_routes(router, api);
    add_heartbeat_routes(router, api);
    add_ledger_book_routes(router, api);
    add_ledger_payable_routes(router, api);
    add_ledger_run_routes(router, api);
    add_message_routes(router, api);
    add_payment_routes(router, api);
    add_refund_routes(router, api);
    add_staff_bank_routes(router, api);
    add_staff_payment_routes(router, api);
    add_staff_refund_routes(router, api);
    add_start_payment_routes(router, api);
    add_stray_routes(router, api);
}

}  // namespace onsale::finance
