// The data folder of a bank: lock, books and the key that its logins are signed with. Errors are
// sentences with the remedy.
//
//   lock          held by the process that owns the folder; others may work beside it
//   bank.sqlite   the books
//   login.key     32 bytes; without it, logins end
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "crypto/crypto.h"
#include "env/environment.h"
#include "sql/database.h"

namespace onsale::bank {

struct Folder {
    std::unique_ptr<env::File> lock;
    std::unique_ptr<sql::Connection> books;
};

// owner: takes the lock, and makes what is not there yet. beside: another process has the lock, or
// had it; the books are shared through SQLite's own locks.
enum class Tenure : std::uint8_t { owner, beside };
[[nodiscard]] base::Result<Folder, std::string> open_folder(const std::string& folder,
                                                            Tenure tenure,
                                                            env::Environment& environment);
[[nodiscard]] base::Result<std::unique_ptr<sql::Connection>, std::string> open_to_read(
    const std::string& folder, env::Environment& environment);
[[nodiscard]] base::Result<crypto::Key, std::string> login_key(const std::string& folder,
                                                               env::Environment& environment);

}  // namespace onsale::bank
