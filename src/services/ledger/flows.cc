#include "ledger/flows.h"

#include <string>
#include <utility>

#include "domain/payment.h"
#include "domain/refund.h"
#include "payments/flow_name.h"
#include "records/rows.h"

namespace onsale::ledger {
namespace {

using payments::FlowKind;
using records::number_from_row;
using records::to_row;
using sql::SqlResult;

FlowState state_of(domain::PaymentState state, bool parked) {
    if (state == domain::PaymentState::captured) return FlowState::done;
    if (!domain::is_open(state)) return FlowState::ended;
    return parked ? FlowState::parked : FlowState::open;
}

FlowState state_of(domain::RefundState state, bool parked) {
    if (state == domain::RefundState::completed) return FlowState::done;
    if (state != domain::RefundState::approved) return FlowState::unasked;
    return parked ? FlowState::parked : FlowState::open;
}

std::string name_of(FlowKind kind, const sql::Statement& row) {
    return to_string(payments::FlowName{kind, number_from_row(row.integer(0)),
                                        number_from_row(row.integer(1)),
                                        static_cast<std::uint32_t>(row.integer(9))});
}

// Every question below selects id, incarnation, state, parked, amount, currency, the bank's name,
// when it was done, the order, and the round.
Flow flow_from(const sql::Statement& row) {
    Flow flow;
    flow.amount = {row.integer(4), static_cast<base::Currency>(row.integer(5))};
    flow.transaction = row.text(6);
    if (!row.is_null(7)) flow.done_at = records::time_from_row(row.integer(7));
    flow.order = number_from_row(row.integer(8));
    return flow;
}

Flow payment_from(const sql::Statement& row) {
    Flow flow = flow_from(row);
    flow.kind = LineKind::payment;
    flow.reference = name_of(FlowKind::payment, row);
    flow.state = state_of(static_cast<domain::PaymentState>(row.integer(2)), row.integer(3) != 0);
    return flow;
}

Flow refund_from(const sql::Statement& row) {
    Flow flow = flow_from(row);
    flow.kind = LineKind::refund;
    flow.reference = name_of(FlowKind::refund, row);
    flow.state = state_of(static_cast<domain::RefundState>(row.integer(2)), row.integer(3) != 0);
    // Settled in another way: no money is expected from the bank any more.
    if (flow.state == FlowState::done && row.is_null(7)) flow.state = FlowState::ended;
    return flow;
}

// Money of nobody on its way back; the bank's name is that of the way in.
Flow return_from(const sql::Statement& row) {
    Flow flow = flow_from(row);
    flow.kind = LineKind::refund;
    flow.reference = name_of(FlowKind::stray, row);
    flow.transaction.clear();
    const bool parked = row.integer(3) != 0;
    flow.state = !row.is_null(7) ? FlowState::done : parked ? FlowState::parked : FlowState::open;
    return flow;
}

Flow stray_from(const sql::Statement& row) {
    Flow flow = flow_from(row);
    flow.kind = LineKind::payment;
    flow.state = FlowState::done;
    return flow;
}

constexpr std::string_view kPayments =
    "SELECT payment, incarnation, state, parked, amount, currency, txn, done_at_ms, order_id, 0 "
    "FROM ledger_payments WHERE bank = ?1 ";
constexpr std::string_view kRefunds =
    "SELECT refund, incarnation, state, parked, amount, currency, txn, done_at_ms, refund >> 5, "
    "round FROM ledger_refunds WHERE bank = ?1 ";
constexpr std::string_view kReturns =
    "SELECT stray, incarnation, 0, parked, amount, currency, txn, returned_at_ms, 0, round "
    "FROM ledger_strays WHERE bank = ?1 ";
constexpr std::string_view kStrays =
    "SELECT stray, incarnation, 0, parked, amount, currency, txn, received_at_ms, 0, round "
    "FROM ledger_strays WHERE bank = ?1 ";

class Reading {
  public:
    Reading(sql::Connection& connection, domain::BankId bank)
        : connection_(connection), bank_(bank) {}

    SqlResult<void> of_day(const Day& day) {
        ONSALE_TRY(each(kPayments, "AND done_at_ms >= ?2 AND done_at_ms < ?3", day, payment_from));
        ONSALE_TRY(each(kRefunds, "AND done_at_ms >= ?2 AND done_at_ms < ?3", day, refund_from));
        ONSALE_TRY(
            each(kReturns, "AND returned_at_ms >= ?2 AND returned_at_ms < ?3", day, return_from));
        return each(kStrays, "AND received_at_ms >= ?2 AND received_at_ms < ?3", day, stray_from);
    }

    // A flow that the file names, if it is ours and not known yet.
    SqlResult<void> of_line(const BankLine& line) {
        if (ours_.by_reference.contains({line.kind, line.reference})) return {};
        const auto name = payments::parse_flow_name(line.reference);
        if (name && line.kind == LineKind::payment && name->kind == FlowKind::payment)
            return one(kPayments, "AND payment = ?2", *name, payment_from);
        if (name && line.kind == LineKind::refund && name->kind == FlowKind::refund)
            return one(kRefunds, "AND refund = ?2", *name, refund_from);
        if (name && line.kind == LineKind::refund && name->kind == FlowKind::stray)
            return one(kReturns, "AND stray = ?2", *name, return_from);
        return {};
    }
    // Money of nobody goes by the bank's own name.
    SqlResult<void> of_transaction(const BankLine& line) {
        if (line.kind != LineKind::payment || ours_.strays.contains(line.transaction)) return {};
        if (ours_.by_reference.contains({line.kind, line.reference})) return {};
        ONSALE_TRY_ASSIGN(row, connection_.prepare(std::string(kStrays) + "AND txn = ?2"));
        row.bind(1, to_row(bank_)).bind(2, std::string_view(line.transaction));
        ONSALE_TRY_ASSIGN(there, row.step());
        if (there) keep(stray_from(row));
        return {};
    }
    OurFlows take() { return std::move(ours_); }

  private:
    using From = Flow (*)(const sql::Statement&);

    void keep(Flow flow) {
        if (flow.reference.empty()) {
            ours_.strays.emplace(flow.transaction, std::move(flow));
            return;
        }
        std::pair key{flow.kind, flow.reference};
        ours_.by_reference.emplace(std::move(key), std::move(flow));
    }

    SqlResult<void> each(std::string_view select, std::string_view where, const Day& day,
                         From from) {
        ONSALE_TRY_ASSIGN(row, connection_.prepare(std::string(select) + std::string(where)));
        row.bind(1, to_row(bank_)).bind(2, to_row(day.begin)).bind(3, to_row(day.end()));
        while (true) {
            ONSALE_TRY_ASSIGN(there, row.step());
            if (!there) return {};
            keep(from(row));
        }
    }

    SqlResult<void> one(std::string_view select, std::string_view where,
                        const payments::FlowName& name, From from) {
        ONSALE_TRY_ASSIGN(row, connection_.prepare(std::string(select) + std::string(where)));
        ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(bank_)).bind(2, to_row(name.id)).step());
        // The same number under another incarnation is of a past that was lost; of another round,
        // the bank does what it had refused.
        if (there && number_from_row(row.integer(1)) == name.incarnation &&
            row.integer(9) == std::int64_t{name.round})
            keep(from(row));
        return {};
    }

    sql::Connection& connection_;
    const domain::BankId bank_;
    OurFlows ours_;
};

}  // namespace

SqlResult<OurFlows> read_flows(sql::Connection& connection, domain::BankId bank, const Day& day,
                               const DayFile& file) {
    Reading reading(connection, bank);
    ONSALE_TRY(reading.of_day(day));
    for (const BankLine& line : file.lines) {
        ONSALE_TRY(reading.of_line(line));
        ONSALE_TRY(reading.of_transaction(line));
    }
    return reading.take();
}

}  // namespace onsale::ledger
