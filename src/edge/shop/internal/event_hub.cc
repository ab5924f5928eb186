#include "shop/internal/event_hub.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "answers/json_text.h"
#include "shop/order_json.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
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

// Counts streams as a whole, by person and by address. Thread-safe.
class StreamPlaces {
  public:
    explicit StreamPlaces(const ApiOptions& options) : options_(options) {}

    bool enter(const StreamOwner& owner) {
        const std::lock_guard lock(mutex_);
        const std::uint64_t person = owner.person ? owner.person->value() : 0;
        if (taken_ >= options_.streams_max) return false;
        const auto address = addresses_.find(owner.address);
        if (address != addresses_.end() && address->second >= options_.streams_per_address_max)
            return false;
        const auto known = people_.find(person);
        if (known != people_.end() && known->second >= options_.streams_per_person_max)
            return false;
        ++taken_;
        ++addresses_[owner.address];
        if (person != 0) ++people_[person];
        return true;
    }

    void leave(const StreamOwner& owner) {
        const std::lock_guard lock(mutex_);
        --taken_;
        if (--addresses_[owner.address] == 0) addresses_.erase(owner.address);
        if (owner.person && --people_[owner.person->value()] == 0)
            people_.erase(owner.person->value());
    }

  private:
    const ApiOptions& options_;
    std::mutex mutex_;  // owns what follows
    std::size_t taken_ = 0;
    boost::unordered_flat_map<std::uint64_t, std::size_t> people_;
    boost::unordered_flat_map<std::string, std::size_t> addresses_;
};

}  // namespace

struct EventHub::Impl : std::enable_shared_from_this<EventHub::Impl> {
    explicit Impl(const Context& c)
        : context(c),
          open_gauge(c.metrics.gauge("onsale_events_streams", "Open event streams")),
          places(c.options) {}

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
        if (subscription.owner.person) context.order_events.watch(*subscription.owner.person);
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
        context.tickets.issue(
            order, context.events, [self = shared_from_this(), order](auto issued) {
                std::string json;
                append_order(json, order, issued ? &*issued : nullptr);
                for (const auto& stream : self->streams) {
                    if (stream.owner.person == order.person && self->may_go_on(stream))
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
            // Letting go of a stream ends it.
            if (!stream.stream->closed() && may_go_on(stream)) return false;
            if (stream.owner.person) context.order_events.unwatch(*stream.owner.person);
            places.leave(stream.owner);
            return true;
        });
        open_gauge.set(static_cast<double>(streams.size()));
        sweeping = !streams.empty();
        if (sweeping) sweep_later();
    }

    [[nodiscard]] bool may_go_on(const Subscription& stream) const {
        if (!stream.owner.person) return true;
        // A login that ended long ago is known only as long as a token of it is good.
        return context.clock.wall_now() < stream.expires_at &&
               context.accounts.revocations().standing(*stream.owner.person, stream.login) ==
                   accounts::Standing::good;
    }

    const Context context;
    telemetry::Gauge& open_gauge;
    StreamPlaces places;
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

bool EventHub::enter(const StreamOwner& owner) {
    return impl_->places.enter(owner);
}

void EventHub::leave(const StreamOwner& owner) {
    impl_->places.leave(owner);
}

void EventHub::open(Subscription subscription) {
    impl_->context.events.post(
        [weak = std::weak_ptr(impl_), subscription = std::move(subscription)]() mutable {
            if (const auto hub = weak.lock()) hub->begin(std::move(subscription));
        });
}

}  // namespace onsale::shop
