// Naive: one command on its way through the naive twin. Each rule is a list of questions in the
// order in which a refusal is named. Belongs to NaiveBoxOffice::run(), on its thread.
#pragma once

#include <algorithm>
#include <cstddef>

#include "base/check.h"
#include "boxoffice/testing/naive_box_office.h"

namespace onsale::boxoffice::testing {

struct Naive {
    NaiveBoxOffice& office;
    base::Timestamp now;
    domain::Outcome out;

    using Sale = NaiveBoxOffice::Sale;

    void refuse(domain::Refusal refusal, const domain::Explanation& explanation = {}) {
        out.kind = domain::OutcomeKind::refused;
        out.refusal = refusal;
        out.explanation = explanation;
    }
    void done() { out.kind = domain::OutcomeKind::accepted; }
    void nothing_to_do() { out.kind = domain::OutcomeKind::unchanged; }

    Sale* open_sale(domain::SessionId id) {
        out.session = id;
        Sale* sale = office.sale_of(id);
        if (sale == nullptr) {
            refuse(domain::Refusal::session_unknown);
        } else if (sale->status.retired) {
            refuse(domain::Refusal::session_closed);
            sale = nullptr;
        }
        return sale;
    }
    Sale* running_sale(domain::SessionId id) {
        Sale* sale = open_sale(id);
        if (sale == nullptr || !sale->status.cancelled) return sale;
        refuse(domain::Refusal::session_cancelled, {.at = sale->status.cancelled_at});
        return nullptr;
    }
    std::size_t find_pool(const Sale& sale, domain::PoolId id) {
        std::size_t at = 0;
        while (at < sale.definition.pools.size() && sale.definition.pools[at].id != id) ++at;
        if (at == sale.definition.pools.size()) refuse(domain::Refusal::pool_unknown);
        return at;
    }

    void operator()(const domain::PlaceOrder& command);
    bool know_already(const domain::PlaceOrder& command, const Sale& sale,
                      const domain::Campaign& campaign);
    bool check_wish(const domain::WantedLines& lines, const Sale& sale,
                    const domain::Campaign& campaign);
    bool check_limits(const domain::PlaceOrder& command, const Sale& sale,
                      const domain::WantedLines& lines);
    bool check_stock(const Sale& sale, const domain::WantedLines& lines);
    domain::WantedLines choose(const Sale& sale, const domain::Campaign& campaign) const;
    void place(const domain::PlaceOrder& command, const Sale& sale,
               const domain::WantedLines& lines);

    domain::Order* own_order(domain::PersonId person, domain::OrderId id);
    void operator()(const domain::CancelOrder& command);
    void operator()(const domain::HideOrder& command);
    void operator()(const domain::ExpireDue& command);
    void operator()(const domain::EndCancelled& command);
    void write_end(domain::Order& order) const;

    void operator()(const domain::SetUpSession& command);
    void operator()(const domain::ChangeCampaign& command);
    void operator()(const domain::ChangeSession& command);
    void operator()(const domain::ChangeTier& command);
    void operator()(const domain::CancelSession& command);
    void operator()(const domain::RemoveSession& command);
    void operator()(const domain::AddStock& command);
    void operator()(const domain::WithdrawStock& command);
    void operator()(const domain::RetireSession& command);
    // The rules of money are not written twice: money_test.cc has their properties.
    template <class MoneyCommand>
    void operator()(const MoneyCommand&) {
        ONSALE_CHECK(false);
    }
};

}  // namespace onsale::boxoffice::testing
