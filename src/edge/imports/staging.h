// Staging: the files of one import while they arrive, below the data folder. Nothing is synced:
// what a crash leaves is removed at the next start, and the import is sent again. Lives on the
// imports' executor.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "env/files.h"
#include "imports/plan.h"

namespace onsale::imports {

enum class StageRefusal : std::uint8_t {
    none,
    name_invalid,   // not the plain name of a file
    piece_missing,  // the file is shorter than the piece's offset
    file_too_large,
    import_too_large,
    too_many_files,
    storage_full,
    failed,
};

// Bytes of a file from `offset` on; 0 begins the file anew.
struct Piece {
    std::string name;
    std::uint64_t offset = 0;
    std::string_view bytes;
};

struct StagedFile {
    std::string name;
    std::uint64_t bytes = 0;
};

class Staging {
  public:
    // `prefix`: of the paths, "<data>/imports/17.".
    Staging(env::Files& files, std::string prefix) : files_(files), prefix_(std::move(prefix)) {}

    // The same piece again changes nothing.
    [[nodiscard]] StageRefusal write(const Piece& piece);
    [[nodiscard]] env::FileResult<std::vector<InputFile>> read() const;
    void remove();
    [[nodiscard]] const std::vector<StagedFile>& files() const { return staged_; }

  private:
    [[nodiscard]] std::string path_of(std::size_t index) const;
    [[nodiscard]] StageRefusal check(const Piece& piece, const StagedFile& file) const;
    [[nodiscard]] env::FileResult<void> store(const Piece& piece, const std::string& path);

    env::Files& files_;
    const std::string prefix_;
    std::vector<StagedFile> staged_;
};

// Removes what a former process left in the folder.
void remove_leftovers(env::Files& files, const std::string& folder);

}  // namespace onsale::imports
