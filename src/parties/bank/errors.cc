#include "bank/errors.h"

#include <array>
#include <cstddef>

#include "bank/messages.h"
#include "http/described.h"

namespace onsale::bank {
namespace {

struct Entry {
    std::string_view name;
    std::uint16_t status;
    std::string_view message_en;
    std::string_view message_zh;
    std::string_view remedy_en;
    std::string_view remedy_zh;
};

constexpr Entry kCatalogue[] = {
#define ONSALE_BANK_ERROR(code, status, message_en, message_zh, remedy_en, remedy_zh) \
    {#code, status, message_en, message_zh, remedy_en, remedy_zh},
#include "bank/errors.def"
#undef ONSALE_BANK_ERROR
};

const Entry& entry_of(Code code) {
    return kCatalogue[static_cast<std::size_t>(code)];
}

struct Wanted {
    std::string_view request_id;
    std::string_view field;
    bool chinese = false;
};

http::Response respond(Code code, const Wanted& wanted) {
    const Entry& entry = entry_of(code);
    ErrorBody body;
    body.code = entry.name;
    body.message = wanted.chinese ? entry.message_zh : entry.message_en;
    body.remedy = wanted.chinese ? entry.remedy_zh : entry.remedy_en;
    body.request_id = wanted.request_id;
    if (!wanted.field.empty()) body.field = wanted.field;
    http::Response response;
    response.status = entry.status;
    response.body = http::to_json(body);
    if (entry.status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
    if (entry.status == 503) response.headers.push_back({"Retry-After", "1"});
    return response;
}

Code code_of(http::Problem problem) {
    switch (problem) {
        case http::Problem::no_such_route:
            return Code::route_unknown;
        case http::Problem::method_not_allowed:
            return Code::method_not_allowed;
        case http::Problem::body_too_large:
            return Code::body_too_large;
        case http::Problem::malformed_request:
            return Code::malformed_request;
        case http::Problem::headers_too_large:
            return Code::headers_too_large;
        case http::Problem::overloaded:
            return Code::busy;
        case http::Problem::no_answer:
            return Code::internal_error;
    }
    return Code::internal_error;
}

}  // namespace

std::string_view to_string(Code code) {
    return entry_of(code).name;
}

Code code_of(books::Refusal refusal) {
    switch (refusal) {
        case books::Refusal::unknown:
            return Code::not_found;
        case books::Refusal::name_taken:
            return Code::name_taken;
        case books::Refusal::insufficient:
            return Code::insufficient_funds;
        case books::Refusal::balance_left:
            return Code::balance_left;
        case books::Refusal::not_open:
            return Code::not_open;
        case books::Refusal::expired:
            return Code::expired;
        case books::Refusal::too_many:
            return Code::too_many;
        case books::Refusal::key_reused:
            return Code::key_reused;
        case books::Refusal::disabled:
            return Code::account_disabled;
    }
    return Code::internal_error;
}

http::Response error_response(Code code, const http::Request& request, std::string_view field) {
    Wanted wanted{.request_id = request.request_id, .field = field};
    wanted.chinese = request.header("Accept-Language").starts_with("zh");
    return respond(code, wanted);
}

http::Response problem_response(http::Problem problem, const std::string& request_id,
                                const std::vector<std::string>& allowed_methods) {
    http::Response response = respond(code_of(problem), {.request_id = request_id});
    if (!allowed_methods.empty()) {
        std::string allow;
        for (const auto& method : allowed_methods) {
            if (!allow.empty()) allow += ", ";
            allow += method;
        }
        response.headers.push_back({"Allow", allow});
    }
    return response;
}

}  // namespace onsale::bank
