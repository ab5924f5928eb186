#include "accounts/profiles.h"

#include <algorithm>
#include <array>
#include <utility>

#include "accounts/internal/shared.h"
#include "accounts/rules.h"

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
            data.avatar,      data.mobile,   data.email,    known.row.created_at};
}

AccountResult<Profile> change_profile(Shared& shared, sql::Connection& connection,
                                      domain::PersonId person, const ProfileChange& change) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(found, known(shared, connection, person));
    if (change.nickname) found.data.nickname = *change.nickname;
    if (change.gender) found.data.gender = *change.gender;
    if (change.avatar) found.data.avatar = *change.avatar;
    ONSALE_TRY(shared.people.set_data(connection, person, found.data));
    ONSALE_TRY(transaction.commit());
    return profile_of(found);
}

AccountResult<void> check_code(Shared& shared, sql::Connection& connection, const CodeKey& key,
                               const std::string& code) {
    ONSALE_TRY_ASSIGN(checked, shared.codes.check(connection, key, code, shared.now()));
    if (checked == CodeCheck::wrong) return refused(code_wrong);
    return {};
}

AccountResult<Profile> change_contact(Shared& shared, sql::Connection& connection,
                                      domain::PersonId person, const Contact& contact,
                                      const std::string& code) {
    const CodeKey key{shared.names.hash(contact), CodePurpose::change};
    // Outside the transaction: a wrong try counts, whatever becomes of the rest.
    ONSALE_TRY(check_code(shared, connection, key, code));
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(found, known(shared, connection, person));
    const bool mobile = contact.kind == ContactKind::mobile;
    ONSALE_TRY_ASSIGN(other,
                      shared.people.find(connection, Names::kind_of(contact.kind), contact.text));
    if (other && other->person != person) return refused(mobile ? mobile_taken : email_taken);
    (mobile ? found.data.mobile : found.data.email) = contact.text;
    ONSALE_TRY(CodeTable::use(connection, key));
    ONSALE_TRY(shared.people.set_data(connection, person, found.data));
    ONSALE_TRY(transaction.commit());
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

void Profiles::set_contact(domain::PersonId person, Contact contact, std::string code,
                           env::Executor& home, AccountReply<Profile> reply) {
    const Answer<Profile> answer(home, std::move(reply));
    const bool mobile = contact.kind == ContactKind::mobile;
    if (mobile && !is_mobile(contact.text)) return answer.refuse(mobile_invalid);
    if (!mobile && !is_email(contact.text)) return answer.refuse(email_invalid);
    shared_->ask<Profile>(answer, [shared = shared_, person, contact = std::move(contact),
                                   code = std::move(code)](sql::Connection& connection) {
        return change_contact(*shared, connection, person, contact, code);
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
