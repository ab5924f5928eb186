#include "shop/wish.h"

namespace onsale::shop {

namespace {

// Walks over one line of JSON without escapes. Any surprise makes it fail for good.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    bool literal(std::string_view expected) {
        skip_blanks();
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }
    // Up to `digits_max` digits, without a leading zero: what certainly fits.
    bool number(std::size_t digits_max, std::uint64_t& out) {
        skip_blanks();
        std::size_t digits = 0;
        out = 0;
        while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
            if (digits == digits_max) return false;
            out = out * 10 + static_cast<std::uint64_t>(rest_[digits++] - '0');
        }
        if (digits == 0 || (digits > 1 && rest_[0] == '0')) return false;
        rest_.remove_prefix(digits);
        return true;
    }
    bool end() {
        skip_blanks();
        return rest_.empty();
    }

  private:
    void skip_blanks() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    std::string_view rest_;
};

constexpr std::size_t kIdDigits = 18;
constexpr std::size_t kQuantityDigits = 9;

bool scan_line(Scanner& scanner, domain::WantedLines& lines) {
    std::uint64_t tier = 0;
    std::uint64_t quantity = 0;
    const bool fits = !lines.full() && scanner.literal("{") && scanner.literal(R"("tier")") &&
                      scanner.literal(":") && scanner.number(kIdDigits, tier) &&
                      scanner.literal(",") && scanner.literal(R"("quantity")") &&
                      scanner.literal(":") && scanner.number(kQuantityDigits, quantity) &&
                      scanner.literal("}");
    if (!fits) return false;
    lines.push_back({domain::TierId(tier), static_cast<std::uint32_t>(quantity)});
    return true;
}

bool scan_lines(Scanner& scanner, domain::WantedLines& lines) {
    if (!scanner.literal(R"("lines")") || !scanner.literal(":") || !scanner.literal("["))
        return false;
    do {
        if (!scan_line(scanner, lines)) return false;
    } while (scanner.literal(","));
    return scanner.literal("]");
}

base::Unexpected<http::BodyError> refuse(std::string field, std::string message) {
    return base::Unexpected{http::BodyError{std::move(field), std::move(message)}};
}

}  // namespace

std::optional<Wish> scan_wish(std::string_view body) {
    Scanner scanner(body);
    std::uint64_t campaign = 0;
    Wish wish;
    if (!scanner.literal("{") || !scanner.literal(R"("campaign")") || !scanner.literal(":") ||
        !scanner.number(kIdDigits, campaign)) {
        return std::nullopt;
    }
    wish.campaign = domain::CampaignId(campaign);
    if (scanner.literal(",") && !scan_lines(scanner, wish.lines)) return std::nullopt;
    if (!scanner.literal("}") || !scanner.end()) return std::nullopt;
    return wish;
}

std::optional<Wish> scan_grab(std::string_view body) {
    Scanner scanner(body);
    std::uint64_t campaign = 0;
    if (!scanner.literal("{") || !(scanner.literal(R"("actId")") || scanner.literal(R"("id")")) ||
        !scanner.literal(":") || !scanner.number(kIdDigits, campaign) || !scanner.literal("}") ||
        !scanner.end()) {
        return std::nullopt;
    }
    return Wish{domain::CampaignId(campaign), {}};
}

WishResult parse_wish_strictly(std::string_view body) {
    ONSALE_TRY_ASSIGN(parsed, http::parse_body<WishBody>(body));
    Wish wish{domain::CampaignId(parsed.campaign), {}};
    if (!parsed.lines) return wish;
    if (parsed.lines->empty())
        return refuse("lines",
                      "is empty; leave it out for one ticket of the first tier that has one");
    if (parsed.lines->size() > domain::kLinesPerOrderMax) {
        return refuse("lines",
                      "has more than " + std::to_string(domain::kLinesPerOrderMax) + " elements");
    }
    for (const auto& line : *parsed.lines)
        wish.lines.push_back({domain::TierId(line.tier), line.quantity});
    return wish;
}

WishResult parse_grab_strictly(std::string_view body) {
    ONSALE_TRY_ASSIGN(parsed, http::parse_body<GrabBody>(body));
    if (parsed.actId && parsed.id) return refuse("id", "is given beside actId");
    if (!parsed.actId && !parsed.id) return refuse("actId", "is missing");
    return Wish{domain::CampaignId(parsed.actId ? *parsed.actId : *parsed.id), {}};
}

WishResult parse_wish(std::string_view body) {
    if (const auto wish = scan_wish(body)) return *wish;
    return parse_wish_strictly(body);
}

WishResult parse_grab(std::string_view body) {
    if (const auto wish = scan_grab(body)) return *wish;
    return parse_grab_strictly(body);
}

}  // namespace onsale::shop
