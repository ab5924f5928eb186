#include "accounts/profiles.h"

#include <algorithm>
#include <array>
#include <utility>

#include "accounts/internal/code_guess.h"
#include "accounts/internal/password_claim.h"
#include "accounts/internal/shared.h"
#include "accounts/rules.h"
#include "telemetry/log.h"

namespace onsale::accounts {
namespace {

using enum AccountRefusal;

constexpr std::array<std::string_view, 4> kGenders{"unknown", "female", "male", "other"};

struct KnownPerson {
    PersonRow row;
    PersonData data;
};

AccountResult<KnownPerson> known(Shared& shared, sql::Connection& connection,
                                 domain::PersonId person) {
    ONSALE_TRY_ASSIGN(row, shared.people.find(connection, person));
    if (!row || row->erased) return refused(person_unknown);
    ONSALE_TRY_ASSIGN(data, shared.people.data(*row));
    if (!data) return refused(person_unknown);
    return KnownPerson{std::move(*row), std::move(*data)};
}

Profile profile_of(const KnownPerson& known) {
    const PersonData& data = known.data;
    return {known.row.person, data.username, data.nickname, data.gender,
            data.avatar,      data.mobile,   data.email,    known.row.created_at,
            data.language};
}

AccountResult<Profile> change_profile(Shared& shared, sql::Connection& connection,
                                      domain::PersonId person, const ProfileChange& change) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(found, known(shared, connection, person));
    if (change.nickname) found.data.nickname = *change.nickname;
    if (change.gender) found.data.gender = *change.gender;
    if (change.avatar) found.data.avatar = *change.avatar;
    if (change.language) found.data.language = change.language;
    ONSALE_TRY(shared.people.set_data(connection, person, found.data));
    ONSALE_TRY(transaction.commit());
    return profile_of(found);
}

// To the contacts of before, so that who did not do it hears of it. Dropped when too many wait.
void tell(Shared& shared, const PersonData& before, const ContactChange& change) {
    messages::Message message;
    switch (change.language) {
        case Language::zh:
            message.subject = "您的联系方式已更换";
            message.text =
                "您账号绑定的手机号或邮箱刚刚被更换。如非本人操作,请立即修改密码并联系主办方。";
            break;
        case Language::en:
            message.subject = "Your contact has changed";
            message.text =
                "The mobile number or e-mail address of your account was changed a moment ago. If "
                "that was not you, change your password at once and tell the organiser.";
            break;
    }
    const auto send = [&](messages::Kind kind, const std::string& to) {
        if (to.empty() || to == change.contact.text || !shared.outbox.can_send(kind)) return;
        message.kind = kind;
        message.to = to;
        if (!shared.outbox.offer(message)) {
            telemetry::log_warning("accounts", "a change of contact was not told: too many wait");
        }
    };
    send(messages::Kind::sms, before.mobile);
    send(messages::Kind::mail, before.email);
}

CodeGuess guess_of(const ContactChange& change) {
    return {change.contact, CodePurpose::change, change.code, change.address};
}

AccountResult<Profile> change_contact(Shared& shared, sql::Connection& connection,
                                      const ContactChange& change, const Secret& secret) {
    const CodeGuess guess = guess_of(change);
    // Outside the transaction: a wrong try counts, whatever becomes of the rest.
    ONSALE_TRY(check_code(shared, connection, guess));
    guessed_right(shared, guess);
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(found, known(shared, connection, change.person));
    if (found.row.password_hash != secret.password_hash) return refused(password_wrong);
    const bool mobile = change.contact.kind == ContactKind::mobile;
    ONSALE_TRY_ASSIGN(other, shared.people.find(connection, Names::kind_of(change.contact.kind),
                                                change.contact.text));
    if (other && other->person != change.person)
        return refused(mobile ? mobile_taken : email_taken);
    const PersonData before = found.data;
    (mobile ? found.data.mobile : found.data.email) = change.contact.text;
    ONSALE_TRY(CodeTable::use(connection, key_of(shared, guess)));
    ONSALE_TRY(shared.people.set_data(connection, change.person, found.data));
    ONSALE_TRY(transaction.commit());
    tell(shared, before, change);
    return profile_of(found);
}

}  // namespace

std::string_view to_string(Gender gender) {
    return kGenders[static_cast<std::size_t>(gender)];
}

std::optional<Gender> gender_of(std::string_view text) {
    const auto found = std::ranges::find(kGenders, text);
    if (found == kGenders.end()) return std::nullopt;
    return static_cast<Gender>(found - kGenders.begin());
}

void Profiles::find(domain::PersonId person, env::Executor& home, AccountReply<Profile> reply) {
    shared_->ask<Profile>(
        {home, std::move(reply)},
        [shared = shared_, person](sql::Connection& connection) -> AccountResult<Profile> {
            ONSALE_TRY_ASSIGN(found, known(*shared, connection, person));
            return profile_of(found);
        });
}

void Profiles::names(std::vector<domain::PersonId> people, env::Executor& home,
                     AccountReply<std::vector<std::string>> reply) {
    using NamesOf = std::vector<std::string>;
    const Answer<NamesOf> answer(home, std::move(reply));
    if (people.size() > kNamesMax) people.resize(kNamesMax);
    shared_->ask<NamesOf>(answer,
                          [shared = shared_, people = std::move(people)](
                              sql::Connection& connection) -> AccountResult<NamesOf> {
                              NamesOf names;
                              for (const domain::PersonId person : people) {
                                  ONSALE_TRY_ASSIGN(row, shared->people.find(connection, person));
                                  std::optional<PersonData> data;
                                  if (row) {
                                      ONSALE_TRY_ASSIGN(opened, shared->people.data(*row));
                                      data = std::move(opened);
                                  }
                                  names.push_back(data ? std::move(data->username) : std::string());
                              }
                              return names;
                          });
}

void Profiles::change(domain::PersonId person, ProfileChange change, env::Executor& home,
                      AccountReply<Profile> reply) {
    const Answer<Profile> answer(home, std::move(reply));
    if (change.nickname) {
        const AccountRefusal nickname = check_nickname(*change.nickname);
        if (nickname != none) return answer.refuse(nickname);
    }
    if (change.avatar && !is_avatar(*change.avatar)) return answer.refuse(avatar_invalid);
    shared_->ask<Profile>(answer, [shared = shared_, person,
                                   change = std::move(change)](sql::Connection& connection) {
        return change_profile(*shared, connection, person, change);
    });
}

void Profiles::set_contact(ContactChange change, env::Executor& home, AccountReply<Profile> reply) {
    const Answer<Profile> answer(home, std::move(reply));
    const bool mobile = change.contact.kind == ContactKind::mobile;
    if (mobile && !is_mobile(change.contact.text)) return answer.refuse(mobile_invalid);
    if (!mobile && !is_email(change.contact.text)) return answer.refuse(email_invalid);
    PasswordClaim claim{change.person, change.password, change.address, Without::let_on};
    // A right password says that it is the person, so they are told which of both was wrong.
    with_password<Profile>(
        shared_, answer, std::move(claim),
        [shared = shared_, answer, change = std::move(change)](const Secret& secret) {
            const base::Duration wait = begin_guess(*shared, guess_of(change));
            if (wait > base::Duration()) return answer.refuse({too_many_attempts, wait});
            shared->ask<Profile>(answer, [shared, change, secret](sql::Connection& connection) {
                return change_contact(*shared, connection, change, secret);
            });
        });
}

void Profiles::export_person(domain::PersonId person, env::Executor& home,
                             AccountReply<PersonExport> reply) {
    shared_->ask<PersonExport>(
        {home, std::move(reply)},
        [shared = shared_, person](sql::Connection& connection) -> AccountResult<PersonExport> {
            PersonExport all;
            ONSALE_TRY_ASSIGN(found, known(*shared, connection, person));
            all.profile = profile_of(found);
            if (const auto member = shared->directory.find(person)) {
                all.roles = member->roles;
                all.organisers = member->organisers;
            }
            ONSALE_TRY_ASSIGN(logins, list_logins(*shared, connection, person));
            all.logins = std::move(logins);
            OperationQuery query;
            query.person = person;
            query.limit = kExportedOperationsMax;
            ONSALE_TRY_ASSIGN(page, list_operations(*shared, connection, query));
            all.operations = std::move(page.operations);
            return all;
        });
}

}  // namespace onsale::accounts
