// Which code each refusal of the layers below has. No switch has a default.
#include "answers/error.h"
#include "answers/json_text.h"
#include "base/check.h"

namespace onsale::answers {
namespace {

[[noreturn]] Code not_a_refusal() {
    base::check_failed("a success has no error code", __FILE__, __LINE__);
}

void append_field(std::string& out, std::string_view name, std::uint64_t value) {
    out += out.size() > 1 ? "," : "";
    append_text(out, name);
    out += ':';
    append_number(out, value);
}

void append_field(std::string& out, std::string_view name, base::Timestamp value) {
    out += out.size() > 1 ? "," : "";
    append_text(out, name);
    out += ':';
    append_time(out, value);
}

}  // namespace

// tidy: allow function-length: one line for each name
Code code_of(domain::Refusal refusal) {
    using enum domain::Refusal;
    switch (refusal) {
        case none:
            return not_a_refusal();
        case campaign_unknown:
            return Code::campaign_unknown;
        case session_unknown:
            return Code::session_unknown;
        case session_closed:
            return Code::session_closed;
        case not_open_yet:
            return Code::not_open_yet;
        case campaign_ended:
            return Code::campaign_ended;
        case tier_unknown:
            return Code::tier_unknown;
        case tier_repeated:
            return Code::tier_repeated;
        case quantity_invalid:
            return Code::quantity_invalid;
        case over_tickets_per_order:
            return Code::over_tickets_per_order;
        case over_orders_per_person:
            return Code::over_orders_per_person;
        case over_tickets_per_person:
            return Code::over_tickets_per_person;
        case sold_out:
            return Code::sold_out;
        case not_enough_stock:
            return Code::not_enough_stock;
        case key_reused:
            return Code::key_reused;
        case order_unknown:
            return Code::order_unknown;
        case order_not_cancellable:
            return Code::order_not_cancellable;
        case order_not_final:
            return Code::order_not_final;
        case definition_conflict:
            return Code::definition_conflict;
        case definition_invalid:
            return Code::definition_invalid;
        case pool_unknown:
            return Code::pool_unknown;
        case stock_not_free:
            return Code::stock_not_free;
        case session_not_ended:
            return Code::session_not_ended;
        case orders_not_final:
            return Code::orders_not_final;
        case tier_not_on_sale:
            return Code::tier_not_on_sale;
        case session_cancelled:
            return Code::session_cancelled;
        case session_started:
            return Code::session_started;
        case session_not_removable:
            return Code::session_not_removable;
        case order_not_payable:
            return Code::order_not_payable;
        case authorisation_too_small:
            return Code::authorisation_too_small;
        case authorisation_expired:
            return Code::authorisation_expired;
        case payments_exhausted:
            return Code::payments_exhausted;
        case payment_unknown:
            return Code::payment_unknown;
        case payment_final:
            return Code::payment_final;
        case step_not_wanted:
            return Code::step_not_wanted;
        case not_parked:
            return Code::not_parked;
        case refund_not_refused:
            return Code::refund_not_refused;
        case refund_not_allowed:
            return Code::refund_not_allowed;
        case refund_too_late:
            return Code::refund_too_late;
        case refund_nothing_paid:
            return Code::refund_nothing_paid;
        case order_not_refundable:
            return Code::order_not_refundable;
        case refund_unknown:
            return Code::refund_unknown;
        case refund_not_pending:
            return Code::refund_not_pending;
        case refund_same_reviewer:
            return Code::refund_same_reviewer;
        case stray_unknown:
            return Code::stray_unknown;
    }
    return not_a_refusal();
}

Code code_of(shard::AnswerKind kind) {
    using enum shard::AnswerKind;
    switch (kind) {
        case decided:
            return not_a_refusal();
        case busy:
            return Code::busy;
        case storage_full:
            return Code::storage_full;
        case stopping:
            return Code::stopping;
    }
    return not_a_refusal();
}

// tidy: allow function-length: one line for each name
Code code_of(accounts::AccountRefusal refusal) {
    using enum accounts::AccountRefusal;
    switch (refusal) {
        case none:
            return not_a_refusal();
        case import_empty:
        case import_too_long:
            return Code::invalid_field;
        case failed:
            return Code::internal_error;
        case username_invalid:
            return Code::username_invalid;
        case password_invalid:
            return Code::password_invalid;
        case username_taken:
            return Code::username_taken;
        case username_repeated:
            return Code::username_repeated;
        case wrong_credentials:
            return Code::wrong_credentials;
        case busy:
            return Code::busy;
        case storage_full:
            return Code::storage_full;
        case nickname_missing:
            return Code::nickname_missing;
        case nickname_invalid:
            return Code::nickname_invalid;
        case mobile_invalid:
            return Code::mobile_invalid;
        case email_invalid:
            return Code::email_invalid;
        case avatar_invalid:
            return Code::avatar_invalid;
        case mobile_taken:
            return Code::mobile_taken;
        case email_taken:
            return Code::email_taken;
        case code_wrong:
            return Code::code_wrong;
        case code_too_soon:
            return Code::code_too_soon;
        case sender_missing:
            return Code::sender_missing;
        case too_many_attempts:
            return Code::too_many_attempts;
        case account_disabled:
            return Code::account_disabled;
        case staff_only:
            return Code::staff_only;
        case password_wrong:
            return Code::password_wrong;
        case password_unchanged:
            return Code::password_unchanged;
        case token_invalid:
            return Code::token_invalid;
        case login_unknown:
            return Code::login_unknown;
        case login_expired:
            return Code::login_expired;
        case login_revoked:
            return Code::login_revoked;
        case person_unknown:
            return Code::person_unknown;
        case last_admin:
            return Code::last_admin;
        case reason_invalid:
            return Code::reason_invalid;
        case roles_invalid:
            return Code::roles_invalid;
    }
    return not_a_refusal();
}

Code code_of(vault::VaultRefusal refusal) {
    using enum vault::VaultRefusal;
    switch (refusal) {
        case none:
            return not_a_refusal();
        case list_invalid:
        case chunk_empty:
        case chunk_too_long:
            return Code::invalid_field;
        case chunk_missing:
            return Code::chunk_missing;
        case chunk_differs:
            return Code::chunk_differs;
        case list_too_long:
            return Code::list_too_long;
        case code_invalid:
            return Code::code_invalid;
        case code_repeated:
            return Code::code_repeated;
        case list_sealed:
            return Code::list_sealed;
        case list_unknown:
            return Code::list_unknown;
        case busy:
            return Code::busy;
        case storage_full:
            return Code::storage_full;
        case failed:
            return Code::internal_error;
    }
    return not_a_refusal();
}

Code code_of(catalog::ChangeKind kind) {
    using enum catalog::ChangeKind;
    switch (kind) {
        case accepted:
        case unchanged:
        case refused:
            return not_a_refusal();
        case invalid:
            return Code::invalid_field;
        case conflict:
            return Code::definition_conflict;
        case busy:
            return Code::busy;
        case storage_full:
            return Code::storage_full;
        case stopping:
            return Code::stopping;
        case failed:
            return Code::internal_error;
    }
    return not_a_refusal();
}

Code code_of(records::StoreTrouble trouble) {
    using enum records::StoreTrouble;
    switch (trouble) {
        case busy:
            return Code::busy;
        case storage_full:
            return Code::storage_full;
        case failed:
            return Code::internal_error;
    }
    return not_a_refusal();
}

Code code_of(accounts::TokenRefusal refusal) {
    using enum accounts::TokenRefusal;
    switch (refusal) {
        case invalid:
            return Code::token_invalid;
        case expired:
            return Code::token_expired;
        case login_revoked:
            return Code::login_revoked;
        case account_disabled:
            return Code::account_disabled;
    }
    return not_a_refusal();
}

Code code_of(http::Problem problem) {
    using enum http::Problem;
    switch (problem) {
        case no_such_route:
            return Code::route_unknown;
        case method_not_allowed:
            return Code::method_not_allowed;
        case body_too_large:
            return Code::body_too_large;
        case malformed_request:
            return Code::malformed_request;
        case headers_too_large:
            return Code::headers_too_large;
        case overloaded:
            return Code::overloaded;
        case no_answer:
            return Code::internal_error;
    }
    return not_a_refusal();
}

ErrorExtras refusal_details(domain::Refusal refusal, const domain::Explanation& explanation) {
    using enum domain::Refusal;
    ErrorExtras extras;
    auto& out = extras.details_json;
    out = "{";
    const bool about_stock =
        refusal == sold_out || refusal == not_enough_stock || refusal == stock_not_free;
    const bool about_person =
        refusal == over_orders_per_person || refusal == over_tickets_per_person;
    const bool about_orders = refusal == session_not_removable;
    if (explanation.tier != domain::TierId{}) append_field(out, "tier", explanation.tier.value());
    if (about_stock) append_field(out, "free", explanation.free);
    if (about_person || refusal == over_tickets_per_order)
        append_field(out, "limit", explanation.limit);
    if (about_person) append_field(out, "used", explanation.used);
    if (about_orders) append_field(out, "orders", explanation.used);
    if (refusal == not_open_yet || about_orders) append_field(out, "opens_at", explanation.at);
    if (refusal == campaign_ended) append_field(out, "closed_at", explanation.at);
    if (refusal == session_cancelled) append_field(out, "cancelled_at", explanation.at);
    if (refusal == refund_too_late) append_field(out, "until", explanation.at);
    if (refusal == authorisation_expired) append_field(out, "expired_at", explanation.at);
    if (refusal == authorisation_too_small) {
        append_field(out, "amount", explanation.limit);
        append_field(out, "granted", explanation.used);
    }
    if (refusal == payments_exhausted) append_field(out, "limit", explanation.limit);
    if (refusal == session_started) append_field(out, "started_at", explanation.at);
    out += '}';
    return extras;
}

}  // namespace onsale::answers
