// What customers do: log in, look at their account, grant and revoke authorisations and consents.
#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "bank/books/limits.h"
#include "bank/books/schema.h"
#include "bank/desk.h"
#include "bank/limits.h"
#include "bank/merchant_messages.h"
#include "bank/views.h"
#include "crypto/signed_call.h"

namespace onsale::bank {
namespace {

using http::Method;
using http::Request;
using http::Responder;

constexpr For kCustomer{Audience::customer, Where::writer};

// The login begins when the books were asked, so that a change of the password since ends it.
void post_check(Desk& desk, const Request& request, std::shared_ptr<Responder> owed,
                Logins::Attempt attempt) {
    const base::Timestamp asked_at = attempt.asked_at;
    const auto identity = attempt.identity;
    const Audience audience = attempt.audience;
    const auto reply = [&desk, &request, owed, identity, audience, asked_at](Logins::Check check) {
        http::Response response;
        if (check == Logins::Check::too_many) {
            response = error_response(Code::too_many_failures, request);
        } else if (check == Logins::Check::wrong) {
            response = error_response(Code::wrong_credentials, request);
        } else if (identity->disabled) {
            response = error_response(Code::account_disabled, request);
        } else {
            const auto issued = desk.logins.issue(audience, *identity, asked_at);
            LoggedInBody body;
            body.token = issued.token;
            body.expires_at = base::to_rfc3339(issued.expires_at);
            body.number = identity->number;
            body.name = identity->name;
            response = json(body);
        }
        env::Executor& home = owed->home();
        home.post(
            [owed, response = std::move(response)]() mutable { owed->send(std::move(response)); });
    };
    if (desk.logins.check(std::move(attempt), reply)) return;
    env::Executor& home = owed->home();
    home.post([owed, &request] { owed->send(error_response(Code::busy, request)); });
}

// First the books say who that is, then the password is compared.
void log_in(Desk& desk, Audience audience, const Request& request, Responder responder) {
    auto body = body_of<LoginBody>(request, responder);
    if (!body) return;
    const auto owed = std::make_shared<Responder>(std::move(responder));
    Writer::Work work;
    work.decide = [&desk, audience, &request, owed, body = std::move(*body)](
                      sql::Connection& connection) mutable -> sql::SqlResult<env::Task> {
        ONSALE_TRY_ASSIGN(identity, audience == Audience::teller
                                        ? books::teller_by_name(connection, body.name)
                                        : books::customer_by_name(connection, body.name));
        Logins::Attempt attempt{audience,
                                std::move(body.name),
                                std::move(body.password),
                                std::string(request.peer),
                                std::move(identity),
                                desk.now()};
        return env::Task([&desk, &request, owed, attempt = std::move(attempt)]() mutable {
            post_check(desk, request, owed, std::move(attempt));
        });
    };
    work.failed = [owed, &request] {
        owed->home().post([owed, &request] { owed->send(error_response(Code::busy, request)); });
    };
    if (!desk.writer.post(std::move(work))) owed->send(error_response(Code::busy, request));
}

void get_me(Desk& desk, const Request& request, Responder responder) {
    decide_for(desk, kCustomer, request, std::move(responder),
               [&request](sql::Connection& connection, std::uint64_t customer) -> Decided {
                   ONSALE_TRY_ASSIGN(found, books::find_customer(connection, customer));
                   if (!found) return error_response(Code::not_found, request);
                   return json(view(*found));
               });
}

void get_statement(Desk& desk, const Request& request, Responder responder) {
    const auto page = page_of(request);
    const auto word = request.query_value("kind").value_or("");
    const auto kind = books::parse_transaction_kind(word);
    if (!page || (!word.empty() && !kind)) {
        responder.send(error_response(Code::invalid_field, request, page ? "kind" : "before"));
        return;
    }
    books::StatementFilter filter{.before = page->before, .max = page->max, .kind = kind};
    decide_for(desk, kCustomer, request, std::move(responder),
               [filter](sql::Connection& connection, std::uint64_t customer) mutable -> Decided {
                   filter.customer = customer;
                   ONSALE_TRY_ASSIGN(lines, books::statement(connection, filter));
                   StatementBody body;
                   for (const auto& line : lines) body.items.push_back(view(line));
                   if (lines.size() == filter.max) body.next = lines.back().transaction;
                   return json(body);
               });
}

// Only into the merchant's own site, so that a token reaches nobody else.
bool leads_to(std::string_view address, std::string_view site) {
    if (!address.starts_with(site) || address.find_first_of("#\\ \t\r\n") != std::string::npos) {
        return false;
    }
    address.remove_prefix(site.size());
    return address.empty() || address.front() == '/' || address.front() == '?';
}

std::string token_of(const Merchant& merchant, const books::Authorisation& authorisation) {
    TokenBody body;
    body.key = merchant.signing_key().id;
    body.bank = merchant.bank;
    body.authorisation = books::spell('A', authorisation.number);
    body.merchant = merchant.name;
    body.order = authorisation.order;
    body.amount = authorisation.amount;
    body.currency = books::kCurrency;
    body.expires = authorisation.expires_at.unix_ms() / 1000;
    return crypto::sign_carried(merchant.signing_key(), http::to_json(body));
}

std::string_view wrong_field(const NewAuthorisationBody& body) {
    if (!is_plain_text(body.order)) return "order";
    if (!is_amount(body.amount)) return "amount";
    if (body.currency != books::kCurrency) return "currency";
    const auto minutes = body.minutes.value_or(kAuthorisationMinutes);
    return minutes == 0 || minutes > kAuthorisationMinutesMax ? "minutes" : "";
}

void grant(Desk& desk, const Request& request, Responder responder) {
    auto body = body_of<NewAuthorisationBody>(request, responder);
    if (!body) return;
    const auto merchants = desk.credentials.current();
    const Merchant* merchant = find_merchant(*merchants, body->merchant);
    const std::string_view wrong = wrong_field(*body);
    if (merchant == nullptr || !wrong.empty()) {
        responder.send(merchant == nullptr ? error_response(Code::merchant_unknown, request)
                                           : error_response(Code::invalid_field, request, wrong));
        return;
    }
    if (body->return_to && !leads_to(*body->return_to, merchant->site)) {
        responder.send(error_response(Code::return_refused, request, "return_to"));
        return;
    }
    books::NewAuthorisation wanted;
    wanted.merchant = merchant->number;
    wanted.order = body->order;
    wanted.amount = body->amount;
    wanted.now = desk.now();
    wanted.expires_at =
        wanted.now + base::Duration::minutes(body->minutes.value_or(kAuthorisationMinutes));
    decide_for(desk, kCustomer, request, std::move(responder),
               [merchants, merchant, wanted, &request, return_to = body->return_to](
                   sql::Connection& connection, std::uint64_t customer) mutable -> Decided {
                   wanted.customer = customer;
                   ONSALE_TRY_ASSIGN(granted, books::grant(connection, wanted));
                   if (!granted) return error_response(code_of(granted.error()), request);
                   GrantedBody answer;
                   answer.authorisation = view(*granted, wanted.now);
                   answer.token = token_of(*merchant, *granted);
                   answer.bank = merchant->bank;
                   if (return_to) {
                       answer.return_url = *return_to + "#token=" + answer.token +
                                           "&bank=" + std::to_string(merchant->bank);
                   }
                   return json(answer, 201);
               });
}

void list_authorisations(Desk& desk, const Request& request, Responder responder) {
    const auto page = page_of(request);
    if (!page) {
        responder.send(error_response(Code::invalid_field, request, "before"));
        return;
    }
    decide_for(desk, kCustomer, request, std::move(responder),
               [page = *page, now = desk.now()](sql::Connection& connection,
                                                std::uint64_t customer) -> Decided {
                   ONSALE_TRY_ASSIGN(found, books::list_authorisations(connection, customer,
                                                                       page.before, page.max));
                   AuthorisationsBody body;
                   for (const auto& one : found) body.items.push_back(view(one, now));
                   if (found.size() == page.max) body.next = found.back().number;
                   return json(body);
               });
}

void revoke(Desk& desk, const Request& request, Responder responder) {
    const auto number = books::parse_name('A', request.parameters[0]);
    if (!number) {
        responder.send(error_response(Code::not_found, request));
        return;
    }
    decide_for(desk, kCustomer, request, std::move(responder),
               [number = *number, now = desk.now(), &request](sql::Connection& connection,
                                                              std::uint64_t customer) -> Decided {
                   ONSALE_TRY_ASSIGN(done, books::revoke(connection, customer, number, now));
                   if (!done) return error_response(code_of(done.error()), request);
                   return json(view(*done, now));
               });
}

void add_consent(Desk& desk, const Request& request, Responder responder) {
    auto body = body_of<NewConsentBody>(request, responder);
    if (!body) return;
    const auto merchants = desk.credentials.current();
    const Merchant* merchant = find_merchant(*merchants, body->merchant);
    if (merchant == nullptr) {
        responder.send(error_response(Code::merchant_unknown, request));
        return;
    }
    std::array<std::byte, 32> secret{};
    desk.environment.entropy().fill(secret);
    const std::string token = crypto::to_base64url(secret);
    books::NewConsent wanted;
    wanted.merchant = merchant->number;
    wanted.token_hash = crypto::to_hex(crypto::sha256(token));
    wanted.now = desk.now();
    decide_for(desk, kCustomer, request, std::move(responder),
               [wanted, token, &request](sql::Connection& connection,
                                         std::uint64_t customer) mutable -> Decided {
                   wanted.customer = customer;
                   ONSALE_TRY_ASSIGN(made, books::add_consent(connection, wanted));
                   if (!made) return error_response(code_of(made.error()), request);
                   ConsentedBody answer;
                   answer.consent = view(*made, wanted.now);
                   answer.token = token;
                   return json(answer, 201);
               });
}

void list_consents(Desk& desk, const Request& request, Responder responder) {
    decide_for(desk, kCustomer, request, std::move(responder),
               [now = desk.now()](sql::Connection& connection, std::uint64_t customer) -> Decided {
                   ONSALE_TRY_ASSIGN(found, books::list_consents(connection, customer));
                   ConsentsBody body;
                   for (const auto& one : found) body.items.push_back(view(one, now));
                   return json(body);
               });
}

void revoke_consent(Desk& desk, const Request& request, Responder responder) {
    const auto number = parse_number(request.parameters[0]);
    if (!number) {
        responder.send(error_response(Code::not_found, request));
        return;
    }
    decide_for(desk, kCustomer, request, std::move(responder),
               [number = *number, now = desk.now(), &request](sql::Connection& connection,
                                                              std::uint64_t customer) -> Decided {
                   ONSALE_TRY_ASSIGN(done, books::revoke_consent(connection, customer, number));
                   if (!done) return error_response(code_of(done.error()), request);
                   return json(view(*done, now));
               });
}

void get_bank(Desk& desk, const Request&, Responder responder) {
    BankBody body;
    body.name = desk.name;
    body.currency = books::kCurrency;
    body.public_url = desk.public_url;
    responder.send(json(body));
}

void get_merchant(Desk& desk, const Request& request, Responder responder) {
    const auto merchants = desk.credentials.current();
    const Merchant* merchant = find_merchant(*merchants, request.parameters[0]);
    if (merchant == nullptr) {
        responder.send(error_response(Code::merchant_unknown, request));
        return;
    }
    MerchantBody body;
    body.merchant = merchant->name;
    body.site = merchant->site;
    responder.send(json(body));
}

// A handler that is a function of the desk.
using OfDesk = void (*)(Desk&, const Request&, Responder);
http::Handler with(Desk& desk, OfDesk handler) {
    return [&desk, handler](const Request& request, Responder responder) {
        handler(desk, request, std::move(responder));
    };
}

void add_open_routes(http::Router& router, Desk& desk) {
    Described open{.id = "getBank", .tag = "bank", .access = "public"};
    open.summary = "The bank's name";
    open.response_schema = http::schema_of<BankBody>();
    add_route(router, Method::get, "/api/v1/bank", open, with(desk, get_bank));
    open.id = "getMerchant";
    open.summary = "A merchant that this bank serves";
    open.response_schema = http::schema_of<MerchantBody>();
    add_route(router, Method::get, "/api/v1/merchants/{merchant}", open, with(desk, get_merchant));
    Described login{.id = "logInCustomer", .tag = "logins", .access = "public"};
    login.summary = "A customer logs in";
    login.request_schema = http::schema_of<LoginBody>();
    login.response_schema = http::schema_of<LoggedInBody>();
    add_route(router, Method::post, "/api/v1/customers/logins", login,
              [&desk](const Request& request, Responder responder) {
                  log_in(desk, Audience::customer, request, std::move(responder));
              });
    login.id = "logInTeller";
    login.summary = "A teller logs in";
    add_route(router, Method::post, "/api/v1/tellers/logins", login,
              [&desk](const Request& request, Responder responder) {
                  log_in(desk, Audience::teller, request, std::move(responder));
              });
}

void add_consent_routes(http::Router& router, Desk& desk) {
    Described list{.id = "listConsents", .tag = "consents", .access = "customer"};
    list.summary = "Who may read the customer's transactions with them";
    list.response_schema = http::schema_of<ConsentsBody>();
    add_route(router, Method::get, "/api/v1/me/consents", list, with(desk, list_consents));
    Described add{.id = "addConsent", .tag = "consents", .access = "customer"};
    add.summary = "Lets a merchant read the customer's transactions with it, for 30 days";
    add.request_schema = http::schema_of<NewConsentBody>();
    add.response_schema = http::schema_of<ConsentedBody>();
    add_route(router, Method::post, "/api/v1/me/consents", add, with(desk, add_consent));
    Described end{.id = "revokeConsent", .tag = "consents", .access = "customer"};
    end.summary = "Ends a consent";
    end.response_schema = http::schema_of<ConsentBody>();
    add_route(router, Method::del, "/api/v1/me/consents/{consent}", end,
              with(desk, revoke_consent));
}

}  // namespace

void add_customer_routes(http::Router& router, Desk& desk) {
    add_open_routes(router, desk);
    Described me{.id = "getMe", .tag = "account", .access = "customer"};
    me.summary = "The customer's own account";
    me.response_schema = http::schema_of<CustomerBody>();
    add_route(router, Method::get, "/api/v1/me", me, with(desk, get_me));
    Described statement{.id = "getStatement", .tag = "account", .access = "customer"};
    statement.summary = "What happened to the customer's money, the newest first";
    statement.query = "before max kind";
    statement.response_schema = http::schema_of<StatementBody>();
    add_route(router, Method::get, "/api/v1/me/statement", statement, with(desk, get_statement));
    Described list{.id = "listAuthorisations", .tag = "authorisations", .access = "customer"};
    list.summary = "What the customer has granted, the newest first";
    list.query = "before max";
    list.response_schema = http::schema_of<AuthorisationsBody>();
    add_route(router, Method::get, "/api/v1/me/authorisations", list,
              with(desk, list_authorisations));
    Described add{.id = "grant", .tag = "authorisations", .access = "customer"};
    add.summary = "Sets money aside for one order of a merchant";
    add.request_schema = http::schema_of<NewAuthorisationBody>();
    add.response_schema = http::schema_of<GrantedBody>();
    add_route(router, Method::post, "/api/v1/me/authorisations", add, with(desk, grant));
    Described end{.id = "revoke", .tag = "authorisations", .access = "customer"};
    end.summary = "Takes an authorisation back";
    end.response_schema = http::schema_of<AuthorisationBody>();
    add_route(router, Method::del, "/api/v1/me/authorisations/{authorisation}", end,
              with(desk, revoke));
    add_consent_routes(router, desk);
}

}  // namespace onsale::bank
