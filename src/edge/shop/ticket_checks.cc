// /api/v1/tickets/keys and /api/v1/tickets/check: what doors need. No person is named here, and no
// login is looked at but for a new key.
#include <utility>

#include "answers/json_text.h"
#include "gate/api.h"
#include "shop/internal/resources.h"
#include "shop/ticket_json.h"
#include "tickets/limits.h"
#include "tickets/ticket_desk.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

constexpr std::int64_t kSecondMs = 1000;

struct CodeBody {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeBody, (), (code))
struct RotationBody {
    std::optional<std::uint64_t> starts_in_seconds;
};
BOOST_DESCRIBE_STRUCT(RotationBody, (), (starts_in_seconds))
struct RotatedBody {
    std::string key;
    std::string from;
};
BOOST_DESCRIBE_STRUCT(RotatedBody, (), (key, from))

void keys(Call call) {
    const auto now = call.api.context.ticket_desk.keys().current();
    call.send(200, http::to_json(ticket_keys_body(now->ring)));
}

void check(Call call) {
    auto body = http::parse_body<CodeBody>(call.request.body);
    if (!body) return call.fail(body.error());
    auto& desk = call.api.context.ticket_desk;
    const auto wait = desk.may_check(call.request.peer);
    if (wait > base::Duration{}) {
        ErrorExtras extras;
        extras.retry_after_seconds =
            static_cast<std::uint32_t>((wait.count_ms() + kSecondMs - 1) / kSecondMs);
        return call.fail(Code::too_many_attempts, extras);
    }
    env::Executor& home = call.home();
    desk.check(std::move(body->code), home,
               [call = std::move(call)](const tickets::TicketDesk::Checked& checked) mutable {
                   if (!checked) return call.fail(checked.error());
                   call.send(200, http::to_json(ticket_check_body(*checked)));
               });
}

void rotate(Call call) {
    const auto body = http::parse_body<RotationBody>(call.request.body);
    if (!body) return call.fail(body.error());
    constexpr auto kMin = static_cast<std::uint64_t>(tickets::kKeyLeadMin.count_ms() / kSecondMs);
    constexpr auto kMax = static_cast<std::uint64_t>(tickets::kKeyLeadMax.count_ms() / kSecondMs);
    const std::uint64_t seconds = body->starts_in_seconds.value_or(kMin);
    if (seconds < kMin || seconds > kMax) {
        return call.fail_field("starts_in_seconds", "is not a number from " + std::to_string(kMin) +
                                                        " to " + std::to_string(kMax));
    }
    auto& all = call.api.context.ticket_desk.keys();
    env::Executor& home = call.home();
    all.rotate(base::Duration::seconds(static_cast<std::int64_t>(seconds)), home,
               [call = std::move(call)](const tickets::TicketKeys::Rotated& rotated) mutable {
                   if (!rotated) return call.fail(rotated.error());
                   if (rotated->too_many) return call.fail(Code::too_many_ticket_keys);
                   const RotatedBody made{tickets::to_string(rotated->key),
                                          base::to_rfc3339(rotated->from)};
                   call.send(201, http::to_json(made));
               });
}

http::Operation operation_of(std::string id, std::string summary, std::vector<std::string> errors) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "tickets";
    operation.summary = std::move(summary);
    operation.errors = std::move(errors);
    return operation;
}

}  // namespace

void add_ticket_check_routes(http::Router& router, const SharedApi& api) {
    auto keys_operation =
        operation_of("getTicketKeys", "The public keys of signed tickets, old ones included", {});
    keys_operation.description =
        "Fetch them before the doors open: with them a signed code is checked without a network.";
    keys_operation.response_schema_json = http::schema_of<TicketKeysBody>();
    add_route(router, api, RouteId::get_ticket_keys, std::move(keys_operation), keys);

    auto check_operation = operation_of("checkTicket", "What a signed code is worth",
                                        {"invalid_field", "too_many_attempts", "busy"});
    check_operation.description =
        "Looks at the signature and at what became of the order. Nobody is named, and nothing is "
        "marked as used.";
    check_operation.request_schema_json = http::schema_of<CodeBody>();
    check_operation.response_schema_json = http::schema_of<TicketCheckBody>();
    add_route(router, api, RouteId::check_ticket, std::move(check_operation), check);

    auto rotate_operation =
        operation_of("rotateTicketKeys", "A new key for tickets, published at once",
                     {"staff_only", "admin_only", "invalid_field", "too_many_ticket_keys", "busy"});
    rotate_operation.description =
        "It signs the tickets of orders placed from `starts_in_seconds` (60 when absent) from now "
        "on; older tickets stay as they are.";
    rotate_operation.request_schema_json = http::schema_of<RotationBody>();
    rotate_operation.success_status = 201;
    rotate_operation.response_schema_json = http::schema_of<RotatedBody>();
    add_route(router, api, RouteId::rotate_ticket_keys, std::move(rotate_operation), rotate);
}

}  // namespace onsale::shop
