// Desk: what every route of a bank needs: the writer and the reader, logins, credentials, faults,
// and the way from a request to an answer. Owned by the bank's program; its members live longer
// than the router. Handlers run on event loops and never block; what they decide runs on the writer
// (all changes, short looks) or the reader (long questions), and the answer leaves after the
// commit.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bank/credentials.h"
#include "bank/errors.h"
#include "bank/faults.h"
#include "bank/logins.h"
#include "bank/writer.h"
#include "base/unique_function.h"
#include "env/environment.h"
#include "http/described.h"
#include "http/message.h"
#include "http/router.h"

namespace onsale::bank {

class Beats;

struct Desk {
    env::Environment& environment;
    Writer& writer;
    Reader& reader;
    Credentials& credentials;
    Logins& logins;
    Faults& faults;
    const Beats& beats;
    std::string name;
    std::string public_url;

    [[nodiscard]] base::Timestamp now() const { return environment.clock().wall_now(); }
};

using Decided = sql::SqlResult<http::Response>;
using Decide = base::UniqueFunction<Decided(sql::Connection&)>;

// The request lives until it is answered, so `decide` may keep a reference to it.
void decide_on_writer(Desk& desk, const http::Request& request, http::Responder responder,
                      Decide decide);
void decide_on_reader(Desk& desk, const http::Request& request, http::Responder responder,
                      Decide decide);

// Runs `decide` with the number of the customer or teller whose token the request carries, if the
// books say that the login is still good.
enum class Where : std::uint8_t { writer, reader };
using DecideFor = base::UniqueFunction<Decided(sql::Connection&, std::uint64_t)>;
struct For {
    Audience audience = Audience::customer;
    Where where = Where::writer;
};
void decide_for(Desk& desk, For whom, const http::Request& request, http::Responder responder,
                DecideFor decide);

template <class Body>
[[nodiscard]] http::Response json(const Body& body, std::uint16_t status = 200) {
    http::Response response;
    response.status = status;
    response.body = http::to_json(body);
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
}

// The body; if it is wrong, the request is answered and nothing comes back.
template <class Body>
[[nodiscard]] std::optional<Body> body_of(const http::Request& request,
                                          http::Responder& responder) {
    auto body = http::parse_body<Body>(request.body);
    if (body) return std::move(*body);
    const std::string& field = body.error().field;
    responder.send(error_response(Code::invalid_field, request, field.empty() ? "body" : field));
    return std::nullopt;
}

// A number of a path or of the query. `absent` where the query does not have it; nothing where it
// is not a number.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text);
[[nodiscard]] std::optional<std::uint64_t> query_number(const http::Request& request,
                                                        std::string_view name,
                                                        std::uint64_t absent);
// ?before= and ?max= of a list.
struct Page {
    std::uint64_t before = 0;
    std::size_t max = 50;
};
[[nodiscard]] std::optional<Page> page_of(const http::Request& request);

// 1 to kTextBytesMax bytes without control characters.
[[nodiscard]] bool is_plain_text(std::string_view text);
[[nodiscard]] bool is_amount(std::int64_t amount);

// Routes, with their description made from the pattern and a few words.
struct Described {
    std::string_view id;
    std::string_view tag;
    std::string_view summary;
    std::string_view access;          // public, customer, teller, merchant
    std::string_view query = {};      // names of parameters, separated by a space
    std::string request_schema = {};  // empty: no body
    std::string response_schema = {};
    std::string_view content_type = "application/json";
    std::size_t body_bytes_max = 16 * 1024;
};
void add_route(http::Router& router, http::Method method, std::string_view pattern,
               const Described& described, http::Handler handler);

void add_merchant_routes(http::Router& router, Desk& desk);
void add_customer_routes(http::Router& router, Desk& desk);
void add_cashier_routes(http::Router& router, Desk& desk);
void add_teller_routes(http::Router& router, Desk& desk);
void add_report_routes(http::Router& router, Desk& desk);

}  // namespace onsale::bank
