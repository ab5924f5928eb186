// One function per resource of this module: each adds the routes of its file. Called at assembly;
// the handlers run on the event loop of their request. Nothing is kept after a crash.
#pragma once

#include "gate/api.h"

namespace onsale::finance {

void add_bank_routes(http::Router& router, const gate::SharedApi& api);
void add_bill_routes(http::Router& router, const gate::SharedApi& api);
void add_callback_routes(http::Router& router, const gate::SharedApi& api);
void add_heartbeat_routes(http::Router& router, const gate::SharedApi& api);
void add_start_payment_routes(http::Router& router, const gate::SharedApi& api);
void add_ledger_book_routes(http::Router& router, const gate::SharedApi& api);
void add_ledger_payable_routes(http::Router& router, const gate::SharedApi& api);
void add_ledger_run_routes(http::Router& router, const gate::SharedApi& api);
void add_message_routes(http::Router& router, const gate::SharedApi& api);
void add_payment_routes(http::Router& router, const gate::SharedApi& api);
void add_refund_routes(http::Router& router, const gate::SharedApi& api);
void add_staff_payment_routes(http::Router& router, const gate::SharedApi& api);
void add_staff_refund_routes(http::Router& router, const gate::SharedApi& api);
void add_stray_routes(http::Router& router, const gate::SharedApi& api);
void add_staff_bank_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::finance
