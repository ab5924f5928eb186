#include "statistics/table.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>

namespace onsale::statistics {
namespace {

constexpr std::array kColumns = {Column{"id", "Id", "编号", 10}, Column{"name", "Name", "名称", 10},
                                 Column{"at", "Time", "时间", 20},
                                 Column{"amount", "Amount", "金额", 10}};

void fill(TableWriter& table) {
    const std::array<Cell, 4> first = {std::uint64_t{7}, std::string("a,\"b\""),
                                       base::Timestamp::from_unix_ms(1'600'000'000'123),
                                       base::Money{1205, base::Currency::usd}};
    const std::array<Cell, 4> second = {std::uint64_t{9'007'199'254'740'991}, std::string("=1+1"),
                                        Cell{}, Cell{}};
    table.row(first);
    table.row(second);
}

TEST(Table, csv_has_a_byte_order_mark_and_quotes_as_the_standard_says) {
    const auto table = make_csv_writer(kColumns, Language::zh);
    fill(*table);
    EXPECT_EQ(*table->finish(),
              "\xEF\xBB\xBF编号,名称,时间,金额\r\n"
              "7,\"a,\"\"b\"\"\",2020-09-13T12:26:40.123Z,12.05\r\n"
              "9007199254740991,'=1+1,,\r\n");
}

TEST(Table, json_keeps_types_and_leaves_out_what_is_not_there) {
    const auto table = make_json_writer(kColumns, "things");
    fill(*table);
    EXPECT_EQ(*table->finish(),
              "{\"things\":[\n"
              "{\"id\":7,\"name\":\"a,\\\"b\\\"\",\"at\":\"2020-09-13T12:26:40.123Z\","
              "\"amount\":{\"minor\":1205,\"currency\":\"USD\"}},\n"
              "{\"id\":9007199254740991,\"name\":\"=1+1\"}]}\n");
}

TEST(Table, what_a_spreadsheet_would_run_gets_an_apostrophe) {
    for (const std::string text : {"=1", "+1", "-1", "@x", "\tx", "  =1", "'=1", "\xE3\x80\x80=1",
                                   "＝1", "＋1", "－1", "＠1"})
        EXPECT_EQ(csv_cell(text), "'" + text);
    EXPECT_EQ(csv_cell("\"=1"), "\"'\"\"=1\"");
    EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
    for (const std::string text : {"", "a=1", "1-2", "王小明", "A-1", "'"}) {
        EXPECT_EQ(csv_cell(text), text);
    }
}

// The archive is read by another program.
std::string unzipped(const std::string& folder, const std::string& bytes, const std::string& part) {
    const std::string path = folder + "/whole.xlsx";
    std::FILE* file = std::fopen(path.c_str(), "wb");
    EXPECT_EQ(std::fwrite(bytes.data(), 1, bytes.size(), file), bytes.size());
    std::fclose(file);
    const std::string command =
        "python3 -c \"import zipfile,sys; sys.stdout.write(zipfile.ZipFile('" + path + "').read('" +
        part + "').decode())\"";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::string text;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
    EXPECT_EQ(::pclose(pipe), 0);
    std::filesystem::remove(path);
    return text;
}

TEST(Table, a_workbook_has_typed_cells_and_no_formula_and_leaves_no_file) {
    std::string folder = testing::TempDir() + "onsale-xlsx-XXXXXX";
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    {
        const auto table = make_xlsx_writer(kColumns, Language::en, folder);
        fill(*table);
        const auto bytes = table->finish();
        ASSERT_TRUE(bytes) << bytes.error();
        const auto sheet = unzipped(folder, *bytes, "xl/worksheets/sheet1.xml");
        EXPECT_EQ(sheet.find("<f>"), std::string::npos);
        EXPECT_NE(sheet.find("<c r=\"A2\"><v>7</v></c>"), std::string::npos) << sheet;
        EXPECT_NE(sheet.find("t=\"inlineStr\"><is><t>=1+1</t>"), std::string::npos) << sheet;
        // Days since 1900, as spreadsheets count them.
        EXPECT_NE(sheet.find("<v>44087.51851851"), std::string::npos) << sheet;
        EXPECT_NE(sheet.find("<t>9007199254740991</t>"), std::string::npos) << sheet;
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder));
    std::filesystem::remove_all(folder);
}

TEST(Table, a_folder_that_is_not_there_is_an_error) {
    const auto table = make_xlsx_writer(kColumns, Language::en, "/nowhere/at/all");
    fill(*table);
    EXPECT_FALSE(table->finish());
}

}  // namespace
}  // namespace onsale::statistics
