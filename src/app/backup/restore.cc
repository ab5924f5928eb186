#include <algorithm>
#include <utility>

#include "backup/backup.h"
#include "backup/internal/copy_file.h"
#include "backup/internal/manifest.h"
#include "backup/internal/places.h"
#include "journal/journal.h"

namespace onsale::backup {
namespace {

using base::Unexpected;

Unexpected<std::string> cannot(const std::string& path, std::string_view why) {
    return Unexpected{path + ": " + std::string(why)};
}
Unexpected<std::string> cannot(const std::string& path, env::FileError error) {
    return cannot(path, env::to_string(error));
}

class Restoring {
  public:
    Restoring(const Restore& what, env::Environment& environment, const Progress& progress)
        : what_(what),
          environment_(environment),
          files_(environment.files()),
          progress_(progress) {}

    Done run() {
        ONSALE_TRY_ASSIGN(manifest, read_manifest(files_, what_.backup));
        ONSALE_TRY_ASSIGN(positions, positions_of(manifest));
        for (const auto& file : manifest.files) ONSALE_TRY(verify(file));
        const auto empty = is_empty(files_, what_.data);
        if (!empty) return cannot(what_.data, empty.error());
        if (!*empty)
            return cannot(what_.data, "is not empty; a backup is restored into a new folder");
        const std::string journal = place(kJournalFolder);
        const auto made = files_.create_folders(place(kSnapshots));
        if (!made) return cannot(what_.data, made.error());
        // INVARIANT: from here to the last line a start is refused, because the journal lacks what
        // the high-water file names.
        const auto marked = journal::write_high_water(files_, place(kHighWater), positions);
        if (!marked) return cannot(journal, marked.error());
        ONSALE_TRY(copy_keys());
        auto& list = manifest.files;
        const auto is_other = [](const auto& file) { return file.name != kJournal; };
        std::stable_partition(list.begin(), list.end(), is_other);
        for (const auto& file : list) ONSALE_TRY(copy(file));
        for (const std::string& path : {place(kSnapshots), journal, what_.data}) {
            const auto synced = files_.sync_folder(path);
            if (!synced) return cannot(path, synced.error());
        }
        ONSALE_TRY(compare(positions));
        return figures_;
    }

  private:
    using Step = base::Result<void, std::string>;

    [[nodiscard]] std::string place(std::string_view name) const {
        return what_.data + "/" + std::string(name);
    }

    Step verify(const ManifestFile& file) {
        const std::string path = what_.backup + "/" + file.name;
        const auto digest = digest_of(files_, path, advance_of("verifying " + file.name));
        if (!digest) return cannot(path, digest.error());
        if (digest->bytes != file.bytes || crypto::to_hex(digest->sha256) != file.sha256)
            return cannot(path, "is not as the manifest says: this backup is damaged");
        return {};
    }

    Step copy(const ManifestFile& file) {
        const auto copied = copy_file(files_, what_.backup + "/" + file.name, place(file.name),
                                      advance_of(file.name));
        if (!copied) return cannot(file.name, copied.error());
        ++figures_.files;
        figures_.bytes += copied->bytes;
        return {};
    }

    Step copy_keys() {
        if (what_.keys.empty()) return {};
        const auto copied = copy_folder(what_.keys, place(kKeys));
        if (!copied) return cannot(what_.keys, copied.error());
        return {};
    }

    env::FileResult<void> copy_folder(const std::string& from, const std::string& to) {
        ONSALE_TRY_ASSIGN(names, files_.list(from));
        ONSALE_TRY(files_.create_folders(to));
        for (const auto& name : names) {
            ONSALE_TRY(
                copy_file(files_, from + "/" + name, to + "/" + name, advance_of("keys/" + name)));
        }
        return files_.sync_folder(to);
    }

    // The journal's end once more, as the start will look at it.
    Step compare(const journal::Positions& positions) {
        sql::OpenOptions options;
        options.path = place(kJournal);
        options.vfs = environment_.sqlite_vfs();
        auto reader = journal::Reader::open(options);
        if (!reader) return cannot(options.path, reader.error().message);
        for (const auto& [shard, position] : positions) {
            const auto last = (*reader)->last(shard);
            if (!last || *last != position)
                return cannot(options.path, "shard " + std::to_string(shard) +
                                                " does not end where the manifest says");
        }
        return {};
    }

    Advance advance_of(std::string name) {
        return [this, name = std::move(name)](std::uint64_t done, std::uint64_t all) {
            progress_(name, done, all);
        };
    }

    const Restore& what_;
    env::Environment& environment_;
    env::Files& files_;
    const Progress& progress_;
    Figures figures_;
};

}  // namespace

Done restore(const Restore& what, env::Environment& environment, const Progress& progress) {
    return Restoring(what, environment, progress).run();
}

}  // namespace onsale::backup
