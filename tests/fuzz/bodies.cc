// JSON bodies of orders, of the addresses of old and of a whole session: what was read can be
// written and read again, and the short way to read an order agrees with the strict one.
#include <string>

#include "backstage/internal/session_body.h"
#include "base/check.h"
#include "http/described.h"
#include "shop/wish.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

template <class Body>
void read(std::string_view text) {
    const auto body = http::parse_body<Body>(text);
    if (!body) {
        ONSALE_CHECK(!body.error().message.empty());
        return;
    }
    const std::string written = http::to_json(*body);
    const auto again = http::parse_body<Body>(written);
    ONSALE_CHECK(again.has_value());
    ONSALE_CHECK(http::to_json(*again) == written);
}

bool same(const shop::Wish& a, const shop::Wish& b) {
    if (a.campaign != b.campaign || a.lines.size() != b.lines.size()) return false;
    for (std::size_t i = 0; i < a.lines.size(); ++i) {
        if (a.lines[i].tier != b.lines[i].tier || a.lines[i].quantity != b.lines[i].quantity)
            return false;
    }
    return true;
}

void agree(const std::optional<shop::Wish>& scanned, const shop::WishResult& strict) {
    if (scanned) ONSALE_CHECK(strict.has_value() && same(*scanned, *strict));
}

}  // namespace

void run(Input input) {
    const auto way = input.choice(4);
    const auto text = input.rest();
    switch (way) {
        case 0:
            read<shop::WishBody>(text);
            agree(shop::scan_wish(text), shop::parse_wish_strictly(text));
            break;
        case 1:
            read<shop::GrabBody>(text);
            agree(shop::scan_grab(text), shop::parse_grab_strictly(text));
            break;
        case 2:
            read<backstage::NewSessionBody>(text);
            break;
        default:
            read<backstage::NewCampaignBody>(text);
            break;
    }
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
