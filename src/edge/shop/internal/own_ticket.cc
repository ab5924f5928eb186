#include "shop/internal/own_ticket.h"

#include <memory>
#include <utility>

#include "gate/api.h"
#include "tickets/ticket_desk.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

// What waits for a signature.
struct Signing {
    Call call;
    tickets::TicketDetail detail;
};

void sign_and_use(Call call, const tickets::TicketDetail& detail, UseSignedTicket use) {
    const auto session = call.api.context.catalog.directory()->find_session(detail.order.session);
    const auto reason = tickets::void_reason(detail.order, session.get());
    if (reason != tickets::VoidReason::none) {
        ErrorExtras extras;
        extras.details_json = R"({"reason":")" + std::string(tickets::to_string(reason)) + "\"}";
        return call.fail(Code::ticket_void, extras);
    }
    const auto facts = tickets::code_facts(detail.order, domain::index_of(detail.ticket.view.id));
    if (!facts) return call.fail(Code::ticket_unknown);
    auto& desk = call.api.context.ticket_desk;
    env::Executor& home = call.home();
    auto signing = std::make_shared<Signing>(Signing{std::move(call), detail});
    desk.sign(*facts, home, [signing, use](tickets::TicketDesk::Signed code) {
        if (!code) return signing->call.fail(code.error());
        use(std::move(signing->call), signing->detail, *code);
    });
}

template <class Use>
void find_own(Call call, Use use) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::ticket_unknown);
    const auto person = call.person();
    auto& service = call.api.context.tickets;
    env::Executor& home = call.home();
    service.find(person, domain::TicketId(*id), home,
                 [call = std::move(call), use](tickets::TicketService::Found found) mutable {
                     if (!found) return call.fail(found.error());
                     if (!*found) return call.fail(Code::ticket_unknown);
                     use(std::move(call), **found);
                 });
}

}  // namespace

void with_own_ticket(Call call, UseTicket use) {
    find_own(std::move(call), use);
}

void with_signed_ticket(Call call, UseSignedTicket use) {
    find_own(std::move(call), [use](Call found, const tickets::TicketDetail& detail) {
        sign_and_use(std::move(found), detail, use);
    });
}

}  // namespace onsale::shop
