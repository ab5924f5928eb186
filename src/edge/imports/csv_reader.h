// CsvReader: rows of a CSV file (RFC 4180 without line ends inside of quotes) by the names of their
// columns, with every mistake noted at its line and column. Belongs to one thread; the cells are
// good until the next row.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "imports/mistake.h"

namespace onsale::imports {

class CsvReader {
  public:
    struct Column {
        std::string_view name;
        bool required = true;
    };
    // Reads the header: false when it is not usable, which is then in `mistakes`.
    [[nodiscard]] static std::optional<CsvReader> open(std::string_view text, std::uint32_t file,
                                                       std::span<const Column> columns,
                                                       Mistakes& mistakes);

    // The next row that is well formed; empty lines are passed over.
    [[nodiscard]] bool next();
    // Of the row: by the number of the column in `columns`; empty when the file has no such column.
    [[nodiscard]] std::string_view cell(std::size_t column) const;
    [[nodiscard]] Place place(std::size_t column) const;
    [[nodiscard]] std::uint64_t line() const { return line_; }

  private:
    struct Cell {
        std::string text;
        std::uint64_t column = 0;
    };
    CsvReader(std::string_view text, std::uint32_t file, Mistakes& mistakes)
        : text_(text), file_(file), mistakes_(&mistakes) {}
    [[nodiscard]] bool read_header(std::span<const Column> columns);
    [[nodiscard]] bool read_line(std::vector<Cell>& cells);
    [[nodiscard]] bool split(std::string_view line, std::vector<Cell>& cells);

    std::string_view text_;
    std::uint32_t file_;
    Mistakes* mistakes_;
    std::uint64_t line_ = 0;
    std::size_t width_ = 0;
    std::vector<std::optional<std::size_t>> places_;  // by column: where it stands in a row
    std::vector<Cell> cells_;
};

}  // namespace onsale::imports
