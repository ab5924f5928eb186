// Api: what the handlers of all resources share. Owned by the router's handlers together. Used from
// every event loop: its members are thread-safe or per loop. Nothing is kept after a crash.
#pragma once

#include <memory>

#include "accounts/tokens.h"
#include "answers/receipt.h"
#include "gate/add_route.h"
#include "gate/answer_metrics.h"
#include "gate/authenticate.h"
#include "gate/call.h"
#include "gate/context.h"
#include "gate/page_cache.h"
#include "gate/per_loop.h"

namespace onsale::gate {

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
    PerLoop<answers::ReceiptSigner> receipts;
    PageCache pages;
    PerLoop<PageShelf> shelves;
    AnswerMetrics metrics;
};

}  // namespace onsale::gate
