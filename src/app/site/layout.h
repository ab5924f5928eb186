// Where things are in the data folder. One place, for the server and for the verbs that look at its
// files.
//
//   lock                 held by the process that writes
//   keys/master.key      the site's secret
//   keys/people.sqlite   one key for each person; never in a backup of the data, so that an erased
//                        person is erased there, too
//   keys/first-admin.txt name and password of the first administrator; remove it once it was used
//   outbox.jsonl         messages of the sender for development
//   journal/             the engine's: journal.sqlite, snapshots/, high-water, reserve
//   records.sqlite       accounts, catalogue, vault
//   imports/             files of imports under way; what a former process left is removed
//   exports/             files of exports while they are written; what a former process left is
//                        removed
//   <file>.mark          beside records.sqlite and people.sqlite: how far the file had come
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
[[nodiscard]] inline std::string person_keys_path(const std::string& folder) {
    return folder + "/keys/people.sqlite";
}
[[nodiscard]] inline std::string first_admin_path(const std::string& folder) {
    return folder + "/keys/first-admin.txt";
}
[[nodiscard]] inline std::string outbox_path(const std::string& folder) {
    return folder + "/outbox.jsonl";
}
[[nodiscard]] inline std::string journal_folder(const std::string& folder) {
    return folder + "/journal";
}
[[nodiscard]] inline std::string journal_path(const std::string& folder) {
    return journal_folder(folder) + "/journal.sqlite";
}
[[nodiscard]] inline std::string snapshots_folder(const std::string& folder) {
    return journal_folder(folder) + "/snapshots";
}
[[nodiscard]] inline std::string records_path(const std::string& folder) {
    return folder + "/records.sqlite";
}
[[nodiscard]] inline std::string imports_folder(const std::string& folder) {
    return folder + "/imports";
}
[[nodiscard]] inline std::string exports_folder(const std::string& folder) {
    return folder + "/exports";
}
[[nodiscard]] inline std::string projections_path(const std::string& folder) {
    return folder + "/projections.sqlite";
}

}  // namespace onsale::site
