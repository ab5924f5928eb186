// The HTTP interface of the site: all routes in one table, ready to be served or driven by the
// simulator. The router keeps what its handlers share alive; handlers run on the event loop of
// their request and never block. Nothing is kept after a crash.
#pragma once

#include <memory>
#include <string>

#include "gate/context.h"
#include "http/router.h"

namespace onsale::api {

// Call it before LiveStock and OrderEvents start: the event streams subscribe here.
[[nodiscard]] std::unique_ptr<http::Router> create_router(gate::Context context);

// The OpenAPI document of such a router.
[[nodiscard]] std::string document_of(const http::Router& router, const std::string& version);

}  // namespace onsale::api
