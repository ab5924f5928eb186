// Where things are in the data folder. One place, for the server and for the verbs that look at its
// files.
//
//   lock                 held by the process that writes
//   keys/master.key      the site's secret
//   journal/             the engine's: journal.sqlite, snapshots/, high-water, reserve
//   records.sqlite       accounts, catalogue, vault
//   projections.sqlite   rows for queries; `onsale rebuild` makes them again
#pragma once

#include <string>

namespace onsale::site {

[[nodiscard]] inline std::string lock_path(const std::string& folder) {
    return folder + "/lock";
}
[[nodiscard]] inline std::string master_key_path(const std::string& folder) {
    return folder + "/keys/master.key";
}
[[nodiscard]] inline std::string journal_folder(const std::string& folder) {
    return folder + "/journal";
}
[[nodiscard]] inline std::string journal_path(const std::string& folder) {
    return journal_folder(folder) + "/journal.sqlite";
}
[[nodiscard]] inline std::string records_path(const std::string& folder) {
    return folder + "/records.sqlite";
}
[[nodiscard]] inline std::string projections_path(const std::string& folder) {
    return folder + "/projections.sqlite";
}

}  // namespace onsale::site
