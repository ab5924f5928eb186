#include "main/untouched.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "crypto/crypto.h"
#include "journal/journal.h"
#include "site/layout.h"

namespace onsale::app {
namespace {

using base::Unexpected;

constexpr std::size_t kBytesPerRead = std::size_t{4} << 20;

using Opened = base::Result<std::unique_ptr<journal::Reader>, std::string>;

Opened open_journal(const Place& place, env::Environment& environment) {
    sql::OpenOptions options;
    options.path = site::journal_path(place.data);
    options.vfs = environment.sqlite_vfs();
    options.access = sql::Access::read_only;
    auto reader = journal::Reader::open(options);
    if (!reader) return Unexpected{options.path + ": " + reader.error().message};
    return std::move(*reader);
}

bool is_served(env::Environment& environment, const std::string& folder) {
    const auto there = environment.files().exists(site::lock_path(folder));
    if (!there || !*there) return false;
    const auto lock = environment.files().lock(site::lock_path(folder));
    return !lock && lock.error() == env::FileError::locked;
}

base::Result<std::string, std::string> digest_of(const std::string& path,
                                                 env::Environment& environment) {
    auto file = environment.files().open(path, env::OpenMode::read);
    if (!file) return Unexpected{path + ": " + std::string(env::to_string(file.error()))};
    crypto::Sha256 hash;
    std::vector<std::byte> buffer(kBytesPerRead);
    for (std::uint64_t at = 0;;) {
        const auto got = (*file)->read_at(at, buffer);
        if (!got) return Unexpected{path + ": " + std::string(env::to_string(got.error()))};
        if (*got == 0) break;
        hash.update(std::span<const std::byte>(buffer.data(), *got));
        at += *got;
    }
    return crypto::to_hex(hash.finish());
}

// SQLite makes and removes these when somebody only reads.
bool is_shared_memory(const std::filesystem::path& path, std::uint64_t bytes) {
    const std::string name = path.filename().string();
    return name.ends_with("-shm") || (name.ends_with("-wal") && bytes == 0);
}

// What nobody else writes: everything where no server runs, else the key alone.
base::Result<std::map<std::string, std::string>, std::string> digests(
    const std::string& folder, bool served, env::Environment& environment) {
    std::map<std::string, std::string> out;
    if (served) {
        const std::string key = site::master_key_path(folder);
        ONSALE_TRY_ASSIGN(digest, digest_of(key, environment));
        out.emplace(key, std::move(digest));
        return out;
    }
    std::error_code error;
    const std::filesystem::recursive_directory_iterator end;
    for (std::filesystem::recursive_directory_iterator at(folder, error); !error && at != end;
         at.increment(error)) {
        if (!at->is_regular_file(error)) continue;
        if (is_shared_memory(at->path(), at->file_size(error))) continue;
        ONSALE_TRY_ASSIGN(digest, digest_of(at->path().string(), environment));
        out.emplace(at->path().string(), std::move(digest));
    }
    if (error) return Unexpected{folder + ": " + error.message()};
    return out;
}

// Who wrote the batches after these positions.
base::Result<std::set<std::uint64_t>, std::string> writers_after(const Place& place,
                                                                 const Imprint& from,
                                                                 env::Environment& environment) {
    ONSALE_TRY_ASSIGN(reader, open_journal(place, environment));
    std::set<std::uint64_t> out;
    for (std::uint16_t shard = 0; shard < place.shards; ++shard) {
        const auto found = from.positions.find(shard);
        std::uint64_t after = found == from.positions.end() ? 0 : found->second.sequence;
        while (true) {
            const auto batches = reader->read(shard, after, std::nullopt, kBytesPerRead);
            if (!batches) return Unexpected{batches.error().message};
            if (batches->empty()) break;
            for (const auto& batch : *batches) out.insert(batch.incarnation);
            after = batches->back().sequence;
        }
    }
    return out;
}

base::Result<std::string, std::string> past_of(const Place& place, const Imprint& before,
                                               env::Environment& environment) {
    ONSALE_TRY_ASSIGN(reader, open_journal(place, environment));
    for (const auto& [shard, position] : before.positions) {
        const auto now = reader->at(shard, position.sequence);
        if (!now) return Unexpected{now.error().message};
        if (!*now || (*now)->hash != position.hash)
            return "the journal's past has changed, shard " + std::to_string(shard);
    }
    return std::string();
}

}  // namespace

base::Result<Imprint, std::string> imprint_of(const Place& place, env::Environment& environment) {
    Imprint out;
    out.served = is_served(environment, place.data);
    ONSALE_TRY_ASSIGN(reader, open_journal(place, environment));
    for (std::uint16_t shard = 0; shard < place.shards; ++shard) {
        const auto last = reader->last(shard);
        if (!last) return Unexpected{last.error().message};
        if (last->sequence != 0) out.positions.emplace(shard, *last);
    }
    reader.reset();
    ONSALE_TRY_ASSIGN(files, digests(place.data, out.served, environment));
    out.files = std::move(files);
    return out;
}

base::Result<std::string, std::string> compare(const Place& real, const Imprint& before,
                                               const Place& copy, const Imprint& copied,
                                               env::Environment& environment) {
    ONSALE_TRY_ASSIGN(past, past_of(real, before, environment));
    if (!past.empty()) return past;
    ONSALE_TRY_ASSIGN(of_copy, writers_after(copy, copied, environment));
    if (of_copy.empty()) return std::string("nothing was written to the copy");
    ONSALE_TRY_ASSIGN(of_real, writers_after(real, before, environment));
    for (const auto writer : of_real) {
        if (of_copy.contains(writer))
            return std::string("a batch of the rehearsal is in the real journal");
    }
    // A server that was started or stopped meanwhile has written files of its own.
    if (before.served != is_served(environment, real.data)) return std::string();
    ONSALE_TRY_ASSIGN(files, digests(real.data, before.served, environment));
    for (const auto& [path, digest] : before.files) {
        const auto found = files.find(path);
        if (found == files.end() || found->second != digest) return path + " has changed";
    }
    return std::string();
}

}  // namespace onsale::app
