// The cashier: bills by links that a merchant has signed. Whoever has the link may look at the bill
// and give it up; paying needs a customer's login.
#include <array>
#include <string>
#include <utility>

#include "bank/books/payments.h"
#include "bank/books/schema.h"
#include "bank/desk.h"
#include "bank/messages.h"
#include "crypto/signed_call.h"

namespace onsale::bank {
namespace {

using http::Method;
using http::Request;
using http::Responder;

struct Link {
    BillLinkBody body;
    books::Bill bill;
    books::Asked asked;
};

bool is_signed(const Merchant& merchant, const BillLinkBody& link) {
    const std::string amount = std::to_string(link.amount);
    const std::string expires = std::to_string(link.expires);
    const std::array<std::string_view, 8> lines{link.merchant, link.reference, link.order,
                                                amount,        link.currency,  expires,
                                                link.title,    link.return_to};
    return crypto::check_lines(merchant.to_bank, link.key, lines, link.signature);
}

// Answers the request and returns nothing if the link is not a merchant's.
std::optional<Link> link_of(Desk& desk, const Request& request, Responder& responder) {
    auto body = body_of<BillLinkBody>(request, responder);
    if (!body) return std::nullopt;
    const auto merchants = desk.credentials.current();
    const Merchant* merchant = find_merchant(*merchants, body->merchant);
    const bool sensible = is_amount(body->amount) && body->currency == books::kCurrency &&
                          is_plain_text(body->reference) && is_plain_text(body->order) &&
                          body->expires > 0 && body->expires < 253'402'300'800;
    if (merchant == nullptr || !sensible || !is_signed(*merchant, *body)) {
        responder.send(error_response(Code::link_invalid, request));
        return std::nullopt;
    }
    Link link;
    link.bill.reference = body->reference;
    link.bill.order = body->order;
    link.bill.title = body->title;
    link.bill.amount = body->amount;
    link.bill.expires_at = base::Timestamp::from_unix_ms(body->expires * 1000);
    link.asked = {merchant->number, desk.now()};
    link.body = std::move(*body);
    return link;
}

http::Response answer(const Link& link, const books::Payment& payment) {
    BillBody body;
    body.merchant = link.body.merchant;
    body.reference = link.body.reference;
    body.order = link.body.order;
    body.title = link.body.title;
    body.amount = link.body.amount;
    body.currency = books::kCurrency;
    body.state = books::to_string(payment.state);
    body.expires_at = base::to_rfc3339(link.bill.expires_at);
    body.return_to = link.body.return_to;
    if (payment.state == books::PaymentState::captured && payment.transaction) {
        body.transaction = books::spell('T', *payment.transaction);
    }
    return json(body);
}

using Change = books::Answer<books::Payment> (*)(sql::Connection&, const books::Bill&,
                                                 const books::Asked&);
void look_or_give_up(Desk& desk, Change change, const Request& request, Responder responder) {
    auto link = link_of(desk, request, responder);
    if (!link) return;
    Decide decide = [change, link = std::move(*link),
                     &request](sql::Connection& connection) -> Decided {
        ONSALE_TRY_ASSIGN(payment, change(connection, link.bill, link.asked));
        if (!payment) return error_response(code_of(payment.error()), request);
        return answer(link, *payment);
    };
    decide_on_writer(desk, request, std::move(responder), std::move(decide));
}

void pay(Desk& desk, const Request& request, Responder responder) {
    auto link = link_of(desk, request, responder);
    if (!link) return;
    decide_for(desk, {Audience::customer, Where::writer}, request, std::move(responder),
               [link = std::move(*link), &request](sql::Connection& connection,
                                                   std::uint64_t customer) -> Decided {
                   ONSALE_TRY_ASSIGN(payment,
                                     books::pay_bill(connection, link.bill, customer, link.asked));
                   if (!payment) return error_response(code_of(payment.error()), request);
                   return answer(link, *payment);
               });
}

}  // namespace

void add_cashier_routes(http::Router& router, Desk& desk) {
    Described bill{.id = "openBill", .tag = "cashier", .access = "public"};
    bill.summary = "Opens a bill from a merchant's signed link";
    bill.request_schema = http::schema_of<BillLinkBody>();
    bill.response_schema = http::schema_of<BillBody>();
    add_route(router, Method::post, "/api/v1/cashier/bills", bill,
              [&desk](const Request& request, Responder responder) {
                  look_or_give_up(desk, books::open_bill, request, std::move(responder));
              });
    bill.id = "abandonBill";
    bill.summary = "Gives a bill up: it fails";
    add_route(router, Method::post, "/api/v1/cashier/bills/abandonments", bill,
              [&desk](const Request& request, Responder responder) {
                  look_or_give_up(desk, books::abandon_bill, request, std::move(responder));
              });
    bill.id = "payBill";
    bill.summary = "Pays a bill from the customer's account";
    bill.access = "customer";
    add_route(router, Method::post, "/api/v1/cashier/bills/payments", bill,
              [&desk](const Request& request, Responder responder) {
                  pay(desk, request, std::move(responder));
              });
}

}  // namespace onsale::bank
