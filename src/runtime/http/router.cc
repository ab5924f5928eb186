#include "http/router.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>

#include "base/check.h"
#include "http/internal/route_tree.h"
#include "http/limits.h"

namespace onsale::http {
namespace {

constexpr std::array kMethods = {Method::get,   Method::head, Method::post,   Method::put,
                                 Method::patch, Method::del,  Method::options};

std::vector<std::string> names_of(internal::MethodSet methods) {
    std::vector<std::string> names;
    for (const Method method : kMethods) {
        if (methods.contains(method)) names.emplace_back(to_string(method));
    }
    return names;
}

bool has_header(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const Header& header) { return header.name == name; });
}

// RFC 9110 asks for Allow with every 405, so it does not depend on the formatter.
void add_allow(Response& response, const std::vector<std::string>& methods) {
    if (has_header(response, "Allow")) return;
    std::string value;
    for (const auto& method : methods) {
        if (!value.empty()) value += ", ";
        value += method;
    }
    response.headers.push_back({"Allow", std::move(value)});
}

}  // namespace

struct Router::Impl {
    ProblemFormatter formatter;
    Fallback fallback;
    std::vector<Route> routes;
    internal::RouteTree tree;

    // HEAD falls back to GET; the tree itself knows nothing of it.
    std::optional<std::size_t> find(Method method, std::string_view path,
                                    internal::Match& match) const {
        auto route = tree.find(method, path, match);
        if (!route && method == Method::head) route = tree.find(Method::get, path, match);
        return route;
    }
};

Router::Router(ProblemFormatter formatter) : impl_(std::make_unique<Impl>()) {
    ONSALE_CHECK(formatter != nullptr);
    impl_->formatter = std::move(formatter);
}

Router::~Router() = default;

void Router::add(Route route) {
    ONSALE_CHECK(route.handler != nullptr);
    impl_->tree.add(route.method, route.pattern, impl_->routes.size());
    impl_->routes.push_back(std::move(route));
}

void Router::dispatch(Request& request, Responder responder) const {
    internal::Match match;
    const auto found = impl_->find(request.method, request.path, match);
    if (found) {
        const Route& route = impl_->routes[*found];
        if (request.body.size() > route.body_bytes_max) {
            responder.send(problem(Problem::body_too_large, request.request_id));
            return;
        }
        request.parameters = match.parameters;
        route.handler(request, std::move(responder));
        return;
    }
    if (match.allowed.empty()) {
        if (impl_->fallback) {
            if (auto response = impl_->fallback(request))
                return responder.send(std::move(*response));
        }
        responder.send(problem(Problem::no_such_route, request.request_id));
        return;
    }
    if (match.allowed.contains(Method::get)) match.allowed.insert(Method::head);
    match.allowed.insert(Method::options);
    const auto allowed = names_of(match.allowed);
    Response response;
    if (request.method == Method::options) {
        response.status = 204;
    } else {
        response = impl_->formatter(Problem::method_not_allowed, request.request_id, allowed);
    }
    add_allow(response, allowed);
    responder.send(std::move(response));
}

void Router::set_fallback(Fallback fallback) {
    impl_->fallback = std::move(fallback);
}

Response Router::problem(Problem problem, const std::string& request_id) const {
    static const std::vector<std::string> kNone;
    return impl_->formatter(problem, request_id, kNone);
}

std::size_t Router::body_bytes_max(Method method, std::string_view path) const {
    internal::Match match;
    const auto found = impl_->find(method, path, match);
    return found ? impl_->routes[*found].body_bytes_max : kBodyBytesMaxDefault;
}

const std::vector<Route>& Router::routes() const {
    return impl_->routes;
}

}  // namespace onsale::http
