// /api/v1/shows/{show}: a show's texts, for staff.
#include <utility>

#include "backstage/internal/change_answers.h"
#include "backstage/internal/resources.h"
#include "backstage/internal/session_body.h"
#include "gate/ownership.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

constexpr std::size_t kShowBytesMax = 64 * 1024;

struct ShowTextsBody {
    std::uint64_t organiser = 0;
    TextBody name;
    std::optional<TextBody> description;
    std::optional<TextBody> venue;
    std::optional<TextBody> notice;
    std::optional<std::string> picture;  // its name or URL
};
BOOST_DESCRIBE_STRUCT(ShowTextsBody, (), (organiser, name, description, venue, notice, picture))

void put(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::show_unknown);
    auto body = http::parse_body<ShowTextsBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const catalog::OrganiserId organiser(body->organiser);
    if (!may_act_for(call, organiser.value())) return call.fail(Code::not_your_organiser);
    const auto known = call.api.context.catalog.directory()->find_show(catalog::ShowId(*number));
    if (known && !may_act_for(call, known->organiser.value()))
        return call.fail(Code::not_your_organiser);
    catalog::ShowDefinition show{*number,
                                 text_of(std::move(body->name)),
                                 text_of(std::move(body->description)),
                                 text_of(std::move(body->venue)),
                                 text_of(std::move(body->notice)),
                                 picture_name(body->picture.value_or(std::string()))};
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.put_show(std::move(show), organiser, home, answer_put(std::move(call), *number));
}

http::Operation show_operation(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "shows";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"show", "Number of the show", true, R"({"type":"integer","format":"int64"})"}};
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"show_unknown"};
    return operation;
}

}  // namespace

void add_show_text_routes(http::Router& router, const SharedApi& api) {
    auto put_operation =
        show_operation("putShow", "Make a show, or change its texts", http::schema_of<PutBody>());
    put_operation.request_schema_json = http::schema_of<ShowTextsBody>();
    put_operation.errors = {"staff_only",          "invalid_field", "not_your_organiser",
                            "definition_conflict", "busy",          "storage_full"};

    add_route(router, api, RouteId::put_show, std::move(put_operation), put, kShowBytesMax);
}

}  // namespace onsale::backstage
