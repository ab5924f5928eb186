// `onsale load`: a campaign file and its codes, checked as a whole before anything is sent, then
// brought to the server: the codes in chunks, then the session in one step. Every step may be
// repeated, so a load that was interrupted is simply run again. Belongs to one thread and blocks
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/campaign_file.h"
#include "cli/mistake.h"
#include "cli/server_client.h"
#include "env/files.h"

namespace onsale::cli {

// A file read and found good: the codes are pieces of `texts`.
struct LoadPlan {
    std::string file;
    CampaignFile campaign;
    std::vector<std::string> texts;
    std::vector<std::vector<std::string_view>> codes;  // by campaign.codes
    [[nodiscard]] std::uint64_t code_count() const;
};

[[nodiscard]] LoadPlan plan_load(env::Files& files, const std::string& path, Mistakes& mistakes);

struct LoadResult {
    std::uint64_t codes = 0;
    std::string outcome;  // accepted, unchanged
};
// `progress`: codes sent so far, and all. The error is a sentence, placed in a file where it can
// be.
using LoadProgress = std::function<void(std::uint64_t sent, std::uint64_t all)>;
[[nodiscard]] base::Result<LoadResult, std::string> carry_out(const LoadPlan& plan,
                                                              ServerClient& server,
                                                              const LoadProgress& progress);

}  // namespace onsale::cli
