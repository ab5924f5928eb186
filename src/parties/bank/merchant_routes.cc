// What merchants call: deductions, queries, closures, refunds, the day's file, statements. Signed;
// every item of a request is decided for itself, all of them in one transaction.
#include <memory>
#include <utility>
#include <vector>

#include "bank/books/authorisations.h"
#include "bank/books/limits.h"
#include "bank/books/payments.h"
#include "bank/books/reports.h"
#include "bank/books/schema.h"
#include "bank/desk.h"
#include "bank/limits.h"
#include "bank/merchant_messages.h"
#include "crypto/signed_call.h"

namespace onsale::bank {
namespace {

// Who called, with the keys of that moment.
struct Caller {
    SharedMerchants merchants;
    const Merchant* merchant = nullptr;
};

// Answers the request and returns nothing if the signature is not a merchant's.
std::optional<Caller> caller_of(Desk& desk, const http::Request& request,
                                http::Responder& responder) {
    if (desk.faults.settings().down) {
        responder.send(error_response(Code::out_of_service, request));
        return std::nullopt;
    }
    Caller caller;
    caller.merchants = desk.credentials.current();
    caller.merchant = find_merchant(*caller.merchants, request.header(crypto::kPartyHeader));
    if (caller.merchant != nullptr) {
        std::string path(request.path);
        if (!request.query.empty()) path += '?' + std::string(request.query);
        const crypto::CallParts call{http::to_string(request.method), path, request.body};
        crypto::CallMark mark;
        mark.key = request.header(crypto::kKeyHeader);
        mark.time = request.header(crypto::kTimeHeader);
        mark.signature = request.header(crypto::kSignatureHeader);
        if (crypto::check_call(caller.merchant->to_bank, call, mark, desk.now())) return caller;
    }
    responder.send(error_response(Code::signature_refused, request));
    return std::nullopt;
}

// The authorisation that a token names, if this bank has signed it for this merchant.
std::optional<std::uint64_t> authorisation_of(const Merchant& merchant, std::string_view token) {
    const auto carried = crypto::open_carried(merchant.to_site, token);
    if (!carried) return std::nullopt;
    const auto body = http::parse_body<TokenBody>(carried->payload);
    if (!body || body->merchant != merchant.name || body->bank != merchant.bank) {
        return std::nullopt;
    }
    return books::parse_name('A', body->authorisation);
}

PaymentAnswer answer_of(const books::Payment& payment) {
    PaymentAnswer answer;
    answer.reference = payment.reference;
    answer.status = books::to_string(payment.state);
    if (payment.state == books::PaymentState::captured && payment.transaction) {
        answer.transaction = books::spell('T', *payment.transaction);
        answer.amount = payment.amount;
        answer.currency = books::kCurrency;
    }
    if (payment.state == books::PaymentState::failed) answer.reason = to_string(payment.reason);
    return answer;
}

RefundAnswer answer_of(const books::Refund& refund) {
    RefundAnswer answer;
    answer.refund = refund.refund;
    answer.status = books::to_string(refund.state);
    if (refund.transaction) answer.transaction = books::spell('T', *refund.transaction);
    if (refund.state == books::RefundState::accepted ||
        refund.state == books::RefundState::completed) {
        answer.amount = refund.amount;
        answer.currency = books::kCurrency;
    }
    if (refund.state == books::RefundState::refused) answer.reason = to_string(refund.reason);
    return answer;
}

// Lies about what was done, if a teller has asked for it.
template <class Answers>
http::Response respond(Answers& answers, const ReplyFault& fault, const http::Request& request) {
    for (auto& item : answers.items) {
        if (fault.wrong_amount && item.amount) ++*item.amount;
        if (fault.wrong_currency && item.currency) item.currency = "USD";
    }
    if (fault.error) return error_response(Code::internal_error, request);
    http::Response response = json(answers);
    if (fault.bad_json) response.body.resize(response.body.size() / 2);
    return response;
}

// Holds an answer back: a little, or for longer than anybody waits.
class LateSink final : public http::ResponseSink {
  public:
    LateSink(std::shared_ptr<http::ResponseSink> sink, base::Duration late)
        : sink_(std::move(sink)), late_(late) {}
    void send(http::Response response) override {
        sink_->home().post_after(late_, [sink = sink_, response = std::move(response)]() mutable {
            sink->send(std::move(response));
        });
    }
    std::shared_ptr<http::EventStream> open_event_stream() override {
        return sink_->open_event_stream();
    }
    env::Executor& home() override { return sink_->home(); }

  private:
    std::shared_ptr<http::ResponseSink> sink_;
    base::Duration late_;
};

http::Responder late(http::Responder responder, const ReplyFault& fault) {
    const base::Duration by = fault.lose ? kLostReply : fault.slow;
    if (by == base::Duration()) return responder;
    return http::Responder(std::make_shared<LateSink>(responder.release(), by));
}

template <class Item>
bool is_named(const Item& item) {
    if constexpr (requires { item.refund; }) {
        return is_plain_text(item.refund);
    } else {
        return is_plain_text(item.reference);
    }
}

template <class Item>
bool is_right(const Item& item) {
    if constexpr (requires { item.amount; }) {
        if (!is_amount(item.amount)) return false;
    }
    if constexpr (requires { item.order; }) {
        if (!is_plain_text(item.order)) return false;
    }
    return is_named(item);
}

// A list of a merchant, item for item: `prepare` runs on the event loop (signatures), `decide` with
// what it made inside the transaction.
template <class Body, class Answers, class Prepare, class DecideItem>
http::Handler list_handler(Desk& desk, Prepare prepare, DecideItem decide) {
    return [&desk, prepare, decide](const http::Request& request, http::Responder responder) {
        const auto caller = caller_of(desk, request, responder);
        if (!caller) return;
        auto body = body_of<Body>(request, responder);
        if (!body) return;
        if (body->items.empty() || body->items.size() > kItemsMax) {
            responder.send(error_response(Code::invalid_field, request, "items"));
            return;
        }
        using Prepared = decltype(prepare(desk, *caller->merchant, body->items[0]));
        std::vector<Prepared> prepared;
        for (const auto& item : body->items) {
            if (!is_right(item)) {
                responder.send(error_response(Code::invalid_field, request, "items"));
                return;
            }
            prepared.push_back(prepare(desk, *caller->merchant, item));
        }
        const books::Asked asked{caller->merchant->number, desk.now()};
        const ReplyFault fault = desk.faults.next_reply();
        Decide work = [asked, fault, decide, &request, body = std::move(*body),
                       prepared =
                           std::move(prepared)](sql::Connection& connection) mutable -> Decided {
            Answers answers;
            for (std::size_t i = 0; i < prepared.size(); ++i) {
                ONSALE_TRY_ASSIGN(made, decide(connection, body.items[i], prepared[i], asked));
                answers.items.push_back(answer_of(made));
            }
            return respond(answers, fault, request);
        };
        decide_on_writer(desk, request, late(std::move(responder), fault), std::move(work));
    };
}

struct Nothing {};
Nothing nothing(Desk&, const Merchant&, const auto&) {
    return {};
}

struct PreparedDeduction {
    std::optional<std::uint64_t> authorisation;
    bool refuse = false;
};
PreparedDeduction prepare_deduction(Desk& desk, const Merchant& merchant,
                                    const DeductionItem& item) {
    return {authorisation_of(merchant, item.token), desk.faults.refuses_next_deduction()};
}

sql::SqlResult<books::Payment> decide_deduction(sql::Connection& connection,
                                                const DeductionItem& item,
                                                const PreparedDeduction& prepared,
                                                const books::Asked& asked) {
    books::Deduction deduction;
    deduction.reference = item.reference;
    deduction.authorisation = prepared.authorisation;
    deduction.order = item.order;
    deduction.amount = item.amount;
    deduction.own_currency = item.currency == books::kCurrency;
    deduction.refuse = prepared.refuse;
    return books::deduct(connection, deduction, asked);
}

std::optional<std::uint64_t> prepare_closure(Desk&, const Merchant& merchant,
                                             const ClosureItem& item) {
    if (!item.token) return std::nullopt;
    return authorisation_of(merchant, *item.token);
}

sql::SqlResult<books::Refund> decide_refund(sql::Connection& connection, const RefundItem& item,
                                            const RefundFault& fault, const books::Asked& asked) {
    books::NewRefund refund;
    refund.refund = item.refund;
    if (item.reference) refund.reference = *item.reference;
    if (item.transaction) refund.transaction = books::parse_name('T', *item.transaction);
    refund.amount = item.amount;
    refund.own_currency = item.currency == books::kCurrency;
    refund.refunded_before = item.refunded_before;
    if (fault.accepted_only) {
        refund.settle_at = asked.now + fault.settled_after;
        refund.declined = fault.declined;
    }
    return books::refund(connection, refund, asked);
}

void add_payment_lists(http::Router& router, Desk& desk) {
    Described described{.id = "deduct", .tag = "merchants", .access = "merchant"};
    described.summary = "Takes what customers have granted";
    described.body_bytes_max = kMerchantBodyMax;
    described.request_schema = http::schema_of<DeductionsBody>();
    described.response_schema = http::schema_of<PaymentAnswersBody>();
    add_route(router, http::Method::post, "/merchant/v1/deductions", described,
              list_handler<DeductionsBody, PaymentAnswersBody>(desk, prepare_deduction,
                                                               decide_deduction));
    described.id = "queryPayments";
    described.summary = "What became of payments";
    described.request_schema = http::schema_of<QueriesBody>();
    const auto query = [](sql::Connection& connection, const QueryItem& item, Nothing,
                          const books::Asked& asked) {
        return books::find_payment(connection, item.reference, asked);
    };
    add_route(router, http::Method::post, "/merchant/v1/queries", described,
              list_handler<QueriesBody, PaymentAnswersBody>(desk, nothing<QueryItem>, query));
    described.id = "closePayments";
    described.summary = "Makes sure that payments will never be captured, unless they were";
    described.request_schema = http::schema_of<ClosuresBody>();
    const auto close = [](sql::Connection& connection, const ClosureItem& item,
                          std::optional<std::uint64_t> authorisation, const books::Asked& asked) {
        return books::close_payment(connection, item.reference, authorisation, asked);
    };
    add_route(router, http::Method::post, "/merchant/v1/closures", described,
              list_handler<ClosuresBody, PaymentAnswersBody>(desk, prepare_closure, close));
}

void add_refund_lists(http::Router& router, Desk& desk) {
    Described described{.id = "refund", .tag = "merchants", .access = "merchant"};
    described.summary = "Gives back what was taken";
    described.body_bytes_max = kMerchantBodyMax;
    described.request_schema = http::schema_of<RefundsBody>();
    described.response_schema = http::schema_of<RefundAnswersBody>();
    const auto prepare = [](Desk& at, const Merchant&, const RefundItem&) {
        return at.faults.next_refund();
    };
    add_route(router, http::Method::post, "/merchant/v1/refunds", described,
              list_handler<RefundsBody, RefundAnswersBody>(desk, prepare, decide_refund));
    described.id = "queryRefunds";
    described.summary = "What became of refunds";
    described.request_schema = http::schema_of<RefundQueriesBody>();
    const auto query = [](sql::Connection& connection, const RefundQueryItem& item, Nothing,
                          const books::Asked& asked) {
        return books::find_refund(connection, item.refund, asked);
    };
    add_route(
        router, http::Method::post, "/merchant/v1/refund-queries", described,
        list_handler<RefundQueriesBody, RefundAnswersBody>(desk, nothing<RefundQueryItem>, query));
}

void get_day_file(Desk& desk, const http::Request& request, http::Responder responder) {
    const auto caller = caller_of(desk, request, responder);
    if (!caller) return;
    std::string_view name = request.parameters[0];
    const bool csv = name.ends_with(".csv");
    if (csv) name.remove_suffix(4);
    const auto day = books::parse_day(name);
    if (!csv || !day) {
        responder.send(error_response(Code::not_found, request));
        return;
    }
    Decide read = [merchant = caller->merchant->number,
                   day = *day](sql::Connection& connection) -> Decided {
        ONSALE_TRY_ASSIGN(file, books::day_file(connection, merchant, day));
        http::Response response;
        response.content_type = "text/csv; charset=utf-8";
        response.body = std::move(file);
        return response;
    };
    decide_on_reader(desk, request, std::move(responder), std::move(read));
}

BillLineBody bill_line(const books::StatementLine& line) {
    BillLineBody body;
    const bool refund = line.kind == books::TransactionKind::refund;
    body.transaction = books::spell('T', line.transaction);
    body.kind = refund ? "refund" : "payment";
    body.at = base::to_rfc3339(line.at);
    // What the customer paid, whether it was held before or not.
    body.amount = refund ? line.amount : -(line.amount + line.held);
    body.currency = books::kCurrency;
    body.order = line.order.value_or("");
    body.reference = line.reference.value_or("");
    return body;
}

void list_statements(Desk& desk, const http::Request& request, http::Responder responder) {
    const auto caller = caller_of(desk, request, responder);
    if (!caller) return;
    auto body = body_of<StatementsQueryBody>(request, responder);
    if (!body) return;
    const books::Asked asked{caller->merchant->number, desk.now()};
    Decide read = [asked, &request,
                   body = std::move(*body)](sql::Connection& connection) -> Decided {
        const std::string hash = crypto::to_hex(crypto::sha256(body.consent));
        ONSALE_TRY_ASSIGN(consent,
                          books::live_consent(connection, asked.merchant, hash, asked.now));
        if (!consent) return error_response(Code::not_found, request);
        books::StatementFilter filter;
        filter.customer = consent->customer;
        filter.merchant = asked.merchant;
        filter.before = body.before.value_or(0);
        filter.max = std::clamp<std::size_t>(body.max.value_or(50), 1, books::kPageMax);
        ONSALE_TRY_ASSIGN(lines, books::statement(connection, filter));
        BillLinesBody answer;
        for (const auto& line : lines) answer.items.push_back(bill_line(line));
        if (lines.size() == filter.max) answer.next = lines.back().transaction;
        return json(answer);
    };
    decide_on_reader(desk, request, std::move(responder), std::move(read));
}

}  // namespace

void add_merchant_routes(http::Router& router, Desk& desk) {
    add_payment_lists(router, desk);
    add_refund_lists(router, desk);
    Described file{.id = "getDayFile", .tag = "merchants", .access = "merchant"};
    file.summary = "Everything that was taken and given back on a day, as CSV";
    file.content_type = "text/csv";
    add_route(router, http::Method::get, "/merchant/v1/days/{day}", file,
              [&desk](const http::Request& request, http::Responder responder) {
                  get_day_file(desk, request, std::move(responder));
              });
    Described statements{.id = "listStatements", .tag = "merchants", .access = "merchant"};
    statements.summary = "A customer's transactions with the merchant, by consent";
    statements.request_schema = http::schema_of<StatementsQueryBody>();
    statements.response_schema = http::schema_of<BillLinesBody>();
    add_route(router, http::Method::post, "/merchant/v1/statements", statements,
              [&desk](const http::Request& request, http::Responder responder) {
                  list_statements(desk, request, std::move(responder));
              });
}

}  // namespace onsale::bank
