#include "webhooks/internal/collector.h"

#include <utility>
#include <vector>

#include "follow/projector.h"
#include "http/described.h"
#include "orders/reader.h"
#include "refunds/reader.h"

namespace onsale::webhooks {
namespace {

using follow::CommittedBatch;
using follow::FollowResult;

constexpr std::size_t kBatchesPerRead = 64;

// INVARIANT: unique over the whole site and for ever, also after a backup was restored.
std::string key_of(const CommittedBatch& batch, std::uint32_t index) {
    return std::to_string(batch.shard.value()) + '-' + std::to_string(batch.incarnation) + '-' +
           std::to_string(batch.sequence) + '-' + std::to_string(index);
}

}  // namespace

Collector::Collector(follow::BatchSource source, sql::OpenOptions rows,
                     const catalog::Catalog& catalog, Projected projected)
    : source_(std::move(source)),
      rows_(std::move(rows)),
      catalog_(catalog),
      projected_(std::move(projected)) {}

// Of an order that is there already. False: it has no row.
FollowResult<bool> Collector::add_order(domain::OrderId order, Event& event) {
    auto found = orders::find_order(*projections_, order);
    if (!found) return base::Unexpected{follow::follow_error("webhooks", found.error())};
    if (!*found) return false;
    event.session = (*found)->session;
    event.body.order = body_of(**found);
    return true;
}

FollowResult<bool> Collector::add_payment(const PaymentNews& news, Event& event) {
    auto found = refunds::find_payment(*projections_, news.payment);
    if (!found) return base::Unexpected{follow::follow_error("webhooks", found.error())};
    if (!*found) return false;
    event.body.at = base::to_rfc3339(news.at);
    event.body.payment = body_of((*found)->payment, news);
    return add_order(domain::order_of(news.payment), event);
}

FollowResult<bool> Collector::add_refund(const RefundNews& news, Event& event) {
    auto found = refunds::find_refund(*projections_, news.refund);
    if (!found) return base::Unexpected{follow::follow_error("webhooks", found.error())};
    if (!*found) return false;
    event.body.at = base::to_rfc3339(news.at);
    event.body.refund = body_of((*found)->refund, news);
    return add_order(domain::order_of(news.refund), event);
}

// False: a row that it needs is not there.
FollowResult<bool> Collector::fill(const domain::Fact& fact, Event& event) {
    if (const auto* cancelled = std::get_if<domain::SessionCancelled>(&fact)) {
        event.session = cancelled->session;
        event.body.at = base::to_rfc3339(cancelled->at);
        return true;
    }
    if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact)) {
        event.session = placed->order.session;
        event.body.at = base::to_rfc3339(placed->order.created_at);
        event.body.order = body_of(placed->order);
        return true;
    }
    if (const auto change = domain::order_change(fact)) {
        event.body.at = base::to_rfc3339(change->at);
        return add_order(change->order, event);
    }
    if (const auto news = payment_news_of(fact)) return add_payment(*news, event);
    if (const auto news = refund_news_of(fact)) return add_refund(*news, event);
    return false;
}

FollowResult<std::optional<std::string>> Collector::event_json(const Hook& hook,
                                                               const CommittedBatch& batch,
                                                               std::uint32_t index) {
    const auto& fact = batch.facts[index];
    const auto kind = webhooks::event_of(fact);
    if (!kind || !hook.events.holds(*kind)) return std::optional<std::string>{};
    Event event;
    ONSALE_TRY_ASSIGN(filled, fill(fact, event));
    if (!filled) return std::optional<std::string>{};
    const auto entry = catalog_.directory()->find_session(event.session);
    if (entry == nullptr || entry->organiser->id != hook.organiser)
        return std::optional<std::string>{};
    event.body.id = key_of(batch, index);
    event.body.type = to_string(*kind);
    event.body.organiser = hook.organiser.value();
    event.body.session = event.session.value();
    return std::optional(http::to_json(event.body));
}

FollowResult<void> Collector::add_batch(const Hook& hook, const CommittedBatch& batch,
                                        std::optional<Cursor> until, Delivery& delivery) {
    const std::uint32_t first =
        batch.sequence == delivery.until.sequence ? delivery.until.index : 0;
    for (std::uint32_t index = first; index < batch.facts.size(); ++index) {
        const Cursor here{batch.sequence, index};
        if (until && here >= *until) {
            delivery.until = *until;
            return {};
        }
        if (delivery.events == kEventsPerDeliveryMax || delivery.body.size() > kBodyBytesMax) {
            delivery.until = here;
            delivery.more = true;
            return {};
        }
        ONSALE_TRY_ASSIGN(json, event_json(hook, batch, index));
        if (!json) continue;
        if (delivery.events++ == 0) delivery.first_id = key_of(batch, index);
        delivery.body += delivery.events == 1 ? "[" : ",\n";
        delivery.body += *json;
    }
    delivery.until = {batch.sequence + 1, 0};
    return {};
}

FollowResult<Delivery> Collector::collect(const Hook& hook, domain::ShardId shard, Cursor from,
                                          std::optional<Cursor> until) {
    if (projections_ == nullptr) {
        auto opened = sql::Connection::open(rows_);
        if (!opened) return base::Unexpected{follow::follow_error("webhooks", opened.error())};
        projections_ = std::move(*opened);
    }
    Delivery delivery{shard, from, from, {}, {}, 0, false};
    const std::uint64_t last = projected_(shard);
    for (std::size_t looked = 0; looked < kBatchesPerLookMax && !delivery.more;) {
        if (delivery.until.sequence > last || (until && delivery.until >= *until)) break;
        ONSALE_TRY_ASSIGN(batches,
                          source_.next(shard, delivery.until.sequence - 1, kBatchesPerRead));
        if (batches.empty()) break;
        for (const auto& batch : batches) {
            const bool at_end = until && delivery.until >= *until;
            if (batch->sequence > last || delivery.more || at_end) break;
            ONSALE_TRY(add_batch(hook, *batch, until, delivery));
        }
        looked += batches.size();
        if (looked >= kBatchesPerLookMax) delivery.more = true;
    }
    if (delivery.events > 0) delivery.body += "]\n";
    return delivery;
}

}  // namespace onsale::webhooks
