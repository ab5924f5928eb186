// /api/v1/me/export: everything that is known of a person, as one JSON document for them to keep.
#include <utility>

#include "answers/json_text.h"
#include "finance/money_body.h"
#include "gate/api.h"
#include "people/internal/profile_body.h"
#include "people/internal/resources.h"
#include "refunds/reader.h"
#include "shop/order_json.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

// More than anybody has; a document of a size that can still be sent.
constexpr std::size_t kExportPagesMax = 100;

struct ExportLoginBody {
    std::uint64_t id = 0;
    std::string audience;
    std::string device;
    std::string address;
    std::string created_at;
    std::string used_at;
};
BOOST_DESCRIBE_STRUCT(ExportLoginBody, (), (id, audience, device, address, created_at, used_at))
struct AboutBody {
    std::string exported_at;
    ProfileBody profile;
    std::vector<std::uint64_t> organisers;
    std::vector<ExportLoginBody> logins;
    std::vector<OperationBody> operations;
};
BOOST_DESCRIBE_STRUCT(AboutBody, (), (exported_at, profile, organisers, logins, operations))

// A document that grows page by page. On the event loop of its request.
struct Export {
    Call call;
    domain::PersonId person;
    std::string json;
    std::size_t pages = 0;
};
using SharedExport = std::shared_ptr<Export>;

void send(Export& document) {
    document.json += "]}";
    http::Response response;
    response.body = std::move(document.json);
    response.headers.push_back(
        {"Content-Disposition", "attachment; filename=\"onsale-export.json\""});
    document.call.responder.send(std::move(response));
}

void add_refunds(const SharedExport& document, std::optional<domain::RefundId> before);

// With what was written about each.
void add_refund_part(const SharedExport& document, const refunds::RefundPart& part,
                     const std::vector<refunds::NotesOfRefund>& notes) {
    for (std::size_t i = 0; i < part.refunds.size(); ++i) {
        if (document->json.back() != '[') document->json += ',';
        document->json += http::to_json(finance::refund_body(part.refunds[i].refund, notes[i]));
    }
    if (!part.next || ++document->pages >= kExportPagesMax) return send(*document);
    add_refunds(document, part.next);
}

void add_refunds(const SharedExport& document, std::optional<domain::RefundId> before) {
    auto& context = document->call.api.context;
    refunds::RefundQuery query;
    query.person = document->person;
    query.before = before;
    query.max = refunds::kNotesPerReadMax;
    context.money.refunds(
        query, document->call.home(), [document](refunds::MoneyReader::Refunds part) {
            if (!part) return document->call.fail(part.error());
            std::vector<refunds::Notes::Wanted> wanted;
            for (const auto& row : part->refunds) wanted.push_back({row.refund.id, row.person});
            document->call.api.context.refund_notes.read(
                std::move(wanted), document->call.home(),
                [document, part = std::move(*part)](const refunds::Notes::Found& notes) {
                    if (!notes) return document->call.fail(notes.error());
                    add_refund_part(document, part, *notes);
                });
        });
}

void add_tickets(const SharedExport& document, domain::TicketId before) {
    auto& tickets = document->call.api.context.tickets;
    tickets.list(document->person, before, orders::kOrdersPerPageMax, document->call.home(),
                 [document](const tickets::TicketService::Listed& page) {
                     if (!page) return document->call.fail(page.error());
                     const auto directory = document->call.api.context.catalog.directory();
                     for (const auto& ticket : page->tickets) {
                         if (document->json.back() != '[') document->json += ',';
                         document->json += http::to_json(ticket_body(ticket, *directory));
                     }
                     if (page->next && ++document->pages < kExportPagesMax)
                         return add_tickets(document, *page->next);
                     document->json += R"(],"refunds":[)";
                     document->pages = 0;
                     add_refunds(document, std::nullopt);
                 });
}

void add_orders(const SharedExport& document, domain::OrderId before) {
    const orders::OrderService::ListRequest request{document->person, before,
                                                    orders::kOrdersPerPageMax, std::nullopt};
    document->call.api.context.orders.list(
        request, document->call.home(), [document](const orders::OrderService::Listed& page) {
            if (!page) return document->call.fail(page.error());
            for (const auto& order : page->orders) {
                if (document->json.back() != '[') document->json += ',';
                append_order(document->json, order, nullptr);
            }
            if (page->next && ++document->pages < kExportPagesMax)
                return add_orders(document, *page->next);
            document->json += R"(],"tickets":[)";
            document->pages = 0;
            add_tickets(document, {});
        });
}

AboutBody about_body(const Call& call, const accounts::PersonExport& about) {
    AboutBody body;
    body.exported_at = base::to_rfc3339(call.api.context.clock.wall_now());
    body.profile = profile_body(call, about.profile);
    body.organisers = about.organisers;
    for (const auto& login : about.logins) {
        body.logins.push_back({login.login.value(), std::string(to_string(login.audience)),
                               login.origin.device, login.origin.address,
                               base::to_rfc3339(login.created_at),
                               base::to_rfc3339(login.used_at)});
    }
    for (const auto& record : about.operations) body.operations.push_back(operation_body(record));
    return body;
}

void export_me(Call call) {
    const auto person = call.person();
    auto& profiles = call.api.context.accounts.profiles();
    env::Executor& home = call.home();
    profiles.export_person(
        person, home,
        [call = std::move(call)](
            const accounts::AccountResult<accounts::PersonExport>& about) mutable {
            if (!about) return call.fail(about.error());
            auto json = http::to_json(about_body(call, *about));
            json.back() = ',';
            json += R"("orders":[)";
            const auto document = std::make_shared<Export>(
                Export{std::move(call), about->profile.person, std::move(json), 0});
            add_orders(document, {});
        });
}

}  // namespace

void add_export_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "exportMe";
    operation.tag = "me";
    operation.summary = "Everything that the site knows of oneself, to keep";
    operation.response_schema_json = R"({"type":"object"})";
    operation.errors = {"login_required", "busy"};
    add_route(router, api, RouteId::export_me, std::move(operation), export_me);
}

}  // namespace onsale::people
