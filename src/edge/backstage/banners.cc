// /api/v1/banners: the pictures above the first page, for administrators. What is shown of them now
// stands in /api/v1/home.
#include <utility>

#include "backstage/internal/change_answers.h"
#include "backstage/internal/resources.h"
#include "backstage/internal/session_body.h"

namespace onsale::backstage {
using namespace gate;
using namespace shop;
namespace {

constexpr std::size_t kBannersBytesMax = 64 * 1024;

struct BannerBody {
    std::string picture;  // its name or URL
    TextBody title;
    std::optional<std::uint64_t> show;
    std::optional<std::uint64_t> campaign;
    std::optional<std::string> from;
    std::optional<std::string> until;
};
BOOST_DESCRIBE_STRUCT(BannerBody, (), (picture, title, show, campaign, from, until))
struct BannersBody {
    std::vector<BannerBody> banners;
};
BOOST_DESCRIBE_STRUCT(BannersBody, (), (banners))

void list(Call call) {
    BannersBody body;
    const auto directory = call.api.context.catalog.directory();
    for (const auto& banner : directory->banners()) {
        BannerBody entry;
        entry.picture = picture_url(banner.picture).value_or(std::string());
        entry.title = text_body(banner.title);
        if (banner.show) entry.show = banner.show->value();
        if (banner.campaign) entry.campaign = banner.campaign->value();
        if (banner.from) entry.from = base::to_rfc3339(*banner.from);
        if (banner.until) entry.until = base::to_rfc3339(*banner.until);
        body.banners.push_back(std::move(entry));
    }
    call.send(200, http::to_json(body));
}

void put(Call call) {
    auto body = http::parse_body<BannersBody>(call.request.body);
    if (!body) return call.fail(body.error());
    std::vector<catalog::BannerDefinition> banners;
    for (auto& banner : body->banners) {
        banners.push_back({picture_name(banner.picture), text_of(std::move(banner.title)),
                           banner.show, banner.campaign, banner.from.value_or(std::string()),
                           banner.until.value_or(std::string())});
    }
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.put_banners(std::move(banners), home, answer_done(std::move(call)));
}

}  // namespace

void add_banner_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listBanners";
    list_operation.tag = "banners";
    list_operation.summary = "All banners, also those that are not shown now";
    list_operation.response_schema_json = http::schema_of<BannersBody>();
    list_operation.errors = {"staff_only"};
    http::Operation put_operation;
    put_operation.id = "putBanners";
    put_operation.tag = "banners";
    put_operation.summary = "Set all banners, at most 20, in their order";
    put_operation.request_schema_json = http::schema_of<BannersBody>();
    put_operation.success_status = 204;
    put_operation.errors = {"staff_only", "invalid_field", "busy", "storage_full"};
    add_route(router, api, RouteId::list_banners, std::move(list_operation), list);
    add_route(router, api, RouteId::put_banners, std::move(put_operation), put, kBannersBytesMax);
}

}  // namespace onsale::backstage
