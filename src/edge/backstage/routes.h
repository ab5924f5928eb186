// The addresses of those who sell: sessions, texts, banners, stock, code lists, imports,
// statistics, exports, webhooks. Called at assembly; handlers run on the event loop of their
// request and never block. Nothing is kept after a crash.
#pragma once

#include "gate/call.h"

namespace onsale::backstage {

void add_routes(http::Router& router, const gate::SharedApi& api);

}  // namespace onsale::backstage
