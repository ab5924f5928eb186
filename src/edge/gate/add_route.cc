#include "gate/add_route.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"
#include "gate/api.h"
#include "gate/internal/recorder.h"
#include "gate/ownership.h"
#include "telemetry/log.h"

namespace onsale::gate {
using namespace answers;
namespace {

// What a wrapper knows of its route.
struct Gate {
    RouteRow row;
    SharedApi api;
    CallHandler handler;
    std::size_t object_place;  // of the object among the pattern's parameters
};

// True when the staff may go on; else the call is answered.
bool admit_staff(Call& call, const Gate& gate, const StaffIdentity& staff) {
    if (staff.member && staff.member->must_change_password && gate.row.access != Access::staff) {
        call.fail(Code::password_change_required);
        return false;
    }
    if (gate.row.access == Access::admin && !staff.administers()) {
        call.fail(Code::admin_only);
        return false;
    }
    if (staff.administers()) return true;
    const auto refusal = object_refusal(call, gate.row.object, gate.object_place, staff);
    if (refusal) call.fail(*refusal);
    return !refusal;
}

// Finds out who calls and hands the call on. `known` hears who it is before anything is refused on
// the strength of it.
template <class Known>
void pass(const Gate& gate, const http::Request& request, http::Responder responder,
          Known&& known) {
    Authenticator& authenticator = gate.api->authenticator;
    env::Executor& home = responder.home();
    Call call{*gate.api, request, std::move(responder)};
    switch (gate.row.access) {
        case Access::open:
            break;
        case Access::visitor: {
            const auto login = authenticator.visitor(request, home);
            if (!login) return call.fail(login.error());
            if (*login) call.subject = (*login)->subject;
            break;
        }
        case Access::person: {
            const auto login = authenticator.person(request, home);
            if (!login) return call.fail(login.error());
            call.subject = login->subject;
            known(domain::PersonId(call.subject));
            break;
        }
        case Access::staff:
        case Access::operators:
        case Access::admin: {
            const auto login =
                authenticator.staff(request, home, gate.api->context.accounts.staff());
            if (!login) return call.fail(login.error());
            call.subject = login->identity.subject;
            known(domain::PersonId(call.subject));
            if (!admit_staff(call, gate, *login)) return;
            break;
        }
    }
    gate.handler(std::move(call));
}

http::Handler plain_handler(Gate gate) {
    return [gate = std::move(gate)](const http::Request& request, http::Responder responder) {
        pass(gate, request, std::move(responder), [](domain::PersonId) {});
    };
}

http::Handler recorded_handler(Gate gate) {
    return [gate = std::move(gate)](const http::Request& request, http::Responder responder) {
        auto slot = gate.api->context.accounts.operations().reserve();
        if (!slot) return responder.send(error_response(Code::busy, request));
        const auto recorder =
            std::make_shared<Recorder>(gate.row, request, responder.release(), std::move(*slot));
        pass(gate, request, http::Responder(recorder),
             [&](domain::PersonId person) { recorder->acted_by(person); });
    };
}

// The words of the API document.
std::string documented_access(Access access) {
    if (access == Access::open || access == Access::visitor) return "public";
    return access == Access::person ? "person" : "operator";
}

}  // namespace

void add_route(http::Router& router, const SharedApi& api, RouteId id, http::Operation operation,
               CallHandler handler, std::size_t body_bytes_max) {
    const RouteRow& row = row_of(id);
    operation.access = documented_access(row.access);
    Gate gate{row, api, std::move(handler), object_place(row)};
    router.add(
        {row.method, std::string(row.pattern), std::move(operation),
         is_recorded(row) ? recorded_handler(std::move(gate)) : plain_handler(std::move(gate)),
         body_bytes_max});
}

void check_routes(const http::Router& router) {
    for (const auto& row : route_table()) {
        const bool served = std::ranges::any_of(router.routes(), [&](const http::Route& route) {
            return route.method == row.method && route.pattern == row.pattern;
        });
        if (served) continue;
        telemetry::log_error("api", "the route " + std::string(row.name) + " has no handler");
        base::check_failed("a row of routes.def has no handler", __FILE__, __LINE__);
    }
    // Two of the same method and pattern are refused by the router, so the numbers decide.
    ONSALE_CHECK(router.routes().size() == route_table().size());
}

}  // namespace onsale::gate
