#include "api/internal/event_hub.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

#include "api/json_text.h"
#include "api/order_json.h"

namespace onsale::api {
namespace {

constexpr base::Duration kSweepInterval = base::Duration::seconds(1);

std::string stock_json(domain::CampaignId campaign, const std::vector<stock::TierFree>& tiers) {
    std::string out = R"({"campaign":)";
    append_number(out, campaign);
    out += R"(,"tiers":[)";
    for (const auto& tier : tiers) {
        if (&tier != &tiers.front()) out += ',';
        out += R"({"tier":)";
        append_number(out, tier.tier);
        out += R"(,"free":)";
        append_number(out, tier.free);
        out += '}';
    }
    return out + "]}";
}

}  // namespace

struct EventHub::Impl : std::enable_shared_from_this<EventHub::Impl> {
    explicit Impl(const Context& c)
        : context(c), open_gauge(c.metrics.gauge("onsale_events_streams", "Open event streams")) {}

    void begin(Subscription subscription) {
        std::string time = R"({"now":)";
        append_time(time, context.clock.wall_now());
        time += '}';
        subscription.stream->send("time", time);
        const auto directory = context.catalog.directory();
        for (const auto campaign : subscription.campaigns) {
            const auto session = directory->session_of(campaign);
            if (!session) continue;
            const auto* entry = session->find_campaign(campaign);
            subscription.stream->send(
                "stock", stock_json(campaign, context.live_stock.free_of(*session, *entry)));
        }
        if (subscription.person) context.order_events.watch(*subscription.person);
        streams.push_back(std::move(subscription));
        if (!std::exchange(sweeping, true)) sweep_later();
    }

    void tell_stock(const std::vector<stock::CampaignFree>& changes) {
        for (const auto& change : changes) {
            std::string json;
            for (const auto& stream : streams) {
                if (!std::ranges::binary_search(stream.campaigns, change.campaign)) continue;
                if (json.empty()) json = stock_json(change.campaign, change.tiers);
                stream.stream->send("stock", json);
            }
        }
    }

    void tell_order(const domain::Order& order) {
        context.tickets.issue(order, context.events,
                              [self = shared_from_this(), order](auto issued) {
                                  std::string json;
                                  append_order(json, order, issued ? &*issued : nullptr);
                                  for (const auto& stream : self->streams) {
                                      if (stream.person == order.person)
                                          stream.stream->send("order", json);
                                  }
                              });
    }

    void sweep_later() {
        context.events.post_after(kSweepInterval, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->sweep();
        });
    }

    void sweep() {
        std::erase_if(streams, [this](const Subscription& stream) {
            if (!stream.stream->closed()) return false;
            if (stream.person) context.order_events.unwatch(*stream.person);
            --taken;
            return true;
        });
        open_gauge.set(static_cast<double>(streams.size()));
        sweeping = !streams.empty();
        if (sweeping) sweep_later();
    }

    const Context context;
    telemetry::Gauge& open_gauge;
    std::atomic<std::size_t> taken = 0;
    std::vector<Subscription> streams;  // of the events executor, like what follows
    bool sweeping = false;
};

EventHub::EventHub(const Context& context) : impl_(std::make_shared<Impl>(context)) {
    context.live_stock.subscribe(context.events,
                                 [weak = std::weak_ptr(impl_)](const stock::FreeNotice& notice) {
                                     if (const auto hub = weak.lock()) hub->tell_stock(*notice);
                                 });
    context.order_events.subscribe(context.events,
                                   [weak = std::weak_ptr(impl_)](const domain::Order& order) {
                                       if (const auto hub = weak.lock()) hub->tell_order(order);
                                   });
}

EventHub::~EventHub() = default;

bool EventHub::enter() {
    if (impl_->taken.fetch_add(1) < impl_->context.options.streams_max) return true;
    leave();
    return false;
}

void EventHub::leave() {
    --impl_->taken;
}

void EventHub::open(Subscription subscription) {
    impl_->context.events.post(
        [weak = std::weak_ptr(impl_), subscription = std::move(subscription)]() mutable {
            if (const auto hub = weak.lock()) hub->begin(std::move(subscription));
        });
}

}  // namespace onsale::api
