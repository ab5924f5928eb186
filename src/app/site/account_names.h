// AccountNames: usernames for exports, out of the accounts. Used on the exports thread, which waits
// for the accounts. Keeps nothing.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "accounts/accounts.h"
#include "statistics/exporter.h"

namespace onsale::site {

class AccountNames final : public statistics::Names {
  public:
    explicit AccountNames(accounts::Accounts& accounts) : accounts_(accounts) {}
    records::StoreResult<std::vector<std::string>> names_of(
        std::span<const domain::PersonId> people) override;

  private:
    accounts::Accounts& accounts_;
};

}  // namespace onsale::site
