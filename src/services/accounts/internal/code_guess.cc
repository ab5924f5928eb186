#include "accounts/internal/code_guess.h"

#include "accounts/rules.h"

namespace onsale::accounts {

using enum AccountRefusal;

CodeKey key_of(const Shared& shared, const CodeGuess& guess) {
    return {shared.names.hash(guess.contact), guess.purpose};
}

base::Duration begin_guess(Shared& shared, const CodeGuess& guess) {
    return shared.throttle.begin(lower(guess.contact.text), guess.address, shared.now());
}

void withdraw_guess(Shared& shared, const CodeGuess& guess) {
    shared.throttle.withdrawn(lower(guess.contact.text), guess.address);
}

void guessed_right(Shared& shared, const CodeGuess& guess) {
    shared.throttle.succeeded(lower(guess.contact.text), guess.address);
}

AccountResult<CodeCheck> compare_code(Shared& shared, sql::Connection& connection,
                                      const CodeGuess& guess) {
    const bool known = shared.throttle.knows(lower(guess.contact.text), guess.address);
    ONSALE_TRY_ASSIGN(
        checked, shared.codes.check(connection, key_of(shared, guess), guess.code, shared.now(),
                                    known ? CodeCaller::known_there : CodeCaller::stranger));
    if (checked == CodeCheck::held_back) {
        return base::Unexpected<AccountError>{{too_many_attempts, kCodeFailuresWindow}};
    }
    return checked;
}

AccountResult<void> check_code(Shared& shared, sql::Connection& connection,
                               const CodeGuess& guess) {
    ONSALE_TRY_ASSIGN(checked, compare_code(shared, connection, guess));
    if (checked != CodeCheck::right) return refused(code_wrong);
    return {};
}

}  // namespace onsale::accounts
