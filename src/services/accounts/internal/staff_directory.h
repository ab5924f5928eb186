// StaffDirectory: who is staff, in memory. Changed by the records store's executor after the
// commit, read from every thread; a reader holds a member as it was when it asked. Loaded at the
// start, nothing else is kept.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>

#include <boost/unordered/unordered_flat_map.hpp>

#include "accounts/staff.h"
#include "domain/ids.h"
#include "sql/database.h"

namespace onsale::accounts {

class StaffDirectory {
  public:
    using Member = std::shared_ptr<const StaffMember>;

    [[nodiscard]] Member find(domain::PersonId person) const;
    [[nodiscard]] std::size_t size() const;
    // Administrators besides this person, disabled ones included.
    [[nodiscard]] std::vector<domain::PersonId> other_admins(domain::PersonId person) const;
    // Without any role: no staff any more.
    void set(domain::PersonId person, StaffMember member);

    // Rows; on the store's executor, within the caller's transaction.
    sql::SqlResult<void> load(sql::Connection& connection);
    static sql::SqlResult<void> write(sql::Connection& connection, domain::PersonId person,
                                      const StaffMember& member);

  private:
    mutable std::mutex mutex_;  // owns what follows
    boost::unordered_flat_map<domain::PersonId, Member> members_;
};

}  // namespace onsale::accounts
