#include "backup/backup.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "backup/internal/copy_file.h"
#include "backup/internal/manifest.h"
#include "backup/internal/places.h"
#include "base/time.h"
#include "journal/copy.h"

namespace onsale::backup {
namespace {

using base::Unexpected;

Unexpected<std::string> cannot(const std::string& path, std::string_view why) {
    return Unexpected{path + ": " + std::string(why)};
}
Unexpected<std::string> cannot(const std::string& path, env::FileError error) {
    return cannot(path, env::to_string(error));
}

sql::OpenOptions database(const std::string& path, const env::Environment& environment) {
    sql::OpenOptions options;
    options.path = path;
    options.vfs = environment.sqlite_vfs();
    options.access = sql::Access::read_only;
    return options;
}

class Backup {
  public:
    Backup(const Source& source, const std::string& folder, env::Environment& environment,
           const Progress& progress)
        : source_(source),
          folder_(folder),
          environment_(environment),
          files_(environment.files()),
          progress_(progress) {}

    Done run() {
        const auto empty = is_empty(files_, folder_);
        if (!empty) return cannot(folder_, empty.error());
        if (!*empty) return cannot(folder_, "is not empty; a backup needs a folder of its own");
        const auto made = files_.create_folders(folder_ + "/" + kSnapshots);
        if (!made) return cannot(folder_, made.error());
        manifest_.version = source_.version;
        manifest_.made_at = base::to_rfc3339(environment_.clock().wall_now());
        ONSALE_TRY(copy_snapshots());
        ONSALE_TRY(copy_journal());
        ONSALE_TRY(copy_records());
        for (const std::string& path :
             {folder_ + "/" + kSnapshots, folder_ + "/" + kJournalFolder, folder_}) {
            const auto synced = files_.sync_folder(path);
            if (!synced) return cannot(path, synced.error());
        }
        const auto written = write_manifest(files_, folder_, manifest_);
        if (!written) return cannot(folder_, written.error());
        return figures_;
    }

  private:
    using Step = base::Result<void, std::string>;

    // Before the journal, so that none is ahead of it. One that is pruned meanwhile is not missed:
    // a snapshot only saves time.
    Step copy_snapshots() {
        const std::string from = source_.data + "/" + kSnapshots;
        const auto names = files_.list(from);
        if (!names && names.error() == env::FileError::not_found) return {};
        if (!names) return cannot(from, names.error());
        for (const auto& name : *names) {
            if (!name.ends_with(".snapshot")) continue;
            const std::string place = std::string(kSnapshots) + "/" + name;
            const auto copied = copy_file(files_, source_.data + "/" + place, folder_ + "/" + place,
                                          advance_of(place));
            if (!copied && copied.error() == env::FileError::not_found) {
                (void)files_.remove(folder_ + "/" + place + ".part");
                continue;
            }
            if (!copied) return cannot(place, copied.error());
            note(place, *copied);
        }
        return {};
    }

    Step copy_journal() {
        const auto positions =
            journal::copy_journal(database(source_.data + "/" + kJournal, environment_),
                                  folder_ + "/" + kJournal, source_.shards, advance_of(kJournal));
        if (!positions) return cannot(kJournal, positions.error().message);
        manifest_.shards = to_manifest(*positions);
        return finish(kJournal);
    }

    Step copy_records() {
        auto connection =
            sql::Connection::open(database(source_.data + "/" + kRecords, environment_));
        if (!connection) return cannot(kRecords, connection.error().message);
        const auto copied = (*connection)->copy_to(folder_ + "/" + kRecords, advance_of(kRecords));
        if (!copied) return cannot(kRecords, copied.error().message);
        return finish(kRecords);
    }

    Step finish(const std::string& name) {
        const std::string path = folder_ + "/" + name;
        const auto synced = sync_file(files_, path);
        if (!synced) return cannot(path, synced.error());
        const auto digest = digest_of(files_, path, advance_of("checksum of " + name));
        if (!digest) return cannot(path, digest.error());
        note(name, *digest);
        return {};
    }

    void note(const std::string& name, const FileDigest& digest) {
        manifest_.files.push_back({name, digest.bytes, crypto::to_hex(digest.sha256)});
        ++figures_.files;
        figures_.bytes += digest.bytes;
    }

    Advance advance_of(std::string name) {
        return [this, name = std::move(name)](std::uint64_t done, std::uint64_t all) {
            progress_(name, done, all);
        };
    }

    const Source& source_;
    const std::string& folder_;
    env::Environment& environment_;
    env::Files& files_;
    const Progress& progress_;
    Manifest manifest_;
    Figures figures_;
};

// A key's file as one file. Databases are copied as such: their newest rows may still be in the
// log beside them.
env::FileResult<FileDigest> copy_key(const std::string& from, const std::string& to,
                                     env::Environment& environment) {
    auto& files = environment.files();
    const auto ignore = [](std::uint64_t, std::uint64_t) {};
    if (!from.ends_with(".sqlite")) return copy_file(files, from, to, ignore);
    const std::string unfinished = to + ".part";
    const auto removed = files.remove(unfinished);
    if (!removed && removed.error() != env::FileError::not_found)
        return Unexpected{removed.error()};
    auto connection = sql::Connection::open(database(from, environment));
    if (!connection || !(*connection)->copy_to(unfinished, ignore))
        return Unexpected{env::FileError::io_error};
    ONSALE_TRY(sync_file(files, unfinished));
    ONSALE_TRY_ASSIGN(digest, digest_of(files, unfinished, ignore));
    ONSALE_TRY(files.rename(unfinished, to));
    return digest;
}

// A text is for people (the first administrator's password), a mark is of the one file beside it
// and made again at a start, the others are SQLite's own.
bool is_key(std::string_view name) {
    constexpr std::string_view kOthers[] = {"-wal", "-shm", "-journal", ".part", ".txt", ".mark"};
    return std::ranges::none_of(kOthers, [&](auto suffix) { return name.ends_with(suffix); });
}

// What the copy of before had and the site has no more must not be kept.
env::FileResult<void> remove_others(env::Files& files, const std::string& folder,
                                    const std::vector<std::string>& kept) {
    ONSALE_TRY_ASSIGN(names, files.list(folder));
    for (const auto& name : names) {
        if (std::ranges::find(kept, name) == kept.end())
            ONSALE_TRY(files.remove(folder + "/" + name));
    }
    return files.sync_folder(folder);
}

}  // namespace

Done back_up(const Source& source, const std::string& folder, env::Environment& environment,
             const Progress& progress) {
    return Backup(source, folder, environment, progress).run();
}

Done back_up_keys(const std::string& data, const std::string& folder,
                  env::Environment& environment) {
    auto& files = environment.files();
    const std::string from = data + "/" + kKeys;
    const auto names = files.list(from);
    if (!names) return cannot(from, names.error());
    if (const auto made = files.create_folders(folder); !made) return cannot(folder, made.error());
    const auto others = files.list(folder);
    if (!others) return cannot(folder, others.error());
    const bool foreign = std::ranges::find(*others, kMasterKey) == others->end();
    if (!others->empty() && foreign)
        return cannot(folder, "is not empty and holds no copy of keys; choose another folder");
    Figures figures;
    std::vector<std::string> kept;
    for (const auto& name : *names) {
        if (!is_key(name)) continue;
        const auto copied = copy_key(from + "/" + name, folder + "/" + name, environment);
        if (!copied) return cannot(from + "/" + name, copied.error());
        kept.push_back(name);
        ++figures.files;
        figures.bytes += copied->bytes;
    }
    const auto cleaned = remove_others(files, folder, kept);
    if (!cleaned) return cannot(folder, cleaned.error());
    return figures;
}

}  // namespace onsale::backup
