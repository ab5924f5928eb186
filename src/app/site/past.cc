// The desk that answers questions about the past.
#include "site/internal/impl.h"
#include "site/layout.h"

namespace onsale::site {

Site::Impl::Done Site::Impl::open_replays() {
    replay::Options options;
    options.journal = database(journal_path(config.folder), sql::Access::read_only);
    options.snapshots = snapshots_folder(config.folder);
    options.shards = config.shards;
    auto opened =
        replay::Desk::open(std::move(options), environment, [this] { return engine->busy(); });
    if (!opened) return base::Unexpected{"journal: " + opened.error().message};
    replays = std::move(*opened);
    return {};
}

}  // namespace onsale::site
