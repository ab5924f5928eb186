#include "accounts/people.h"

#include <algorithm>
#include <utility>

#include <boost/unordered/unordered_flat_set.hpp>

#include "accounts/internal/code_guess.h"
#include "accounts/internal/shared.h"
#include "accounts/rules.h"

namespace onsale::accounts {
namespace {

using enum AccountRefusal;

// The first rule that a registration breaks; `none`: it breaks none.
AccountRefusal check_fields(const Registration& registration) {
    if (!is_username(registration.username)) return username_invalid;
    if (!is_password(registration.password)) return password_invalid;
    const AccountRefusal nickname = check_nickname(registration.nickname);
    if (nickname != none) return nickname;
    if (registration.mobile && !is_mobile(registration.mobile->text)) return mobile_invalid;
    if (registration.email && !is_email(registration.email->text)) return email_invalid;
    return none;
}

std::vector<CodeGuess> guesses_of(const Registration& registration) {
    std::vector<CodeGuess> guesses;
    const auto add = [&](ContactKind kind, const std::optional<ProvenContact>& contact) {
        if (!contact) return;
        guesses.push_back({{kind, contact->text},
                           CodePurpose::registration,
                           contact->code,
                           registration.address});
    };
    add(ContactKind::mobile, registration.mobile);
    add(ContactKind::email, registration.email);
    return guesses;
}

// Counts a guess of each code; how long to wait, if they are too many.
base::Duration begin_guesses(Shared& shared, const std::vector<CodeGuess>& guesses) {
    for (std::size_t i = 0; i < guesses.size(); ++i) {
        const base::Duration wait = begin_guess(shared, guesses[i]);
        if (wait == base::Duration()) continue;
        for (std::size_t begun = 0; begun < i; ++begun) withdraw_guess(shared, guesses[begun]);
        return wait;
    }
    return {};
}

AccountResult<bool> is_taken(Shared& shared, sql::Connection& connection, NameKind kind,
                             std::string_view name) {
    ONSALE_TRY_ASSIGN(found, shared.people.find(connection, kind, name));
    return found.has_value();
}

AccountResult<void> check_names(Shared& shared, sql::Connection& connection,
                                const Registration& registration) {
    ONSALE_TRY_ASSIGN(username,
                      is_taken(shared, connection, NameKind::username, registration.username));
    if (username) return refused(username_taken);
    for (const CodeGuess& guess : guesses_of(registration)) {
        const NameKind kind = Names::kind_of(guess.contact.kind);
        ONSALE_TRY_ASSIGN(taken, is_taken(shared, connection, kind, guess.contact.text));
        if (taken) return refused(kind == NameKind::mobile ? mobile_taken : email_taken);
    }
    return {};
}

// Before the names are looked at, since whether a contact is somebody's is told only to who can
// read its messages; and before the password is hashed, since a hash costs more.
AccountResult<void> check_codes(Shared& shared, sql::Connection& connection,
                                const std::vector<CodeGuess>& guesses) {
    for (const CodeGuess& guess : guesses) ONSALE_TRY(check_code(shared, connection, guess));
    return {};
}

AccountResult<domain::PersonId> insert(Shared& shared, sql::Connection& connection,
                                       const Registration& registration, std::string hash) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    const auto guesses = guesses_of(registration);
    ONSALE_TRY(check_codes(shared, connection, guesses));
    ONSALE_TRY(check_names(shared, connection, registration));
    for (const CodeGuess& guess : guesses) {
        ONSALE_TRY(CodeTable::use(connection, key_of(shared, guess)));
    }
    NewPerson person;
    person.data.username = registration.username;
    person.data.nickname = registration.nickname;
    if (registration.mobile) person.data.mobile = registration.mobile->text;
    if (registration.email) person.data.email = registration.email->text;
    person.data.language = registration.language;
    person.password_hash = std::move(hash);
    ONSALE_TRY_ASSIGN(number, shared.people.insert(connection, {person}, shared.now()));
    ONSALE_TRY(transaction.commit());
    return number;
}

}  // namespace

void People::register_person(Registration registration, env::Executor& home,
                             AccountReply<domain::PersonId> reply) {
    const Answer<domain::PersonId> answer(home, std::move(reply));
    const AccountRefusal broken = check_fields(registration);
    if (broken != none) return answer.refuse(broken);
    const base::Duration pause =
        shared_->throttle.ask_registration(registration.address, shared_->now());
    if (pause > base::Duration()) return answer.refuse({too_many_attempts, pause});
    const auto guesses = guesses_of(registration);
    const base::Duration wait = begin_guesses(*shared_, guesses);
    if (wait > base::Duration()) return answer.refuse({too_many_attempts, wait});
    auto wanted = std::make_shared<const Registration>(std::move(registration));
    const bool queued = shared_->on_store(
        answer, [shared = shared_, answer, wanted, guesses](sql::Connection& connection) {
            auto checked = check_codes(*shared, connection, guesses);
            if (!checked) return answer.refuse(checked.error());
            for (const CodeGuess& guess : guesses) guessed_right(*shared, guess);
            checked = check_names(*shared, connection, *wanted);
            if (!checked) return answer.refuse(checked.error());
            shared->hash(answer, wanted->password, [shared, answer, wanted](std::string hash) {
                shared->ask<domain::PersonId>(
                    answer, [shared, wanted, hash = std::move(hash)](sql::Connection& store) {
                        return insert(*shared, store, *wanted, hash);
                    });
            });
        });
    if (queued) return;
    for (const CodeGuess& guess : guesses) withdraw_guess(*shared_, guess);
}

void People::is_free(NameQuestion question, env::Executor& home, AccountReply<bool> reply) {
    const Answer<bool> answer(home, std::move(reply));
    const base::Duration wait = shared_->throttle.ask_name(question.address, shared_->now());
    if (wait > base::Duration()) return answer.refuse({too_many_attempts, wait});
    switch (question.kind) {
        case NameKind::username:
            if (!is_username(question.text)) return answer.refuse(username_invalid);
            break;
        case NameKind::mobile:
            if (!is_mobile(question.text)) return answer.refuse(mobile_invalid);
            break;
        case NameKind::email:
            if (!is_email(question.text)) return answer.refuse(email_invalid);
            break;
    }
    shared_->ask<bool>(
        answer,
        [shared = shared_,
         question = std::move(question)](sql::Connection& connection) -> AccountResult<bool> {
            ONSALE_TRY_ASSIGN(taken, is_taken(*shared, connection, question.kind, question.text));
            return !taken;
        });
}

namespace {

ImportResult refuse(AccountRefusal refusal, std::size_t line = 0) {
    ImportResult result;
    result.refusal = refusal;
    result.line = line;
    return result;
}

// The first line that cannot be imported, as a refusal; `none` when all can.
ImportResult check_lines(const std::vector<std::string>& usernames) {
    if (usernames.empty()) return refuse(import_empty);
    if (usernames.size() > kImportLinesMax) return refuse(import_too_long);
    boost::unordered_flat_set<std::string> seen;
    for (std::size_t i = 0; i < usernames.size(); ++i) {
        if (!is_username(usernames[i])) return refuse(username_invalid, i + 1);
        if (!seen.insert(lower(usernames[i])).second) return refuse(username_repeated, i + 1);
    }
    return {};
}

AccountResult<ImportResult> insert_people(Shared& shared, sql::Connection& connection,
                                          const std::vector<std::string>& usernames) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    std::vector<NewPerson> people(usernames.size());
    for (std::size_t i = 0; i < usernames.size(); ++i) {
        ONSALE_TRY_ASSIGN(taken, is_taken(shared, connection, NameKind::username, usernames[i]));
        if (taken) return refuse(username_taken, i + 1);
        people[i].data.username = usernames[i];
        people[i].data.nickname = usernames[i];
    }
    ONSALE_TRY_ASSIGN(first, shared.people.insert(connection, people, shared.now()));
    ONSALE_TRY(transaction.commit());
    ImportResult result;
    result.first_person = first;
    result.last_person = domain::PersonId(first.value() + usernames.size() - 1);
    result.imported = usernames.size();
    return result;
}

}  // namespace

void People::import_people(std::vector<std::string> usernames, env::Executor& home,
                           base::UniqueFunction<void(ImportResult)> reply) {
    const Answer<ImportResult> answer(
        home, [reply = std::move(reply)](AccountResult<ImportResult> result) mutable {
            if (result) return reply(std::move(*result));
            ImportResult failed = refuse(result.error().refusal);
            failed.message = result.error().message;
            reply(std::move(failed));
        });
    ImportResult mistake = check_lines(usernames);
    if (mistake.refusal != none) return answer(std::move(mistake));
    shared_->ask<ImportResult>(
        answer, [shared = shared_, usernames = std::move(usernames)](sql::Connection& connection) {
            return insert_people(*shared, connection, usernames);
        });
}

}  // namespace onsale::accounts
