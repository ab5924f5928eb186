// What tellers do to customers: add, change, disable, delete, cash; and the faults on purpose.
// Every change stands in the operation records.
#include <algorithm>
#include <memory>
#include <utility>

#include "bank/books/ledger.h"
#include "bank/desk.h"
#include "bank/limits.h"
#include "bank/teller_messages.h"
#include "bank/views.h"

namespace onsale::bank {
namespace {

using http::Method;
using http::Request;
using http::Responder;

constexpr For kTeller{Audience::teller, Where::writer};
constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kPasswordBytesMin = 8;
constexpr std::size_t kPasswordBytesMax = 128;

bool is_name(std::string_view name) {
    return is_plain_text(name) && name.size() <= kNameBytesMax && name.front() != ' ' &&
           name.back() != ' ';
}
bool is_password(std::string_view password) {
    return password.size() >= kPasswordBytesMin && password.size() <= kPasswordBytesMax;
}

http::Response answer(const base::Result<books::Customer, books::Refusal>& customer,
                      const Request& request, std::uint16_t status = 200) {
    if (!customer) return error_response(code_of(customer.error()), request);
    return json(view(*customer), status);
}

// Hashes the new password, then goes on with it on the writer.
using WithHash = base::UniqueFunction<Decided(sql::Connection&, const books::Act&, std::string)>;
void change_with_hash(Desk& desk, const Request& request, Responder responder, std::string password,
                      WithHash change) {
    const auto login =
        desk.logins.read(Audience::teller, request.header("Authorization"), desk.now());
    if (!login) {
        responder.send(error_response(Code::login_required, request));
        return;
    }
    const auto owed = std::make_shared<Responder>(std::move(responder));
    const bool taken = desk.logins.hash(
        std::move(password),
        [&desk, &request, owed, change = std::move(change)](std::string hash) mutable {
            env::Executor& home = owed->home();
            home.post([&desk, &request, owed, change = std::move(change),
                       hash = std::move(hash)]() mutable {
                decide_for(desk, kTeller, request, std::move(*owed),
                           [&desk, change = std::move(change), hash = std::move(hash)](
                               sql::Connection& connection, std::uint64_t teller) mutable {
                               return change(connection, {teller, desk.now()}, std::move(hash));
                           });
            });
        });
    if (!taken) owed->send(error_response(Code::busy, request));
}

void add_customer(Desk& desk, const Request& request, Responder responder) {
    auto body = body_of<NewCustomerBody>(request, responder);
    if (!body) return;
    if (!is_name(body->name) || !is_password(body->password)) {
        const std::string_view field = is_name(body->name) ? "password" : "name";
        responder.send(error_response(Code::invalid_field, request, field));
        return;
    }
    change_with_hash(
        desk, request, std::move(responder), std::move(body->password),
        [name = std::move(body->name), &request](sql::Connection& connection, const books::Act& act,
                                                 std::string hash) -> Decided {
            ONSALE_TRY_ASSIGN(made, books::add_customer(connection, {name, std::move(hash)}, act));
            return answer(made, request, 201);
        });
}

void change_customer(Desk& desk, const Request& request, Responder responder) {
    auto body = body_of<CustomerChangeBody>(request, responder);
    if (!body) return;
    const auto customer = parse_number(request.parameters[0]);
    const bool name_fits = !body->name || is_name(*body->name);
    if (!name_fits || (body->password && !is_password(*body->password))) {
        const std::string_view field = name_fits ? "password" : "name";
        responder.send(error_response(Code::invalid_field, request, field));
        return;
    }
    books::CustomerChange change;
    change.name = body->name;
    change.disabled = body->disabled;
    WithHash decide = [change, customer = customer.value_or(0), &request](
                          sql::Connection& connection, const books::Act& act,
                          std::string hash) mutable -> Decided {
        if (!hash.empty()) change.password_hash = std::move(hash);
        ONSALE_TRY_ASSIGN(changed, books::change_customer(connection, customer, change, act));
        return answer(changed, request);
    };
    if (body->password) {
        change_with_hash(desk, request, std::move(responder), std::move(*body->password),
                         std::move(decide));
        return;
    }
    decide_for(desk, kTeller, request, std::move(responder),
               [&desk, decide = std::move(decide)](sql::Connection& connection,
                                                   std::uint64_t teller) mutable {
                   return decide(connection, {teller, desk.now()}, std::string());
               });
}

void get_customer(Desk& desk, const Request& request, Responder responder) {
    const auto customer = parse_number(request.parameters[0]).value_or(0);
    decide_for(desk, kTeller, request, std::move(responder),
               [customer, &request](sql::Connection& connection, std::uint64_t) -> Decided {
                   ONSALE_TRY_ASSIGN(found, books::find_customer(connection, customer));
                   if (!found) return error_response(Code::not_found, request);
                   return json(view(*found));
               });
}

void delete_customer(Desk& desk, const Request& request, Responder responder) {
    const auto customer = parse_number(request.parameters[0]).value_or(0);
    decide_for(
        desk, kTeller, request, std::move(responder),
        [customer, now = desk.now(), &request](sql::Connection& connection,
                                               std::uint64_t teller) -> Decided {
            ONSALE_TRY_ASSIGN(done, books::delete_customer(connection, customer, {teller, now}));
            return answer(done, request);
        });
}

void list_customers(Desk& desk, const Request& request, Responder responder) {
    const auto page = page_of(request);
    const auto after = query_number(request, "after", 0);
    if (!page || !after) {
        responder.send(error_response(Code::invalid_field, request, page ? "after" : "max"));
        return;
    }
    const std::string name = request.query_value("name").value_or("");
    decide_for(desk, {Audience::teller, Where::reader}, request, std::move(responder),
               [name, after = *after, max = page->max](sql::Connection& connection,
                                                       std::uint64_t) -> Decided {
                   ONSALE_TRY_ASSIGN(found, books::list_customers(connection, name, after, max));
                   CustomersBody body;
                   for (const auto& one : found) body.items.push_back(view(one));
                   if (found.size() == max) body.next = found.back().customer;
                   return json(body);
               });
}

void move_cash(Desk& desk, const Request& request, Responder responder) {
    auto body = body_of<CashBody>(request, responder);
    if (!body) return;
    books::Cash cash;
    cash.customer = parse_number(request.parameters[0]).value_or(0);
    cash.amount = body->amount;
    cash.note = body->note;
    cash.key = body->key;
    const auto kind = books::parse_transaction_kind(body->kind);
    std::string_view wrong;
    if (kind != books::TransactionKind::deposit && kind != books::TransactionKind::withdrawal) {
        wrong = "kind";
    }
    if (!is_amount(cash.amount)) wrong = "amount";
    if (!cash.note.empty() && !is_plain_text(cash.note)) wrong = "note";
    if (!is_plain_text(cash.key) || cash.key.size() > 64) wrong = "key";
    if (!wrong.empty()) {
        responder.send(error_response(Code::invalid_field, request, wrong));
        return;
    }
    cash.kind = *kind;
    decide_for(desk, kTeller, request, std::move(responder),
               [cash = std::move(cash), now = desk.now(), &request](
                   sql::Connection& connection, std::uint64_t teller) -> Decided {
                   ONSALE_TRY_ASSIGN(done, books::move_cash(connection, cash, {teller, now}));
                   return answer(done, request);
               });
}

void get_faults(Desk& desk, const Request& request, Responder responder) {
    decide_for(desk, kTeller, request, std::move(responder),
               [&desk](sql::Connection&, std::uint64_t) -> Decided {
                   return json(desk.faults.settings());
               });
}

void put_faults(Desk& desk, const Request& request, Responder responder) {
    const auto wish = body_of<FaultsWishBody>(request, responder);
    if (!wish) return;
    const FaultsBody settings = settings_of(*wish);
    if (const auto wrong = wrong_setting(settings)) {
        responder.send(error_response(Code::invalid_field, request, *wrong));
        return;
    }
    decide_for(desk, kTeller, request, std::move(responder),
               [&desk, body = settings, now = desk.now()](sql::Connection& connection,
                                                          std::uint64_t teller) -> Decided {
                   const std::string text = http::to_json(body);
                   ONSALE_TRY(books::set_setting(connection, "faults", text));
                   ONSALE_TRY(books::record_operation(
                       connection, {"set_faults", std::nullopt, text, {}}, {teller, now}));
                   desk.faults.set(body);
                   return json(body);
               });
}

using OfDesk = void (*)(Desk&, const Request&, Responder);
http::Handler with(Desk& desk, OfDesk handler) {
    return [&desk, handler](const Request& request, Responder responder) {
        handler(desk, request, std::move(responder));
    };
}

void add_fault_routes(http::Router& router, Desk& desk) {
    Described get{.id = "getFaults", .tag = "faults", .access = "teller"};
    get.summary = "What goes wrong on purpose";
    get.response_schema = http::schema_of<FaultsBody>();
    add_route(router, Method::get, "/api/v1/teller/faults", get, with(desk, get_faults));
    Described put{.id = "putFaults", .tag = "faults", .access = "teller"};
    put.summary = "Says what goes wrong on purpose, and nothing else; counting begins again";
    put.request_schema = http::schema_of<FaultsWishBody>();
    put.response_schema = http::schema_of<FaultsBody>();
    add_route(router, Method::put, "/api/v1/teller/faults", put, with(desk, put_faults));
}

}  // namespace

void add_teller_routes(http::Router& router, Desk& desk) {
    Described one{.id = "getCustomer", .tag = "customers", .access = "teller"};
    one.summary = "A customer with the money in the account";
    one.response_schema = http::schema_of<CustomerBody>();
    const std::string_view address = "/api/v1/teller/customers/{customer}";
    add_route(router, Method::get, address, one, with(desk, get_customer));
    one.id = "deleteCustomer";
    one.summary = "Deletes an account that has no money";
    add_route(router, Method::del, address, one, with(desk, delete_customer));
    one.id = "changeCustomer";
    one.summary = "Changes name or password, disables or enables";
    one.request_schema = http::schema_of<CustomerChangeBody>();
    add_route(router, Method::patch, address, one, with(desk, change_customer));
    one.id = "moveCash";
    one.summary = "Money is paid in or out at the counter";
    one.request_schema = http::schema_of<CashBody>();
    add_route(router, Method::post, "/api/v1/teller/customers/{customer}/cash", one,
              with(desk, move_cash));
    one.id = "addCustomer";
    one.summary = "Opens an account";
    one.request_schema = http::schema_of<NewCustomerBody>();
    add_route(router, Method::post, "/api/v1/teller/customers", one, with(desk, add_customer));
    Described list{.id = "listCustomers", .tag = "customers", .access = "teller"};
    list.summary = "Customers whose name begins so, by number";
    list.query = "name after max";
    list.response_schema = http::schema_of<CustomersBody>();
    add_route(router, Method::get, "/api/v1/teller/customers", list, with(desk, list_customers));
    add_fault_routes(router, desk);
}

}  // namespace onsale::bank
