// POST /api/v1/me/bank-bills: what a person has paid at a bank, by the bank's own statement. The
// consent comes in the body, since addresses stand in logs.
#include <utility>

#include "finance/internal/resources.h"
#include "finance/money_body.h"
#include "gate/api.h"
#include "payments/bills.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct WishBody {
    std::uint64_t bank = 0;
    std::string consent;                  // a secret that the bank has given the person
    std::optional<std::uint64_t> before;  // `next` of the former page
};
BOOST_DESCRIBE_STRUCT(WishBody, (), (bank, consent, before))
struct BillBody {
    std::string transaction;
    std::string kind;  // payment, refund
    std::optional<std::uint64_t> order;
    std::int64_t amount = 0;
    std::string currency;
    std::string at;
};
BOOST_DESCRIBE_STRUCT(BillBody, (), (transaction, kind, order, amount, currency, at))
struct BillsBody {
    std::uint64_t bank = 0;
    NameBody bank_name;
    std::vector<BillBody> items;
    std::optional<std::uint64_t> next;  // `before` of the next page
};
BOOST_DESCRIBE_STRUCT(BillsBody, (), (bank, bank_name, items, next))

void fail_bills(Call& call, payments::BillsRefusal refusal) {
    switch (refusal) {
        case payments::BillsRefusal::bank_unknown:
            return call.fail(Code::bank_unknown);
        case payments::BillsRefusal::bank_away:
            return call.fail(Code::bank_away);
        case payments::BillsRefusal::consent_unknown:
            return call.fail(Code::consent_invalid);
        case payments::BillsRefusal::consent_of_other:
            return call.fail(Code::consent_of_other);
        case payments::BillsRefusal::storage_full:
            return call.fail(Code::storage_full);
        case payments::BillsRefusal::failed:
            return call.fail(Code::internal_error);
        case payments::BillsRefusal::busy:
            break;
    }
    call.fail(Code::busy);
}

void send_page(Call& call, std::uint64_t bank, const payments::StatementPage& page) {
    BillsBody body;
    body.bank = bank;
    body.bank_name = bank_name(call, domain::BankId(bank));
    for (const auto& line : page.lines) {
        BillBody bill;
        bill.transaction = line.transaction;
        bill.kind = line.is_refund ? "refund" : "payment";
        if (line.order != 0) bill.order = line.order;
        bill.amount = line.amount.minor;
        bill.currency = currency_text(line.amount);
        bill.at = base::to_rfc3339(line.at);
        body.items.push_back(std::move(bill));
    }
    if (page.next != 0) body.next = page.next;
    http::Response response;
    response.body = http::to_json(body);
    response.headers.push_back({"Cache-Control", "private, no-store"});
    call.responder.send(std::move(response));
}

void list(Call call) {
    auto body = http::parse_body<WishBody>(call.request.body);
    if (!body) return call.fail(body.error());
    if (body->consent.empty() || body->consent.size() > payments::kConsentBytesMax)
        return call.fail_field("consent", "is not 1 to 1024 bytes");
    payments::BillsWish wish;
    wish.person = call.person();
    wish.bank = domain::BankId(body->bank);
    wish.consent = std::move(body->consent);
    wish.before = body->before.value_or(0);
    auto& service = call.api.context.bills;
    env::Executor& home = call.home();
    auto reply = [call = std::move(call),
                  bank = body->bank](const payments::Bills::Page& page) mutable {
        if (!page) return fail_bills(call, page.error());
        send_page(call, bank, *page);
    };
    service.ask(std::move(wish), home, std::move(reply));
}

}  // namespace

void add_bill_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "listBankBills";
    operation.tag = "payments";
    operation.summary = "What one has paid at a bank and got back, as the bank has it";
    operation.description =
        "With the consent that one has given at the bank. The site hands it on and does not keep "
        "it; only the person who used it first can use it. `amount` is above zero both ways.";
    operation.request_schema_json = http::schema_of<WishBody>();
    operation.response_schema_json = http::schema_of<BillsBody>();
    operation.errors = {"bank_unknown",  "bank_away", "consent_invalid", "consent_of_other",
                        "invalid_field", "busy",      "storage_full"};
    add_route(router, api, RouteId::list_bank_bills, std::move(operation), list);
}

}  // namespace onsale::finance
