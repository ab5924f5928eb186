// What every verb begins with: the configuration from file, environment and flags, and for those
// that talk to the running server, its address and a staff token. For main's thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "env/environment.h"
#include "main/options.h"
#include "site/config.h"

namespace onsale::app {

[[nodiscard]] site::ConfigResult configure(const Options& options, env::Environment& environment);

// Says a sentence on standard error; gives the exit code of what was not done.
int fail(std::string_view sentence);

// Blocks the calling thread: verbs wait between two questions.
void wait_here(base::Duration duration);

// Where the running server answers: --server, else as configured.
[[nodiscard]] std::string server_url(const Options& options, const site::Config& config);

// The key of an existing data folder; never makes one.
[[nodiscard]] base::Result<crypto::Key, std::string> existing_master_key(
    const site::Config& config, env::Environment& environment);
// ONSALE_TOKEN, else one made with the data folder's key.
[[nodiscard]] base::Result<std::string, std::string> staff_token(const site::Config& config,
                                                                 env::Environment& environment);

}  // namespace onsale::app
