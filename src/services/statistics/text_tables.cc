// CSV and JSON.
#include <array>
#include <utility>
#include <vector>

#include "http/described.h"
#include "statistics/table.h"

namespace onsale::statistics {
namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;  // clang 14 does not deduce an aggregate

// 12.50: all our currencies have hundredths.
std::string decimal(base::Money money) {
    const auto minor = static_cast<std::uint64_t>(money.minor < 0 ? -money.minor : money.minor);
    const std::uint64_t rest = minor % 100;
    return (money.minor < 0 ? "-" : "") + std::to_string(minor / 100) + (rest < 10 ? ".0" : ".") +
           std::to_string(rest);
}

std::string_view code_of(base::Currency currency) {
    switch (currency) {
        case base::Currency::cny:
            return "CNY";
        case base::Currency::usd:
            return "USD";
        case base::Currency::eur:
            return "EUR";
    }
    return {};
}

class CsvWriter final : public TableWriter {
  public:
    CsvWriter(std::span<const Column> columns, Language language) : out_("\xEF\xBB\xBF") {
        bool first = true;
        for (const auto& column : columns) {
            if (!std::exchange(first, false)) out_ += ',';
            out_ += csv_cell(language == Language::zh ? column.title_zh : column.title_en);
        }
        out_ += "\r\n";
    }
    void row(std::span<const Cell> cells) override {
        bool first = true;
        for (const auto& cell : cells) {
            if (!std::exchange(first, false)) out_ += ',';
            std::visit(Overloaded{[](std::monostate) {},
                                  [&](std::uint64_t number) { out_ += std::to_string(number); },
                                  [&](const std::string& text) { out_ += csv_cell(text); },
                                  [&](base::Timestamp at) { out_ += base::to_rfc3339(at); },
                                  [&](base::Money money) { out_ += decimal(money); }},
                       cell);
        }
        out_ += "\r\n";
    }
    base::Result<std::string, std::string> finish() override { return std::move(out_); }

  private:
    std::string out_;
};

class JsonWriter final : public TableWriter {
  public:
    JsonWriter(std::span<const Column> columns, std::string_view name)
        : columns_(columns.begin(), columns.end()), out_("{\"" + std::string(name) + "\":[") {}
    void row(std::span<const Cell> cells) override {
        out_ += std::exchange(first_, false) ? "\n{" : ",\n{";
        bool first = true;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (std::holds_alternative<std::monostate>(cells[i])) continue;
            if (!std::exchange(first, false)) out_ += ',';
            out_ += '"' + std::string(columns_[i].key) + "\":";
            append(cells[i]);
        }
        out_ += '}';
    }
    base::Result<std::string, std::string> finish() override {
        out_ += "]}\n";
        return std::move(out_);
    }

  private:
    void append(const Cell& cell) {
        std::visit(Overloaded{[](std::monostate) {},
                              [&](std::uint64_t number) { out_ += std::to_string(number); },
                              [&](const std::string& text) { out_ += http::to_json(text); },
                              [&](base::Timestamp at) { out_ += '"' + base::to_rfc3339(at) + '"'; },
                              [&](base::Money money) {
                                  out_ += "{\"minor\":" + std::to_string(money.minor) +
                                          ",\"currency\":\"" +
                                          std::string(code_of(money.currency)) + "\"}";
                              }},
                   cell);
    }

    std::vector<Column> columns_;
    std::string out_;
    bool first_ = true;
};

// What may stand in front of a formula without hiding it from a spreadsheet.
constexpr std::array<std::string_view, 8> kSkipped = {
    " ", "\"", "'", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xEF\xBC\x82"};
// = + - @ tab and line breaks; and the first four in full width.
constexpr std::array<std::string_view, 11> kRun = {
    "=",           "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
    "\xEF\xBC\xA0"};

bool would_run(std::string_view text) {
    for (bool skipped = true; skipped;) {
        skipped = false;
        for (const auto mark : kSkipped) {
            if (!text.starts_with(mark)) continue;
            text.remove_prefix(mark.size());
            skipped = true;
        }
    }
    for (const auto mark : kRun) {
        if (text.starts_with(mark)) return true;
    }
    return false;
}

}  // namespace

std::string csv_cell(std::string_view text) {
    std::string plain = would_run(text) ? "'" + std::string(text) : std::string(text);
    if (plain.find_first_of(",\"\r\n") == std::string::npos) return plain;
    std::string quoted = "\"";
    for (const char c : plain) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::unique_ptr<TableWriter> make_csv_writer(std::span<const Column> columns, Language language) {
    return std::make_unique<CsvWriter>(columns, language);
}

std::unique_ptr<TableWriter> make_json_writer(std::span<const Column> columns,
                                              std::string_view name) {
    return std::make_unique<JsonWriter>(columns, name);
}

}  // namespace onsale::statistics
