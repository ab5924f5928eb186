#include "ledger/item_table.h"

#include <array>

#include "ledger/account.h"
#include "statistics/table.h"

namespace onsale::ledger {
namespace {

using statistics::Cell;
using statistics::Column;

constexpr std::array kColumns = {
    Column{"kind", "Kind", "类别", 18},
    Column{"cause", "Cause", "原因代码", 22},
    Column{"meaning", "Meaning", "说明", 48},
    Column{"mends", "Mends", "处理方式", 14},
    Column{"flow", "Flow", "方向", 10},
    Column{"reference", "Reference", "流水名", 30},
    Column{"transaction", "Transaction", "银行交易号", 20},
    Column{"order", "Order", "订单号", 14},
    Column{"ours", "Ours", "本站金额", 12},
    Column{"banks", "The bank's", "银行金额", 12},
    Column{"currency", "Currency", "币种", 8},
    Column{"line", "Line", "文件行号", 10},
};

Cell money_or_empty(base::Money money) {
    if (money.minor == 0) return std::monostate();
    return money;
}
Cell number_or_empty(std::uint64_t number) {
    if (number == 0) return std::monostate();
    return number;
}

}  // namespace

std::string item_table(std::span<const Item> items, statistics::Language language) {
    const auto writer = statistics::make_csv_writer(kColumns, language);
    for (const Item& item : items) {
        const Sentence meaning = sentence_of(item.cause);
        const bool zh = language == statistics::Language::zh;
        const base::Money known = item.ours.minor != 0 ? item.ours : item.banks;
        const Cell cells[] = {std::string(to_string(item.kind)),
                              item.cause,
                              std::string(zh ? meaning.zh : meaning.en),
                              std::string(to_string(item.mends)),
                              std::string(item.flow == LineKind::payment ? "payment" : "refund"),
                              item.reference,
                              item.transaction,
                              number_or_empty(item.order),
                              money_or_empty(item.ours),
                              money_or_empty(item.banks),
                              std::string(known.minor == 0 ? "" : to_string(known.currency)),
                              number_or_empty(item.line)};
        writer->row(cells);
    }
    // Text in memory cannot fail to be finished.
    return writer->finish().value();
}

}  // namespace onsale::ledger
