// /api/v1/organisers: the list of those that one acts for, and their texts, for staff.
#include <algorithm>
#include <utility>

#include "backstage/internal/change_answers.h"
#include "backstage/internal/resources.h"
#include "backstage/internal/session_body.h"
#include "catalog/search.h"
#include "gate/ownership.h"
#include "shop/offers.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

constexpr std::size_t kOrganiserBytesMax = 32 * 1024;

struct OrganiserPageBody {
    std::vector<OrganiserBody> organisers;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(OrganiserPageBody, (), (organisers, next))
struct OrganiserTextsBody {
    TextBody name;
    std::optional<TextBody> description;
    std::optional<std::string> picture;  // its name or URL
};
BOOST_DESCRIBE_STRUCT(OrganiserTextsBody, (), (name, description, picture))

bool is_found(const catalog::OrganiserEntry& organiser, const std::string& text) {
    if (text.empty()) return true;
    return catalog::fold(organiser.name.zh).find(text) != std::string::npos ||
           catalog::fold(organiser.name.en).find(text) != std::string::npos;
}

void list(Call call) {
    const auto query = offer_query(call);
    if (!query) return;
    const auto before = number_query(call, {"before", domain::kIdMax + 1, 1, domain::kIdMax});
    if (!before) return;
    const auto own = organisers_of(call);
    const auto is_own = [&](catalog::OrganiserId id) {
        return !own || std::ranges::find(*own, id.value()) != own->end();
    };
    const auto directory = call.api.context.catalog.directory();
    const auto& all = directory->listing().organisers;
    OrganiserPageBody page;
    for (auto organiser = all.rbegin(); organiser != all.rend(); ++organiser) {
        const bool wanted = (*organiser)->id.value() < *before && is_own((*organiser)->id) &&
                            is_found(**organiser, query->text);
        if (!wanted) continue;
        if (page.organisers.size() == query->limit) {
            page.next = page.organisers.back().id;
            break;
        }
        page.organisers.push_back(organiser_body(**organiser));
    }
    call.send(200, http::to_json(page));
}

void put(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::organiser_unknown);
    auto body = http::parse_body<OrganiserTextsBody>(call.request.body);
    if (!body) return call.fail(body.error());
    catalog::OrganiserDefinition organiser{*number, text_of(std::move(body->name)),
                                           text_of(std::move(body->description)),
                                           picture_name(body->picture.value_or(std::string()))};
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.put_organiser(std::move(organiser), home, answer_put(std::move(call), *number));
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

void add_organiser_text_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listOrganisers";
    list_operation.tag = "organisers";
    list_operation.summary = "The organisers that one acts for, the newest number first";
    list_operation.query_parameters = {
        {"query", "Part of the name", false},
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<OrganiserPageBody>();
    list_operation.errors = {"staff_only", "invalid_field"};
    auto put_operation = organiser_operation(
        "putOrganiser", "Change an organiser's texts; an administrator makes new ones",
        http::schema_of<PutBody>());
    put_operation.request_schema_json = http::schema_of<OrganiserTextsBody>();
    put_operation.errors = {"staff_only",         "invalid_field", "organiser_unknown",
                            "not_your_organiser", "busy",          "storage_full"};

    add_route(router, api, RouteId::list_organisers, std::move(list_operation), list);
    add_route(router, api, RouteId::put_organiser, std::move(put_operation), put,
              kOrganiserBytesMax);
}

}  // namespace onsale::backstage
