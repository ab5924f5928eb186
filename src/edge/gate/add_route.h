// add_route(): the only way a handler gets an address. Method, pattern and access come from the
// route's row; the wrapper finds out who calls, refuses whom the row does not admit, and only then
// calls the handler. Used at assembly; the wrappers run on the event loop of their request and keep
// nothing after a crash.
#pragma once

#include <cstddef>

#include "gate/call.h"
#include "gate/route_table.h"

namespace onsale::gate {

inline constexpr std::size_t kRouteBodyBytesMax = 16 * 1024;

// tidy: allow parameters: the last one is a limit that few routes change
void add_route(http::Router& router, const SharedApi& api, RouteId id, http::Operation operation,
               CallHandler handler, std::size_t body_bytes_max = kRouteBodyBytesMax);

// Every row has exactly one handler and there are no others; ends the process if not.
void check_routes(const http::Router& router);

}  // namespace onsale::gate
