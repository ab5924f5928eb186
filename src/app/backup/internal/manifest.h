// Manifest: what a backup consists of, as manifest.json in its folder. It is written last, so a
// folder without one is not a backup. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "base/result.h"
#include "env/files.h"
#include "journal/high_water.h"

namespace onsale::backup {

inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::uint32_t kFormat = 1;

struct ManifestFile {
    std::string name;  // below the folder, "journal/journal.sqlite"
    std::uint64_t bytes = 0;
    std::string sha256;  // hex
};
BOOST_DESCRIBE_STRUCT(ManifestFile, (), (name, bytes, sha256))

// The newest batch of a shard in the backup's journal.
struct ManifestShard {
    std::uint16_t shard = 0;
    std::uint64_t sequence = 0;
    std::string hash;  // hex
};
BOOST_DESCRIBE_STRUCT(ManifestShard, (), (shard, sequence, hash))

struct Manifest {
    std::uint32_t format = kFormat;
    std::string made_at;  // when the copy of the journal was begun, RFC 3339
    std::string version;  // of the program that made it
    std::vector<ManifestFile> files;
    std::vector<ManifestShard> shards;
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (format, made_at, version, files, shards))

[[nodiscard]] std::vector<ManifestShard> to_manifest(const journal::Positions& positions);
[[nodiscard]] base::Result<journal::Positions, std::string> positions_of(const Manifest& manifest);

[[nodiscard]] env::FileResult<void> write_manifest(env::Files& files, const std::string& folder,
                                                   const Manifest& manifest);
// Whole, of a format that this program knows, with names that stay inside the folder.
[[nodiscard]] base::Result<Manifest, std::string> read_manifest(env::Files& files,
                                                                const std::string& folder);

}  // namespace onsale::backup
