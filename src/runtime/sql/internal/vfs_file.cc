#include "sql/internal/vfs_file.h"

#include <sqlite3.h>

#include <atomic>
#include <cstring>

namespace onsale::sql {
namespace {

using Level = SharedNode::Level;

// The device writes sectors of this size, and a torn one may be lost as a whole: SQLite then pads
// every commit so that no later write can touch a sector with committed rows.
constexpr int kSectorBytes = 4096;

Open& open_of(sqlite3_file* file) {
    return *reinterpret_cast<VfsFile*>(file)->open;
}

template <class T>
int code_of(const env::FileResult<T>& result, int io_code) {
    return result ? SQLITE_OK : vfs_code_of(result.error(), io_code);
}

int close(sqlite3_file* file) {
    const Open* const open = &open_of(file);
    VfsWorld& world = open->world;
    if (open->node) {
        open->node->unmap(open);
        open->node->lower(open, Level::none);
    }
    int code = SQLITE_OK;
    if (open->remove_on_close && !world.dead) {
        code = code_of(world.files.remove(open->path), SQLITE_IOERR_DELETE);
    }
    delete open;
    --world.open_files;
    return code;
}

int read(sqlite3_file* file, void* out, int bytes, sqlite3_int64 offset) {
    Open& open = open_of(file);
    if (open.world.dead) return SQLITE_IOERR_READ;
    const std::span target(static_cast<std::byte*>(out), static_cast<std::size_t>(bytes));
    const auto count = open.file->read_at(static_cast<std::uint64_t>(offset), target);
    if (!count) return SQLITE_IOERR_READ;
    if (*count == target.size()) return SQLITE_OK;
    std::memset(target.data() + *count, 0, target.size() - *count);
    return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* data, int bytes, sqlite3_int64 offset) {
    Open& open = open_of(file);
    if (open.world.dead) return SQLITE_IOERR_WRITE;
    const std::span source(static_cast<const std::byte*>(data), static_cast<std::size_t>(bytes));
    return code_of(open.file->write_at(static_cast<std::uint64_t>(offset), source),
                   SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    Open& open = open_of(file);
    if (open.world.dead) return SQLITE_IOERR_TRUNCATE;
    return code_of(open.file->truncate(static_cast<std::uint64_t>(size)), SQLITE_IOERR_TRUNCATE);
}

// A failed sync is never "disk full": what was written may be gone, and nobody can tell.
int sync(sqlite3_file* file, int /*flags*/) {
    Open& open = open_of(file);
    if (open.world.dead || !open.file->sync()) return SQLITE_IOERR_FSYNC;
    if (!open.name_unsynced) return SQLITE_OK;
    if (!open.world.files.sync_folder(folder_of(open.path))) return SQLITE_IOERR_DIR_FSYNC;
    open.name_unsynced = false;
    return SQLITE_OK;
}

int size(sqlite3_file* file, sqlite3_int64* out) {
    Open& open = open_of(file);
    if (open.world.dead) return SQLITE_IOERR_FSTAT;
    const auto bytes = open.file->size();
    if (!bytes) return SQLITE_IOERR_FSTAT;
    *out = static_cast<sqlite3_int64>(*bytes);
    return SQLITE_OK;
}

int lock(sqlite3_file* file, int level) {
    Open& open = open_of(file);
    if (open.world.dead) return SQLITE_IOERR_LOCK;
    if (!open.node) return SQLITE_OK;
    return open.node->raise(&open, static_cast<Level>(level)) ? SQLITE_OK : SQLITE_BUSY;
}

int unlock(sqlite3_file* file, int level) {
    Open& open = open_of(file);
    if (open.node) open.node->lower(&open, static_cast<Level>(level));
    return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* out) {
    Open& open = open_of(file);
    *out = open.node && open.node->reserved() ? 1 : 0;
    return SQLITE_OK;
}

int control(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file* /*file*/) {
    return kSectorBytes;
}

// Nothing is promised: no atomic writes, no safety of neighbouring bytes.
int characteristics(sqlite3_file* /*file*/) {
    return 0;
}

int shm_map(sqlite3_file* file, int index, int bytes, int make, void volatile** out) {
    Open& open = open_of(file);
    *out = nullptr;
    if (open.world.dead || !open.node) return SQLITE_IOERR_SHMMAP;
    *out = open.node->region(&open, static_cast<std::size_t>(index),
                             static_cast<std::size_t>(bytes), make != 0);
    return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int first, int count, int flags) {
    Open& open = open_of(file);
    const std::uint32_t bits = ((1U << count) - 1U) << first;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        open.node->unlock(&open, bits);
        return SQLITE_OK;
    }
    if (open.world.dead) return SQLITE_IOERR_SHMLOCK;
    const bool locked = (flags & SQLITE_SHM_SHARED) != 0 ? open.node->lock_shared(&open, bits)
                                                         : open.node->lock_exclusive(&open, bits);
    return locked ? SQLITE_OK : SQLITE_BUSY;
}

void shm_barrier(sqlite3_file* /*file*/) {
    std::atomic_thread_fence(std::memory_order_seq_cst);
}

int shm_unmap(sqlite3_file* file, int /*remove*/) {
    Open& open = open_of(file);
    if (open.node) open.node->unmap(&open);
    return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

}  // namespace

std::shared_ptr<SharedNode> VfsWorld::node_of(const std::string& path) {
    std::weak_ptr<SharedNode>& known = nodes[path];
    auto node = known.lock();
    if (!node) known = node = std::make_shared<SharedNode>();
    return node;
}

const sqlite3_io_methods* vfs_file_methods() {
    return &kMethods;
}

int vfs_code_of(env::FileError error, int io_code) {
    return error == env::FileError::no_space ? SQLITE_FULL : io_code;
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return path.substr(0, slash == 0 ? 1 : slash);
}

}  // namespace onsale::sql
