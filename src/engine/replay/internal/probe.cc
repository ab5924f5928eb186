#include "replay/internal/probe.h"

#include <algorithm>

namespace onsale::replay {
namespace {

using domain::Refusal;

class Prober {
  public:
    Prober(const boxoffice::BoxOffice& box_office, const RefusalQuestion& question)
        : box_office_(box_office), question_(question) {
        const domain::Session* session = box_office.find_session(question.session);
        if (session == nullptr) return;
        for (const auto& campaign : session->campaigns)
            if (campaign.id == question.campaign) campaign_ = &campaign;
    }

    [[nodiscard]] Agreement ask() {
        switch (question_.refusal) {
            case Refusal::campaign_unknown:
            case Refusal::session_closed:
            case Refusal::session_cancelled:
            case Refusal::not_open_yet:
            case Refusal::campaign_ended:
                return said(is_refused({}));
            case Refusal::sold_out:
            case Refusal::tier_not_on_sale:
                return said(any_tier([&](domain::TierId tier) { return is_refused({{tier, 1}}); }));
            case Refusal::not_enough_stock:
                return said(any_tier([&](domain::TierId tier) {
                    return is_refused({{tier, static_cast<std::uint32_t>(question_.free) + 1}});
                }));
            case Refusal::quantity_invalid:
                return said(any_tier([&](domain::TierId tier) { return is_refused({{tier, 0}}); }));
            case Refusal::tier_repeated:
                return said(any_tier([&](domain::TierId tier) {
                    return is_refused({{tier, 1}, {tier, 1}});
                }));
            case Refusal::over_tickets_per_order:
                return said(any_tier([&](domain::TierId tier) {
                    return is_refused({{tier, domain::kTicketsPerOrderMax + 1}});
                }));
            case Refusal::tier_unknown:
                return said(is_refused({{domain::TierId(domain::kIdMax + 1), 1}}));
            case Refusal::over_orders_per_person:
            case Refusal::over_tickets_per_person:
                return over_limit();
            case Refusal::none:
            case Refusal::session_unknown:
            case Refusal::key_reused:
            case Refusal::order_unknown:
            case Refusal::order_not_cancellable:
            case Refusal::order_not_final:
            case Refusal::definition_conflict:
            case Refusal::definition_invalid:
            case Refusal::pool_unknown:
            case Refusal::stock_not_free:
            case Refusal::session_not_ended:
            case Refusal::orders_not_final:
            case Refusal::session_started:
            case Refusal::session_not_removable:
            case Refusal::order_not_payable:
            case Refusal::authorisation_too_small:
            case Refusal::authorisation_expired:
            case Refusal::payments_exhausted:
            case Refusal::payment_unknown:
            case Refusal::payment_final:
            case Refusal::step_not_wanted:
            case Refusal::not_parked:
            case Refusal::refund_not_allowed:
            case Refusal::refund_too_late:
            case Refusal::refund_nothing_paid:
            case Refusal::order_not_refundable:
            case Refusal::refund_unknown:
            case Refusal::refund_not_pending:
            case Refusal::refund_same_reviewer:
            case Refusal::stray_unknown:
        case Refusal::refund_not_refused:
                break;
        }
        return Agreement::unknown;
    }

  private:
    static Agreement said(bool refused) { return refused ? Agreement::agrees : Agreement::differs; }

    template <class Test>
    bool any_tier(Test test) {
        return campaign_ != nullptr && std::ranges::any_of(campaign_->tiers, test);
    }

    // Limits are a person's; without one they cannot be asked about.
    Agreement over_limit() {
        if (!question_.person) return Agreement::unknown;
        return said(any_tier([&](domain::TierId tier) {
            for (std::uint32_t count = 1; count <= domain::kTicketsPerOrderMax; ++count)
                if (is_refused({{tier, count}}, *question_.person)) return true;
            return false;
        }));
    }

    // As nobody, unless the rule is about a person: what somebody has does not matter then.
    bool is_refused(std::initializer_list<domain::WantedLine> lines,
                    domain::PersonId person = domain::PersonId()) {
        domain::PlaceOrder wish{person, question_.campaign, {}, 0, 0};
        for (const auto& line : lines) wish.lines.push_back(line);
        box_office_.decide(wish, question_.at, decision_);
        const auto& outcome = decision_.outcome;
        return outcome.kind == domain::OutcomeKind::refused &&
               outcome.refusal == question_.refusal && outcome.explanation.free == question_.free;
    }

    const boxoffice::BoxOffice& box_office_;
    const RefusalQuestion& question_;
    const domain::Campaign* campaign_ = nullptr;
    boxoffice::Decision decision_;
};

}  // namespace

Agreement probe(const boxoffice::BoxOffice& box_office, const RefusalQuestion& question) {
    return Prober(box_office, question).ask();
}

}  // namespace onsale::replay
