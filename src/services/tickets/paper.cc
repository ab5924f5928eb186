#include "tickets/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <algorithm>
#include <string_view>

#include "base/check.h"

#if defined(__SANITIZE_ADDRESS__)
// fontconfig loses 256 bytes once a process, while it reads its settings.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizer's name
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig";
}
#endif

namespace onsale::tickets {
namespace {

using base::Unexpected;

// A4 in points; all lengths are points.
constexpr double kMillimetre = 72.0 / 25.4;
constexpr double kWidth = 210 * kMillimetre;
constexpr double kHeight = 297 * kMillimetre;
constexpr double kMargin = 20 * kMillimetre;
constexpr double kInner = kWidth - 2 * kMargin;
constexpr double kHead = 26 * kMillimetre;
constexpr double kQr = 62 * kMillimetre;
constexpr double kLabel = 26 * kMillimetre;
constexpr int kQuietModules = 4;
// A TrueType font: of fonts with PostScript outlines cairo 1.16 loses two kilobytes a page.
constexpr const char* kFont = "WenQuanYi Micro Hei, sans-serif";
constexpr const char* kCodeFont = "WenQuanYi Micro Hei Mono, monospace";
constexpr std::size_t kGroup = 8;  // characters of a code that stand together
constexpr std::size_t kGroupsPerLine = 10;

struct Colour {
    double red;
    double green;
    double blue;
};
constexpr Colour kInk{0.09, 0.09, 0.12};
constexpr Colour kMuted{0.38, 0.38, 0.44};
constexpr Colour kBrand{0.25, 0.15, 0.66};
constexpr Colour kWhite{1, 1, 1};

struct TextStyle {
    const char* font = kFont;
    double size = 11;
    bool bold = false;
    Colour colour = kInk;
    int lines_max = 0;  // 0: as many as it takes
};

struct Free {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(QRcode* code) const { QRcode_free(code); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(PangoContext* context) const { g_object_unref(context); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoFontMap* fonts) const { g_object_unref(fonts); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

// One page. Everything is placed from the top; text() says how high it was.
class Page {
  public:
    Page(cairo_t* cairo, PangoFontMap* fonts)
        : cairo_(cairo), context_(pango_font_map_create_context(fonts)) {}

    void colour(Colour colour) {
        cairo_set_source_rgb(cairo_, colour.red, colour.green, colour.blue);
    }
    void box(double x, double y, double width, double height, Colour filled) {
        colour(filled);
        cairo_rectangle(cairo_, x, y, width, height);
        cairo_fill(cairo_);
    }
    void line(double y) {
        colour({0.8, 0.8, 0.85});
        cairo_set_line_width(cairo_, 0.7);
        cairo_move_to(cairo_, kMargin, y);
        cairo_line_to(cairo_, kWidth - kMargin, y);
        cairo_stroke(cairo_);
    }

    double text(double x, double y, double width, const std::string& words,
                const TextStyle& style) {
        const Owned<PangoLayout> layout = lay_out(width, words, style);
        colour(style.colour);
        cairo_move_to(cairo_, x, y);
        pango_cairo_show_layout(cairo_, layout.get());
        int height = 0;
        pango_layout_get_size(layout.get(), nullptr, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }

    // Squares that meet: each row's runs of dark modules as one rectangle.
    void qr(double x, double y, double size, const QRcode& code) {
        const int modules = code.width + 2 * kQuietModules;
        const double module = size / modules;
        box(x, y, size, size, kWhite);
        colour({0, 0, 0});
        for (int row = 0; row < code.width; ++row) {
            for (int column = 0; column < code.width;) {
                const int length = run_of(code, row, column);
                if (length > 0)
                    cairo_rectangle(cairo_, x + module * (column + kQuietModules),
                                    y + module * (row + kQuietModules), module * length, module);
                column += std::max(length, 1);
            }
        }
        cairo_fill(cairo_);
    }

  private:
    static bool is_dark(const QRcode& code, int row, int column) {
        return (code.data[row * code.width + column] & 1) != 0;
    }
    static int run_of(const QRcode& code, int row, int column) {
        int length = 0;
        while (column + length < code.width && is_dark(code, row, column + length)) ++length;
        return length;
    }

    Owned<PangoLayout> lay_out(double width, const std::string& words, const TextStyle& style) {
        const Owned<PangoFontDescription> font(pango_font_description_from_string(style.font));
        pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
        if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
        Owned<PangoLayout> layout(pango_layout_new(context_.get()));
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        if (style.lines_max > 0) {
            pango_layout_set_height(layout.get(), -style.lines_max);
            pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
        }
        pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
        return layout;
    }

    cairo_t* cairo_;
    Owned<PangoContext> context_;
};

// ABCDEFGH IJKLMNOP …, so that a person can type what no camera reads.
std::string grouped(std::string_view code) {
    std::string text;
    for (std::size_t i = 0; i < code.size(); i += kGroup) {
        if (i > 0) text += i / kGroup % kGroupsPerLine == 0 ? '\n' : ' ';
        text += code.substr(i, kGroup);
    }
    return text;
}

double draw_rows(Page& page, const Paper& paper, double top) {
    double y = top;
    const double width = kInner - kQr - 8 * kMillimetre;
    for (const auto& row : paper.rows) {
        page.text(kMargin, y, kLabel, row.label, {.size = 10, .colour = kMuted, .lines_max = 2});
        y +=
            page.text(kMargin + kLabel, y, width - kLabel, row.value, {.size = 11, .lines_max = 4});
        y += 3 * kMillimetre;
    }
    return y;
}

void draw_page(Page& page, const Paper& paper, const QRcode& code) {
    page.box(0, 0, kWidth, kHead, kBrand);
    page.text(kMargin, 9 * kMillimetre, kInner, paper.site,
              {.size = 16, .bold = true, .colour = kWhite, .lines_max = 1});
    double y = kHead + 12 * kMillimetre;
    y += page.text(kMargin, y, kInner, paper.title, {.size = 24, .bold = true, .lines_max = 3});
    y += 2 * kMillimetre;
    y += page.text(kMargin, y, kInner, paper.subtitle,
                   {.size = 14, .colour = kBrand, .lines_max = 2});
    y += 5 * kMillimetre;
    page.line(y);
    y += 6 * kMillimetre;
    page.qr(kWidth - kMargin - kQr, y, kQr, code);
    const double rows_end = draw_rows(page, paper, y);
    y = std::max(rows_end, y + kQr) + 6 * kMillimetre;
    page.line(y);
    y += 5 * kMillimetre;
    y += page.text(kMargin, y, kInner, paper.note, {.size = 10, .lines_max = 4});
    y += 4 * kMillimetre;
    page.text(kMargin, y, kInner, grouped(paper.signed_code),
              {.font = kCodeFont, .size = 7.5, .colour = kMuted});
}

}  // namespace

struct PaperDrawer::Fonts {
    Owned<PangoFontMap> map{pango_cairo_font_map_new()};
};

PaperDrawer::PaperDrawer() = default;
PaperDrawer::~PaperDrawer() = default;

base::Result<std::string, std::string> PaperDrawer::draw(const Paper& paper) {
    if (!fonts_) fonts_ = std::make_unique<Fonts>();
    // Capital letters and digits take the alphanumeric mode of QR codes by themselves.
    const Owned<QRcode> code(
        QRcode_encodeString(paper.signed_code.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
    if (!code) return Unexpected{std::string("the code does not fit into a QR code")};
    std::string pdf;
    const Owned<cairo_surface_t> surface(
        cairo_pdf_surface_create_for_stream(append, &pdf, kWidth, kHeight));
    const std::string created = base::to_rfc3339(paper.issued_at);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, paper.title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR, paper.site.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
    {
        const Owned<cairo_t> cairo(cairo_create(surface.get()));
        Page page(cairo.get(), fonts_->map.get());
        draw_page(page, paper, *code);
        cairo_show_page(cairo.get());
    }
    cairo_surface_finish(surface.get());
    const auto status = cairo_surface_status(surface.get());
    if (status != CAIRO_STATUS_SUCCESS)
        return Unexpected{std::string(cairo_status_to_string(status))};
    return pdf;
}

}  // namespace onsale::tickets
