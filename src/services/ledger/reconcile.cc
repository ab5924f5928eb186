#include "ledger/reconcile.h"

#include <array>
#include <set>
#include <utility>

namespace onsale::ledger {
namespace {

struct Cause {
    std::string_view name;
    std::string_view sentence;
};
constexpr std::array kCauses = {
    Cause{"boundary", "the bank and we saw it on both sides of midnight"},
    Cause{"recorded_on_other_day",
          "the bank did it on this day, and it was booked here on another"},
    Cause{"in_file_of_other_day", "the file of another day has it, by an earlier reconciliation"},
    Cause{"callback_lost", "the bank has taken it and nobody told us yet: the next query finds it"},
    Cause{"answer_lost",
          "the bank has given it back and its answer was lost: the next try finds it"},
    Cause{"parked", "the bank has done it, and here it waits for somebody to resume it"},
    Cause{"taken_after_end",
          "the bank has taken money of a payment that it had ended: ask the bank"},
    Cause{"refund_not_approved", "the bank has given back what nobody approved: ask the bank"},
    Cause{"unknown_reference", "a name of ours that is not known here: ask the bank"},
    Cause{"foreign_reference", "a name that is not ours: the bank has mixed up merchants"},
    Cause{"charged_twice", "the bank has done it twice under one name: ask it for the second one"},
    Cause{"missing_at_bank", "booked here by the bank's word, and not in its file: ask the bank"},
    Cause{"amount_differs", "another amount or currency than the one that is booked: ask the bank"},
    Cause{"transaction_differs", "another name of the bank's than the one that is booked"},
};

class Comparison {
  public:
    Comparison(const Day& day, const DayFile& file, const OurFlows& ours)
        : day_(day), file_(file), ours_(ours) {}

    Result run() {
        result_.lines = file_.lines.size();
        result_.banks_in = file_.sum_in;
        result_.banks_out = file_.sum_out;
        for (const FoundFault& fault : file_.faults) {
            Item item;
            item.kind = ItemKind::file_damaged;
            item.cause = to_string(fault.fault);
            item.mends = Mends::by_person;
            item.line = fault.line;
            item.transaction = fault.detail;
            add(std::move(item));
        }
        // Beyond those that are kept.
        result_.differences += file_.fault_count - file_.faults.size();
        for (const BankLine& line : file_.lines) compare(line);
        for (const auto& [key, flow] : ours_.by_reference) look_for(flow);
        for (const auto& [transaction, flow] : ours_.strays) look_for(flow);
        return std::move(result_);
    }

  private:
    using Key = std::pair<LineKind, std::string>;

    void add(Item item) {
        if (item.kind != ItemKind::note) ++result_.differences;
        if (result_.items.size() < kItemsMax) result_.items.push_back(std::move(item));
    }
    void add(ItemKind kind, std::string_view cause, Mends mends, const BankLine& line,
             const Flow* flow) {
        Item item{kind, std::string(cause), mends, line.kind, line.reference, line.transaction};
        item.banks = line.amount;
        item.line = line.number;
        if (flow != nullptr && flow->state == FlowState::done) item.ours = flow->amount;
        if (flow != nullptr) item.order = flow->order;
        add(std::move(item));
    }

    [[nodiscard]] const Flow* find(const BankLine& line) const {
        const auto named = ours_.by_reference.find({line.kind, line.reference});
        if (named != ours_.by_reference.end()) return &named->second;
        const auto stray = ours_.strays.find(line.transaction);
        const bool fits = line.kind == LineKind::payment && stray != ours_.strays.end();
        return fits ? &stray->second : nullptr;
    }

    [[nodiscard]] static std::string_view cause_of_unknown(const BankLine& line) {
        const char first = line.reference.empty() ? ' ' : line.reference.front();
        const bool is_ours = first == (line.kind == LineKind::payment ? 'P' : 'R') ||
                             (line.kind == LineKind::refund && first == 'U');
        return is_ours ? "unknown_reference" : "foreign_reference";
    }

    void compare(const BankLine& line) {
        const Flow* flow = find(line);
        if (flow == nullptr) {
            return add(ItemKind::banks_only, cause_of_unknown(line), Mends::by_person, line,
                       nullptr);
        }
        if (!seen_.insert(flow).second)
            return add(ItemKind::banks_only, "charged_twice", Mends::by_person, line, nullptr);
        if (flow->state != FlowState::done) return other_state(line, *flow);
        if (flow->amount != line.amount)
            return add(ItemKind::amount_differs, "amount_differs", Mends::by_person, line, flow);
        if (!flow->transaction.empty() && flow->transaction != line.transaction)
            return add(ItemKind::transaction_differs, "transaction_differs", Mends::by_person, line,
                       flow);
        ++result_.matched;
        if (is_of_day(*flow)) return;
        const auto apart =
            flow->done_at > line.at ? flow->done_at - line.at : line.at - flow->done_at;
        add(ItemKind::note, apart <= kDayWindow ? "boundary" : "recorded_on_other_day",
            Mends::nothing_to_do, line, flow);
    }

    void other_state(const BankLine& line, const Flow& flow) {
        const bool pays = line.kind == LineKind::payment;
        switch (flow.state) {
            case FlowState::done:
                return;
            case FlowState::open:
                return add(ItemKind::state_differs, pays ? "callback_lost" : "answer_lost",
                           Mends::by_itself, line, &flow);
            case FlowState::parked:
                return add(ItemKind::state_differs, "parked", Mends::by_person, line, &flow);
            case FlowState::ended:
                return add(ItemKind::state_differs, "taken_after_end", Mends::by_person, line,
                           &flow);
            case FlowState::unasked:
                return add(ItemKind::state_differs, "refund_not_approved", Mends::by_person, line,
                           &flow);
        }
    }

    [[nodiscard]] bool is_of_day(const Flow& flow) const {
        return flow.done_at >= day_.begin && flow.done_at < day_.end();
    }

    // What is booked here on this day, and that no line of the file has named.
    void look_for(const Flow& flow) {
        if (flow.state != FlowState::done || !is_of_day(flow)) return;
        (flow.kind == LineKind::payment ? result_.ours_in : result_.ours_out) += flow.amount.minor;
        if (seen_.contains(&flow)) return;
        Item item{ItemKind::ours_only, "missing_at_bank", Mends::by_person, flow.kind,
                  flow.reference,      flow.transaction,  flow.order};
        item.ours = flow.amount;
        const auto other = ours_.on_other_days.find(flow.transaction);
        const bool is_near =
            flow.done_at < day_.begin + kDayWindow || flow.done_at >= day_.end() - kDayWindow;
        if (other != ours_.on_other_days.end() || is_near) {
            item.kind = ItemKind::note;
            item.cause = other != ours_.on_other_days.end() ? "in_file_of_other_day" : "boundary";
            item.mends = Mends::nothing_to_do;
        }
        add(std::move(item));
    }

    const Day day_;
    const DayFile& file_;
    const OurFlows& ours_;
    Result result_;
    std::set<const Flow*> seen_;
};

}  // namespace

std::string_view to_string(ItemKind kind) {
    switch (kind) {
        case ItemKind::note:
            return "note";
        case ItemKind::ours_only:
            return "ours_only";
        case ItemKind::banks_only:
            return "banks_only";
        case ItemKind::amount_differs:
            return "amount_differs";
        case ItemKind::state_differs:
            return "state_differs";
        case ItemKind::transaction_differs:
            return "transaction_differs";
        case ItemKind::file_damaged:
            return "file_damaged";
    }
    return "unknown";
}

std::string_view to_string(Mends mends) {
    switch (mends) {
        case Mends::nothing_to_do:
            return "nothing_to_do";
        case Mends::by_itself:
            return "by_itself";
        case Mends::by_person:
            return "by_person";
    }
    return "unknown";
}

std::string_view sentence_of(std::string_view cause) {
    for (const auto& [name, sentence] : kCauses)
        if (name == cause) return sentence;
    return "the file is damaged: fetch it again, else ask the bank";
}

Result reconcile(const Day& day, const DayFile& file, const OurFlows& ours) {
    return Comparison(day, file, ours).run();
}

}  // namespace onsale::ledger
