// The route table (routes.def) as data: every address of the site with who may call it and whose
// the object in it has to be. It generates RouteId; handlers are attached by add_route() and by
// nothing else, so access stands here and not in the handlers. Constant; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "http/message.h"

namespace onsale::gate {

enum class RouteId : std::uint16_t {
#define ONSALE_ROUTE(id, method, pattern, access, object) id,
#include "gate/routes.def"
#undef ONSALE_ROUTE
};

enum class Access : std::uint8_t { open, visitor, person, staff, operators, admin };
[[nodiscard]] std::string_view to_string(Access access);  // the table's words

enum class Object : std::uint8_t {
    none,
    order,
    ticket,
    organiser,
    show,
    session,
    campaign,
    tier,
    webhook,
    import_run
};
[[nodiscard]] std::string_view to_string(Object object);  // the name of the parameter, too

struct RouteRow {
    RouteId id;
    std::string_view name;
    http::Method method;
    std::string_view pattern;
    Access access;
    Object object;
};
[[nodiscard]] std::span<const RouteRow> route_table();  // in the order of RouteId
[[nodiscard]] const RouteRow& row_of(RouteId id);

// {"routes":[{"id","method","pattern","access","object"}]}
[[nodiscard]] std::string routes_json();

}  // namespace onsale::gate
