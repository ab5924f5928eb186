#include "tickets/paper.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>

namespace onsale::tickets {
namespace {

// What a program prints; its place is the shell's business.
std::string output_of(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return text;
    char part[4096];
    for (std::size_t bytes = 0; (bytes = std::fread(part, 1, sizeof(part), pipe)) > 0;) {
        text.append(part, bytes);
    }
    pclose(pipe);
    return text;
}

bool has_tool(const std::string& name) {
    return std::system(("command -v " + name + " >/dev/null").c_str()) == 0;
}

constexpr const char* kCode =
    "CAAVMR22U4AAAAAAAQACCAAAAAAAAAABAAAAAAAAAAFWVMJ3QBUMT5QYFYHNXOCYNJJ67H6BNRYFEH6B4BXVCXAA6WYFVP"
    "VS"
    "KP6G47BWYRBRIETNZEJYAAEGCASLIHS6K6Z7PGH72BV4PJIYWEFDWIQO";

Paper paper() {
    Paper made;
    made.site = "开售";
    made.title = "二〇二七跨年演唱会";
    made.subtitle = "看台甲票";
    made.rows = {{"时间", "2026-12-31 20:00"}, {"地点", "上海体育馆 Shanghai Gymnasium"}};
    made.signed_code = kCode;
    made.note = "入场时出示二维码。";
    made.issued_at = base::Timestamp::from_unix_ms(1'790'000'000'000);
    return made;
}

class PaperDrawer_ : public testing::Test {
  protected:
    ~PaperDrawer_() override { std::remove(path_.c_str()); }
    void draw(const Paper& wanted) {
        PaperDrawer drawer;
        const auto pdf = drawer.draw(wanted);
        ASSERT_TRUE(pdf) << pdf.error();
        std::ofstream(path_, std::ios::binary) << *pdf;
    }
    const std::string path_ =
        testing::TempDir() + "onsale_paper_" + std::to_string(std::random_device{}()) + ".pdf";
};

TEST_F(PaperDrawer_, draws_one_page_of_a4_and_equal_papers_alike) {
    PaperDrawer drawer;
    const auto first = drawer.draw(paper());
    const auto second = drawer.draw(paper());
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(first->starts_with("%PDF-"));
    EXPECT_EQ(*first, *second);
    EXPECT_LT(first->size(), 400'000U) << "only the letters that are used are embedded";
}

TEST_F(PaperDrawer_, has_its_texts_as_text_with_embedded_fonts) {
    if (!has_tool("pdftotext")) GTEST_SKIP() << "pdftotext is missing: install poppler-utils";
    draw(paper());
    const auto text = output_of("pdftotext -layout " + path_ + " -");
    for (const auto* words : {"开售", "二〇二七跨年演唱会", "看台甲票", "2026-12-31 20:00",
                              "上海体育馆", "CAAVMR22 U4AAAAAA"}) {
        EXPECT_NE(text.find(words), std::string::npos) << words << " in:\n" << text;
    }
    const auto fonts = output_of("pdffonts " + path_ + " | tail -n +3 | awk '{print $(NF-4)}'");
    EXPECT_NE(fonts, "");
    EXPECT_EQ(fonts.find("no"), std::string::npos) << "a font is not embedded";
}

TEST_F(PaperDrawer_, a_camera_reads_the_same_code) {
    if (!has_tool("pdftoppm")) GTEST_SKIP() << "pdftoppm is missing: install poppler-utils";
    if (!has_tool("zbarimg")) GTEST_SKIP() << "zbarimg is missing: install zbar-tools";
    draw(paper());
    const auto read = output_of("pdftoppm -r 150 -png " + path_ +
                                " | zbarimg -q --raw -Sdisable "
                                "-Sqrcode.enable png:-");
    EXPECT_EQ(read, std::string(kCode) + "\n");
}

TEST_F(PaperDrawer_, has_room_for_long_texts) {
    Paper wordy = paper();
    for (int i = 0; i < 200; ++i) wordy.title += "很长的名字";
    for (auto& row : wordy.rows) row.value = wordy.title;
    draw(wordy);
    if (!has_tool("pdfinfo")) GTEST_SKIP() << "pdfinfo is missing: install poppler-utils";
    EXPECT_NE(output_of("pdfinfo " + path_).find("Pages:           1"), std::string::npos);
}

}  // namespace
}  // namespace onsale::tickets
