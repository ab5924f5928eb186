#include "orders/order_service.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "crypto/crypto.h"

namespace onsale::orders {
namespace {

using FoundReply = base::UniqueFunction<void(OrderService::Found)>;
using ListedReply = base::UniqueFunction<void(OrderService::Listed)>;

std::uint64_t never_zero(std::uint64_t hash) {
    return hash == 0 ? 1 : hash;
}

// Newest first: by time of creation, then by id.
bool is_newer(const domain::Order& a, const domain::Order& b) {
    return std::pair(a.created_at, a.id) > std::pair(b.created_at, b.id);
}

bool is_before(const domain::Order& order, const ListCursor& cursor) {
    return std::pair(order.created_at, order.id) < std::pair(cursor.created_at, cursor.order);
}

// One shard's part of a page. Within a shard ids rise with time, so whole chunks are passed over
// until the cursor is reached.
std::vector<domain::Order> orders_in_memory(const boxoffice::BoxOffice& office,
                                            const ListQuery& query, base::Timestamp now) {
    constexpr std::size_t kChunk = 64;
    std::vector<domain::Order> page;
    // The cursor's own shard goes on behind it at once.
    domain::OrderId before;
    if (office.find_order(query.before.order, now)) before = query.before.order;
    while (true) {
        const auto chunk = office.orders_of(query.person, before, kChunk, now);
        for (const auto& order : chunk) {
            if (!is_before(order, query.before)) continue;
            if (query.state && order.state != *query.state) continue;
            page.push_back(order);
            if (page.size() == query.max) return page;
        }
        if (chunk.size() < kChunk) return page;
        before = chunk.back().id;
    }
}

// Gathers a page from every shard and the projection; ends when the last part is in. Lives on
// `home`.
struct Gathering {
    ListQuery query;
    std::size_t parts_left = 0;
    std::vector<domain::Order> orders;
    std::optional<records::StoreError> error;
    ListedReply reply;

    void add(const std::vector<domain::Order>& part) {
        orders.insert(orders.end(), part.begin(), part.end());
        finish_part();
    }
    void fail(records::StoreError reason) {
        error = std::move(reason);
        finish_part();
    }
    void finish_part() {
        if (--parts_left > 0) return;
        if (error) return reply(base::Unexpected{std::move(*error)});
        std::sort(orders.begin(), orders.end(), is_newer);
        // While a session retires, an order may come from memory and from the projection.
        const auto same = [](const auto& a, const auto& b) { return a.id == b.id; };
        orders.erase(std::unique(orders.begin(), orders.end(), same), orders.end());
        OrderPage page;
        const std::size_t wanted =
            query.max - 1;  // one more was asked for, to know whether there is more
        if (orders.size() > wanted) {
            orders.resize(wanted);
            page.next = orders.back().id;
        }
        page.orders = std::move(orders);
        reply(std::move(page));
    }
};

void gather(shard::Engine& engine, OrderReader& reader, env::Executor& home, const ListQuery& query,
            ListedReply reply) {
    auto gathering = std::make_shared<Gathering>();
    gathering->query = query;
    gathering->parts_left = engine.shards() + std::size_t{1};
    gathering->reply = std::move(reply);
    for (std::uint16_t shard = 0; shard < engine.shards(); ++shard) {
        engine.read(domain::ShardId(shard), home,
                    [gathering, query](const boxoffice::BoxOffice& office, base::Timestamp now) {
                        return env::Task([gathering, part = orders_in_memory(office, query, now)] {
                            gathering->add(part);
                        });
                    });
    }
    reader.list_retired(query, home, [gathering](OrderReader::Listed part) {
        part ? gathering->add(*part) : gathering->fail(part.error());
    });
}

}  // namespace

std::uint64_t hash_of_key(domain::CampaignId campaign, std::string_view key) {
    return never_zero(
        crypto::short_hash(std::to_string(campaign.value()) + ' ' + std::string(key)));
}

std::uint64_t hash_of_body(domain::CampaignId campaign, const domain::WantedLines& lines) {
    std::string text = std::to_string(campaign.value());
    for (const auto& line : lines) {
        text += ';' + std::to_string(line.tier.value()) + 'x' + std::to_string(line.quantity);
    }
    return never_zero(crypto::short_hash(text));
}

void OrderService::place(const PlaceRequest& request, env::Executor& home, shard::Reply reply) {
    const auto directory = catalog_.directory();
    const auto session = directory->session_of(request.campaign);
    const auto* campaign =
        session && !session->removed ? session->find_campaign(request.campaign) : nullptr;
    if (campaign == nullptr) {
        home.post([reply = std::move(reply), wanted = request.campaign]() mutable {
            shard::Answer answer;
            answer.outcome.refusal = domain::Refusal::campaign_unknown;
            answer.outcome.campaign = wanted;
            reply(answer);
        });
        return;
    }
    domain::PlaceOrder command{request.person, request.campaign, request.lines, 0, 0};
    if (!request.idempotency_key.empty()) {
        command.idempotency_key = hash_of_key(request.campaign, request.idempotency_key);
        command.body_hash = hash_of_body(request.campaign, request.lines);
    }
    engine_.submit(campaign->shard, command, home, std::move(reply));
}

void OrderService::cancel(domain::PersonId person, domain::OrderId order, env::Executor& home,
                          shard::Reply reply) {
    submit_of_order(order, domain::CancelOrder{person, order}, home, std::move(reply));
}

void OrderService::hide(domain::PersonId person, domain::OrderId order, env::Executor& home,
                        shard::Reply reply) {
    submit_of_order(order, domain::HideOrder{person, order}, home, std::move(reply));
}

void OrderService::submit_of_order(domain::OrderId order, domain::Command command,
                                   env::Executor& home, shard::Reply reply) {
    if (domain::shard_of(order).value() < engine_.shards()) {
        return engine_.submit(domain::shard_of(order), std::move(command), home, std::move(reply));
    }
    home.post([reply = std::move(reply)]() mutable {
        shard::Answer answer;
        answer.outcome.refusal = domain::Refusal::order_unknown;
        reply(answer);
    });
}

void OrderService::find(domain::PersonId person, domain::OrderId order, env::Executor& home,
                        FoundReply reply) {
    if (domain::shard_of(order).value() >= engine_.shards()) {
        home.post([reply = std::move(reply)]() mutable { reply(std::optional<domain::Order>{}); });
        return;
    }
    auto owed = std::make_shared<FoundReply>(std::move(reply));
    auto tell = [owed, person](OrderReader::Found found) {
        const bool other = found && *found && (*found)->person != person;
        (*owed)(other ? Found(std::optional<domain::Order>{}) : std::move(found));
    };
    auto read = [this, order, &home, tell](const boxoffice::BoxOffice& office,
                                           base::Timestamp now) {
        auto found = office.find_order(order, now);
        return env::Task([this, order, &home, tell, found] {
            if (found) return tell(found);
            reader_.find(order, home, tell);
        });
    };
    engine_.read(domain::shard_of(order), home, std::move(read));
}

void OrderService::joined(domain::PersonId person, domain::CampaignId campaign, env::Executor& home,
                          base::UniqueFunction<void(std::optional<domain::Order>)> reply) {
    const auto directory = catalog_.directory();
    const auto* entry = directory->find_campaign(campaign);
    if (entry == nullptr) {
        home.post([reply = std::move(reply)]() mutable { reply(std::nullopt); });
        return;
    }
    const auto owed = std::make_shared<base::UniqueFunction<void(std::optional<domain::Order>)>>(
        std::move(reply));
    auto read = [person, campaign, owed](const boxoffice::BoxOffice& office, base::Timestamp now) {
        return env::Task([owed, order = office.joined(campaign, person, now)] { (*owed)(order); });
    };
    engine_.read(entry->shard, home, std::move(read));
}

void OrderService::list(const ListRequest& request, env::Executor& home, ListedReply reply) {
    const std::size_t max = std::clamp<std::size_t>(request.max, 1, kOrdersPerPageMax);
    ListQuery query{request.person, {}, max + 1, request.state};
    if (request.before.value() == 0) {
        return gather(engine_, reader_, home, query, std::move(reply));
    }
    // The cursor is an order, and the list is by time: its time comes first.
    find(request.person, request.before, home,
         [this, query, &home, reply = std::move(reply)](Found found) mutable {
             if (!found) return reply(base::Unexpected{found.error()});
             if (!*found) return reply(OrderPage{});
             query.before = {(*found)->created_at, (*found)->id};
             gather(engine_, reader_, home, query, std::move(reply));
         });
}

}  // namespace onsale::orders
