// The campaign file (docs/formats/campaign-file.md): from TOML to what the server takes, with every
// mistake that can be found without the server. A pure function: text in, values out. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/session_body.h"
#include "cli/mistake.h"
#include "cli/toml_reader.h"

namespace onsale::cli {

struct CodeSource {
    std::uint64_t list = 0;
    std::string file;  // as the campaign file names it
    Place place;
};

struct CampaignFile {
    api::NewSessionBody body;
    std::vector<CodeSource> codes;
    Places places;  // of the body's fields, to place what the server finds wrong
};

// `file`: its name, for the places. The result is of use only when `mistakes` stays empty.
[[nodiscard]] CampaignFile read_campaign_file(std::string_view text, const std::string& file,
                                              Mistakes& mistakes);

}  // namespace onsale::cli
