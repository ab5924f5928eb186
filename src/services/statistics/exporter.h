// Exporter: results of a campaign and orders of a session as files. Works on the "exports" store: a
// read-only connection to the projections on a thread of its own, so that an export of a million
// rows is in nobody's way; what waits is bounded by the store. Everything is read piece by piece
// and from one snapshot of the rows; codes come from the vault in pieces, too. Any thread may ask.
// After a crash nothing is left but files in the exports folder, which the next start empties.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_function.h"
#include "catalog/catalog.h"
#include "records/store.h"
#include "statistics/language.h"
#include "statistics/table.h"
#include "vault/vault.h"

namespace onsale::statistics {

// Rows of a file that is a text; it stands in memory while it is being sent.
inline constexpr std::uint64_t kTextRowsMax = 3'000'000;
inline constexpr std::size_t kExportsWaitingMax = 8;
// Of files that are there because somebody is still being sent them; a file alone may be larger.
inline constexpr std::uint64_t kSendingBytesMax = std::uint64_t{512} << 20;

enum class Format : std::uint8_t { csv, json, xlsx };

struct ExportRequest {
    domain::SessionId session;
    std::optional<domain::CampaignId> campaign;
    std::optional<domain::TierId> tier;  // only tickets of this tier; not for orders
    std::optional<domain::OrderState> state;
    std::optional<base::Timestamp> from;   // of the order's creation
    std::optional<base::Timestamp> until;  // exclusive
    Format format = Format::csv;
    Language language = Language::en;
};

struct ExportFile {
    std::shared_ptr<const std::string> bytes;  // counted as being sent until it is let go of
    std::uint64_t rows = 0;
};

enum class ExportTrouble : std::uint8_t {
    busy,  // too many exports wait or are being sent, or what is new is not shown yet
    session_unknown,
    too_many_rows,  // more than the format takes: ask for less, or for another format
    stopping,
    failed,  // message has the reason
};
struct ExportError {
    ExportTrouble trouble = ExportTrouble::failed;
    std::string message;
};

// Who people are, by their numbers. Called on the exports thread and may block; an erased person's
// name is empty.
class Names {
  public:
    virtual ~Names() = default;
    virtual records::StoreResult<std::vector<std::string>> names_of(
        std::span<const domain::PersonId> people) = 0;
};

struct TopPerson {
    domain::PersonId person;
    std::string name;
    std::uint64_t orders = 0;  // completed ones
    std::uint64_t tickets = 0;
    base::Money amount;  // in the currency of the person's first order
};

// What an exporter works with; all of it outlives it.
struct ExporterParts {
    records::Store& exports;
    catalog::Catalog& catalog;
    vault::Vault& vault;
    Names& names;
    std::string folder;  // for files while they are being written
    std::uint64_t sending_bytes_max = kSendingBytesMax;
};

using SendingBytes = std::atomic<std::uint64_t>;

class Exporter {
  public:
    explicit Exporter(ExporterParts parts) : parts_(std::move(parts)) {}

    using Reply = base::UniqueFunction<void(base::Result<ExportFile, ExportError>)>;
    // One row per issued ticket: as many as codes were handed out.
    void results(const ExportRequest& request, env::Executor& home, Reply reply);
    // One row per order.
    void orders(const ExportRequest& request, env::Executor& home, Reply reply);

    // Who has bought the most tickets of a session; looks at every order of it.
    using Top = base::Result<std::vector<TopPerson>, ExportError>;
    void top_people(domain::SessionId session, std::size_t max, env::Executor& home,
                    base::UniqueFunction<void(Top)> reply);

    // From any thread: what runs ends soon and answers `stopping`, as does what waits.
    void stop() { stopping_ = true; }

  private:
    ExporterParts parts_;
    std::atomic<bool> stopping_ = false;
    // Files outlive us with the connections that send them.
    const std::shared_ptr<SendingBytes> sending_ = std::make_shared<SendingBytes>(0);
};

}  // namespace onsale::statistics
