#include "api/internal/call.h"

#include <charconv>
#include <utility>

#include "api/internal/api.h"
#include "telemetry/log.h"

namespace onsale::api {

void Call::send(std::uint16_t status, std::string json) {
    http::Response response;
    response.status = status;
    response.body = std::move(json);
    responder.send(std::move(response));
}

void Call::fail(Code code, const ErrorExtras& extras) {
    auto response = error_response(code, request, extras);
    responder.send(std::move(response));
}

void Call::fail_field(std::string_view field, std::string_view message) {
    fail(Code::invalid_field, field_details(field, message));
}

void Call::fail(const records::StoreError& error) {
    if (error.trouble == records::StoreTrouble::failed) telemetry::log_error("api", error.message);
    fail(code_of(error.trouble));
}

http::Handler public_handler(SharedApi api, CallHandler handler) {
    return [api = std::move(api), handler = std::move(handler)](const http::Request& request,
                                                                http::Responder responder) {
        handler(Call{*api, request, std::move(responder)});
    };
}

http::Handler visitor_handler(SharedApi api, CallHandler handler) {
    return [api = std::move(api), handler = std::move(handler)](const http::Request& request,
                                                                http::Responder responder) {
        const auto login = api->authenticator.visitor(request, responder.home());
        Call call{*api, request, std::move(responder)};
        if (!login) return call.fail(login.error());
        if (*login) call.subject = (*login)->value();
        handler(std::move(call));
    };
}

http::Handler person_handler(SharedApi api, CallHandler handler) {
    return [api = std::move(api), handler = std::move(handler)](const http::Request& request,
                                                                http::Responder responder) {
        const auto login = api->authenticator.person(request, responder.home());
        Call call{*api, request, std::move(responder)};
        if (!login) return call.fail(login.error());
        call.subject = login->value();
        handler(std::move(call));
    };
}

http::Handler staff_handler(SharedApi api, CallHandler handler) {
    return [api = std::move(api), handler = std::move(handler)](const http::Request& request,
                                                                http::Responder responder) {
        const auto login = api->authenticator.staff(request, responder.home());
        Call call{*api, request, std::move(responder)};
        if (!login) return call.fail(login.error());
        call.subject = *login;
        handler(std::move(call));
    };
}

std::optional<std::uint64_t> parse_id(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (value == 0 || value > domain::kIdMax) return std::nullopt;
    return value;
}

std::optional<std::uint64_t> number_query(Call& call, const NumberQuery& query) {
    const auto text = call.request.query_value(query.name);
    if (!text) return query.otherwise;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    const bool whole = error == std::errc{} && end == text->data() + text->size();
    if (whole && value >= query.min && value <= query.max) return value;
    call.fail_field(query.name, "is not a number from " + std::to_string(query.min) + " to " +
                                    std::to_string(query.max));
    return std::nullopt;
}

std::optional<std::uint64_t> limit_query(Call& call) {
    constexpr std::uint64_t kLimitDefault = 20;
    return number_query(call, {"limit", kLimitDefault, 1, orders::kOrdersPerPageMax});
}

}  // namespace onsale::api
