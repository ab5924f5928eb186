#include "accounts/staff.h"

#include <algorithm>
#include <utility>

#include "accounts/internal/shared.h"
#include "accounts/rules.h"

namespace onsale::accounts {
namespace {

using enum AccountRefusal;

// Ascending, each once; nothing when they cannot be.
std::optional<StaffMember> member_of(Roles roles, std::vector<std::uint64_t> organisers) {
    std::ranges::sort(organisers);
    organisers.erase(std::unique(organisers.begin(), organisers.end()), organisers.end());
    const bool in_range = std::ranges::all_of(
        organisers, [](std::uint64_t id) { return id >= 1 && id <= domain::kIdMax; });
    if (!in_range || organisers.size() > kOrganisersPerMemberMax) return std::nullopt;
    if (!organisers.empty() && !roles.operates) return std::nullopt;
    return StaffMember{roles, std::move(organisers), false};
}

AccountRefusal check_fields(const NewStaff& member) {
    if (!is_username(member.username)) return username_invalid;
    if (!is_password(member.password)) return password_invalid;
    const AccountRefusal nickname = check_nickname(member.nickname);
    if (nickname != none) return nickname;
    return member.roles.any() && member_of(member.roles, member.organisers) ? none : roles_invalid;
}

AccountResult<domain::PersonId> insert(Shared& shared, sql::Connection& connection,
                                       const NewStaff& wanted, const std::string& hash) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(taken, shared.people.find(connection, NameKind::username, wanted.username));
    if (taken) return refused(username_taken);
    auto member = member_of(wanted.roles, wanted.organisers);
    if (!member || shared.directory.size() >= kStaffMax) return refused(roles_invalid);
    member->must_change_password = true;
    NewPerson person;
    person.data.username = wanted.username;
    person.data.nickname = wanted.nickname;
    person.password_hash = hash;
    ONSALE_TRY_ASSIGN(number, shared.people.insert(connection, {person}, shared.now()));
    ONSALE_TRY(StaffDirectory::write(connection, number, *member));
    ONSALE_TRY(transaction.commit());
    shared.directory.set(number, std::move(*member));
    return number;
}

AccountResult<void> change_roles(Shared& shared, sql::Connection& connection,
                                 const RoleChange& change) {
    ONSALE_TRY_ASSIGN(row, shared.people.find(connection, change.person));
    if (!row || row->erased) return refused(person_unknown);
    auto member = member_of(change.roles, change.organisers);
    const auto before = shared.directory.find(change.person);
    const bool full = !before && shared.directory.size() >= kStaffMax;
    if (!member || (full && change.roles.any())) return refused(roles_invalid);
    if (!change.roles.administers && is_last_admin(shared, change.person)) {
        return refused(last_admin);
    }
    member->must_change_password = before && before->must_change_password;
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY(StaffDirectory::write(connection, change.person, *member));
    ONSALE_TRY(transaction.commit());
    shared.directory.set(change.person, std::move(*member));
    return {};
}

AccountResult<void> change_disabled(Shared& shared, sql::Connection& connection,
                                    const Disabling& change) {
    ONSALE_TRY_ASSIGN(row, shared.people.find(connection, change.person));
    if (!row || row->erased) return refused(person_unknown);
    if (change.disabled && is_last_admin(shared, change.person)) return refused(last_admin);
    ONSALE_TRY_ASSIGN(data, shared.people.data(*row));
    if (!data) return refused(person_unknown);
    data->disabled_reason = change.disabled ? change.reason : "";
    std::optional<base::Timestamp> since;
    if (change.disabled) since = shared.now();
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY(shared.people.set_disabled(connection, change.person, since));
    ONSALE_TRY(shared.people.set_data(connection, change.person, *data));
    std::vector<EndedLogin> ended;
    if (change.disabled) {
        ONSALE_TRY_ASSIGN(logins, shared.end_logins(connection, change.person, LoginId(0)));
        ended = std::move(logins);
    }
    ONSALE_TRY(transaction.commit());
    shared.told_ended(ended);
    if (change.disabled) {
        shared.revocations.disable(change.person);
    } else {
        shared.revocations.enable(change.person);
    }
    return {};
}

AccountResult<PersonSummary> summary_of(Shared& shared, const PersonRow& row) {
    PersonSummary summary;
    summary.person = row.person;
    summary.created_at = row.created_at;
    summary.has_password = !row.password_hash.empty();
    summary.disabled = row.disabled;
    ONSALE_TRY_ASSIGN(data, shared.people.data(row));
    summary.erased = row.erased || !data;
    if (summary.erased) return summary;
    summary.username = data->username;
    summary.nickname = data->nickname;
    summary.mobile_masked = masked_mobile(data->mobile);
    summary.email_masked = masked_email(data->email);
    summary.disabled_reason = data->disabled_reason;
    if (const auto member = shared.directory.find(row.person)) {
        summary.roles = member->roles;
        summary.organisers = member->organisers;
        summary.must_change_password = member->must_change_password;
    }
    return summary;
}

std::optional<domain::PersonId> number_of(std::string_view text) {
    std::uint64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || number > domain::kIdMax / 10) return std::nullopt;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (text.empty()) return std::nullopt;
    return domain::PersonId(number);
}

// Whoever has this name or this number: at most two people.
AccountResult<PeoplePage> look_up(Shared& shared, sql::Connection& connection,
                                  const std::string& text) {
    PeoplePage page;
    ONSALE_TRY_ASSIGN(named, shared.people.find(connection, Names::kind_of(text), text));
    if (named) {
        ONSALE_TRY_ASSIGN(summary, summary_of(shared, *named));
        page.people.push_back(std::move(summary));
    }
    const auto number = number_of(text);
    if (!number || (named && named->person == *number)) return page;
    ONSALE_TRY_ASSIGN(row, shared.people.find(connection, *number));
    if (row) {
        ONSALE_TRY_ASSIGN(summary, summary_of(shared, *row));
        page.people.push_back(std::move(summary));
    }
    return page;
}

AccountResult<PeoplePage> list_people(Shared& shared, sql::Connection& connection,
                                      const PeopleQuery& query) {
    if (!query.text.empty()) return look_up(shared, connection, query.text);
    const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, kPageMax);
    ONSALE_TRY_ASSIGN(rows, shared.people.page(connection, query.before, limit + 1));
    PeoplePage page;
    if (rows.size() > limit) {
        rows.pop_back();
        page.next = rows.back().person.value();
    }
    for (const PersonRow& row : rows) {
        ONSALE_TRY_ASSIGN(summary, summary_of(shared, row));
        page.people.push_back(std::move(summary));
    }
    return page;
}

}  // namespace

bool is_last_admin(const Shared& shared, domain::PersonId person) {
    const auto member = shared.directory.find(person);
    if (!member || !member->roles.administers) return false;
    return std::ranges::none_of(shared.directory.other_admins(person), [&](domain::PersonId other) {
        return shared.revocations.standing(other, LoginId(0)) == Standing::good;
    });
}

std::vector<std::string> Roles::names() const {
    std::vector<std::string> names;
    if (operates) names.emplace_back("operator");
    if (administers) names.emplace_back("admin");
    return names;
}

std::optional<Roles> roles_of(const std::vector<std::string>& names) {
    Roles roles;
    for (const std::string& name : names) {
        if (name != "operator" && name != "admin") return std::nullopt;
        (name == "operator" ? roles.operates : roles.administers) = true;
    }
    return roles;
}

bool StaffMember::acts_for(std::uint64_t organiser) const {
    return roles.administers || std::ranges::binary_search(organisers, organiser);
}

std::shared_ptr<const StaffMember> Staff::member(domain::PersonId person) const {
    auto member = shared_->directory.find(person);
    const bool good = member && shared_->revocations.standing(person, LoginId(0)) == Standing::good;
    return good ? member : nullptr;
}

void Staff::create(NewStaff member, env::Executor& home, AccountReply<domain::PersonId> reply) {
    const Answer<domain::PersonId> answer(home, std::move(reply));
    const AccountRefusal broken = check_fields(member);
    if (broken != none) return answer.refuse(broken);
    const std::string password = member.password;
    shared_->hash(answer, password,
                  [shared = shared_, answer, member = std::move(member)](std::string hash) {
                      shared->ask<domain::PersonId>(
                          answer, [shared, member, hash](sql::Connection& connection) {
                              return insert(*shared, connection, member, hash);
                          });
                  });
}

AccountResult<domain::PersonId> Staff::create_now(const NewStaff& member,
                                                  const std::string& password_hash) {
    return insert(*shared_, shared_->store.connection(), member, password_hash);
}

void Staff::set_roles(RoleChange change, env::Executor& home, AccountReply<void> reply) {
    shared_->ask<void>({home, std::move(reply)},
                       [shared = shared_, change = std::move(change)](sql::Connection& connection) {
                           return change_roles(*shared, connection, change);
                       });
}

void Staff::set_disabled(Disabling change, env::Executor& home, AccountReply<void> reply) {
    const Answer<void> answer(home, std::move(reply));
    if (change.disabled && (change.reason.empty() || change.reason.size() > kReasonBytesMax)) {
        return answer.refuse(reason_invalid);
    }
    shared_->ask<void>(answer,
                       [shared = shared_, change = std::move(change)](sql::Connection& connection) {
                           return change_disabled(*shared, connection, change);
                       });
}

void Staff::find(domain::PersonId person, env::Executor& home, AccountReply<PersonSummary> reply) {
    shared_->ask<PersonSummary>(
        {home, std::move(reply)},
        [shared = shared_, person](sql::Connection& connection) -> AccountResult<PersonSummary> {
            ONSALE_TRY_ASSIGN(row, shared->people.find(connection, person));
            if (!row) return refused(person_unknown);
            return summary_of(*shared, *row);
        });
}

void Staff::list(PeopleQuery query, env::Executor& home, AccountReply<PeoplePage> reply) {
    shared_->ask<PeoplePage>({home, std::move(reply)}, [shared = shared_, query = std::move(query)](
                                                           sql::Connection& connection) {
        return list_people(*shared, connection, query);
    });
}

}  // namespace onsale::accounts
