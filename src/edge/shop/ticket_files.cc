// /api/v1/tickets/{ticket}/ticket.pdf and ticket.ics: a ticket on paper, and its session for a
// calendar.
#include <algorithm>
#include <memory>
#include <utility>

#include "answers/json_text.h"
#include "gate/api.h"
#include "shop/explain_text.h"
#include "shop/internal/own_ticket.h"
#include "shop/internal/resources.h"
#include "tickets/calendar.h"
#include "tickets/ticket_desk.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

constexpr int kMinorPerUnit = 100;

// The two languages of what is drawn; a text that lacks one is said in the other.
struct Speaker {
    bool zh = true;
    [[nodiscard]] std::string pick(const char* in_zh, const char* in_en) const {
        return zh ? in_zh : in_en;
    }
    [[nodiscard]] const std::string& pick(const catalog::Text& text) const {
        const auto& wanted = zh ? text.zh : text.en;
        return wanted.empty() ? (zh ? text.en : text.zh) : wanted;
    }
};

// Nothing, and the call is answered: the query names no language that there is.
std::optional<Speaker> speaker_of(Call& call) {
    const auto wanted = call.request.query_value("language");
    if (!wanted)
        return Speaker{language_of(call.request.header("Accept-Language")) == Language::zh};
    if (*wanted == "zh" || *wanted == "en") return Speaker{*wanted == "zh"};
    call.fail_field("language", "is not zh or en");
    return std::nullopt;
}

// To the minute, in the time of the sale's place.
std::string time_text(base::Timestamp time) {
    constexpr std::size_t kToTheMinute = 16;
    return plain_time(time).substr(0, kToTheMinute) + " (UTC+8)";
}

std::string day_text(base::Timestamp time) {
    constexpr std::size_t kToTheDay = 10;
    return plain_time(time).substr(0, kToTheDay);
}

std::string money_text(base::Money money) {
    const std::string minor = std::to_string(money.minor % kMinorPerUnit);
    return std::to_string(money.minor / kMinorPerUnit) + (minor.size() < 2 ? ".0" : ".") + minor +
           " " + std::string(to_string(money.currency));
}

// What a page or a calendar entry says, gathered once.
struct Ticket {
    const tickets::TicketDetail& detail;
    catalog::SharedSession session;
    const catalog::TierEntry* tier = nullptr;  // null: the directory has forgotten it
    Speaker speaker;

    [[nodiscard]] std::string tier_name() const {
        return tier == nullptr ? std::string() : speaker.pick(tier->name);
    }
};

std::optional<Ticket> ticket_of(const Call& call, const tickets::TicketDetail& detail,
                                Speaker speaker) {
    auto session = call.api.context.catalog.directory()->find_session(detail.order.session);
    if (session == nullptr) return std::nullopt;
    const auto* tier = session->find_tier(detail.ticket.view.tier);
    return Ticket{detail, std::move(session), tier, speaker};
}

void add_rows(tickets::Paper& paper, const Ticket& ticket) {
    const auto& say = ticket.speaker;
    const auto row = [&paper](std::string label, std::string value) {
        if (!value.empty()) paper.rows.push_back({std::move(label), std::move(value)});
    };
    const auto& order = ticket.detail.order;
    row(say.pick("时间", "When"), time_text(ticket.session->definition->starts_at));
    row(say.pick("地点", "Where"), say.pick(ticket.session->shown_venue()));
    if (ticket.tier != nullptr && ticket.tier->valid_from && ticket.tier->valid_until) {
        row(say.pick("有效期", "Valid"),
            day_text(*ticket.tier->valid_from) + " – " + day_text(*ticket.tier->valid_until));
    }
    const auto line =
        std::ranges::find(order.lines, ticket.detail.ticket.view.tier, &domain::OrderLine::tier);
    if (line != order.lines.end() && line->unit_price.minor > 0)
        row(say.pick("票价", "Price"), money_text(line->unit_price));
    row(say.pick("主办方", "Organiser"), say.pick(ticket.session->organiser->name));
    row(say.pick("订单号", "Order"), std::to_string(order.id.value()));
    row(say.pick("票号", "Ticket"), std::to_string(ticket.detail.ticket.view.id.value()));
    row(say.pick("券码", "Code"), ticket.detail.ticket.code);
}

tickets::Paper paper_of(const Call& call, const Ticket& ticket, const std::string& signed_code) {
    const auto& options = call.api.context.options;
    const auto& say = ticket.speaker;
    tickets::Paper paper;
    paper.site = say.pick({options.name_zh, options.name_en});
    paper.title = say.pick(ticket.session->show->name);
    paper.subtitle = ticket.tier_name();
    add_rows(paper, ticket);
    paper.signed_code = signed_code;
    paper.note = say.pick(
        "入场时请出示此二维码。持有此码即可入场,请勿转发或公开照片。退款或场次取消后,此票作废。",
        "Show this QR code at the door. Whoever has the code can enter with it, so do not pass it "
        "on or publish a picture. It is void after a refund or when the session is cancelled.");
    paper.issued_at = ticket.detail.order.created_at;
    return paper;
}

void send_file(Call& call, std::string_view content_type, const std::string& name,
               std::string bytes) {
    http::Response response;
    response.content_type = content_type;
    response.headers.push_back({"Content-Disposition", "attachment; filename=\"" + name + "\""});
    response.headers.push_back({"Cache-Control", "private, no-store"});
    response.body = std::move(bytes);
    call.responder.send(std::move(response));
}

std::string file_name(const tickets::TicketDetail& detail, const char* ending) {
    return "ticket-" + std::to_string(detail.ticket.view.id.value()) + ending;
}

void draw(Call call, const tickets::TicketDetail& detail, const std::string& signed_code) {
    const auto speaker = speaker_of(call);
    if (!speaker) return;
    const auto ticket = ticket_of(call, detail, *speaker);
    if (!ticket) return call.fail(Code::busy);
    auto paper = paper_of(call, *ticket, signed_code);
    auto& desk = call.api.context.ticket_desk;
    env::Executor& home = call.home();
    desk.draw(std::move(paper), home,
              [call = std::move(call),
               name = file_name(detail, ".pdf")](tickets::TicketDesk::Drawn drawn) mutable {
                  if (!drawn) return call.fail(drawn.error());
                  send_file(call, "application/pdf", name, std::move(*drawn));
              });
}

void pdf(Call call) {
    with_signed_ticket(std::move(call), draw);
}

// A void ticket's entry is cancelled, so that it goes from the calendar.
tickets::CalendarEvent event_of(const Call& call, const Ticket& ticket) {
    const auto& order = ticket.detail.order;
    const auto& session = *ticket.session;
    const auto& say = ticket.speaker;
    const auto keys = call.api.context.ticket_desk.keys().current();
    const std::string number = std::to_string(ticket.detail.ticket.view.id.value());
    tickets::CalendarEvent event;
    // The site's first key never goes, so no other site has this name and it never changes.
    event.uid =
        "ticket-" + number + "-" + tickets::to_string(keys->ring.keys().front().id) + "@onsale";
    event.summary = say.pick(session.show->name);
    event.location = say.pick(session.shown_venue());
    event.description = ticket.tier_name() + (ticket.tier == nullptr ? "" : "\n") +
                        say.pick("票号 ", "Ticket ") + number;
    event.starts_at = session.definition->starts_at;
    event.ends_at = session.definition->ends_at;
    event.cancelled = tickets::void_reason(order, &session) != tickets::VoidReason::none;
    event.changed_at = std::max(
        {session.changed_at, session.status.cancelled_at, order.created_at, order.changed_at});
    return event;
}

void calendar(Call call) {
    with_own_ticket(std::move(call), [](Call found, const tickets::TicketDetail& detail) {
        const auto speaker = speaker_of(found);
        if (!speaker) return;
        const auto ticket = ticket_of(found, detail, *speaker);
        if (!ticket) return found.fail(Code::busy);
        send_file(found, "text/calendar; charset=utf-8", file_name(detail, ".ics"),
                  tickets::to_calendar(event_of(found, *ticket)));
    });
}

http::Operation operation_of(std::string id, std::string summary, std::string_view content_type) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "tickets";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"ticket", "Number of the ticket", true, R"({"type":"integer","format":"int64"})"}};
    operation.query_parameters = {{"language", "zh or en; by Accept-Language when absent", false,
                                   R"({"type":"string","enum":["zh","en"]})"}};
    operation.response_content_type = content_type;
    operation.errors = {"ticket_unknown", "invalid_field", "busy"};
    return operation;
}

}  // namespace

void add_ticket_file_routes(http::Router& router, const SharedApi& api) {
    auto pdf_operation =
        operation_of("getTicketPdf", "One of one's own tickets on a page of A4, to be printed",
                     "application/pdf");
    pdf_operation.errors.push_back("ticket_void");
    add_route(router, api, RouteId::get_ticket_pdf, std::move(pdf_operation), pdf);

    add_route(router, api, RouteId::get_ticket_calendar,
              operation_of("getTicketCalendar", "The session of one's own ticket for a calendar",
                           "text/calendar"),
              calendar);
}

}  // namespace onsale::shop
