// Imports: files of campaigns and codes on their way into the site. They arrive in pieces, are
// checked whole against themselves and against the site, and only then carried out, with progress.
// Owned by the assembly of the site; works on an executor of its own, one import at a time; its
// members may be called from any thread.
// INVARIANT: nothing of the site changes before the whole import was found free of mistakes.
// After a crash: imports are forgotten and their files removed. What was carried out stays, and the
// same import sent again completes it: every step may be repeated.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_function.h"
#include "catalog/catalog.h"
#include "env/environment.h"
#include "imports/mistake.h"
#include "imports/staging.h"
#include "records/store.h"
#include "vault/vault.h"

namespace onsale::imports {

enum class ImportState : std::uint8_t {
    uploading,
    checking,
    faulty,  // mistakes say what and where; nothing was changed
    ready,   // checked, and may be started
    running,
    done,
    failed,  // not by fault of the files: `trouble` says why; may be started again
};
[[nodiscard]] std::string_view to_string(ImportState state);

// What an import came to: the site has changed, or had everything already.
enum class ImportOutcome : std::uint8_t { none, accepted, unchanged };
[[nodiscard]] std::string_view to_string(ImportOutcome outcome);

enum class ImportRefusal : std::uint8_t {
    none,
    import_unknown,
    too_many_imports,  // that hold files
    import_at_work,    // it is being checked or carried out
    import_over,       // it is done; its files are gone
    name_invalid,
    piece_missing,
    file_too_large,
    import_too_large,
    too_many_files,
    busy,
    storage_full,
    failed,
};

// Who imports: the files' organisers must be theirs.
struct Importer {
    std::uint64_t person = 0;
    bool all_organisers = false;
    std::vector<std::uint64_t> organisers;
};

struct ShownMistake {
    std::string file;  // empty: the import as a whole
    std::uint64_t line = 0;
    std::uint64_t column = 0;
    Words message;
    Words remedy;
};

struct ImportView {
    std::uint64_t id = 0;
    std::uint64_t owner = 0;  // who began it
    base::Timestamp created_at;
    ImportState state = ImportState::uploading;
    std::vector<StagedFile> files;
    std::uint64_t done = 0;   // of the present check or run
    std::uint64_t total = 0;  // codes and sessions; 0: not known yet
    std::uint64_t sessions = 0;
    std::uint64_t codes = 0;
    std::vector<ShownMistake> mistakes;  // by place, at most kMistakesMax
    ImportOutcome outcome = ImportOutcome::none;
    Words trouble;
};

class Imports {
  public:
    struct Parts {
        env::Environment& environment;
        records::Store& records;
        vault::Vault& vault;
        catalog::Catalog& catalog;
        std::string folder;  // of the staged files; what is in it is removed
        // Whether a person acts for an organiser now; asked on the imports' executor before each
        // session, so that who loses the right meanwhile changes nothing more.
        std::function<bool(std::uint64_t person, std::uint64_t organiser)> may_act_for;
    };
    explicit Imports(const Parts& parts);
    ~Imports();
    Imports(const Imports&) = delete;
    Imports& operator=(const Imports&) = delete;

    struct Created {
        ImportRefusal refusal = ImportRefusal::none;
        std::uint64_t import = 0;
    };
    using Reply = base::UniqueFunction<void(ImportRefusal)>;
    // Replies run on `home`. An empty import of the same person makes room for the new one.
    void create(std::uint64_t owner, env::Executor& home,
                base::UniqueFunction<void(Created)> reply);
    // The piece's bytes must live until the reply.
    void write(std::uint64_t import, Piece piece, env::Executor& home, Reply reply);
    // Both answer when the work has been taken on; view() tells how it goes. Starting checks first.
    void check(std::uint64_t import, Importer importer, env::Executor& home, Reply reply);
    void start(std::uint64_t import, Importer importer, env::Executor& home, Reply reply);
    void remove(std::uint64_t import, env::Executor& home, Reply reply);

    [[nodiscard]] std::optional<ImportView> view(std::uint64_t import) const;
    // The newest first, without mistakes.
    [[nodiscard]] std::vector<ImportView> all() const;

    // Begins nothing more; `done` runs on our executor when nothing is under way.
    void stop(env::Task done);

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
    std::unique_ptr<env::Executor> executor_;  // last: it is gone before what its tasks use
};

}  // namespace onsale::imports
