// MemoryFiles: a small disk for tests, in memory, that forgets at a power cut what was not synced,
// that can be full, and whose syncs can fail. For tests of sql and journal only; the simulator has
// a disk of its own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/prng.h"
#include "env/files.h"

namespace onsale::sql::testing {

class MemoryFiles final : public env::Files {
  public:
    std::uint64_t bytes_max = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t writes_left = std::numeric_limits<std::uint64_t>::max();  // then no_space
    bool syncs_fail = false;
    std::uint64_t syncs = 0;
    std::uint64_t touched_after_cut = 0;  // calls on files that were opened before a power cut

    // Without a generator nothing unsynced survives; with one, a part of it does, torn in sectors.
    void power_cut(base::Prng* prng = nullptr) {
        ++generation_;
        locks_.clear();
        std::set<Node*> nodes;
        for (const auto& [path, node] : names_) nodes.insert(node.get());
        for (const auto& [path, node] : durable_names_) nodes.insert(node.get());
        for (Node* node : nodes) node->cut(prng);
        if (prng == nullptr || prng->chance(1, 2)) names_ = durable_names_;
        durable_names_ = names_;
    }

    [[nodiscard]] std::uint64_t used() const {
        std::uint64_t sum = 0;
        for (const auto& [path, node] : names_) sum += node->now.size();
        return sum;
    }

    // The bytes of a file as they are, for tests that damage them.
    std::string& bytes(const std::string& path) { return names_.at(path)->now; }
    // Makes what is there now durable, as if everything had been synced.
    void settle() {
        for (const auto& [path, node] : names_) node->settle();
        durable_names_ = names_;
    }

    env::FileResult<std::unique_ptr<env::File>> open(const std::string& path,
                                                     env::OpenMode mode) override {
        auto place = names_.find(path);
        if (place == names_.end()) {
            if (mode != env::OpenMode::create) return base::Unexpected{env::FileError::not_found};
            place = names_.emplace(path, std::make_shared<Node>()).first;
        }
        return std::unique_ptr<env::File>(new Opened(*this, place->second));
    }
    env::FileResult<void> remove(const std::string& path) override {
        if (names_.erase(path) == 0) return base::Unexpected{env::FileError::not_found};
        return {};
    }
    env::FileResult<void> rename(const std::string& from, const std::string& to) override {
        const auto place = names_.find(from);
        if (place == names_.end()) return base::Unexpected{env::FileError::not_found};
        names_[to] = place->second;
        names_.erase(from);
        return {};
    }
    env::FileResult<bool> exists(const std::string& path) override { return names_.contains(path); }
    env::FileResult<std::uint64_t> free_bytes(const std::string& /*folder*/) override {
        return std::uint64_t{1} << 40;  // tests of a full disk do not ask
    }
    env::FileResult<std::vector<std::string>> list(const std::string& folder) override {
        std::vector<std::string> found;
        for (const auto& [path, node] : names_) {
            if (folder_of(path) == folder) found.push_back(path.substr(folder.size() + 1));
        }
        return found;
    }
    env::FileResult<void> create_folders(const std::string& /*path*/) override { return {}; }
    env::FileResult<void> sync_folder(const std::string& folder) override {
        if (syncs_fail) return base::Unexpected{env::FileError::io_error};
        std::erase_if(durable_names_,
                      [&](const auto& entry) { return folder_of(entry.first) == folder; });
        for (const auto& entry : names_) {
            if (folder_of(entry.first) == folder) durable_names_.insert(entry);
        }
        return {};
    }
    env::FileResult<std::unique_ptr<env::File>> lock(const std::string& path) override {
        if (!locks_.insert(path).second) return base::Unexpected{env::FileError::locked};
        return open(path, env::OpenMode::create);
    }

  private:
    struct Change {
        std::uint64_t offset = 0;
        std::optional<std::string> data;  // nothing: a truncation to `offset`

        void apply(std::string& bytes) const {
            if (!data) return bytes.resize(offset);
            if (bytes.size() < offset + data->size()) bytes.resize(offset + data->size());
            bytes.replace(offset, data->size(), *data);
        }
    };

    struct Node {
        std::string now;
        std::string durable;
        std::vector<Change> unsynced;

        void change(Change change) {
            change.apply(now);
            unsynced.push_back(std::move(change));
        }
        void settle() {
            durable = now;
            unsynced.clear();
        }
        void sync() {
            for (const Change& change : unsynced) change.apply(durable);
            unsynced.clear();
        }
        void cut(base::Prng* prng) {
            for (const Change& change : unsynced) {
                if (prng != nullptr) apply_torn(change, *prng);
            }
            unsynced.clear();
            now = durable;
        }
        void apply_torn(const Change& change, base::Prng& prng) {
            if (!change.data) {
                if (prng.chance(1, 2)) change.apply(durable);
                return;
            }
            constexpr std::size_t kSector = 512;
            for (std::size_t at = 0; at < change.data->size(); at += kSector) {
                if (prng.chance(1, 3)) continue;
                Change{change.offset + at, change.data->substr(at, kSector)}.apply(durable);
            }
        }
    };

    class Opened final : public env::File {
      public:
        Opened(MemoryFiles& disk, std::shared_ptr<Node> node)
            : disk_(disk), node_(std::move(node)), generation_(disk.generation_) {}

        env::FileResult<std::size_t> read_at(std::uint64_t offset,
                                             std::span<std::byte> out) override {
            if (stale()) return base::Unexpected{env::FileError::io_error};
            const std::string& bytes = node_->now;
            if (offset >= bytes.size()) return std::size_t{0};
            const std::size_t count = std::min<std::size_t>(out.size(), bytes.size() - offset);
            const auto source = std::as_bytes(std::span(bytes)).subspan(offset, count);
            std::ranges::copy(source, out.begin());
            return count;
        }
        env::FileResult<void> write_at(std::uint64_t offset,
                                       std::span<const std::byte> data) override {
            if (stale()) return base::Unexpected{env::FileError::io_error};
            if (!fits(offset + data.size())) return base::Unexpected{env::FileError::no_space};
            if (disk_.writes_left == 0) return base::Unexpected{env::FileError::no_space};
            --disk_.writes_left;
            node_->change(
                {offset, std::string(reinterpret_cast<const char*>(data.data()), data.size())});
            return {};
        }
        env::FileResult<void> truncate(std::uint64_t size) override {
            if (stale()) return base::Unexpected{env::FileError::io_error};
            node_->change({size, std::nullopt});
            return {};
        }
        env::FileResult<void> sync() override {
            if (stale() || disk_.syncs_fail) return base::Unexpected{env::FileError::io_error};
            ++disk_.syncs;
            node_->sync();
            return {};
        }
        env::FileResult<std::uint64_t> size() override {
            if (stale()) return base::Unexpected{env::FileError::io_error};
            return std::uint64_t{node_->now.size()};
        }
        env::FileResult<void> allocate(std::uint64_t size) override {
            if (stale()) return base::Unexpected{env::FileError::io_error};
            if (!fits(size)) return base::Unexpected{env::FileError::no_space};
            if (node_->now.size() < size) node_->change({size, std::nullopt});
            return {};
        }

      private:
        bool stale() {
            if (generation_ == disk_.generation_) return false;
            ++disk_.touched_after_cut;
            return true;
        }
        [[nodiscard]] bool fits(std::uint64_t size) const {
            if (size <= node_->now.size()) return true;
            return disk_.used() + (size - node_->now.size()) <= disk_.bytes_max;
        }

        MemoryFiles& disk_;
        std::shared_ptr<Node> node_;
        std::uint64_t generation_;
    };

    static std::string folder_of(const std::string& path) {
        const auto slash = path.rfind('/');
        return slash == std::string::npos ? "." : path.substr(0, slash);
    }

    std::map<std::string, std::shared_ptr<Node>> names_;
    std::map<std::string, std::shared_ptr<Node>> durable_names_;
    std::set<std::string> locks_;
    std::uint64_t generation_ = 0;
};

}  // namespace onsale::sql::testing
