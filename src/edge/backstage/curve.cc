// /api/v1/campaigns/{campaign}/curve: how orders came in, as points and as a picture.
#include <utility>

#include "backstage/internal/figures.h"
#include "backstage/internal/resources.h"
#include "gate/api.h"
#include "statistics/curve_svg.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
namespace {

struct CurveBody {
    std::string from;  // when the campaign opened
    std::uint64_t step_seconds = 0;
    std::vector<StepBody> points;  // steps without an order have none
};
BOOST_DESCRIBE_STRUCT(CurveBody, (), (from, step_seconds, points))

// The campaign of the path, and the curve of it that is asked for.
struct Question {
    catalog::SharedSession session;
    const catalog::CampaignEntry* campaign = nullptr;
    statistics::CurveDetail detail = statistics::CurveDetail::automatic;
};

std::optional<Question> question_of(Call& call) {
    Question question;
    if (const auto id = parse_id(call.request.parameters[0])) {
        const domain::CampaignId campaign(*id);
        question.session = call.api.context.catalog.directory()->session_of(campaign);
        if (question.session) question.campaign = question.session->find_campaign(campaign);
    }
    if (question.campaign == nullptr) {
        call.fail(Code::campaign_unknown);
        return std::nullopt;
    }
    const auto detail = call.request.query_value("detail").value_or("automatic");
    if (detail == "fine") question.detail = statistics::CurveDetail::fine;
    if (detail == "fine" || detail == "automatic") return question;
    call.fail_field("detail", "is not automatic or fine");
    return std::nullopt;
}

template <class Answer>
void with_curve(Call call, Question question, Answer answer) {
    auto& reader = call.api.context.statistics;
    env::Executor& home = call.home();
    const auto id = question.campaign->rules.id;
    const auto detail = question.detail;
    reader.curve(id, detail, home,
                 [call = std::move(call), question = std::move(question),
                  answer](statistics::StatisticsReader::OfCampaign curve) mutable {
                     if (!curve) return call.fail(curve.error());
                     if (curve->points.empty()) curve->from = question.campaign->rules.opens_at;
                     answer(std::move(call), question, *curve);
                 });
}

void points(Call call) {
    auto question = question_of(call);
    if (!question) return;
    with_curve(std::move(call), std::move(*question),
               [](Call answered, const Question&, const statistics::Curve& curve) {
                   CurveBody body;
                   body.from = base::to_rfc3339(curve.from);
                   body.step_seconds = static_cast<std::uint64_t>(curve.step.count_ms() / 1000);
                   for (const auto& point : curve.points)
                       body.points.push_back({base::to_rfc3339(point.at),
                                              static_cast<std::uint64_t>(point.orders),
                                              static_cast<std::uint64_t>(point.tickets)});
                   answered.send(200, http::to_json(body));
               });
}

void picture(Call call) {
    auto question = question_of(call);
    if (!question) return;
    with_curve(std::move(call), std::move(*question),
               [](Call answered, const Question& asked, const statistics::Curve& curve) {
                   const auto wanted = answered.request.query_value("language");
                   const bool zh = wanted
                                       ? *wanted == "zh"
                                       : language_of(answered.request.header("Accept-Language")) ==
                                             Language::zh;
                   const auto& name = asked.campaign->name;
                   http::Response response;
                   response.content_type = "image/svg+xml; charset=utf-8";
                   response.body = statistics::draw_curve(
                       curve, {zh ? name.zh : name.en,
                               zh ? statistics::Language::zh : statistics::Language::en});
                   answered.responder.send(std::move(response));
               });
}

http::Operation operation_of(std::string id, std::string summary) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "statistics";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"campaign", "Number of the campaign", true, R"({"type":"integer","format":"int64"})"}};
    operation.query_parameters = {{"detail",
                                   "fine: the first ten minutes by the second; else what fits",
                                   false, R"({"type":"string","enum":["automatic","fine"]})"}};
    operation.errors = {"campaign_unknown", "invalid_field", "busy"};
    return operation;
}

}  // namespace

void add_curve_routes(http::Router& router, const SharedApi& api) {
    auto points_operation = operation_of("getCurve", "How the orders of a campaign came in");
    points_operation.response_schema_json = http::schema_of<CurveBody>();
    add_route(router, api, RouteId::get_curve, std::move(points_operation), points);

    auto picture_operation = operation_of("getCurvePicture", "The same as a picture");
    picture_operation.response_content_type = "image/svg+xml";
    picture_operation.query_parameters.push_back({"language",
                                                  "zh or en; by Accept-Language when absent", false,
                                                  R"({"type":"string","enum":["zh","en"]})"});
    add_route(router, api, RouteId::get_curve_picture, std::move(picture_operation), picture);
}

}  // namespace onsale::backstage
