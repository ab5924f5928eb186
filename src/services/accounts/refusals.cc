#include "accounts/refusals.h"

#include "records/store.h"

namespace onsale::accounts {
namespace {

AccountRefusal refusal_of(records::StoreTrouble trouble) {
    switch (trouble) {
        case records::StoreTrouble::busy:
            return AccountRefusal::busy;
        case records::StoreTrouble::storage_full:
            return AccountRefusal::storage_full;
        case records::StoreTrouble::failed:
            break;
    }
    return AccountRefusal::failed;
}

}  // namespace

AccountError::AccountError(const sql::SqlError& error)
    : refusal(refusal_of(records::to_store_error(error).trouble)), message(error.message) {}

// tidy: allow function-length: one line for each name
std::string_view to_string(AccountRefusal refusal) {
    switch (refusal) {
        case AccountRefusal::none:
            return "none";
        case AccountRefusal::username_invalid:
            return "username_invalid";
        case AccountRefusal::password_invalid:
            return "password_invalid";
        case AccountRefusal::username_taken:
            return "username_taken";
        case AccountRefusal::username_repeated:
            return "username_repeated";
        case AccountRefusal::import_empty:
            return "import_empty";
        case AccountRefusal::import_too_long:
            return "import_too_long";
        case AccountRefusal::wrong_credentials:
            return "wrong_credentials";
        case AccountRefusal::busy:
            return "busy";
        case AccountRefusal::storage_full:
            return "storage_full";
        case AccountRefusal::failed:
            return "failed";
        case AccountRefusal::nickname_missing:
            return "nickname_missing";
        case AccountRefusal::nickname_invalid:
            return "nickname_invalid";
        case AccountRefusal::mobile_invalid:
            return "mobile_invalid";
        case AccountRefusal::email_invalid:
            return "email_invalid";
        case AccountRefusal::avatar_invalid:
            return "avatar_invalid";
        case AccountRefusal::mobile_taken:
            return "mobile_taken";
        case AccountRefusal::email_taken:
            return "email_taken";
        case AccountRefusal::code_wrong:
            return "code_wrong";
        case AccountRefusal::code_too_soon:
            return "code_too_soon";
        case AccountRefusal::sender_missing:
            return "sender_missing";
        case AccountRefusal::too_many_attempts:
            return "too_many_attempts";
        case AccountRefusal::account_disabled:
            return "account_disabled";
        case AccountRefusal::staff_only:
            return "staff_only";
        case AccountRefusal::password_wrong:
            return "password_wrong";
        case AccountRefusal::password_unchanged:
            return "password_unchanged";
        case AccountRefusal::token_invalid:
            return "token_invalid";
        case AccountRefusal::login_unknown:
            return "login_unknown";
        case AccountRefusal::login_expired:
            return "login_expired";
        case AccountRefusal::login_revoked:
            return "login_revoked";
        case AccountRefusal::person_unknown:
            return "person_unknown";
        case AccountRefusal::last_admin:
            return "last_admin";
        case AccountRefusal::reason_invalid:
            return "reason_invalid";
        case AccountRefusal::roles_invalid:
            return "roles_invalid";
    }
    return "unknown";
}

}  // namespace onsale::accounts
