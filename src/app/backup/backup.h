// Backups of a data folder, for main's thread: each function blocks until it is done, and reports
// how far it is. A server may run on the folder meanwhile. After a crash in the middle: the folder
// that was being written is not a backup (its manifest is missing) or not a site (it refuses to
// start); remove it and begin again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "env/environment.h"

namespace onsale::backup {

// `what` is a file, `done` and `all` are in one unit, pages or bytes. On the caller's thread.
using Progress = std::function<void(std::string_view what, std::uint64_t done, std::uint64_t all)>;

struct Figures {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
};
using Done = base::Result<Figures, std::string>;  // the error is a sentence

struct Source {
    std::string data;          // the data folder
    std::uint16_t shards = 0;  // as configured
    std::string version;       // of this program, for the manifest
};
// Into `folder`, which is empty or not there yet. Never copies keys.
[[nodiscard]] Done back_up(const Source& source, const std::string& folder,
                           env::Environment& environment, const Progress& progress);

// Copies keys/ alone. The copy of before is replaced, file by file.
[[nodiscard]] Done back_up_keys(const std::string& data, const std::string& folder,
                                env::Environment& environment);

struct Restore {
    std::string backup;  // a folder that back_up() made
    std::string keys;    // a folder that back_up_keys() made; empty: keys are brought by hand
    std::string data;    // the new data folder: empty or not there yet
};
[[nodiscard]] Done restore(const Restore& what, env::Environment& environment,
                           const Progress& progress);

}  // namespace onsale::backup
