// Router: the table of routes. Each route has a method, a pattern, a description for OpenAPI and a
// handler. Built once at assembly, then read-only and safe from every event loop. It knows no
// transport: the server and the simulator call dispatch().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace onsale::http {

// The handler may answer at once or later; it must not block. The request lives until the responder
// has answered.
using Handler = std::function<void(const Request&, Responder)>;

struct Parameter {
    std::string name;
    std::string description;
    bool required = true;
    std::string schema_json = R"({"type":"string"})";
};

// What the API document says of a route. Schemas are JSON texts, made by schema_of<T>()
// (described.h) or by hand.
struct Operation {
    std::string id;   // createOrder
    std::string tag;  // orders
    std::string summary;
    std::string description;
    std::vector<Parameter> path_parameters;  // in the order of the pattern
    std::vector<Parameter> query_parameters;
    std::vector<Parameter> header_parameters;
    std::string request_schema_json;  // empty: no body
    std::uint16_t success_status = 200;
    std::string response_schema_json;  // empty: no JSON body
    std::string response_content_type = "application/json";
    std::vector<std::string> errors;  // codes of the catalogue
    std::string access = "public";    // public, person, operator
};

struct Route {
    Method method = Method::get;
    std::string
        pattern;  // /api/v1/orders/{order}; a last segment {rest...} takes what remains of the path
    Operation operation;
    Handler handler;
    std::size_t body_bytes_max = 16 * 1024;
};

// Problems that the transport or the router finds; the edge words them with its error catalogue.
enum class Problem : std::uint8_t {
    no_such_route,
    method_not_allowed,
    body_too_large,
    malformed_request,
    headers_too_large,
    overloaded,
    no_answer
};
using ProblemFormatter = std::function<Response(Problem, const std::string& request_id,
                                                const std::vector<std::string>& allowed_methods)>;

class Router {
  public:
    explicit Router(ProblemFormatter formatter);
    ~Router();

    void add(Route route);  // two routes for the same method and pattern: a programmer's error
    // Finds the route (literal segments before parameters, {rest...} last), checks the body's
    // limit, fills request.parameters and calls the handler. HEAD is served by GET's handler.
    void dispatch(Request& request, Responder responder) const;
    [[nodiscard]] Response problem(Problem problem, const std::string& request_id) const;
    // Asked for an answer where no route is: the files of a front end. Nothing: there is none there
    // either.
    using Fallback = std::function<std::optional<Response>(const Request&)>;
    void set_fallback(Fallback fallback);
    // The limit of the body for this request's route, for the transport to enforce while reading;
    // the default for unknown ones.
    [[nodiscard]] std::size_t body_bytes_max(Method method, std::string_view path) const;
    [[nodiscard]] const std::vector<Route>& routes() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct DocumentInfo {
    std::string title;
    std::string version;
    std::string description;
    std::string error_schema_json;  // schema of the error envelope, with the codes as enum
};
// The OpenAPI 3.1 document of all routes, as JSON.
[[nodiscard]] std::string openapi_document(const Router& router, const DocumentInfo& info);

}  // namespace onsale::http
