// /api/v1/home: what the first page shows, in one answer.
#include <utility>

#include "shop/internal/resources.h"
#include "shop/offers.h"

namespace onsale::shop {
using namespace gate;
namespace {

struct ShownBannerBody {
    std::string picture;
    TextBody title;
    std::optional<std::uint64_t> show;
    std::optional<std::uint64_t> campaign;
};
BOOST_DESCRIBE_STRUCT(ShownBannerBody, (), (picture, title, show, campaign))
struct HomeBody {
    std::vector<ShownBannerBody> banners;
    std::vector<CampaignBody> current;
    std::vector<CampaignBody> upcoming;
};
BOOST_DESCRIBE_STRUCT(HomeBody, (), (banners, current, upcoming))

bool is_shown(const catalog::Directory& directory, const catalog::Banner& banner,
              base::Timestamp now) {
    if (banner.from && now < *banner.from) return false;
    if (banner.until && now >= *banner.until) return false;
    // What a banner leads to may have gone since.
    return !banner.campaign || directory.find_campaign(*banner.campaign) != nullptr;
}

std::string home_json(const Api& api) {
    const auto now = api.context.clock.wall_now();
    const auto directory = api.context.catalog.directory();
    HomeBody body;
    for (const auto& banner : directory->banners()) {
        if (!is_shown(*directory, banner, now)) continue;
        ShownBannerBody shown;
        shown.picture = picture_url(banner.picture).value_or(std::string());
        shown.title = text_body(banner.title);
        if (banner.show) shown.show = banner.show->value();
        if (banner.campaign) shown.campaign = banner.campaign->value();
        body.banners.push_back(std::move(shown));
    }
    OfferQuery query;
    query.state = OfferState::current;
    body.current = campaign_page(api, query).campaigns;
    query.state = OfferState::upcoming;
    body.upcoming = campaign_page(api, query).campaigns;
    return http::to_json(body);
}

void home(Call call) {
    if (answer_from_shelf(call)) return;
    const Api& api = call.api;
    answer_page(std::move(call), "home", [&] { return home_json(api); });
}

}  // namespace

void add_home_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "getHome";
    operation.tag = "campaigns";
    operation.summary = "The first page: banners, what is on, and what opens next, 20 of each";
    operation.response_schema_json = http::schema_of<HomeBody>();
    add_route(router, api, RouteId::get_home, std::move(operation), home);
}

}  // namespace onsale::shop
