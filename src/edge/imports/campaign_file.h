// The campaign file (docs/formats/campaign-file.md): from TOML to definitions, with every mistake
// of form at its place. One session ([session], [[pool]], …) or many ([[sessions]], [[shows]], …).
// A pure function: text in, values out. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "imports/plan.h"

namespace onsale::imports {

struct CodeSource {
    std::uint64_t list = 0;
    Reference file;
};

struct CampaignFile {
    std::vector<PlannedOrganiser> organisers;
    std::vector<PlannedShow> shows;
    std::vector<PlannedSession> sessions;
    std::vector<CodeSource> codes;
    std::vector<Reference> pictures;
    std::vector<Reference> rows;  // files with a session in each row
};

// `file`: its number within the import. The result is of use only when `mistakes` stays empty.
[[nodiscard]] CampaignFile read_campaign_file(std::string_view text, std::uint32_t file,
                                              Mistakes& mistakes);

// The names of all files that a campaign file names, each once, as far as it can be read.
[[nodiscard]] std::vector<std::string> files_named_in(std::string_view text);

}  // namespace onsale::imports
