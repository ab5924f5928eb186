#include "imports/csv_reader.h"

#include <algorithm>
#include <utility>

#include "imports/internal/utf8.h"

namespace onsale::imports {
namespace {

// Columns are counted in characters, as editors do.
std::uint64_t characters(std::string_view text) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

// Each takes a cell that begins at `at` and leaves `at` behind it: at a comma or the line's end.
bool take_plain(std::string_view line, std::size_t& at, std::string& text) {
    const auto end = std::min(line.find(',', at), line.size());
    text = line.substr(at, end - at);
    at = end;
    return true;
}

// False when the quotes are not closed, or something stands between them and the comma.
bool take_quoted(std::string_view line, std::size_t& at, std::string& text) {
    for (++at; at < line.size(); ++at) {
        const bool quote = line[at] == '"';
        const bool twice = quote && at + 1 < line.size() && line[at + 1] == '"';
        if (quote && !twice) break;
        if (twice) ++at;
        text.push_back(line[at]);
    }
    if (at >= line.size()) return false;
    ++at;
    return at == line.size() || line[at] == ',';
}

}  // namespace

std::optional<CsvReader> CsvReader::open(std::string_view text, std::uint32_t file,
                                         std::span<const Column> columns, Mistakes& mistakes) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    CsvReader reader(text, file, mistakes);
    if (!reader.read_header(columns)) return std::nullopt;
    return reader;
}

bool CsvReader::read_header(std::span<const Column> columns) {
    std::vector<Cell> header;
    const auto before = mistakes_->list().size();
    if (!read_line(header)) {
        if (mistakes_->list().size() == before)
            mistakes_->add({file_, 1, 1}, {"缺少表头", "there is no header"},
                           {"第一行须为列名", "the first line has the names of the columns"});
        return false;
    }
    width_ = header.size();
    bool good = true;
    for (const auto& column : columns) {
        const auto found = std::ranges::find(header, column.name, &Cell::text);
        places_.emplace_back();
        if (found != header.end()) {
            places_.back() = static_cast<std::size_t>(found - header.begin());
        } else if (column.required) {
            const std::string name = "\"" + std::string(column.name) + "\"";
            mistakes_->add({file_, line_, 1},
                           {"缺少列 " + name, "the column " + name + " is missing"},
                           {"请补上该列", "add it"});
            good = false;
        }
    }
    for (const auto& cell : header) {
        if (std::ranges::find(columns, cell.text, &Column::name) != columns.end()) continue;
        const std::string name = "\"" + cell.text + "\"";
        mistakes_->add({file_, line_, cell.column},
                       {"没有名为 " + name + " 的列", name + " is not a column"},
                       {"请对照模板更正", "see the template for the columns"});
        good = false;
    }
    return good;
}

bool CsvReader::next() {
    while (!mistakes_->full()) {
        const auto before = line_;
        if (!read_line(cells_)) {
            if (line_ == before) return false;
            continue;
        }
        if (cells_.size() == width_) return true;
        const auto has = std::to_string(cells_.size());
        const auto needs = std::to_string(width_);
        mistakes_->add(
            {file_, line_, 1},
            {"该行有 " + has + " 列,表头有 " + needs + " 列",
             "the row has " + has + " cells, the header " + needs},
            {"请补齐或删除多余的单元格", "add what is missing or remove what is too much"});
    }
    return false;
}

// False at the end, and for a line that is a mistake.
bool CsvReader::read_line(std::vector<Cell>& cells) {
    std::string_view line;
    do {
        if (text_.empty()) return false;
        const auto end = text_.find('\n');
        line = text_.substr(0, end);
        text_ = end == std::string_view::npos ? std::string_view{} : text_.substr(end + 1);
        ++line_;
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    } while (line.empty());
    if (line.size() > kRowBytesMax) {
        mistakes_->add({file_, line_, 1}, {"该行过长", "the line is too long"},
                       {"每行最多 32 KiB", "a line has at most 32 KiB"});
        return false;
    }
    if (!is_utf8(line)) {
        mistakes_->add({file_, line_, 1}, {"不是 UTF-8 编码", "the line is not UTF-8"},
                       {"请另存为 UTF-8 编码的 CSV", "save the file as CSV in UTF-8"});
        return false;
    }
    return split(line, cells);
}

bool CsvReader::split(std::string_view line, std::vector<Cell>& cells) {
    cells.clear();
    std::size_t at = 0;
    std::size_t counted = 0;
    std::uint64_t column = 1;
    while (true) {
        column += characters(line.substr(counted, at - counted));
        counted = at;
        Cell cell{{}, column};
        const bool in_quotes = at < line.size() && line[at] == '"';
        const bool good =
            in_quotes ? take_quoted(line, at, cell.text) : take_plain(line, at, cell.text);
        if (!good) {
            mistakes_->add({file_, line_, cell.column},
                           {"引号没有正确闭合", "the quotes are not closed properly"},
                           {"单元格内的引号请写成两个", "write a quote inside of quotes twice"});
            return false;
        }
        cells.push_back(std::move(cell));
        if (at >= line.size()) return true;
        ++at;
    }
}

std::string_view CsvReader::cell(std::size_t column) const {
    return places_[column] ? std::string_view(cells_[*places_[column]].text) : std::string_view{};
}

Place CsvReader::place(std::size_t column) const {
    return {file_, line_, places_[column] ? cells_[*places_[column]].column : 1};
}

}  // namespace onsale::imports
