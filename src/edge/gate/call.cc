#include "gate/call.h"

#include <charconv>
#include <utility>

#include "gate/api.h"
#include "telemetry/log.h"

namespace onsale::gate {
using namespace answers;
namespace {

// The field of the body that a refusal is about, for a form to show it there; empty: none.
std::string_view field_of(accounts::AccountRefusal refusal) {
    using enum accounts::AccountRefusal;
    if (refusal == username_invalid || refusal == username_taken) return "username";
    if (refusal == password_invalid) return "password";
    if (refusal == nickname_missing || refusal == nickname_invalid) return "nickname";
    if (refusal == mobile_invalid || refusal == mobile_taken) return "mobile";
    if (refusal == email_invalid || refusal == email_taken) return "email";
    if (refusal == avatar_invalid) return "avatar";
    if (refusal == code_wrong) return "code";
    if (refusal == reason_invalid) return "reason";
    if (refusal == roles_invalid) return "roles";
    return {};
}

}  // namespace

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

void Call::fail(const accounts::AccountError& error) {
    if (error.refusal == accounts::AccountRefusal::failed)
        telemetry::log_error("api", error.message);
    ErrorExtras extras;
    const auto field = field_of(error.refusal);
    if (!field.empty()) extras = field_details(field, to_string(error.refusal));
    const auto wait_ms = error.retry_after.count_ms();
    constexpr std::int64_t kSecondMs = 1000;
    extras.retry_after_seconds = static_cast<std::uint32_t>((wait_ms + kSecondMs - 1) / kSecondMs);
    fail(code_of(error.refusal), extras);
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

accounts::LoginId current_login(const Call& call, accounts::Audience audience) {
    auto& authenticator = call.api.authenticator;
    if (audience == accounts::Audience::staff) {
        const auto staff =
            authenticator.staff(call.request, call.home(), call.api.context.accounts.staff());
        return staff ? staff->identity.login : accounts::LoginId{};
    }
    const auto person = authenticator.person(call.request, call.home());
    return person ? person->login : accounts::LoginId{};
}

}  // namespace onsale::gate
