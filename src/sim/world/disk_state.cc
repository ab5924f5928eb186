#include <algorithm>
#include <span>

#include "world/internal/disk_state.h"

namespace onsale::world {
namespace {

constexpr std::size_t kSectorBytes = 512;

void apply_change(Bytes& content, std::uint64_t offset, std::span<const std::byte> data) {
    if (content.size() < offset + data.size()) content.resize(offset + data.size());
    std::copy(data.begin(), data.end(), content.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

void Inode::write(std::uint64_t offset, std::span<const std::byte> data) {
    apply_change(current, offset, data);
    unsynced.push_back({false, offset, Bytes(data.begin(), data.end())});
}

void Inode::resize(std::uint64_t size) {
    current.resize(size);
    unsynced.push_back({true, size, {}});
}

void Inode::sync() {
    for (const auto& change : unsynced) {
        if (change.resize) durable.resize(change.offset);
        if (!change.resize) apply_change(durable, change.offset, change.data);
    }
    unsynced.clear();
}

void Inode::lose_unsynced(base::Prng& random) {
    for (const auto& change : unsynced) {
        if (change.resize) {
            if (random.chance(1, 2)) durable.resize(change.offset);
            continue;
        }
        for (std::size_t at = 0; at < change.data.size(); at += kSectorBytes) {
            if (random.chance(1, 2)) continue;
            const std::size_t size = std::min(kSectorBytes, change.data.size() - at);
            apply_change(durable, change.offset + at, std::span(change.data).subspan(at, size));
        }
    }
    unsynced.clear();
    current = durable;
}

bool Disk::State::enter(std::uint64_t process, const std::string& path) {
    if (dead.contains(process)) return false;
    if (strike_in == 0 || path.find(strike_part) == std::string::npos) return true;
    if (--strike_in != 0) return true;
    struck = process;
    dead.insert(process);
    return false;
}

bool Disk::State::deny_sync_of(const std::string& path) {
    if (denied_sync.empty() || path.find(denied_sync) == std::string::npos) return false;
    denied_sync.clear();
    return true;
}

std::uint64_t Disk::State::bytes() const {
    std::uint64_t sum = 0;
    for (const auto& [name, inode] : names) sum += inode->current.size();
    return sum;
}

bool Disk::State::has_space_for(const Inode& inode, std::uint64_t size) const {
    if (size <= inode.current.size() || space == ~std::uint64_t{0}) return true;
    return bytes() + (size - inode.current.size()) <= space;
}

}  // namespace onsale::world
