// TableWriter: rows with typed cells, written as CSV, JSON or XLSX. Owner: one export, on one
// thread. The result is in memory; an XLSX goes through a file of its own that is removed.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "statistics/language.h"

namespace onsale::statistics {

// std::monostate: an empty cell. A std::string is never taken for a formula by whoever opens it.
using Cell = std::variant<std::monostate, std::uint64_t, std::string, base::Timestamp, base::Money>;

struct Column {
    std::string_view key;  // in JSON
    std::string_view title_en;
    std::string_view title_zh;
    std::uint16_t width = 12;  // in characters
};

class TableWriter {
  public:
    virtual ~TableWriter() = default;
    virtual void row(std::span<const Cell> cells) = 0;  // as many as there are columns
    // The whole file; once. The error is a sentence.
    virtual base::Result<std::string, std::string> finish() = 0;
};

// UTF-8 with a byte order mark, RFC 4180. Texts that a spreadsheet would run get an apostrophe.
[[nodiscard]] std::unique_ptr<TableWriter> make_csv_writer(std::span<const Column> columns,
                                                           Language language);
// {"<name>":[{…},…]}
[[nodiscard]] std::unique_ptr<TableWriter> make_json_writer(std::span<const Column> columns,
                                                            std::string_view name);
// A workbook takes this many rows below its titles.
inline constexpr std::uint64_t kXlsxRowsMax = 1'048'575;
// `folder`: for files while it is being written.
[[nodiscard]] std::unique_ptr<TableWriter> make_xlsx_writer(std::span<const Column> columns,
                                                            Language language,
                                                            const std::string& folder);

// `text` as a cell of CSV: an apostrophe in front of what a spreadsheet would run (= + - @ tab and
// line breaks at its start, also behind quotes, spaces and in full width), quotes where needed.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace onsale::statistics
