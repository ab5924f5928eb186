// Profiles, the part that asks for a password: changing it, setting it again, erasing a person.
#include <utility>

#include "accounts/internal/code_guess.h"
#include "accounts/internal/password_claim.h"
#include "accounts/internal/shared.h"
#include "accounts/profiles.h"
#include "accounts/rules.h"

namespace onsale::accounts {
namespace {

using enum AccountRefusal;

AccountResult<void> erase_person(Shared& shared, sql::Connection& connection,
                                 const Secret& secret) {
    const domain::PersonId person = secret.person;
    ONSALE_TRY_ASSIGN(row, shared.people.find(connection, person));
    if (!row || row->erased) return refused(person_unknown);
    if (row->password_hash != secret.password_hash) return refused(password_wrong);
    if (is_last_admin(shared, person)) return refused(last_admin);
    // The key first: what is left of the records is unreadable from then on, and a process that
    // ends here finishes the rest at its next start.
    ONSALE_TRY(shared.people.keys().destroy(person));
    shared.revocations.disable(person);
    shared.directory.set(person, {});
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY(LoginTable::remove_of(connection, person));
    ONSALE_TRY(shared.people.forget(connection, person, shared.now()));
    ONSALE_TRY(transaction.commit());
    cut_key_log(shared.shared_from_this());
    return {};
}

// A wrong code that was compared with one of somebody's: whose, so that guessing is seen. There are
// no more of them than kCodeFailuresMax allows, so strangers cannot fill the records.
void record_guess(Shared& shared, domain::PersonId person, const PasswordReset& request) {
    auto slot = Operations(shared.shared_from_this()).reserve();
    if (!slot) return;
    Operation operation;
    operation.action = "reset_password";
    operation.object = "person " + std::to_string(person.value());
    operation.result = to_string(code_wrong);
    operation.address = request.address;
    operation.request_id = request.request_id;
    slot->record(std::move(operation));
}

CodeGuess guess_of(const PasswordReset& request) {
    return {request.contact, CodePurpose::reset, request.code, request.address};
}

// What a right code opens; the same answer for a wrong one and for nobody.
AccountResult<Secret> check_reset(Shared& shared, sql::Connection& connection,
                                  const PasswordReset& request) {
    const Contact& contact = request.contact;
    ONSALE_TRY_ASSIGN(checked, compare_code(shared, connection, guess_of(request)));
    ONSALE_TRY_ASSIGN(secret,
                      shared.secret_of(connection, Names::kind_of(contact.kind), contact.text));
    const bool somebody = secret.person != domain::PersonId();
    if (checked == CodeCheck::wrong && somebody) record_guess(shared, secret.person, request);
    if (checked != CodeCheck::right || !somebody) return refused(code_wrong);
    guessed_right(shared, guess_of(request));
    return secret;
}

AccountResult<void> reset(Shared& shared, sql::Connection& connection, const CodeGuess& guess,
                          const Secret& secret, const std::string& hash) {
    // Once more, since two requests may have come with the same code.
    ONSALE_TRY(check_code(shared, connection, guess));
    ONSALE_TRY(CodeTable::use(connection, key_of(shared, guess)));
    const auto replaced = replace_password(shared, connection, secret, hash, LoginId(0));
    // Somebody changed it meanwhile: the code is used up, as it would be by a success.
    if (!replaced && replaced.error().refusal == password_wrong) return refused(code_wrong);
    return replaced;
}

}  // namespace

AccountResult<void> replace_password(Shared& shared, sql::Connection& connection,
                                     const Secret& old_secret, const std::string& new_hash,
                                     LoginId kept) {
    const domain::PersonId person = old_secret.person;
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(changed, shared.people.set_password(connection, person,
                                                          old_secret.password_hash, new_hash));
    if (!changed) return refused(password_wrong);
    ONSALE_TRY_ASSIGN(ended, shared.end_logins(connection, person, kept));
    StaffMember member;
    if (const auto now = shared.directory.find(person)) {
        member = *now;
        member.must_change_password = false;
        ONSALE_TRY(StaffDirectory::write(connection, person, member));
    }
    ONSALE_TRY(transaction.commit());
    shared.told_ended(ended);
    if (member.roles.any()) shared.directory.set(person, std::move(member));
    shared.first_admin.password_changed(person);
    return {};
}

void Profiles::change_password(PasswordChange change, env::Executor& home,
                               AccountReply<void> reply) {
    const Answer<void> answer(home, std::move(reply));
    if (!is_password(change.new_password)) return answer.refuse(password_invalid);
    if (change.new_password == change.old_password) return answer.refuse(password_unchanged);
    with_password<void>(
        shared_, answer, {change.person, change.old_password, change.address},
        [shared = shared_, answer, change](const Secret& secret) {
            shared->hash(answer, change.new_password,
                         [shared, answer, secret, kept = change.login](std::string hash) {
                             shared->ask<void>(answer, [shared, secret, kept,
                                                        hash](sql::Connection& connection) {
                                 return replace_password(*shared, connection, secret, hash, kept);
                             });
                         });
        });
}

void Profiles::reset_password(PasswordReset request, env::Executor& home,
                              AccountReply<void> reply) {
    const Answer<void> answer(home, std::move(reply));
    if (!is_password(request.password)) return answer.refuse(password_invalid);
    const CodeGuess guess = guess_of(request);
    const base::Duration wait = begin_guess(*shared_, guess);
    if (wait > base::Duration()) return answer.refuse({too_many_attempts, wait});
    const bool queued =
        shared_->on_store(answer, [shared = shared_, answer, guess,
                                   request = std::move(request)](sql::Connection& connection) {
            auto secret = check_reset(*shared, connection, request);
            if (!secret) return answer.refuse(secret.error());
            shared->hash(answer, request.password,
                         [shared, answer, guess, secret = *secret](std::string hash) {
                             shared->ask<void>(
                                 answer, [shared, guess, secret, hash](sql::Connection& store) {
                                     return reset(*shared, store, guess, secret, hash);
                                 });
                         });
        });
    if (!queued) withdraw_guess(*shared_, guess);
}

void Profiles::erase(Erasure erasure, env::Executor& home, AccountReply<void> reply) {
    const Answer<void> answer(home, std::move(reply));
    with_password<void>(shared_, answer, {erasure.person, erasure.password, erasure.address},
                        [shared = shared_, answer](const Secret& secret) {
                            shared->ask<void>(answer,
                                              [shared, secret](sql::Connection& connection) {
                                                  return erase_person(*shared, connection, secret);
                                              });
                        });
}

}  // namespace onsale::accounts
