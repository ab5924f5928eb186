// Where things are in a data folder, relative to it. A backup has them at the same places.
// site/layout.h draws the whole folder; it is not included, so that this module needs nothing of
// the site.
#pragma once

namespace onsale::backup {

inline constexpr const char* kJournalFolder = "journal";
inline constexpr const char* kJournal = "journal/journal.sqlite";
inline constexpr const char* kSnapshots = "journal/snapshots";
inline constexpr const char* kHighWater = "journal/high-water";
inline constexpr const char* kRecords = "records.sqlite";
inline constexpr const char* kKeys = "keys";
inline constexpr const char* kMasterKey = "master.key";

}  // namespace onsale::backup
