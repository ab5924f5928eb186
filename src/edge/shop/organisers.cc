// /api/v1/organisers/{organiser}: who sells, for everybody from a ready-made page.
#include <utility>

#include "shop/internal/resources.h"
#include "shop/offers.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

struct OrganiserDetailBody {
    std::uint64_t id = 0;
    TextBody name;
    std::optional<TextBody> description;
    std::optional<std::string> picture;
    std::string changed_at;
    std::vector<ShowSummaryBody> shows;  // the first 20; all of them: /shows?organiser=
};
BOOST_DESCRIBE_STRUCT(OrganiserDetailBody, (), (id, name, description, picture, changed_at, shows))

std::string organiser_json(const Api& api, catalog::OrganiserId id) {
    const auto organiser = api.context.catalog.directory()->find_organiser(id);
    if (organiser == nullptr) return "{}";
    auto head = organiser_body(*organiser);
    OfferQuery query;
    query.organiser = id.value();
    return http::to_json(OrganiserDetailBody{
        head.id, std::move(head.name), std::move(head.description), std::move(head.picture),
        base::to_rfc3339(organiser->changed_at), show_page(api, query).shows});
}

void detail(Call call) {
    if (answer_from_shelf(call)) return;
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::organiser_unknown);
    const catalog::OrganiserId id(*number);
    if (call.api.context.catalog.directory()->find_organiser(id) == nullptr)
        return call.fail(Code::organiser_unknown);
    const Api& api = call.api;
    answer_page(std::move(call), "organiser/" + std::to_string(id.value()),
                [&] { return organiser_json(api, id); });
}

http::Operation organiser_operation(std::string id, std::string summary,
                                    std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "organisers";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"organiser", "Number of the organiser", true, R"({"type":"integer","format":"int64"})"}};
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"organiser_unknown"};
    return operation;
}

}  // namespace

void add_organiser_routes(http::Router& router, const SharedApi& api) {
    add_route(router, api, RouteId::get_organiser,
              organiser_operation("getOrganiser", "An organiser with its first shows",
                                  http::schema_of<OrganiserDetailBody>()),
              detail);
}

}  // namespace onsale::shop
