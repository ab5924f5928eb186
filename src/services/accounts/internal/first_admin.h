// FirstAdmin: the file with the password that the site's first administrator got, which is of use
// only until that password is changed. Belongs to the records store's executor, but for the start.
// After a crash: looked for again at the next start.
#pragma once

#include <string>

#include "domain/ids.h"
#include "env/files.h"

namespace onsale::accounts {

// Name and password, as a person reads them.
[[nodiscard]] std::string first_admin_text(const std::string& username,
                                           const std::string& password);
// Empty: it holds none.
[[nodiscard]] std::string first_admin_name(const std::string& text);

class FirstAdmin {
  public:
    void keep(env::Files& files, std::string path, domain::PersonId person);
    // Removes the file if it is this person's.
    void password_changed(domain::PersonId person);

  private:
    env::Files* files_ = nullptr;  // null: there is no such file
    std::string path_;
    domain::PersonId person_;
};

}  // namespace onsale::accounts
