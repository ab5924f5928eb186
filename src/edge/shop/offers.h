// Lists of what is offered, as pages and lists of several resources want them: a query of a list,
// one page of campaigns or shows, and answering from ready-made pages. The functions that make a
// page may run on any thread; the others on the loop of their call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/api.h"
#include "shop/campaign_body.h"

namespace onsale::shop {

inline constexpr std::uint64_t kOffersPerPage = 20;
inline constexpr std::uint64_t kOffersPerPageMax = 100;
inline constexpr std::size_t kQueryBytesMax = 100;

enum class OfferState : std::uint8_t { all, current, upcoming };

// A list's query. Equal lists have equal keys, however they were asked for.
struct OfferQuery {
    OfferState state = OfferState::all;
    std::string text;             // folded; empty: everything
    std::uint64_t organiser = 0;  // 0: every one
    std::string after;            // `next` of the former page
    std::uint64_t limit = kOffersPerPage;
    [[nodiscard]] std::string key(std::string_view list) const;
};
// `query`, `organiser`, `after` and `limit` of the call; nothing, and the call is answered, when
// one of them is wrong.
[[nodiscard]] std::optional<OfferQuery> offer_query(gate::Call& call);

struct CampaignPageBody {
    std::vector<CampaignBody> campaigns;
    std::optional<std::string> next;  // `after` of the next page; absent: there is none
};
BOOST_DESCRIBE_STRUCT(CampaignPageBody, (), (campaigns, next))
// Current or upcoming ones, by opening time, then id.
[[nodiscard]] CampaignPageBody campaign_page(const gate::Api& api, const OfferQuery& query);
[[nodiscard]] std::optional<std::pair<std::int64_t, std::uint64_t>> parse_place(
    std::string_view after);

struct ShowSummaryBody {
    std::uint64_t id = 0;
    TextBody name;
    TextBody description;
    std::optional<TextBody> venue;
    std::optional<std::string> picture;
    NamedBody organiser;
    std::string state;                     // on_sale, upcoming, none
    std::uint64_t sessions = 0;            // that have not ended
    std::optional<std::string> starts_at;  // of the next one
    std::optional<MoneyBody> price_from;   // the lowest price among them
};
BOOST_DESCRIBE_STRUCT(ShowSummaryBody, (),
                      (id, name, description, venue, picture, organiser, state, sessions, starts_at,
                       price_from))
[[nodiscard]] ShowSummaryBody show_summary(const catalog::Directory& directory,
                                           const catalog::ShowListing& show, base::Timestamp now);

struct ShowPageBody {
    std::vector<ShowSummaryBody> shows;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(ShowPageBody, (), (shows, next))
// By id.
[[nodiscard]] ShowPageBody show_page(const gate::Api& api, const OfferQuery& query);

[[nodiscard]] Present present_of(const gate::Api& api);

// True: the call was answered with a page that its loop had given out for the same address.
[[nodiscard]] bool answer_from_shelf(gate::Call& call);
// Answers with the page under `key`, which `make()` makes unless it is there; searches are not
// packed, since hardly two are the same.
template <class Make>
void answer_page(gate::Call call, const std::string& key, Make&& make, bool pack = true) {
    http::ReadyOptions options;
    options.pack = pack;
    gate::Page page = call.api.pages.get(key, std::forward<Make>(make), options);
    call.api.shelves.of(call.home()).keep(call.request, page);
    call.responder.send(http::answer_from(*page.ready, call.request));
}

}  // namespace onsale::shop
