#include "cli/stock_table.h"

#include <cstdio>
#include <optional>

#include "boxoffice/box_office.h"
#include "follow/batch_source.h"
#include "journal/journal.h"

namespace onsale::cli {
namespace {

using base::Unexpected;

constexpr std::size_t kBytesPerRead = std::size_t{8} << 20;

base::Result<boxoffice::BoxOffice, std::string> fold(journal::Reader& reader, std::uint16_t shard) {
    boxoffice::BoxOffice box_office{domain::ShardId(shard)};
    journal::Position position;
    while (true) {
        const auto batches = reader.read(shard, position.sequence, position.hash, kBytesPerRead);
        if (!batches) {
            return Unexpected{"the journal is damaged at shard " + std::to_string(shard) +
                              ", sequence " + std::to_string(batches.error().sequence) + ": " +
                              batches.error().message};
        }
        if (batches->empty()) return box_office;
        for (const auto& batch : *batches) {
            const auto decoded = follow::decode(batch);
            if (!decoded) return Unexpected{decoded.error().message};
            for (const auto& fact : (*decoded)->facts) box_office.apply(fact);
            position = {batch.sequence, batch.hash};
        }
    }
}

void append_row(std::string& table, const boxoffice::PoolView& pool) {
    char line[200];
    std::snprintf(line, sizeof line, "%16llu %16llu  %-5s %12llu %12llu %12llu %12llu %12llu\n",
                  static_cast<unsigned long long>(pool.session.value()),
                  static_cast<unsigned long long>(pool.pool.value()),
                  pool.kind == domain::PoolKind::codes ? "codes" : "count",
                  static_cast<unsigned long long>(pool.count.capacity),
                  static_cast<unsigned long long>(pool.count.free),
                  static_cast<unsigned long long>(pool.count.held),
                  static_cast<unsigned long long>(pool.count.sold),
                  static_cast<unsigned long long>(pool.count.withdrawn));
    table += line;
}

}  // namespace

base::Result<std::string, std::string> stock_table(const sql::OpenOptions& journal,
                                                   std::uint16_t shards) {
    auto reader = journal::Reader::open(journal);
    if (!reader)
        return Unexpected{journal.path + ": " + reader.error().message +
                          "; is this the data folder?"};
    std::string table =
        "         session             pool  kind      capacity         free         held         "
        "sold    withdrawn\n";
    for (std::uint16_t shard = 0; shard < shards; ++shard) {
        ONSALE_TRY_ASSIGN(box_office, fold(**reader, shard));
        for (const auto& pool : box_office.stock()) append_row(table, pool);
    }
    return table;
}

}  // namespace onsale::cli
