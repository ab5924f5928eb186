// The open files of FileVfs, in SQLite's shapes. VfsWorld is what all of them share; it belongs to
// the FileVfs. Once it is dead, every call that would reach the disk fails; locks and the WAL's
// index, which are memory, can still be let go.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "env/clock.h"
#include "env/entropy.h"
#include "env/files.h"
#include "sql/internal/shared_node.h"

struct sqlite3_io_methods;

namespace onsale::sql {

struct VfsWorld {
    VfsWorld(env::Files& f, env::Clock& c, env::Entropy& e) : files(f), clock(c), entropy(e) {}

    env::Files& files;
    env::Clock& clock;
    env::Entropy& entropy;
    std::map<std::string, std::weak_ptr<SharedNode>> nodes;
    std::size_t open_files = 0;
    bool dead = false;

    std::shared_ptr<SharedNode> node_of(const std::string& path);
};

// What SQLite holds of an open file: its own part (a pointer to the methods), then ours.
struct VfsFile {
    const sqlite3_io_methods* methods;
    struct Open* open;
};

struct Open {
    explicit Open(VfsWorld& w) : world(w) {}

    VfsWorld& world;
    std::string path;
    std::unique_ptr<env::File> file;
    std::shared_ptr<SharedNode> node;  // of main databases only
    bool remove_on_close = false;
    bool name_unsynced = false;  // a power cut may still take the name away
};

[[nodiscard]] const sqlite3_io_methods* vfs_file_methods();
// What a failure of the disk is to SQLite: a full disk has its own code, all else is `io_code`.
[[nodiscard]] int vfs_code_of(env::FileError error, int io_code);
[[nodiscard]] std::string folder_of(const std::string& path);

}  // namespace onsale::sql
