// Explanations as JSON: what a refusal rested on and what became of an order, as figures and as
// sentences. Plain values and pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "replay/order.h"
#include "replay/refusal.h"
#include "shop/explain_text.h"
#include "shop/order_json.h"

namespace onsale::shop {

struct SentencesBody {
    std::vector<std::string> zh;
    std::vector<std::string> en;
};
BOOST_DESCRIBE_STRUCT(SentencesBody, (), (zh, en))

// A batch of the journal.
struct PositionBody {
    std::uint64_t shard = 0;
    std::uint64_t sequence = 0;
    std::string at;
};
BOOST_DESCRIBE_STRUCT(PositionBody, (), (shard, sequence, at))

struct LastSaleBody {
    std::uint64_t order = 0;
    std::uint64_t tickets = 0;
    PositionBody position;
    std::string at;
    std::uint64_t ms_before = 0;
};
BOOST_DESCRIBE_STRUCT(LastSaleBody, (), (order, tickets, position, at, ms_before))
struct PoolThenBody {
    std::uint64_t pool = 0;
    std::vector<std::uint64_t> tiers;
    std::uint64_t free = 0;
    std::uint64_t held = 0;
    std::optional<std::uint64_t> capacity;  // this and the next two to staff only
    std::optional<std::uint64_t> sold;
    std::optional<std::uint64_t> withdrawn;
    std::optional<LastSaleBody> last_sale;
};
BOOST_DESCRIBE_STRUCT(PoolThenBody, (),
                      (pool, tiers, free, held, capacity, sold, withdrawn, last_sale))
struct CountedOrderBody {
    std::uint64_t order = 0;
    std::uint64_t campaign = 0;
    std::string state;
    std::uint64_t tickets = 0;
    std::string created_at;
};
BOOST_DESCRIBE_STRUCT(CountedOrderBody, (), (order, campaign, state, tickets, created_at))
struct CountedBody {
    std::uint64_t orders = 0;
    std::uint64_t tickets = 0;
    std::uint64_t orders_per_person = 0;   // 0: no limit
    std::uint64_t tickets_per_person = 0;  // 0: no limit
    std::vector<CountedOrderBody> list;
};
BOOST_DESCRIBE_STRUCT(CountedBody, (),
                      (orders, tickets, orders_per_person, tickets_per_person, list))
struct RefusalThenBody {
    std::string reason;
    std::uint64_t session = 0;
    std::uint64_t campaign = 0;
    PositionBody position;
    std::uint64_t facts_before = 0;
    std::string decided_at;
    std::uint64_t free = 0;
    std::optional<std::uint64_t> ordinal;  // to staff only
    std::string agreement;                 // agrees, differs, unknown
    std::optional<std::string> opens_at;
    std::optional<std::string> closes_at;
    std::optional<std::uint64_t> orders_before;  // to staff only
    std::vector<PoolThenBody> pools;             // to persons only where the stock was the reason
    std::optional<CountedBody> counted;          // of the person that it is about
};
BOOST_DESCRIBE_STRUCT(RefusalThenBody, (),
                      (reason, session, campaign, position, facts_before, decided_at, free, ordinal,
                       agreement, opens_at, closes_at, orders_before, pools, counted))

struct OrderFactBody {
    std::string state;
    PositionBody position;
    std::string at;
};
BOOST_DESCRIBE_STRUCT(OrderFactBody, (), (state, position, at))
struct ExplainedLineBody {
    std::uint64_t tier = 0;
    std::uint64_t quantity = 0;
    MoneyBody unit_price;
    std::optional<std::uint64_t> first_ordinal;  // of its codes, in the pool
};
BOOST_DESCRIBE_STRUCT(ExplainedLineBody, (), (tier, quantity, unit_price, first_ordinal))
struct OrderToldBody {
    std::uint64_t order = 0;
    std::uint64_t session = 0;
    std::uint64_t campaign = 0;
    std::string state;
    std::string cause;  // none, person, deadline, session_cancelled
    MoneyBody amount;
    std::vector<ExplainedLineBody> lines;
    std::vector<OrderFactBody> facts;
};
BOOST_DESCRIBE_STRUCT(OrderToldBody, (),
                      (order, session, campaign, state, cause, amount, lines, facts))

struct ExplanationBody {
    SentencesBody sentences;
    std::optional<RefusalThenBody> refusal;
    std::optional<OrderToldBody> order;
};
BOOST_DESCRIBE_STRUCT(ExplanationBody, (), (sentences, refusal, order))

[[nodiscard]] ExplanationBody explanation_body(const replay::RefusalQuestion& question,
                                               const replay::RefusalStory& story,
                                               Audience audience);
[[nodiscard]] ExplanationBody explanation_body(const replay::OrderStory& story);

}  // namespace onsale::shop
