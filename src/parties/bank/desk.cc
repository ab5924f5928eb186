#include "bank/desk.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include "bank/books/customers.h"
#include "bank/books/limits.h"

namespace onsale::bank {
namespace {

using Owed = std::shared_ptr<http::Responder>;

// An answer that is owed, and can be given from any executor.
env::Task answer_task(Owed owed, http::Response response) {
    return [owed = std::move(owed), response = std::move(response)]() mutable {
        env::Executor& home = owed->home();
        home.post([owed = std::move(owed), response = std::move(response)]() mutable {
            owed->send(std::move(response));
        });
    };
}

sql::SqlResult<std::optional<books::Identity>> identity_of(sql::Connection& connection,
                                                           Audience audience,
                                                           std::uint64_t number) {
    switch (audience) {
        case Audience::customer:
            return books::customer_by_number(connection, number);
        case Audience::teller:
            return books::teller_by_number(connection, number);
    }
    return std::optional<books::Identity>();
}

}  // namespace

void decide_on_writer(Desk& desk, const http::Request& request, http::Responder responder,
                      Decide decide) {
    const Owed owed = std::make_shared<http::Responder>(std::move(responder));
    Writer::Work work;
    work.decide = [owed, decide = std::move(decide)](
                      sql::Connection& connection) mutable -> sql::SqlResult<env::Task> {
        ONSALE_TRY_ASSIGN(response, decide(connection));
        return answer_task(owed, std::move(response));
    };
    work.failed = answer_task(owed, error_response(Code::busy, request));
    if (!desk.writer.post(std::move(work))) owed->send(error_response(Code::busy, request));
}

void decide_on_reader(Desk& desk, const http::Request& request, http::Responder responder,
                      Decide decide) {
    const Owed owed = std::make_shared<http::Responder>(std::move(responder));
    const bool taken = desk.reader.post([owed, &request, decide = std::move(decide)](
                                            sql::Connection& connection) mutable {
        Decided decided = decide(connection);
        answer_task(owed, decided ? std::move(*decided) : error_response(Code::busy, request))();
    });
    if (!taken) owed->send(error_response(Code::busy, request));
}

void decide_for(Desk& desk, For whom, const http::Request& request, http::Responder responder,
                DecideFor decide) {
    const std::string_view header = request.header("Authorization");
    const auto login = desk.logins.read(whom.audience, header, desk.now());
    if (!login) {
        const Code code = header.empty() ? Code::login_required : Code::login_invalid;
        responder.send(error_response(code, request));
        return;
    }
    Decide checked = [whom, login = *login, &request,
                      decide = std::move(decide)](sql::Connection& connection) mutable -> Decided {
        ONSALE_TRY_ASSIGN(identity, identity_of(connection, whom.audience, login.number));
        if (!identity || login.is_ended(identity->not_before)) {
            return error_response(Code::login_invalid, request);
        }
        if (identity->disabled) return error_response(Code::account_disabled, request);
        return decide(connection, login.number);
    };
    if (whom.where == Where::writer) {
        decide_on_writer(desk, request, std::move(responder), std::move(checked));
    } else {
        decide_on_reader(desk, request, std::move(responder), std::move(checked));
    }
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || text.size() > 16 || error != std::errc{} || stop != end) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::uint64_t> query_number(const http::Request& request, std::string_view name,
                                          std::uint64_t absent) {
    const auto text = request.query_value(name);
    if (!text || text->empty()) return absent;
    return parse_number(*text);
}

std::optional<Page> page_of(const http::Request& request) {
    const auto before = query_number(request, "before", 0);
    const auto max = query_number(request, "max", 50);
    if (!before || !max || *max == 0) return std::nullopt;
    return Page{*before, std::min<std::size_t>(*max, books::kPageMax)};
}

bool is_plain_text(std::string_view text) {
    const auto control = [](char c) { return (c >= 0 && c < ' ') || c == 127; };
    return !text.empty() && text.size() <= books::kTextBytesMax &&
           std::ranges::none_of(text, control);
}

bool is_amount(std::int64_t amount) {
    return amount > 0 && amount <= books::kAmountMax;
}

void add_route(http::Router& router, http::Method method, std::string_view pattern,
               const Described& described, http::Handler handler) {
    http::Route route;
    route.method = method;
    route.pattern = pattern;
    route.handler = std::move(handler);
    route.body_bytes_max = described.body_bytes_max;
    http::Operation& operation = route.operation;
    operation.id = described.id;
    operation.tag = described.tag;
    operation.summary = described.summary;
    operation.access = described.access;
    operation.request_schema_json = described.request_schema;
    operation.response_schema_json = described.response_schema;
    operation.response_content_type = described.content_type;
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos;
         at = pattern.find('{', at + 1)) {
        const auto end = pattern.find('}', at);
        http::Parameter parameter;
        parameter.name = pattern.substr(at + 1, end - at - 1);
        operation.path_parameters.push_back(std::move(parameter));
    }
    std::string_view names = described.query;
    while (!names.empty()) {
        const auto end = std::min(names.find(' '), names.size());
        http::Parameter parameter;
        parameter.name = names.substr(0, end);
        parameter.required = false;
        operation.query_parameters.push_back(std::move(parameter));
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    router.add(std::move(route));
}

}  // namespace onsale::bank
