// The site's master key: 32 random bytes in <data>/keys/master.key as 64 hex characters and a
// newline, from which every other key is derived by purpose. Made on the first start; losing it
// loses the ticket codes. After a crash: the old file or the new one, never half of one.
#pragma once

#include <string>

#include "base/result.h"
#include "crypto/crypto.h"
#include "env/entropy.h"
#include "env/files.h"

namespace onsale::accounts {

// Reads keys/master.key below `data_folder`, or makes it when it is not there. The error is a
// sentence with the remedy; a damaged file is never replaced.
[[nodiscard]] base::Result<crypto::Key, std::string> load_or_create_master_key(
    env::Files& files, env::Entropy& entropy, const std::string& data_folder);

}  // namespace onsale::accounts
