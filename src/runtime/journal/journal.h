// The journal: batches of facts as bytes, one row per shard and batch, gapless, hash-chained,
// append-only. It has never heard of a ticket. Owner: the engine's commit executor (append) and any
// reader with a Reader of its own. After a crash: exactly the batches whose append() returned, and
// possibly the one that was under way. Layout and hash: docs/formats/journal.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sql/database.h"

namespace onsale::journal {

using Hash = std::array<std::byte, 32>;  // SHA-256

// INVARIANT: every row holds shard, sequence, epoch, incarnation, time, previous hash and own hash.
struct Batch {
    std::uint16_t shard = 0;
    std::uint64_t sequence = 0;     // 1, 2, 3, … without gaps within a shard
    std::uint64_t epoch = 0;        // one owner's time; rises at every take-over
    std::uint64_t incarnation = 0;  // random per process start
    base::Timestamp time;           // time of the shard when the batch was closed; never goes back
    Hash previous{};                // hash of sequence - 1; zeros for the first
    Hash hash{};                    // hash_of(*this)
    std::string body;               // records of core/wire; opaque here
};

// SHA-256 over the header (little endian: shard u16, sequence u64, epoch u64, incarnation u64, time
// i64, previous 32 bytes) and the body.
[[nodiscard]] Hash hash_of(const Batch& batch);

struct Position {
    std::uint64_t sequence = 0;  // 0: before the first batch
    Hash hash{};
    auto operator<=>(const Position&) const = default;
};

enum class AppendError : std::uint8_t {
    disk_full,  // nothing was appended; the caller may go on with less
    conflict,   // another writer has this sequence: step down
    fatal,      // I/O error or corruption: the process must end
};

enum class ReadError : std::uint8_t { io_error, corrupt };
struct ReadFailure {
    ReadError error = ReadError::io_error;
    std::uint16_t shard = 0;
    std::uint64_t sequence = 0;  // where
    std::string message;
};
template <class T>
using ReadResult = base::Result<T, ReadFailure>;

class Writer {
  public:
    // Creates the tables when they are not there.
    static sql::SqlResult<std::unique_ptr<Writer>> open(const sql::OpenOptions& options);
    ~Writer();

    // Appends all batches in one transaction and syncs. Everything or nothing is there afterwards.
    base::Result<void, AppendError> append(std::span<const Batch> batches);

  private:
    struct Impl;
    explicit Writer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

class Reader {
  public:
    static sql::SqlResult<std::unique_ptr<Reader>> open(sql::OpenOptions options);  // read only
    ~Reader();

    // Batches after `after_sequence`, in order, at most `bytes_max` of bodies (but at least one),
    // checked: no gap, own hash right, previous hash matches. `previous` is the hash at
    // after_sequence; nothing: not checked for the first. Bounded chunks, so that no reader keeps
    // the WAL from shrinking.
    ReadResult<std::vector<Batch>> read(std::uint16_t shard, std::uint64_t after_sequence,
                                        std::optional<Hash> previous, std::size_t bytes_max);
    // The newest batch's position; sequence 0 when the shard has none.
    ReadResult<Position> last(std::uint16_t shard);
    // The position at exactly this sequence, if it is there.
    ReadResult<std::optional<Position>> at(std::uint16_t shard, std::uint64_t sequence);

  private:
    struct Impl;
    explicit Reader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsale::journal
