#include "backup/internal/manifest.h"

#include <algorithm>

#include "crypto/crypto.h"
#include "http/described.h"

namespace onsale::backup {
namespace {

using base::Unexpected;

bool stays_inside(std::string_view name) {
    return !name.empty() && name.front() != '/' && name.find("..") == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

}  // namespace

std::vector<ManifestShard> to_manifest(const journal::Positions& positions) {
    std::vector<ManifestShard> shards;
    for (const auto& [shard, position] : positions)
        shards.push_back({shard, position.sequence, crypto::to_hex(position.hash)});
    return shards;
}

base::Result<journal::Positions, std::string> positions_of(const Manifest& manifest) {
    journal::Positions positions;
    for (const auto& shard : manifest.shards) {
        const auto hash = crypto::from_hex(shard.hash);
        journal::Position position{shard.sequence, {}};
        if (!hash || hash->size() != position.hash.size())
            return Unexpected{"the manifest has no hash for shard " + std::to_string(shard.shard)};
        std::ranges::copy(std::as_bytes(std::span(*hash)), position.hash.begin());
        positions[shard.shard] = position;
    }
    return positions;
}

env::FileResult<void> write_manifest(env::Files& files, const std::string& folder,
                                     const Manifest& manifest) {
    return env::replace_file(files, folder + "/" + std::string(kManifestName),
                             http::to_json(manifest) + "\n");
}

base::Result<Manifest, std::string> read_manifest(env::Files& files, const std::string& folder) {
    const auto text = env::read_file(files, folder + "/" + std::string(kManifestName));
    if (!text)
        return Unexpected{folder + " is not a backup: it has no " + std::string(kManifestName) +
                          "; a backup that was interrupted has none"};
    auto manifest = http::parse_body<Manifest>(*text);
    if (!manifest)
        return Unexpected{"the manifest of " + folder + " is damaged: " + manifest.error().field +
                          " " + manifest.error().message};
    if (manifest->format != kFormat)
        return Unexpected{"the backup " + folder + " has format " +
                          std::to_string(manifest->format) + ", which this program cannot read"};
    for (const auto& file : manifest->files) {
        if (!stays_inside(file.name))
            return Unexpected{"the manifest of " + folder + " names a file outside of it"};
    }
    return std::move(*manifest);
}

}  // namespace onsale::backup
