#include "accounts/internal/staff_directory.h"

#include <array>
#include <map>
#include <utility>

#include "records/rows.h"

namespace onsale::accounts {
namespace {

using records::to_row;
using sql::SqlResult;

}  // namespace

StaffDirectory::Member StaffDirectory::find(domain::PersonId person) const {
    const std::lock_guard lock(mutex_);
    const auto found = members_.find(person);
    return found == members_.end() ? nullptr : found->second;
}

std::size_t StaffDirectory::size() const {
    const std::lock_guard lock(mutex_);
    return members_.size();
}

std::vector<domain::PersonId> StaffDirectory::other_admins(domain::PersonId person) const {
    const std::lock_guard lock(mutex_);
    std::vector<domain::PersonId> admins;
    for (const auto& [number, member] : members_) {
        if (member->roles.administers && number != person) admins.push_back(number);
    }
    return admins;
}

void StaffDirectory::set(domain::PersonId person, StaffMember member) {
    const std::lock_guard lock(mutex_);
    if (member.roles.any()) {
        members_[person] = std::make_shared<const StaffMember>(std::move(member));
    } else {
        members_.erase(person);
    }
}

SqlResult<void> StaffDirectory::load(sql::Connection& connection) {
    std::map<std::int64_t, StaffMember> members;
    {
        ONSALE_TRY_ASSIGN(statement,
                          connection.prepare("SELECT person, operates, administers, "
                                             "must_change_password FROM accounts_staff"));
        while (true) {
            ONSALE_TRY_ASSIGN(there, statement.step());
            if (!there) break;
            StaffMember& member = members[statement.integer(0)];
            member.roles = {statement.integer(1) != 0, statement.integer(2) != 0};
            member.must_change_password = statement.integer(3) != 0;
        }
    }
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("SELECT person, organiser FROM accounts_staff_organisers "
                                         "ORDER BY person, organiser"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, statement.step());
        if (!there) break;
        members[statement.integer(0)].organisers.push_back(
            records::number_from_row(statement.integer(1)));
    }
    for (auto& [person, member] : members) {
        set(records::id_from_row<domain::PersonId>(person), std::move(member));
    }
    return {};
}

SqlResult<void> StaffDirectory::write(sql::Connection& connection, domain::PersonId person,
                                      const StaffMember& member) {
    for (const std::string_view sql : {"DELETE FROM accounts_staff WHERE person = ?",
                                       "DELETE FROM accounts_staff_organisers WHERE person = ?"}) {
        ONSALE_TRY_ASSIGN(remove, connection.prepare(sql));
        ONSALE_TRY(remove.bind(1, to_row(person)).run());
    }
    if (!member.roles.any()) return {};
    ONSALE_TRY_ASSIGN(insert, connection.prepare("INSERT INTO accounts_staff VALUES (?, ?, ?, ?)"));
    insert.bind(1, to_row(person)).bind(2, member.roles.operates ? 1 : 0);
    insert.bind(3, member.roles.administers ? 1 : 0).bind(4, member.must_change_password ? 1 : 0);
    ONSALE_TRY(insert.run());
    ONSALE_TRY_ASSIGN(add, connection.prepare("INSERT INTO accounts_staff_organisers VALUES (?, "
                                              "?)"));
    for (const std::uint64_t organiser : member.organisers) {
        ONSALE_TRY(add.bind(1, to_row(person)).bind(2, to_row(organiser)).run());
    }
    return {};
}

}  // namespace onsale::accounts
