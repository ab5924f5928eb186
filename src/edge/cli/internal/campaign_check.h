// What must hold between the fields of a campaign file, each mistake at its place. The server
// checks the same and has the last word; this finds all mistakes at once and before anything is
// sent. A pure function.
#pragma once

#include <string>

#include "api/session_body.h"
#include "cli/toml_reader.h"

namespace onsale::cli {

void check_campaign(const api::NewSessionBody& body, const Places& places, const std::string& file,
                    Mistakes& mistakes);

// The place of a field, or of the nearest thing around it that has one.
[[nodiscard]] Place find_place(const Places& places, std::string field, const std::string& file);

}  // namespace onsale::cli
