// Untouched: proof that a rehearsal changed nothing of the real site, which may have sold on
// meanwhile. The real journal's past is the same, and nothing that the server of the copy wrote is
// in it: every batch carries the incarnation of the process that wrote it. Where no server ran, the
// files are the same bytes. For a verb's thread; reads only.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "env/environment.h"
#include "journal/high_water.h"

namespace onsale::app {

struct Place {
    std::string data;
    std::uint16_t shards = 0;
};

struct Imprint {
    std::map<std::uint16_t, journal::Position> positions;  // newest of each shard with batches
    bool served = false;                                   // another process had the folder
    std::map<std::string, std::string> files;              // digest by path
};

[[nodiscard]] base::Result<Imprint, std::string> imprint_of(const Place& place,
                                                            env::Environment& environment);

// `copied`: where the copy began. Empty: untouched; otherwise what is not, as a sentence.
[[nodiscard]] base::Result<std::string, std::string> compare(const Place& real,
                                                             const Imprint& before,
                                                             const Place& copy,
                                                             const Imprint& copied,
                                                             env::Environment& environment);

}  // namespace onsale::app
