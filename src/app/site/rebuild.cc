#include "site/rebuild.h"

#include <chrono>
#include <future>
#include <memory>
#include <utility>

#include "follow/projector.h"
#include "site/layout.h"
#include "site/projections.h"

namespace onsale::site {
namespace {

using base::Unexpected;

constexpr std::chrono::milliseconds kProgressInterval{200};

sql::OpenOptions database(const std::string& path, const env::Environment& environment,
                          sql::Access access) {
    sql::OpenOptions options;
    options.path = path;
    options.vfs = environment.sqlite_vfs();
    options.access = access;
    return options;
}

// The old rows may be damaged, so the files go, not only what is in them.
base::Result<void, std::string> remove_rows(const std::string& path, env::Files& files) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const auto removed = files.remove(path + suffix);
        if (!removed && removed.error() != env::FileError::not_found) {
            return Unexpected{path + suffix + " cannot be removed: " +
                              std::string(env::to_string(removed.error()))};
        }
    }
    return {};
}

}  // namespace

base::Result<RebuildFigures, std::string> rebuild_projections(const Config& config,
                                                              env::Environment& environment,
                                                              const RebuildProgress& progress) {
    auto lock = environment.files().lock(lock_path(config.folder));
    if (!lock)
        return Unexpected{"the data folder " + config.folder +
                          " is not there or in use; stop the server first"};
    const std::string journal = journal_path(config.folder);
    auto reader = journal::Reader::open(database(journal, environment, sql::Access::read_only));
    if (!reader) return Unexpected{journal + ": " + reader.error().message};

    follow::Feed feed(config.shards, 1);
    RebuildFigures figures;
    for (std::uint16_t shard = 0; shard < config.shards; ++shard) {
        const auto last = (*reader)->last(shard);
        if (!last) return Unexpected{journal + ": " + last.error().message};
        feed.start_at(domain::ShardId(shard), last->sequence);
        figures.batches += last->sequence;
    }
    ONSALE_TRY(remove_rows(projections_path(config.folder), environment.files()));

    Projections projections;
    telemetry::Metrics metrics;
    follow::ProjectorOptions options;
    options.database =
        database(projections_path(config.folder), environment, sql::Access::read_write);
    const auto executor = environment.make_executor(
        {"projector", "keeps the rows of projections.sqlite equal to the journal", 16});
    auto projector = follow::Projector::create(
        options, {*executor, follow::BatchSource(feed, std::move(*reader)), feed, projections.all(),
                  metrics});
    if (!projector) return Unexpected{projector.error().message};

    const std::int64_t begin_us = environment.clock().monotonic_us();
    std::promise<follow::FollowResult<void>> promise;
    auto finished = promise.get_future();
    executor->post([&] { promise.set_value((*projector)->catch_up()); });
    while (finished.wait_for(kProgressInterval) != std::future_status::ready) {
        std::uint64_t done = 0;
        for (std::uint16_t shard = 0; shard < config.shards; ++shard)
            done += (*projector)->position(domain::ShardId(shard));
        progress(done, figures.batches);
    }
    const auto result = finished.get();
    if (!result) return Unexpected{result.error().message};
    figures.milliseconds = (environment.clock().monotonic_us() - begin_us) / 1000;
    return figures;
}

}  // namespace onsale::site
