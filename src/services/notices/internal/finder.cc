#include "notices/internal/finder.h"

#include <algorithm>

#include "follow/projection.h"
#include "notices/limits.h"
#include "orders/reader.h"
#include "refunds/reader.h"

namespace onsale::notices {
namespace {

using base::Unexpected;
using follow::FollowResult;

Unexpected<follow::FollowError> failed(const sql::SqlError& error) {
    return Unexpected{follow::follow_error("notices", error)};
}

}  // namespace

// A fact without its rows is told to nobody: a rebuild makes them again, but a notice comes once.
FollowResult<std::optional<Notice>> Finder::notice_of(const Subject& subject, NoticeKey key) {
    Notice notice;
    notice.key = key;
    notice.kind = subject.kind;
    notice.order = subject.order;
    notice.refund = subject.refund;
    notice.at = subject.at;
    if (subject.refund.value() != 0) {
        const auto found = refunds::find_refund(*projections_, subject.refund);
        if (!found) return failed(found.error());
        if (!*found) return std::optional<Notice>{};
        const auto& row = **found;
        notice.person = row.person;
        notice.session = row.session;
        notice.cause = row.refund.cause;
        notice.amount = row.refund.amount;
        notice.fee = row.refund.fee;
        return std::optional(notice);
    }
    const auto order = orders::find_order(*projections_, subject.order);
    if (!order) return failed(order.error());
    if (!*order) return std::optional<Notice>{};
    notice.person = (*order)->person;
    notice.session = (*order)->session;
    notice.amount = (*order)->amount();
    notice.fee = {0, notice.amount.currency};
    return std::optional(notice);
}

FollowResult<void> Finder::add_batch(const follow::CommittedBatch& batch, Found& found) {
    for (std::uint32_t index = 0; index < batch.facts.size(); ++index) {
        const auto subject = subject_of(batch.facts[index]);
        if (!subject) continue;
        const NoticeKey key{batch.shard, batch.incarnation, batch.sequence, index};
        ONSALE_TRY_ASSIGN(notice, notice_of(*subject, key));
        if (notice) found.notices.push_back(*notice);
    }
    found.looked = batch.sequence;
    return {};
}

FollowResult<Found> Finder::find(domain::ShardId shard, std::uint64_t looked, std::size_t wanted) {
    if (projections_ == nullptr) {
        auto opened = sql::Connection::open(rows_);
        if (!opened) return failed(opened.error());
        projections_ = std::move(*opened);
    }
    Found found{looked, {}, false};
    const std::uint64_t last = projected_(shard);
    if (looked >= last) return found;
    const auto max = std::min<std::uint64_t>(last - looked, kBatchesPerLookMax);
    ONSALE_TRY_ASSIGN(batches, source_.next(shard, looked, max));
    for (const auto& batch : batches) {
        if (found.notices.size() >= wanted) break;
        ONSALE_TRY(add_batch(*batch, found));
    }
    found.more = found.looked < last && found.looked > looked;
    return found;
}

}  // namespace onsale::notices
