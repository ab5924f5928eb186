// A wish: what a buyer asks for, as the body of POST /api/v1/orders or POST /ticket/get says it. In
// a rush these bodies are tiny and all alike, so the common shapes are scanned by hand; everything
// else goes to the strict parser. Both read every text that the scan takes alike (a test compares
// them). Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "base/result.h"
#include "domain/command.h"
#include "http/described.h"

namespace onsale::shop {

struct Wish {
    domain::CampaignId campaign;
    domain::WantedLines lines;  // empty: one ticket of the first tier that has one
};

struct WishLineBody {
    std::uint64_t tier = 0;
    std::uint32_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(WishLineBody, (), (tier, quantity))
struct WishBody {
    std::uint64_t campaign = 0;
    std::optional<std::vector<WishLineBody>> lines;
};
BOOST_DESCRIBE_STRUCT(WishBody, (), (campaign, lines))
// 001's spelling; its pages say actId and its program says id.
struct GrabBody {
    std::optional<std::uint64_t>
        actId;  // NOLINT(readability-identifier-naming): the name in the JSON
    std::optional<std::uint64_t> id;
};
BOOST_DESCRIBE_STRUCT(GrabBody, (), (actId, id))

using WishResult = base::Result<Wish, http::BodyError>;
[[nodiscard]] WishResult parse_wish(std::string_view body);
[[nodiscard]] WishResult parse_grab(std::string_view body);

// The two ways of each, apart, for the test that they agree. A scan that gives nothing says nothing
// about the text.
[[nodiscard]] std::optional<Wish> scan_wish(std::string_view body);
[[nodiscard]] std::optional<Wish> scan_grab(std::string_view body);
[[nodiscard]] WishResult parse_wish_strictly(std::string_view body);
[[nodiscard]] WishResult parse_grab_strictly(std::string_view body);

}  // namespace onsale::shop
