#include "replay/history.h"

#include <algorithm>
#include <utility>

#include "replay/limits.h"

namespace onsale::replay {
namespace {

HistoryPoint point_of(const Past& past, domain::SessionId session) {
    HistoryPoint point{past.place, {}, past.tally.of(session)};
    for (const auto& pool : past.box_office.stock_of(session)) {
        point.stock.capacity += pool.count.capacity;
        point.stock.free += pool.count.free;
        point.stock.held += pool.count.held;
        point.stock.sold += pool.count.sold;
        point.stock.withdrawn += pool.count.withdrawn;
    }
    return point;
}

// Keeps the first and the last change, and of those between every n-th; n doubles when there are
// too many.
class Points {
  public:
    void add(const HistoryPoint& point) {
        if (newest_ && newest_->same_figures(point)) return;
        newest_ = point;
        if (changes_++ % stride_ != 0) return;
        kept_.push_back(point);
        if (kept_.size() < kPointsMax) return;
        for (std::size_t i = 0; 2 * i < kept_.size(); ++i) kept_[i] = kept_[2 * i];
        kept_.resize((kept_.size() + 1) / 2);
        stride_ *= 2;
    }

    std::vector<HistoryPoint> take() {
        if (newest_ && (kept_.empty() || kept_.back().place != newest_->place))
            kept_.push_back(*newest_);
        return std::move(kept_);
    }

  private:
    std::vector<HistoryPoint> kept_;
    std::optional<HistoryPoint> newest_;
    std::uint64_t changes_ = 0;
    std::uint64_t stride_ = 1;
};

ReplayResult<void> collect(Replayer& replayer, Past& past, domain::SessionId session,
                           Points& points) {
    const auto add = [&] {
        if (past.box_office.find_session(session) != nullptr) points.add(point_of(past, session));
    };
    add();
    return replayer.walk(past.shard, past.place.sequence, [&](const Step& step) {
        Replayer::advance(past, step);
        add();
        return Walk::on;
    });
}

}  // namespace

SessionThen session_then(const Past& past, domain::SessionId session) {
    SessionThen then;
    then.place = past.place;
    const auto status = past.box_office.status_of(session);
    then.known = status.has_value();
    if (!status) return then;
    then.status = *status;
    then.pools = past.box_office.stock_of(session);
    then.orders = past.tally.of(session);
    return then;
}

ReplayResult<SessionHistory> session_history(Replayer& replayer, domain::ShardId shard,
                                             domain::SessionId session) {
    SessionHistory history;
    ONSALE_TRY_ASSIGN(last, replayer.last(shard));
    history.last = last;
    Points points;
    auto collected = collect(replayer, replayer.from_start(shard), session, points);
    if (!collected && collected.error().trouble == ReplayTrouble::too_far) {
        history.complete = false;
        points = Points();
        ONSALE_TRY_ASSIGN(past, replayer.nearest(shard, last.sequence));
        collected = collect(replayer, *past, session, points);
    }
    ONSALE_TRY(std::move(collected));
    history.points = points.take();
    return history;
}

}  // namespace onsale::replay
