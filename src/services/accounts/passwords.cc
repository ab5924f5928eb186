// Profiles, the part that asks for a password: changing it, setting it again, erasing a person.
#include <utility>

#include "accounts/internal/shared.h"
#include "accounts/profiles.h"
#include "accounts/rules.h"

namespace onsale::accounts {
namespace {

using enum AccountRefusal;

// Who asks to be let on by their present password. Guesses are held back as those of a login.
struct Claim {
    domain::PersonId person;
    std::string password;
    std::string address;
};

std::string throttled_name(domain::PersonId person) {
    return "#" + std::to_string(person.value());
}

// Calls `go_on` on the desk's executor when the password is right; answers otherwise.
template <class T>
void with_password(const std::shared_ptr<Shared>& shared, const Answer<T>& answer, Claim claim,
                   base::UniqueFunction<void(const Secret&)> go_on) {
    const std::string name = throttled_name(claim.person);
    const base::Duration wait = shared->throttle.begin(name, claim.address, shared->now());
    if (wait > base::Duration()) return answer.refuse({too_many_attempts, wait});
    const auto not_compared = [shared, answer, name, address = claim.address](AccountError error) {
        shared->throttle.withdrawn(name, address);
        answer.refuse(std::move(error));
    };
    const std::string address = claim.address;
    const bool queued =
        shared->on_store(answer, [shared, answer, name, not_compared, claim = std::move(claim),
                                  go_on = std::move(go_on)](sql::Connection& connection) mutable {
            const auto row = shared->people.find(connection, claim.person);
            if (!row) return not_compared(row.error());
            if (!*row || (*row)->erased) return not_compared(person_unknown);
            const Secret secret{claim.person, (*row)->password_hash, (*row)->disabled};
            auto settle = [shared, answer, name, secret, address = claim.address,
                           go_on = std::move(go_on)](bool right) mutable {
                if (!right) return answer.refuse(password_wrong);
                shared->throttle.succeeded(name, address);
                go_on(secret);
            };
            if (!shared->compare(secret, claim.password, std::move(settle))) not_compared(busy);
        });
    if (!queued) shared->throttle.withdrawn(name, address);
}

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
    return {};
}

struct ResetClaim {
    CodeKey key;
    std::string code;
};

// What a right code opens; the same answer for a wrong one and for nobody.
AccountResult<Secret> check_reset(Shared& shared, sql::Connection& connection,
                                  const ResetClaim& claim, const Contact& contact) {
    ONSALE_TRY_ASSIGN(checked, shared.codes.check(connection, claim.key, claim.code, shared.now()));
    ONSALE_TRY_ASSIGN(secret,
                      shared.secret_of(connection, Names::kind_of(contact.kind), contact.text));
    if (checked == CodeCheck::wrong || secret.person == domain::PersonId()) {
        return refused(code_wrong);
    }
    return secret;
}

AccountResult<void> reset(Shared& shared, sql::Connection& connection, const ResetClaim& claim,
                          const Secret& secret, const std::string& hash) {
    // Once more, since two requests may have come with the same code.
    ONSALE_TRY_ASSIGN(checked, shared.codes.check(connection, claim.key, claim.code, shared.now()));
    if (checked == CodeCheck::wrong) return refused(code_wrong);
    ONSALE_TRY(CodeTable::use(connection, claim.key));
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
    return {};
}

void Profiles::change_password(PasswordChange change, env::Executor& home,
                               AccountReply<void> reply) {
    const Answer<void> answer(home, std::move(reply));
    if (!is_password(change.new_password)) return answer.refuse(password_invalid);
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
    const ResetClaim claim{{shared_->names.hash(request.contact), CodePurpose::reset},
                           request.code};
    shared_->on_store(answer, [shared = shared_, answer, claim,
                               request = std::move(request)](sql::Connection& connection) {
        auto secret = check_reset(*shared, connection, claim, request.contact);
        if (!secret) return answer.refuse(secret.error());
        shared->hash(
            answer, request.password, [shared, answer, claim, secret = *secret](std::string hash) {
                shared->ask<void>(answer, [shared, claim, secret, hash](sql::Connection& store) {
                    return reset(*shared, store, claim, secret, hash);
                });
            });
    });
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
