#include "world/disk.h"

#include <algorithm>
#include <utility>

#include "world/internal/disk_state.h"

namespace onsale::world {

using base::Unexpected;
using env::FileError;
using env::FileResult;

class DiskFile : public env::File {
  public:
    DiskFile(std::shared_ptr<Disk::State> state, std::uint64_t process,
             std::shared_ptr<Inode> inode, std::string path, bool locks)
        : state_(std::move(state)),
          process_(process),
          inode_(std::move(inode)),
          path_(std::move(path)),
          locks_(locks) {}
    ~DiskFile() override {
        if (locks_) inode_->locked = false;
    }

    FileResult<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
        if (!state_->enter(process_, path_)) return Unexpected{FileError::io_error};
        const auto& content = inode_->current;
        if (offset >= content.size()) return std::size_t{0};
        const std::size_t size = std::min<std::size_t>(out.size(), content.size() - offset);
        std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(offset), size, out.begin());
        return size;
    }
    FileResult<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override {
        if (!state_->enter(process_, path_)) return Unexpected{FileError::io_error};
        if (!state_->has_space_for(*inode_, offset + data.size()))
            return Unexpected{FileError::no_space};
        inode_->write(offset, data);
        return {};
    }
    FileResult<void> truncate(std::uint64_t size) override {
        if (!state_->enter(process_, path_)) return Unexpected{FileError::io_error};
        if (!state_->has_space_for(*inode_, size)) return Unexpected{FileError::no_space};
        inode_->resize(size);
        return {};
    }
    FileResult<void> sync() override {
        if (!state_->enter(process_, path_) || state_->syncs_refused)
            return Unexpected{FileError::io_error};
        inode_->sync();
        if (state_->deny_sync_of(path_)) return Unexpected{FileError::io_error};
        return {};
    }
    FileResult<std::uint64_t> size() override {
        if (!state_->enter(process_, path_)) return Unexpected{FileError::io_error};
        return static_cast<std::uint64_t>(inode_->current.size());
    }
    FileResult<void> allocate(std::uint64_t size) override {
        if (size <= inode_->current.size()) return {};
        return truncate(size);
    }

  private:
    std::shared_ptr<Disk::State> state_;
    std::uint64_t process_;
    std::shared_ptr<Inode> inode_;
    std::string path_;
    bool locks_;
};

class DiskFiles : public env::Files {
  public:
    DiskFiles(std::shared_ptr<Disk::State> state, std::uint64_t process)
        : state_(std::move(state)), process_(process) {}

    FileResult<std::unique_ptr<env::File>> open(const std::string& path,
                                                env::OpenMode mode) override {
        return open_inode(path, mode, false);
    }
    FileResult<void> remove(const std::string& path) override {
        if (!state_->enter(process_, path)) return Unexpected{FileError::io_error};
        if (state_->names.erase(path) == 0) return Unexpected{FileError::not_found};
        state_->names_changed();
        return {};
    }
    FileResult<void> rename(const std::string& from, const std::string& to) override {
        if (!state_->enter(process_, to)) return Unexpected{FileError::io_error};
        const auto found = state_->names.find(from);
        if (found == state_->names.end()) return Unexpected{FileError::not_found};
        auto inode = found->second;
        state_->names.erase(found);
        state_->names[to] = std::move(inode);
        state_->names_changed();
        return {};
    }
    FileResult<bool> exists(const std::string& path) override {
        if (!state_->enter(process_, path)) return Unexpected{FileError::io_error};
        return state_->names.contains(path) || state_->folders.contains(path);
    }
    FileResult<std::uint64_t> free_bytes(const std::string& folder) override {
        if (!state_->enter(process_, folder)) return Unexpected{FileError::io_error};
        const std::uint64_t used = state_->bytes();
        return used < state_->space ? state_->space - used : 0;
    }
    FileResult<std::vector<std::string>> list(const std::string& folder) override {
        if (!state_->enter(process_, folder)) return Unexpected{FileError::io_error};
        std::vector<std::string> found;
        const std::string prefix = folder + "/";
        for (auto it = state_->names.lower_bound(prefix);
             it != state_->names.end() && it->first.starts_with(prefix); ++it) {
            std::string name = it->first.substr(prefix.size());
            if (name.find('/') == std::string::npos) found.push_back(std::move(name));
        }
        return found;
    }
    FileResult<void> create_folders(const std::string& path) override {
        if (!state_->enter(process_, path)) return Unexpected{FileError::io_error};
        state_->folders.insert(path);
        return {};
    }
    // Every name becomes durable, not only those of this folder: the folders of one small disk
    // share a journal.
    FileResult<void> sync_folder(const std::string& folder) override {
        if (!state_->enter(process_, folder) || state_->syncs_refused)
            return Unexpected{FileError::io_error};
        state_->durable_names = state_->names;
        state_->unsynced_names.clear();
        return {};
    }
    FileResult<std::unique_ptr<env::File>> lock(const std::string& path) override {
        return open_inode(path, env::OpenMode::create, true);
    }

  private:
    FileResult<std::unique_ptr<env::File>> open_inode(const std::string& path, env::OpenMode mode,
                                                      bool lock) {
        if (!state_->enter(process_, path)) return Unexpected{FileError::io_error};
        auto found = state_->names.find(path);
        if (found == state_->names.end()) {
            if (mode != env::OpenMode::create) return Unexpected{FileError::not_found};
            found = state_->names.emplace(path, std::make_shared<Inode>()).first;
            state_->names_changed();
        }
        if (lock && std::exchange(found->second->locked, true))
            return Unexpected{FileError::locked};
        return std::unique_ptr<env::File>(
            std::make_unique<DiskFile>(state_, process_, found->second, path, lock));
    }

    std::shared_ptr<Disk::State> state_;
    std::uint64_t process_;
};

Disk::Disk(std::uint64_t seed) : state_(std::make_shared<State>(seed)) {}
Disk::~Disk() = default;

std::unique_ptr<env::Files> Disk::open_for(std::uint64_t process) {
    return std::make_unique<DiskFiles>(state_, process);
}

void Disk::kill(std::uint64_t process) {
    state_->dead.insert(process);
}

void Disk::power_cut() {
    // The names as they were after some operation since the last sync.
    const std::uint64_t kept = state_->random.below(state_->unsynced_names.size() + 1);
    state_->names = kept == 0 ? state_->durable_names : state_->unsynced_names[kept - 1];
    state_->durable_names = state_->names;
    state_->unsynced_names.clear();
    for (auto& [name, inode] : state_->names) {
        inode->lose_unsynced(state_->random);
        inode->locked = false;
    }
}

void Disk::limit_space(std::uint64_t bytes) {
    state_->space = bytes;
}
void Disk::refuse_sync(bool refuse) {
    state_->syncs_refused = refuse;
}
void Disk::strike_at(std::uint64_t operations, std::string part) {
    state_->strike_in = operations;
    state_->strike_part = std::move(part);
}
void Disk::deny_next_sync(std::string part) {
    state_->denied_sync = std::move(part);
}
void Disk::allow_syncs() {
    state_->syncs_refused = false;
    state_->denied_sync.clear();
}
void Disk::break_locks() {
    for (auto& [name, inode] : state_->names) inode->locked = false;
}
std::uint64_t Disk::struck() const {
    return state_->struck;
}
std::uint64_t Disk::bytes() const {
    return state_->bytes();
}

}  // namespace onsale::world
