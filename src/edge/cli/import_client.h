// `onsale import`: files are brought to the running server in pieces, checked there as a whole, and
// carried out. An import that was interrupted is simply run again. Belongs to one thread and blocks
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/server_client.h"
#include "env/files.h"

namespace onsale::cli {

struct LocalFile {
    std::string name;  // without folders, as the server knows it
    std::string text;
};
// The named files, and those that the campaign files among them name, which stand beside them. What
// cannot be read is left to the server to complain about at its place, except when it was named
// here. The error is a sentence.
[[nodiscard]] base::Result<std::vector<LocalFile>, std::string> gather_files(
    env::Files& files, const std::vector<std::string>& paths);

enum class ImportMode : std::uint8_t { check_only, carry_out };

struct ImportResult {
    std::string state;                  // ready, faulty, done, failed
    std::string outcome;                // of what is done: accepted, unchanged
    std::vector<std::string> mistakes;  // "campaign.toml:12:9: …; …"
    std::string trouble;                // of what failed
    std::uint64_t sessions = 0;
    std::uint64_t codes = 0;
};

class ImportClient {
  public:
    // `progress`: what is being done, how far, and how far it goes.
    using Progress =
        std::function<void(const std::string& what, std::uint64_t done, std::uint64_t all)>;
    ImportClient(ServerClient& server, Progress progress, std::function<void(base::Duration)> wait)
        : server_(server), progress_(std::move(progress)), wait_(std::move(wait)) {}

    [[nodiscard]] base::Result<ImportResult, std::string> run(const std::vector<LocalFile>& files,
                                                              ImportMode mode);

  private:
    [[nodiscard]] ServerResult<void> upload(const std::string& import,
                                            const std::vector<LocalFile>& files);
    [[nodiscard]] base::Result<ImportResult, std::string> wait_for_end(const std::string& import);

    ServerClient& server_;
    const Progress progress_;
    const std::function<void(base::Duration)> wait_;
};

}  // namespace onsale::cli
