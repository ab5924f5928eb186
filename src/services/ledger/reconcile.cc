#include "ledger/reconcile.h"

#include <array>
#include <set>
#include <utility>

namespace onsale::ledger {
namespace {

struct Cause {
    std::string_view name;
    Sentence sentence;
};
constexpr std::array kCauses = {
    Cause{"boundary",
          {"the bank and we saw it on both sides of midnight", "银行与本站分别记在零点前后"}},
    Cause{"recorded_on_other_day",
          {"the bank did it on this day, and it was booked here on another",
           "银行当日完成,本站记在另一天"}},
    Cause{"in_file_of_other_day",
          {"the file of another day has it, by an earlier reconciliation",
           "此前的对账显示,它在另一天的文件中"}},
    Cause{"after_file",
          {"booked here after the file was asked for: the next run finds it",
           "取得文件之后才入账,下次对账即可核对"}},
    Cause{"callback_lost",
          {"the bank has taken it and nobody told us yet: the next query finds it",
           "银行已扣款,通知尚未到达,下次查询会补上"}},
    Cause{"answer_lost",
          {"the bank has given it back and its answer was lost: the next try finds it",
           "银行已退款,应答丢失,下次重试会补上"}},
    Cause{"parked",
          {"the bank has done it, and here it waits for somebody to resume it",
           "银行已完成,本站流水已停放,请人工恢复"}},
    Cause{"taken_after_end",
          {"the bank has taken money of a payment that it had ended: ask the bank",
           "银行在关单之后扣款,请与银行核实"}},
    Cause{"refund_not_approved",
          {"the bank has given back what nobody approved: ask the bank",
           "银行退了未经批准的款项,请与银行核实"}},
    Cause{"unknown_reference",
          {"a name of ours that is not known here: ask the bank",
           "形似本站的流水名,但本站没有此笔,请与银行核实"}},
    Cause{"foreign_reference",
          {"a name that is not ours: the bank has mixed up merchants",
           "不是本站的流水名,银行可能混淆了商户"}},
    Cause{"charged_twice",
          {"the bank has done it twice under one name: ask it for the second one",
           "银行以同一流水名做了两次,请要求银行处理第二笔"}},
    Cause{"missing_at_bank",
          {"booked here by the bank's word, and not in its file: ask the bank",
           "本站已按银行答复入账,但银行文件中没有,请与银行核实"}},
    Cause{"amount_differs",
          {"another amount or currency than the one that is booked: ask the bank",
           "金额或币种与入账不符,请与银行核实"}},
    Cause{"transaction_differs",
          {"another name of the bank's than the one that is booked", "银行交易号与入账时不同"}},
};
constexpr Sentence kDamaged = {"the file is damaged: fetch it again, else ask the bank",
                               "文件已损坏,请重新获取,仍如此请联系银行"};

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
        const bool is_seen = seen_.contains(&flow);
        if (!is_seen && ours_.asked_at && flow.done_at >= *ours_.asked_at)
            return add_ours(flow, ItemKind::note, "after_file");
        (flow.kind == LineKind::payment ? result_.ours_in : result_.ours_out) += flow.amount.minor;
        if (is_seen) return;
        if (ours_.on_other_days.contains(flow.transaction))
            return add_ours(flow, ItemKind::note, "in_file_of_other_day");
        const bool is_near =
            flow.done_at < day_.begin + kDayWindow || flow.done_at >= day_.end() - kDayWindow;
        if (is_near) return add_ours(flow, ItemKind::note, "boundary");
        add_ours(flow, ItemKind::ours_only, "missing_at_bank");
    }
    void add_ours(const Flow& flow, ItemKind kind, std::string_view cause) {
        const Mends mends = kind == ItemKind::note ? Mends::nothing_to_do : Mends::by_person;
        Item item{kind,           std::string(cause), mends,     flow.kind,
                  flow.reference, flow.transaction,   flow.order};
        item.ours = flow.amount;
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

Sentence sentence_of(std::string_view cause) {
    for (const auto& [name, sentence] : kCauses)
        if (name == cause) return sentence;
    return kDamaged;
}

Result reconcile(const Day& day, const DayFile& file, const OurFlows& ours) {
    return Comparison(day, file, ours).run();
}

}  // namespace onsale::ledger
