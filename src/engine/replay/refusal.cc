#include "replay/refusal.h"

#include <algorithm>
#include <utility>

#include "replay/internal/probe.h"
#include "replay/limits.h"

namespace onsale::replay {
namespace {

// After how many facts of its batch the refusal may have been decided: the receipt names the batch
// and the time, and several facts may share a millisecond.
struct Window {
    std::size_t first = 0;
    std::size_t last = 0;
};

Window window_of(const std::vector<domain::Fact>& facts, base::Timestamp at) {
    Window window{facts.size(), facts.size()};
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const auto time = time_of(facts[i]);
        if (time && *time > at) {
            window.last = std::max<std::size_t>(i, 1);
            break;
        }
    }
    window.first = std::min<std::size_t>(1, facts.size());
    for (std::size_t i = window.last; i > 0; --i) {
        const auto time = time_of(facts[i - 1]);
        if (!time || *time >= at) continue;
        window.first = i;
        break;
    }
    return window;
}

// Everything about orders that an explanation needs, in one pass over the orders in memory.
class Gathering : public domain::ImageSink {
  public:
    Gathering(RefusalStory& story, const RefusalQuestion& question)
        : story_(story), question_(question) {
        if (question.person) story.own.emplace();
    }
    void header(const domain::HeaderImage&) override {}
    void session(const domain::Session&, const domain::SessionStatus&) override {}
    void stock(const domain::StockImage&) override {}
    void money(const domain::OrderMoney&) override {}
    void stray(const domain::Stray&) override {}
    void order(const domain::Order& order) override {
        if (order.session != question_.session) return;
        if (order.campaign == question_.campaign) ++story_.orders_before;
        if (!domain::is_live(order.state)) return;
        for (auto& pool : story_.pools) note_sale(pool, order);
        if (question_.person == order.person) note_own(order);
    }

  private:
    // Orders come ascending, so the last one stays. What ended took no ticket that is missing now.
    void note_sale(PoolStory& pool, const domain::Order& order) const {
        if (pool.count.free != question_.free) return;
        std::uint32_t tickets = 0;
        for (const auto& line : order.lines)
            if (std::ranges::find(pool.tiers, line.tier) != pool.tiers.end())
                tickets += line.quantity;
        if (tickets > 0) pool.last_sale = Sale{order.id, {}, order.created_at, tickets};
    }

    void note_own(const domain::Order& order) const {
        OwnUsage& own = *story_.own;
        ++own.orders;
        own.tickets += order.quantity();
        if (own.counted.size() == kOwnOrdersMax) return;
        own.counted.push_back(
            {order.id, order.campaign, order.state, order.quantity(), order.created_at});
    }

    RefusalStory& story_;
    const RefusalQuestion& question_;
};

bool is_about_stock(domain::Refusal refusal) {
    return refusal == domain::Refusal::sold_out || refusal == domain::Refusal::not_enough_stock;
}

// The campaign and its pools as they were.
void describe(const boxoffice::BoxOffice& box_office, const RefusalQuestion& question,
              RefusalStory& story) {
    story.status = box_office.status_of(question.session);
    const domain::Session* session = box_office.find_session(question.session);
    if (session == nullptr) return;
    story.orders_per_person = session->orders_per_person;
    story.tickets_per_person = session->tickets_per_person;
    for (const auto& campaign : session->campaigns)
        if (campaign.id == question.campaign) story.campaign = campaign;
    if (!story.campaign) return;
    for (const auto& view : box_office.stock_of(question.session)) {
        PoolStory pool{view.pool, {}, view.count, std::nullopt};
        for (const auto& tier : session->tiers) {
            const auto& sold = story.campaign->tiers;
            if (tier.pool == view.pool && std::ranges::find(sold, tier.id) != sold.end())
                pool.tiers.push_back(tier.id);
        }
        if (!pool.tiers.empty()) story.pools.push_back(std::move(pool));
    }
}

// Looks up in the journal where the last sales stand.
ReplayResult<void> place_sales(Replayer& replayer, const RefusalQuestion& question,
                               RefusalStory& story) {
    std::size_t named = 0;
    for (auto& pool : story.pools) {
        if (!pool.last_sale) continue;
        Sale& sale = *pool.last_sale;
        const auto is_it = [&](const domain::Fact& fact) {
            const auto* placed = std::get_if<domain::OrderPlaced>(&fact);
            return placed != nullptr && placed->order.id == sale.order;
        };
        const bool is_wanted = is_about_stock(question.refusal) && named < kSalesNamedMax;
        std::optional<Place> place;
        if (is_wanted) {
            ONSALE_TRY_ASSIGN(found, replayer.find_fact(question.shard, sale.at, is_it));
            place = found;
            ++named;
        }
        if (place) {
            sale.place = *place;
        } else {
            pool.last_sale.reset();
        }
    }
    return {};
}

}  // namespace

ReplayResult<RefusalStory> explain_refusal(Replayer& replayer, const RefusalQuestion& question) {
    ONSALE_TRY_ASSIGN(batch, replayer.batch(question.shard, question.sequence));
    const auto decoded = wire::decode_batch(batch.body);
    if (!decoded)
        return base::Unexpected{ReplayError{ReplayTrouble::damaged, decoded.error().message}};
    const auto& facts = decoded->facts;
    const Window window = window_of(facts, question.at);
    RefusalStory story;
    story.place = {batch.sequence, batch.time};
    story.facts_before = window.first;
    // Of the moments that fit, the first at which the rules refuse alike.
    const bool whole = window.first == facts.size();
    ONSALE_TRY_ASSIGN(past, replayer.at(question.shard, question.sequence - (whole ? 0 : 1)));
    while (past->facts_beyond < window.first && !whole) past->apply(facts[past->facts_beyond++]);
    story.agreement = probe(past->box_office, question);
    while (story.agreement != Agreement::agrees && story.facts_before < window.last) {
        past->apply(facts[past->facts_beyond++]);
        ++story.facts_before;
        story.agreement = probe(past->box_office, question);
    }
    // So that the next question about this place finds it as it is.
    if (past->facts_beyond == facts.size() && past->place.sequence < batch.sequence)
        Replayer::advance(*past, {batch, *decoded});
    describe(past->box_office, question, story);
    Gathering gathering(story, question);
    past->box_office.save(gathering);
    ONSALE_TRY(place_sales(replayer, question, story));
    return story;
}

}  // namespace onsale::replay
