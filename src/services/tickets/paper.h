// A ticket on paper: one A4 page as PDF with the QR code of the signed code as vector squares, and
// all fonts that it uses embedded, so that it prints alike everywhere. Texts in Chinese need a font
// of the machine (fonts-wqy-microhei). Drawing takes 20 to 60 ms and keeps the fonts for the next
// page; one drawer belongs to one executor. Equal papers give equal pages. Nothing to promise after
// a crash.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace onsale::tickets {

struct PaperRow {
    std::string label;
    std::string value;
};

struct Paper {
    std::string site;      // who issues it
    std::string title;     // what it is for
    std::string subtitle;  // the tier
    std::vector<PaperRow> rows;
    std::string signed_code;
    std::string note;  // below the code, what to do with it
    base::Timestamp issued_at;
};

class PaperDrawer {
  public:
    PaperDrawer();
    ~PaperDrawer();
    PaperDrawer(const PaperDrawer&) = delete;
    PaperDrawer& operator=(const PaperDrawer&) = delete;

    // The error is a sentence.
    [[nodiscard]] base::Result<std::string, std::string> draw(const Paper& paper);

  private:
    struct Fonts;
    std::unique_ptr<Fonts> fonts_;  // made with the first page
};

}  // namespace onsale::tickets
