#include "journal/snapshot_store.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "crypto/crypto.h"
#include "journal/internal/bytes.h"
#include "journal/limits.h"

namespace onsale::journal {
namespace {

using base::Unexpected;

constexpr std::string_view kMagic = "ONSALESN";
constexpr std::uint32_t kFormatVersion = 1;
constexpr std::string_view kSuffix = ".snapshot";
constexpr std::string_view kUnfinishedSuffix = ".snapshot.new";

// Offsets within the header; docs/formats/journal.md has the picture.
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kShardAt = 12;
constexpr std::size_t kSequenceAt = 16;
constexpr std::size_t kHashAt = 24;
constexpr std::size_t kLengthAt = 56;
constexpr std::size_t kDigestAt = 64;
constexpr std::size_t kCrcAt = 96;
constexpr std::size_t kHeaderBytes = 100;

std::string header_of(const Snapshot& snapshot) {
    std::string header(kMagic);
    put(header, kFormatVersion);
    put(header, snapshot.shard);
    put(header, std::uint16_t{0});
    put(header, snapshot.position.sequence);
    put(header, snapshot.position.hash);
    put(header, static_cast<std::uint64_t>(snapshot.content.size()));
    put(header, crypto::sha256(snapshot.content));
    put(header, crc32(header));
    return header;
}

std::string name_of(std::uint16_t shard, std::uint64_t sequence, std::string_view suffix) {
    return std::to_string(shard) + "-" + std::to_string(sequence) + std::string(suffix);
}

// The sequence in a file's name; nothing when it is not a name of this shard with this suffix.
std::optional<std::uint64_t> sequence_in(std::string_view name, std::uint16_t shard,
                                         std::string_view suffix) {
    const std::string prefix = std::to_string(shard) + "-";
    if (!name.starts_with(prefix) || !name.ends_with(suffix)) return std::nullopt;
    if (name.size() <= prefix.size() + suffix.size()) return std::nullopt;
    const std::string_view digits =
        name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
    std::uint64_t sequence = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), sequence);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return sequence;
}

// The shard's finished snapshots, newest first. A folder that is not there yet has none.
env::FileResult<std::vector<std::uint64_t>> sequences_in(env::Files& files,
                                                         const std::string& folder,
                                                         std::uint16_t shard) {
    const auto names = files.list(folder);
    std::vector<std::uint64_t> sequences;
    if (!names) {
        if (names.error() == env::FileError::not_found) return sequences;
        return Unexpected{names.error()};
    }
    for (const std::string& name : *names) {
        if (const auto sequence = sequence_in(name, shard, kSuffix)) sequences.push_back(*sequence);
    }
    std::ranges::sort(sequences, std::greater<>());
    return sequences;
}

Hash hash_at(std::string_view header, std::size_t offset) {
    Hash hash{};
    std::ranges::copy(std::as_bytes(std::span(header.substr(offset, hash.size()))), hash.begin());
    return hash;
}

// Reads and checks one file; nothing for whatever is wrong with it.
std::optional<Snapshot> load(env::Files& files, const std::string& path, std::uint16_t shard,
                             std::uint64_t sequence) {
    auto file = files.open(path, env::OpenMode::read);
    if (!file) return std::nullopt;
    std::string header(kHeaderBytes, '\0');
    const auto header_read = (*file)->read_at(0, std::as_writable_bytes(std::span(header)));
    if (!header_read || *header_read != kHeaderBytes || !header.starts_with(kMagic)) {
        return std::nullopt;
    }
    const std::string_view checked = std::string_view(header).substr(0, kCrcAt);
    const auto length = get<std::uint64_t>(header, kLengthAt);
    const auto size = (*file)->size();
    const bool fits = get<std::uint32_t>(header, kCrcAt) == crc32(checked) &&
                      get<std::uint32_t>(header, kVersionAt) == kFormatVersion &&
                      get<std::uint16_t>(header, kShardAt) == shard &&
                      get<std::uint64_t>(header, kSequenceAt) == sequence && size &&
                      *size == kHeaderBytes + length;
    if (!fits) return std::nullopt;
    Snapshot snapshot{shard, {sequence, hash_at(header, kHashAt)}, std::string(length, '\0')};
    const auto content_read =
        (*file)->read_at(kHeaderBytes, std::as_writable_bytes(std::span(snapshot.content)));
    if (!content_read || *content_read != length) return std::nullopt;
    if (crypto::sha256(snapshot.content) != hash_at(header, kDigestAt)) return std::nullopt;
    return snapshot;
}

env::FileResult<void> write_whole(env::Files& files, const std::string& path,
                                  const Snapshot& snapshot) {
    ONSALE_TRY_ASSIGN(file, files.open(path, env::OpenMode::create));
    ONSALE_TRY(file->truncate(0));  // a leftover of a crash may be longer
    const std::string header = header_of(snapshot);
    ONSALE_TRY(file->write_at(0, std::as_bytes(std::span(header))));
    const auto content = std::as_bytes(std::span(snapshot.content));
    for (std::size_t at = 0; at < content.size(); at += kPieceBytes) {
        const auto piece = content.subspan(at, std::min(kPieceBytes, content.size() - at));
        ONSALE_TRY(file->write_at(kHeaderBytes + at, piece));
        ONSALE_TRY(file->sync());
    }
    return file->sync();
}

}  // namespace

SnapshotStore::SnapshotStore(env::Files& files, std::string folder)
    : files_(files), folder_(std::move(folder)) {}

env::FileResult<void> SnapshotStore::write(const Snapshot& snapshot) {
    ONSALE_TRY(files_.create_folders(folder_));
    const auto path = [&](std::string_view suffix) {
        return folder_ + "/" + name_of(snapshot.shard, snapshot.position.sequence, suffix);
    };
    const std::string unfinished = path(kUnfinishedSuffix);
    if (const auto written = write_whole(files_, unfinished, snapshot); !written) {
        // The disk may be full: what is half written helps nobody.
        static_cast<void>(files_.remove(unfinished).has_value());
        return written;
    }
    ONSALE_TRY(files_.rename(unfinished, path(kSuffix)));
    return files_.sync_folder(folder_);
}

env::FileResult<std::optional<Snapshot>> SnapshotStore::newest(std::uint16_t shard,
                                                               std::vector<std::string>* damaged) {
    return newest_until(shard, ~std::uint64_t{0}, damaged);
}

env::FileResult<std::optional<Snapshot>> SnapshotStore::newest_until(
    std::uint16_t shard, std::uint64_t until, std::vector<std::string>* damaged) {
    ONSALE_TRY_ASSIGN(sequences, sequences_in(files_, folder_, shard));
    for (const std::uint64_t sequence : sequences) {
        if (sequence > until) continue;
        const std::string path = folder_ + "/" + name_of(shard, sequence, kSuffix);
        if (auto snapshot = load(files_, path, shard, sequence)) return snapshot;
        if (damaged != nullptr) damaged->push_back(path);
    }
    return std::optional<Snapshot>();
}

env::FileResult<std::uint64_t> SnapshotStore::newest_bytes(std::uint16_t shard,
                                                           std::uint64_t until) {
    ONSALE_TRY_ASSIGN(sequences, sequences_in(files_, folder_, shard));
    for (const std::uint64_t sequence : sequences) {
        if (sequence > until) continue;
        ONSALE_TRY_ASSIGN(file, files_.open(folder_ + "/" + name_of(shard, sequence, kSuffix),
                                            env::OpenMode::read));
        return file->size();
    }
    return std::uint64_t{0};
}

env::FileResult<void> SnapshotStore::prune(std::uint16_t shard, std::size_t keep) {
    const auto names = files_.list(folder_);
    if (!names) {
        if (names.error() == env::FileError::not_found) return {};
        return Unexpected{names.error()};
    }
    // What a crash left half written goes, too: nobody else removes it.
    for (const std::string& name : *names) {
        if (!sequence_in(name, shard, kUnfinishedSuffix)) continue;
        ONSALE_TRY(files_.remove(folder_ + "/" + name));
    }
    ONSALE_TRY_ASSIGN(sequences, sequences_in(files_, folder_, shard));
    for (std::size_t i = keep; i < sequences.size(); ++i) {
        ONSALE_TRY(files_.remove(folder_ + "/" + name_of(shard, sequences[i], kSuffix)));
    }
    return {};
}

}  // namespace onsale::journal
