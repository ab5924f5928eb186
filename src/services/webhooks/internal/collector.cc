#include "webhooks/internal/collector.h"

#include <boost/describe/class.hpp>

#include <utility>
#include <vector>

#include "follow/projector.h"
#include "http/described.h"
#include "orders/reader.h"

namespace onsale::webhooks {
namespace {

using follow::CommittedBatch;
using follow::FollowResult;

constexpr std::size_t kBatchesPerRead = 64;

struct MoneyBody {
    std::int64_t minor = 0;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(MoneyBody, (), (minor, currency))
struct LineBody {
    std::uint64_t tier = 0;
    std::uint32_t quantity = 0;
    MoneyBody unit_price;
};
BOOST_DESCRIBE_STRUCT(LineBody, (), (tier, quantity, unit_price))
struct OrderBody {
    std::uint64_t id = 0;
    std::uint64_t person = 0;
    std::uint64_t campaign = 0;
    std::uint32_t tickets = 0;
    MoneyBody amount;
    std::vector<LineBody> lines;
    std::string created_at;
};
BOOST_DESCRIBE_STRUCT(OrderBody, (), (id, person, campaign, tickets, amount, lines, created_at))
struct EventBody {
    std::string id;  // shard-incarnation-sequence-index
    std::string type;
    std::string at;
    std::uint64_t organiser = 0;
    std::uint64_t session = 0;
    std::optional<OrderBody> order;
};
BOOST_DESCRIBE_STRUCT(EventBody, (), (id, type, at, organiser, session, order))

MoneyBody body_of(base::Money money) {
    switch (money.currency) {
        case base::Currency::cny:
            return {money.minor, "CNY"};
        case base::Currency::usd:
            return {money.minor, "USD"};
        case base::Currency::eur:
            return {money.minor, "EUR"};
    }
    return {};
}

OrderBody body_of(const domain::Order& order) {
    OrderBody body{order.id.value(),
                   order.person.value(),
                   order.campaign.value(),
                   order.quantity(),
                   body_of(order.amount()),
                   {},
                   base::to_rfc3339(order.created_at)};
    for (const auto& line : order.lines)
        body.lines.push_back({line.tier.value(), line.quantity, body_of(line.unit_price)});
    return body;
}

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

FollowResult<std::optional<std::string>> Collector::event_json(const Hook& hook,
                                                               const CommittedBatch& batch,
                                                               std::uint32_t index) {
    const auto& fact = batch.facts[index];
    const auto kind = webhooks::event_of(fact);
    if (!kind || !hook.events.holds(*kind)) return std::optional<std::string>{};
    EventBody body;
    domain::SessionId session;
    if (const auto* cancelled = std::get_if<domain::SessionCancelled>(&fact)) {
        session = cancelled->session;
        body.at = base::to_rfc3339(cancelled->at);
    } else if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact)) {
        session = placed->order.session;
        body.at = base::to_rfc3339(placed->order.created_at);
        body.order = body_of(placed->order);
    } else if (const auto change = domain::order_change(fact)) {
        auto order = orders::find_order(*projections_, change->order);
        if (!order) return base::Unexpected{follow::follow_error("webhooks", order.error())};
        if (!*order) return std::optional<std::string>{};
        session = (*order)->session;
        body.at = base::to_rfc3339(change->at);
        body.order = body_of(**order);
    }
    const auto entry = catalog_.directory()->find_session(session);
    if (entry == nullptr || entry->organiser->id != hook.organiser)
        return std::optional<std::string>{};
    body.id = key_of(batch, index);
    body.type = to_string(*kind);
    body.organiser = hook.organiser.value();
    body.session = session.value();
    return std::optional(http::to_json(body));
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
