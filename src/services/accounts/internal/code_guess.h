// CodeGuess: a code that somebody gives for a contact. Guesses are held back by contact and address
// as those of a password are, and counted for the contact over a day (limits.h). Values; what takes
// a connection belongs to the records store's executor.
#pragma once

#include <string>

#include "accounts/codes.h"
#include "accounts/internal/code_table.h"
#include "accounts/internal/shared.h"

namespace onsale::accounts {

struct CodeGuess {
    Contact contact;
    CodePurpose purpose = CodePurpose::registration;
    std::string code;
    std::string address;  // of who asks
};

[[nodiscard]] CodeKey key_of(const Shared& shared, const CodeGuess& guess);

// From any thread. Counts a failure until it turns out well; returns how long to wait, 0: go on.
[[nodiscard]] base::Duration begin_guess(Shared& shared, const CodeGuess& guess);
void withdraw_guess(Shared& shared, const CodeGuess& guess);  // nothing was compared
void guessed_right(Shared& shared, const CodeGuess& guess);

// right, wrong or none_sent; too_many_attempts. Outside a transaction: a wrong try counts, whatever
// becomes of the rest.
AccountResult<CodeCheck> compare_code(Shared& shared, sql::Connection& connection,
                                      const CodeGuess& guess);
// The same as an answer: code_wrong for everything that is not right.
AccountResult<void> check_code(Shared& shared, sql::Connection& connection, const CodeGuess& guess);

}  // namespace onsale::accounts
