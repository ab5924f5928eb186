#include "ledger/payable_table.h"

#include <array>
#include <memory>

#include "statistics/table.h"

namespace onsale::ledger {
namespace {

using statistics::Cell;
using statistics::Column;

constexpr std::array kColumns = {
    Column{"organiser", "Organiser", "主办方编号", 12},
    Column{"session", "Session", "场次编号", 14},
    Column{"currency", "Currency", "币种", 8},
    Column{"orders", "Paid orders", "付款订单数", 12},
    Column{"sold", "Sold", "销售额", 14},
    Column{"refunded", "Refunded", "已退款", 14},
    Column{"fees", "Refund fees", "退款手续费", 14},
    Column{"owed", "Owed", "应付", 14},
};

std::unique_ptr<statistics::TableWriter> writer_of(const TableWish& wish) {
    switch (wish.format) {
        case TableFormat::csv:
            return statistics::make_csv_writer(kColumns, wish.language);
        case TableFormat::json:
            return statistics::make_json_writer(kColumns, "payables");
        case TableFormat::xlsx:
            break;
    }
    return statistics::make_xlsx_writer(kColumns, wish.language, wish.folder);
}

}  // namespace

base::Result<std::string, std::string> payable_table(std::span<const Payable> rows,
                                                     const TableWish& wish) {
    static_assert(kPayablesMax <= statistics::kXlsxRowsMax);
    const auto writer = writer_of(wish);
    for (const Payable& row : rows) {
        const auto money = [&](std::int64_t minor) { return base::Money{minor, row.currency}; };
        const Cell cells[] = {row.organiser.value(),
                              row.session.value(),
                              std::string(to_string(row.currency)),
                              static_cast<std::uint64_t>(row.orders),
                              money(row.sold),
                              money(row.refunded),
                              money(row.fees),
                              money(row.owed())};
        writer->row(cells);
    }
    return writer->finish();
}

}  // namespace onsale::ledger
