#include "sql/file_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "sql/internal/heap_file.h"
#include "sql/internal/vfs_file.h"

namespace onsale::sql {
namespace {

constexpr int kPathMax = 1024;
// Milliseconds from the start of the Julian period to 1970.
constexpr std::int64_t kUnixEpochJulianMs = 210866760000000;

VfsWorld& world_of(sqlite3_vfs* vfs) {
    return *static_cast<VfsWorld*>(vfs->pAppData);
}

env::OpenMode mode_of(int flags) {
    if ((flags & SQLITE_OPEN_CREATE) != 0) return env::OpenMode::create;
    return (flags & SQLITE_OPEN_READWRITE) != 0 ? env::OpenMode::read_write : env::OpenMode::read;
}

// Opens what has a name; a SQLite code says why it did not work.
int open_named(Open& open, int flags) {
    if ((flags & SQLITE_OPEN_EXCLUSIVE) != 0) {
        const auto there = open.world.files.exists(open.path);
        if (!there || *there) return SQLITE_CANTOPEN;
    }
    auto file = open.world.files.open(open.path, mode_of(flags));
    if (!file) return vfs_code_of(file.error(), SQLITE_CANTOPEN);
    open.file = std::move(file).value();
    // Also when it is there already: whoever made it may not have synced the folder.
    open.name_unsynced = (flags & SQLITE_OPEN_CREATE) != 0;
    open.remove_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) open.node = open.world.node_of(open.path);
    return SQLITE_OK;
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    auto* const target = reinterpret_cast<VfsFile*>(file);
    target->methods = nullptr;  // SQLite closes only what has methods
    VfsWorld& world = world_of(vfs);
    if (world.dead) return SQLITE_IOERR;
    auto open = std::make_unique<Open>(world);
    if (name == nullptr) {
        open->file = std::make_unique<HeapFile>();
    } else {
        open->path = name;
        const int code = open_named(*open, flags);
        if (code != SQLITE_OK) return code;
    }
    ++world.open_files;
    target->open = open.release();
    target->methods = vfs_file_methods();
    if (flags_out != nullptr) *flags_out = flags;
    return SQLITE_OK;
}

int remove_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    VfsWorld& world = world_of(vfs);
    if (world.dead) return SQLITE_IOERR_DELETE;
    const auto removed = world.files.remove(name);
    if (!removed) {
        return removed.error() == env::FileError::not_found ? SQLITE_IOERR_DELETE_NOENT
                                                            : SQLITE_IOERR_DELETE;
    }
    if (sync_folder == 0 || world.files.sync_folder(folder_of(name))) return SQLITE_OK;
    return SQLITE_IOERR_DIR_FSYNC;
}

int access(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* out) {
    VfsWorld& world = world_of(vfs);
    if (world.dead) return SQLITE_IOERR_ACCESS;
    const auto there = world.files.exists(name);
    if (!there) return SQLITE_IOERR_ACCESS;
    *out = *there ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs* /*vfs*/, const char* name, int out_bytes, char* out) {
    const std::size_t bytes = std::strlen(name) + 1;
    if (bytes > static_cast<std::size_t>(out_bytes)) return SQLITE_CANTOPEN;
    std::memcpy(out, name, bytes);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int bytes, char* out) {
    const std::span target(out, static_cast<std::size_t>(bytes));
    world_of(vfs).entropy.fill(std::as_writable_bytes(target));
    return bytes;
}

// Nobody else could let go of a lock while the only thread sleeps.
int do_not_sleep(sqlite3_vfs* /*vfs*/, int microseconds) {
    return microseconds;
}

int time_julian_ms(sqlite3_vfs* vfs, sqlite3_int64* out) {
    *out = world_of(vfs).clock.wall_now().unix_ms() + kUnixEpochJulianMs;
    return SQLITE_OK;
}

int time_julian_days(sqlite3_vfs* vfs, double* out) {
    sqlite3_int64 julian_ms = 0;
    time_julian_ms(vfs, &julian_ms);
    *out = static_cast<double>(julian_ms) / 86'400'000.0;
    return SQLITE_OK;
}

int last_error(sqlite3_vfs* /*vfs*/, int /*bytes*/, char* /*out*/) {
    return 0;
}

}  // namespace

struct FileVfs::Impl {
    Impl(std::string vfs_name, const VfsWorld& shared) : name(std::move(vfs_name)), world(shared) {}

    std::string name;
    VfsWorld world;
    sqlite3_vfs vfs{};
};

FileVfs::FileVfs(std::string name, env::Files& files, env::Clock& clock, env::Entropy& entropy)
    : impl_(std::make_unique<Impl>(std::move(name), VfsWorld(files, clock, entropy))) {
    static_assert(sizeof(VfsFile) >= sizeof(sqlite3_file));
    sqlite3_vfs& vfs = impl_->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = static_cast<int>(sizeof(VfsFile));
    vfs.mxPathname = kPathMax;
    vfs.zName = impl_->name.c_str();
    vfs.pAppData = &impl_->world;
    vfs.xOpen = open_file;
    vfs.xDelete = remove_file;
    vfs.xAccess = access;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = randomness;
    vfs.xSleep = do_not_sleep;
    vfs.xCurrentTime = time_julian_days;
    vfs.xGetLastError = last_error;
    vfs.xCurrentTimeInt64 = time_julian_ms;
    ONSALE_CHECK(sqlite3_vfs_find(vfs.zName) == nullptr);
    ONSALE_CHECK(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
    // SQLite takes the salts of its WAL from one generator of the process, which it seeds from the
    // default VFS, not from this one.
    const int seed = static_cast<int>(entropy.next_u64() >> 34) | 1;
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, seed, nullptr);
}

FileVfs::~FileVfs() {
    ONSALE_CHECK(impl_->world.open_files == 0);
    sqlite3_vfs_unregister(&impl_->vfs);
}

void FileVfs::kill() {
    impl_->world.dead = true;
}

}  // namespace onsale::sql
