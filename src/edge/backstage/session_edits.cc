// Changing what is offered: PATCH of sessions, tiers and campaigns, another campaign, cancelling
// and removing a session. For staff. A field that is absent stays as it is.
#include <utility>

#include "backstage/internal/change_answers.h"
#include "backstage/internal/resources.h"
#include "backstage/internal/session_body.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

constexpr std::size_t kEditBytesMax = 64 * 1024;

struct SessionEditBody {
    std::optional<std::string> starts_at;
    std::optional<std::string> ends_at;
    std::optional<std::uint64_t> orders_per_person;
    std::optional<std::uint64_t> tickets_per_person;
    std::optional<TextBody> venue;  // empty texts: the show's again
    std::optional<TextBody> notice;
    // The terms are changed in a request of their own.
    std::optional<bool> refund_allowed;
    std::optional<std::uint64_t> refund_until_hours;
    std::optional<std::string> refund_fee_percent;
    std::optional<bool> refund_review;
    std::optional<std::string> refund_second_review_from;
    std::optional<std::string> late_payment;
    [[nodiscard]] bool has_more_than_terms() const {
        return starts_at || ends_at || orders_per_person || tickets_per_person || venue || notice;
    }
};
BOOST_DESCRIBE_STRUCT(SessionEditBody, (),
                      (starts_at, ends_at, orders_per_person, tickets_per_person, venue, notice,
                       refund_allowed, refund_until_hours, refund_fee_percent, refund_review,
                       refund_second_review_from, late_payment))
struct TierEditBody {
    std::optional<TextBody> name;
    std::optional<TextBody> description;
    std::optional<std::string> price;  // "12.50", in the session's currency
    std::optional<bool> on_sale;
    std::optional<std::string> valid_from;  // an empty text: no longer bounded
    std::optional<std::string> valid_until;
};
BOOST_DESCRIBE_STRUCT(TierEditBody, (),
                      (name, description, price, on_sale, valid_from, valid_until))
struct CampaignEditBody {
    std::optional<TextBody> name;
    std::optional<TextBody> description;
    std::optional<std::string> picture;  // its name or URL; an empty text: none
    std::optional<std::string> opens_at;
    std::optional<std::string> closes_at;
    std::optional<bool> one_per_person;
    std::optional<std::uint64_t> tickets_per_order;
    std::optional<std::uint64_t> hold_minutes;
    std::optional<std::vector<std::uint64_t>> tiers;
};
BOOST_DESCRIBE_STRUCT(CampaignEditBody, (),
                      (name, description, picture, opens_at, closes_at, one_per_person,
                       tickets_per_order, hold_minutes, tiers))
struct CancelBody {
    TextBody reason;
};
BOOST_DESCRIBE_STRUCT(CancelBody, (), (reason))

std::optional<catalog::Text> optional_text_of(std::optional<TextBody> text) {
    if (!text) return std::nullopt;
    return text_of(std::move(*text));
}

void edit_session(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::session_unknown);
    auto body = http::parse_body<SessionEditBody>(call.request.body);
    if (!body) return call.fail(body.error());
    catalog::TermsEdit terms{*number, terms_of(*body)};
    if (!terms.terms.empty()) {
        if (body->has_more_than_terms())
            return call.fail_field(terms.terms.late_payment ? "late_payment" : "refund_allowed",
                                   "terms of refunds and late payments are changed in a request "
                                   "of their own");
        auto& catalog = call.api.context.catalog;
        env::Executor& home = call.home();
        return catalog.edit_terms(std::move(terms), home, answer_changed(std::move(call)));
    }
    catalog::SessionEdit edit{*number,
                              std::move(body->starts_at),
                              std::move(body->ends_at),
                              body->orders_per_person,
                              body->tickets_per_person,
                              optional_text_of(std::move(body->venue)),
                              optional_text_of(std::move(body->notice))};
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.edit_session(std::move(edit), home, answer_changed(std::move(call)));
}

void edit_tier(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::tier_unknown);
    auto body = http::parse_body<TierEditBody>(call.request.body);
    if (!body) return call.fail(body.error());
    catalog::TierEdit edit{*number,
                           optional_text_of(std::move(body->name)),
                           optional_text_of(std::move(body->description)),
                           std::move(body->price),
                           body->on_sale,
                           std::move(body->valid_from),
                           std::move(body->valid_until)};
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.edit_tier(std::move(edit), home, answer_changed(std::move(call)));
}

void edit_campaign(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::campaign_unknown);
    auto body = http::parse_body<CampaignEditBody>(call.request.body);
    if (!body) return call.fail(body.error());
    catalog::CampaignEdit edit;
    edit.id = *number;
    edit.name = optional_text_of(std::move(body->name));
    edit.description = optional_text_of(std::move(body->description));
    if (body->picture) edit.picture = picture_name(*body->picture);
    edit.opens_at = std::move(body->opens_at);
    edit.closes_at = std::move(body->closes_at);
    edit.one_per_person = body->one_per_person;
    edit.tickets_per_order = body->tickets_per_order;
    edit.hold_minutes = body->hold_minutes;
    edit.tiers = std::move(body->tiers);
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.edit_campaign(std::move(edit), home, answer_changed(std::move(call)));
}

void add_campaign(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::session_unknown);
    auto body = http::parse_body<NewCampaignBody>(call.request.body);
    if (!body) return call.fail(body.error());
    catalog::AddCampaignRequest request{domain::SessionId(*number),
                                        definition_of(std::move(*body))};
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.add_campaign(std::move(request), home, answer_made(std::move(call)));
}

void cancel_session(Call call) {
    constexpr std::size_t kReasonBytesMax = 1000;
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::session_unknown);
    auto body = http::parse_body<CancelBody>(call.request.body);
    if (!body) return call.fail(body.error());
    auto reason = text_of(std::move(body->reason));
    if (reason.zh.empty() || reason.zh.size() > kReasonBytesMax)
        return call.fail_field("reason.zh", "is not 1 to 1000 bytes");
    if (reason.en.empty() || reason.en.size() > kReasonBytesMax)
        return call.fail_field("reason.en", "is not 1 to 1000 bytes");
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.cancel_session(domain::SessionId(*number), std::move(reason), home,
                           answer_changed(std::move(call)));
}

void remove_session(Call call) {
    const auto number = parse_id(call.request.parameters[0]);
    if (!number) return call.fail(Code::session_unknown);
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.remove_session(domain::SessionId(*number), home, answer_done(std::move(call)));
}

struct Words {
    std::string id;
    std::string summary;
    std::string parameter;       // of the path
    std::string request_schema;  // empty: no body
};
http::Operation edit_operation(Words words) {
    http::Operation operation;
    operation.id = std::move(words.id);
    operation.tag = "sessions";
    operation.summary = std::move(words.summary);
    operation.path_parameters = {{words.parameter, "Number of the " + words.parameter, true,
                                  R"({"type":"integer","format":"int64"})"}};
    operation.request_schema_json = std::move(words.request_schema);
    operation.response_schema_json = http::schema_of<ChangedBody>();
    operation.errors = {"staff_only",         "not_your_organiser",
                        "invalid_field",      words.parameter + "_unknown",
                        "session_closed",     "definition_conflict",
                        "definition_invalid", "busy",
                        "storage_full",       "stopping"};
    return operation;
}

}  // namespace

void add_session_edit_routes(http::Router& router, const SharedApi& api) {
    add_route(router, api, RouteId::edit_session,
              edit_operation({"editSession", "Change a session's times, limits, venue or notice",
                              "session", http::schema_of<SessionEditBody>()}),
              edit_session, kEditBytesMax);
    auto tier = edit_operation({"editTier", "Change a tier's texts, price, validity or sale",
                                "tier", http::schema_of<TierEditBody>()});
    tier.description = "Orders that exist keep their price.";
    add_route(router, api, RouteId::edit_tier, std::move(tier), edit_tier, kEditBytesMax);
    add_route(router, api, RouteId::edit_campaign,
              edit_operation({"editCampaign", "Change a campaign's texts, window, limits or tiers",
                              "campaign", http::schema_of<CampaignEditBody>()}),
              edit_campaign, kEditBytesMax);
    auto add = edit_operation({"addCampaign", "Add a campaign to a session", "session",
                               http::schema_of<NewCampaignBody>()});
    add.success_status = 201;
    add_route(router, api, RouteId::add_campaign, std::move(add), add_campaign, kEditBytesMax);
    auto cancel = edit_operation({"cancelSession", "Cancel a session before it starts", "session",
                                  http::schema_of<CancelBody>()});
    cancel.description = "Nothing of it is sold any more, and all its live orders end.";
    cancel.errors.emplace_back("session_started");
    add_route(router, api, RouteId::cancel_session, std::move(cancel), cancel_session);
    auto remove =
        edit_operation({"removeSession", "Take a session out of the catalogue", "session", {}});
    remove.description =
        "Only one that is cancelled, or that nothing of has been on sale yet. Its numbers stay "
        "taken.";
    remove.success_status = 204;
    remove.response_schema_json.clear();
    remove.errors.emplace_back("session_not_removable");
    add_route(router, api, RouteId::remove_session, std::move(remove), remove_session);
}

}  // namespace onsale::backstage
