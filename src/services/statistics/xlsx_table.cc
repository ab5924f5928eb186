// XLSX by libxlsxwriter, in constant memory: a row that was written is on disk.
#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdio>
#include <utility>
#include <vector>

#include "statistics/table.h"

namespace onsale::statistics {
namespace {

// Spreadsheets keep 15 digits of a number; a longer one stays whole as a text.
constexpr std::uint64_t kExactMax = 999'999'999'999'999;

class XlsxWriter final : public TableWriter {
  public:
    XlsxWriter(std::span<const Column> columns, Language language, const std::string& folder)
        : folder_(folder), path_(folder + "/export-XXXXXX") {
        const int made = ::mkstemp(path_.data());
        if (made < 0) return;
        ::close(made);
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = folder_.data();
        options.use_zip64 = LXW_FALSE;
        workbook_ = workbook_new_opt(path_.c_str(), &options);
        sheet_ = workbook_ == nullptr ? nullptr : workbook_add_worksheet(workbook_, nullptr);
        if (sheet_ == nullptr) return;
        time_format_ = workbook_add_format(workbook_);
        format_set_num_format(time_format_, "yyyy-mm-dd hh:mm:ss");
        money_format_ = workbook_add_format(workbook_);
        format_set_num_format(money_format_, "0.00");
        write_titles(columns, language);
    }
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;
    ~XlsxWriter() override {
        if (workbook_ != nullptr) workbook_close(workbook_);
        ::unlink(path_.c_str());
    }

    void row(std::span<const Cell> cells) override {
        if (sheet_ == nullptr) return;
        ++row_;
        lxw_col_t column = 0;
        for (const auto& cell : cells) note(write(column++, cell));
    }

    base::Result<std::string, std::string> finish() override {
        if (sheet_ == nullptr)
            return base::Unexpected{std::string("a workbook cannot be made in ") + folder_};
        note(workbook_close(std::exchange(workbook_, nullptr)));
        sheet_ = nullptr;
        if (error_ != LXW_NO_ERROR)
            return base::Unexpected{std::string("the workbook cannot be written: ") +
                                    lxw_strerror(error_)};
        return read_back();
    }

  private:
    void write_titles(std::span<const Column> columns, Language language) {
        lxw_format* bold = workbook_add_format(workbook_);
        format_set_bold(bold);
        worksheet_freeze_panes(sheet_, 1, 0);
        lxw_col_t place = 0;
        for (const auto& column : columns) {
            const auto title =
                std::string(language == Language::zh ? column.title_zh : column.title_en);
            note(worksheet_set_column(sheet_, place, place, column.width, nullptr));
            note(worksheet_write_string(sheet_, 0, place++, title.c_str(), bold));
        }
    }

    lxw_error write(lxw_col_t column, const Cell& cell) {
        if (const auto* number = std::get_if<std::uint64_t>(&cell)) {
            if (*number > kExactMax)
                return worksheet_write_string(sheet_, row_, column, std::to_string(*number).c_str(),
                                              nullptr);
            return worksheet_write_number(sheet_, row_, column, static_cast<double>(*number),
                                          nullptr);
        }
        if (const auto* text = std::get_if<std::string>(&cell))
            return worksheet_write_string(sheet_, row_, column, text->c_str(), nullptr);
        if (const auto* at = std::get_if<base::Timestamp>(&cell))
            return worksheet_write_unixtime(sheet_, row_, column, at->unix_ms() / 1000,
                                            time_format_);
        if (const auto* money = std::get_if<base::Money>(&cell))
            return worksheet_write_number(sheet_, row_, column,
                                          static_cast<double>(money->minor) / 100, money_format_);
        return LXW_NO_ERROR;
    }

    base::Result<std::string, std::string> read_back() {
        std::string bytes;
        std::FILE* file = std::fopen(path_.c_str(), "rb");
        if (file == nullptr) return base::Unexpected{"the workbook is gone: " + path_};
        std::vector<char> piece(std::size_t{1} << 20);
        while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), file))
            bytes.append(piece.data(), got);
        const bool whole = std::ferror(file) == 0;
        static_cast<void>(std::fclose(file));  // it was only read
        if (!whole) return base::Unexpected{"the workbook cannot be read back: " + path_};
        return bytes;
    }

    void note(lxw_error error) {
        if (error_ == LXW_NO_ERROR) error_ = error;
    }

    std::string folder_;
    std::string path_;
    lxw_workbook* workbook_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* time_format_ = nullptr;
    lxw_format* money_format_ = nullptr;
    lxw_row_t row_ = 0;
    lxw_error error_ = LXW_NO_ERROR;
};

}  // namespace

std::unique_ptr<TableWriter> make_xlsx_writer(std::span<const Column> columns, Language language,
                                              const std::string& folder) {
    return std::make_unique<XlsxWriter>(columns, language, folder);
}

}  // namespace onsale::statistics
