#include <algorithm>

#include "base/check.h"
#include "base/mutant.h"
#include "boxoffice/internal/decide.h"

namespace onsale::boxoffice {
namespace {

using domain::Explanation;
using domain::OutcomeKind;
using domain::Refusal;

// Placing an order, rule by rule. The first rule that fails names the refusal; their order is part
// of the contract, because a buyer who is refused twice wants to hear the same reason twice: first
// what the buyer already has, then the window, then the wish itself, then the limits, then the
// stock.
class Placing {
  public:
    Placing(const BoxOffice::Memory& memory, const domain::PlaceOrder& command, base::Timestamp now,
            Decision& out)
        : memory_(memory), command_(command), now_(now), out_(out) {}

    void run() {
        campaign_state_ = memory_.find_campaign(command_.campaign);
        if (campaign_state_ == nullptr) return refuse(out_, Refusal::campaign_unknown);
        session_ = campaign_state_->session;
        campaign_ = &session_->campaign(*campaign_state_);
        out_.outcome.session = session_->definition.id;
        if (session_->status.retired) return refuse(out_, Refusal::session_closed);
        if (answer_from_key()) return;
        if (session_->status.cancelled)
            return refuse(out_, Refusal::session_cancelled, {.at = session_->status.cancelled_at});
        if (answer_from_joined()) return;
        if (now_ < campaign_->opens_at)
            return refuse(out_, Refusal::not_open_yet, {.at = campaign_->opens_at});
        if (now_ >= campaign_->closes_at)
            return refuse(out_, Refusal::campaign_ended, {.at = campaign_->closes_at});
        if (!read_lines() || !limits_allow() || !stock_allows()) return;
        place();
    }

  private:
    // The same key and person before: the same answer, or a refusal when the wish is another one.
    bool answer_from_key() {
        if (command_.idempotency_key == 0) return false;
        auto found = memory_.keys.find(PersonKey{command_.person, command_.idempotency_key});
        if (base::kMutant == base::Mutant::key_of_anybody)
            found = std::find_if(memory_.keys.begin(), memory_.keys.end(), [&](const auto& known) {
                return known.first.key == command_.idempotency_key;
            });
        if (found == memory_.keys.end()) return false;
        const StoredOrder* stored = memory_.find_order(found->second);
        ONSALE_CHECK(stored != nullptr);
        if (stored->body_hash != command_.body_hash) {
            refuse(out_, Refusal::key_reused);
            return true;
        }
        out_.outcome.kind = OutcomeKind::repeated;
        out_.outcome.order = memory_.view(found->second, *stored, now_);
        return true;
    }

    bool answer_from_joined() {
        if (!campaign_->one_per_person) return false;
        const auto found = campaign_state_->joined.find(command_.person);
        if (found == campaign_state_->joined.end()) return false;
        out_.outcome.kind = OutcomeKind::already_joined;
        out_.outcome.order = memory_.view(found->second, *memory_.find_order(found->second), now_);
        return true;
    }

    // Which tiers, how many of each; fills lines_ and tickets_.
    bool read_lines() {
        if (command_.lines.empty()) return choose_tier();
        for (const auto& wanted : command_.lines) {
            if (std::find(campaign_->tiers.begin(), campaign_->tiers.end(), wanted.tier) ==
                campaign_->tiers.end()) {
                return refused(Refusal::tier_unknown, {.tier = wanted.tier});
            }
            if (!tier_of(wanted.tier).on_sale)
                return refused(Refusal::tier_not_on_sale, {.tier = wanted.tier});
            if (wanted.quantity == 0)
                return refused(Refusal::quantity_invalid, {.tier = wanted.tier});
            const auto same = [&](const domain::WantedLine& other) {
                return other.tier == wanted.tier;
            };
            if (std::count_if(command_.lines.begin(), command_.lines.end(), same) > 1) {
                return refused(Refusal::tier_repeated, {.tier = wanted.tier});
            }
            if (wanted.quantity > tickets_per_order() - tickets_) {
                return refused(Refusal::over_tickets_per_order, {.limit = tickets_per_order()});
            }
            lines_.push_back(wanted);
            tickets_ += wanted.quantity;
        }
        return true;
    }

    // No wish: one ticket of the first tier that is on sale and has one. When none has, the stock
    // rule refuses the first that is on sale.
    bool choose_tier() {
        const auto& tiers = campaign_->tiers;
        const auto on_sale = [&](domain::TierId tier) { return tier_of(tier).on_sale; };
        const auto has_stock = [&](domain::TierId tier) {
            return on_sale(tier) && stock_of(tier).count.free > 0;
        };
        auto found = std::find_if(tiers.begin(), tiers.end(), has_stock);
        if (found == tiers.end()) found = std::find_if(tiers.begin(), tiers.end(), on_sale);
        if (found == tiers.end())
            return refused(Refusal::tier_not_on_sale, {.tier = tiers.front()});
        lines_.push_back({*found, 1});
        tickets_ = 1;
        return true;
    }

    bool limits_allow() {
        const auto found = session_->usage.find(command_.person);
        const Usage usage = found == session_->usage.end() ? Usage{} : found->second;
        const auto& definition = session_->definition;
        if (definition.orders_per_person != 0 && usage.orders >= definition.orders_per_person) {
            return refused(Refusal::over_orders_per_person,
                           {.limit = definition.orders_per_person, .used = usage.orders});
        }
        const bool miscounts = base::kMutant == base::Mutant::limit_counts_orders;
        if (definition.tickets_per_person != 0 &&
            usage.tickets + (miscounts ? 1 : tickets_) > definition.tickets_per_person) {
            return refused(Refusal::over_tickets_per_person,
                           {.limit = definition.tickets_per_person, .used = usage.tickets});
        }
        return true;
    }

    // Tiers may share a pool, so a pool is asked for the sum of its lines.
    bool stock_allows() {
        for (const auto& wanted : lines_) {
            const PoolState& stock = stock_of(wanted.tier);
            std::uint64_t needed = 0;
            for (const auto& line : lines_)
                needed += &stock_of(line.tier) == &stock ? line.quantity : 0;
            if (stock.count.free >= needed) continue;
            const Refusal refusal =
                stock.count.free == 0 ? Refusal::sold_out : Refusal::not_enough_stock;
            return refused(refusal, {.tier = wanted.tier, .free = stock.count.free});
        }
        return true;
    }

    void place() {
        domain::Order order;
        order.id = domain::make_order_id(memory_.shard, memory_.next_order_number);
        order.person = command_.person;
        order.session = session_->definition.id;
        order.campaign = campaign_->id;
        order.created_at = now_;
        order.changed_at = now_;
        order.idempotency_key = command_.idempotency_key;
        order.body_hash = command_.body_hash;
        for (const auto& wanted : lines_) {
            order.lines.push_back({wanted.tier, wanted.quantity, tier_of(wanted.tier).price, 0});
        }
        if (order.amount().is_zero()) {
            order.state = domain::OrderState::completed;
            number_codes(order);
        } else {
            order.state = domain::OrderState::reserved;
            order.deadline = now_ + campaign_->hold_time;
        }
        out_.outcome.order = order;
        accept(out_, domain::OrderPlaced{order});
    }

    // Lines of pools of codes get the pool's next ordinals, one line after the other.
    void number_codes(domain::Order& order) const {
        for (std::size_t i = 0; i < order.lines.size(); ++i) {
            const PoolState& stock = stock_of(order.lines[i].tier);
            if (!has_codes(order.lines[i].tier)) continue;
            std::uint64_t ordinal = stock.next_ordinal;
            for (std::size_t before = 0; before < i; ++before) {
                if (&stock_of(order.lines[before].tier) == &stock)
                    ordinal += order.lines[before].quantity;
            }
            order.lines[i].first_ordinal = ordinal;
        }
    }

    std::uint32_t tickets_per_order() const {
        return campaign_->tickets_per_order == 0 ? domain::kTicketsPerOrderMax
                                                 : campaign_->tickets_per_order;
    }
    const domain::Tier& tier_of(domain::TierId tier) const {
        return session_->definition.tiers[session_->tier_index(tier)];
    }
    std::size_t pool_index(domain::TierId tier) const {
        return session_->pool_of_tier[session_->tier_index(tier)];
    }
    const PoolState& stock_of(domain::TierId tier) const {
        return session_->pools[pool_index(tier)];
    }
    bool has_codes(domain::TierId tier) const {
        return session_->definition.pools[pool_index(tier)].kind == domain::PoolKind::codes;
    }
    bool refused(Refusal refusal, const Explanation& explanation) {
        refuse(out_, refusal, explanation);
        return false;
    }

    const BoxOffice::Memory& memory_;
    const domain::PlaceOrder& command_;
    base::Timestamp now_;
    Decision& out_;
    const CampaignState* campaign_state_ = nullptr;
    const SessionState* session_ = nullptr;
    const domain::Campaign* campaign_ = nullptr;
    domain::WantedLines lines_;
    std::uint32_t tickets_ = 0;
};

}  // namespace

void decide_place(const BoxOffice::Memory& memory, const domain::PlaceOrder& command,
                  base::Timestamp now, Decision& out) {
    out.outcome.campaign = command.campaign;
    Placing(memory, command, now, out).run();
}

}  // namespace onsale::boxoffice
