// Why the accounts refused: one exact name per reason, for every operation of this module, and the
// shape in which answers come. Plain values without an owner.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "base/unique_function.h"

namespace onsale::sql {
struct SqlError;
}

namespace onsale::accounts {

enum class AccountRefusal : std::uint8_t {
    none,
    username_invalid,   // not a letter followed by 3 to 15 letters, digits or underscores
    password_invalid,   // not 8 to 20 printable ASCII characters with a letter and a digit among
                        // them
    username_taken,     // of an import: line
    username_repeated,  // of an import: line stands twice in it
    import_empty,
    import_too_long,    // more than kImportLinesMax lines
    wrong_credentials,  // unknown name, wrong password, or a person without one: always the same
                        // answer
    busy,
    storage_full,
    failed,  // message has the reason
    nickname_missing,
    nickname_invalid,  // not 1 to 32 characters without control characters
    mobile_invalid,    // not 1, a digit from 3 to 9, and nine digits
    email_invalid,
    avatar_invalid,  // neither empty, nor /pictures/…, nor https://… of at most 200 characters
    mobile_taken,
    email_taken,
    code_wrong,         // wrong, expired, used, or tried too often: always the same answer
    code_too_soon,      // retry_after
    sender_missing,     // nothing is configured that could send it
    too_many_attempts,  // retry_after
    account_disabled,   // told only to who knows the password
    staff_only,         // right credentials of somebody who is no staff
    password_wrong,     // of the person who is logged in
    token_invalid,      // of a refresh: none that we made
    login_unknown,
    login_expired,
    login_revoked,
    person_unknown,
    last_admin,  // nobody would be left who may administer
    reason_invalid,
    password_unchanged,  // the new one is the present one
    roles_invalid,       // organisers without the role operator, too many, or too many members
};
[[nodiscard]] std::string_view to_string(AccountRefusal refusal);

struct AccountError {
    AccountError(AccountRefusal why) : refusal(why) {}
    AccountError(AccountRefusal why, base::Duration wait) : refusal(why), retry_after(wait) {}
    AccountError(const sql::SqlError& error);  // busy, storage_full or failed

    AccountRefusal refusal;
    std::string message;         // for the log
    base::Duration retry_after;  // of too_many_attempts and code_too_soon
};

template <class T>
using AccountResult = base::Result<T, AccountError>;
template <class T>
using AccountReply = base::UniqueFunction<void(AccountResult<T>)>;

[[nodiscard]] inline base::Unexpected<AccountError> refused(AccountRefusal refusal) {
    return base::Unexpected<AccountError>{refusal};
}

}  // namespace onsale::accounts
