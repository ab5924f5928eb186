#include "http/internal/route_tree.h"

#include <algorithm>

#include "base/check.h"

namespace onsale::http::internal {
namespace {

constexpr std::size_t kNoRoute = static_cast<std::size_t>(-1);

std::size_t index_of(Method method) {
    return static_cast<std::size_t>(method);
}

// Cuts the next segment off; `rest` keeps what follows its '/', `last` says that there was none.
std::string_view cut_segment(std::string_view& rest, bool& last) {
    const auto slash = rest.find('/');
    last = slash == std::string_view::npos;
    const auto segment = rest.substr(0, slash);
    rest = last ? std::string_view{} : rest.substr(slash + 1);
    return segment;
}

}  // namespace

struct RouteTree::Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> tail;
    std::array<std::size_t, kMethodCount> routes;

    Node() { routes.fill(kNoRoute); }

    [[nodiscard]] auto position(std::string_view name) const {
        return std::lower_bound(
            literals.begin(), literals.end(), name,
            [](const auto& entry, std::string_view key) { return entry.first < key; });
    }
    [[nodiscard]] const Node* literal(std::string_view name) const {
        const auto place = position(name);
        return place != literals.end() && place->first == name ? place->second.get() : nullptr;
    }
    Node& child(std::unique_ptr<Node>& slot) {
        if (!slot) slot = std::make_unique<Node>();
        return *slot;
    }
    Node& literal_child(std::string_view name) {
        auto place = position(name);
        if (place == literals.end() || place->first != name) {
            place = literals.insert(place, {std::string(name), std::make_unique<Node>()});
        }
        return *place->second;
    }
};

struct RouteTree::Walk {
    std::size_t method;
    Match& match;
    std::size_t parameter_count = 0;
};

RouteTree::RouteTree() : root_(std::make_unique<Node>()) {}
RouteTree::~RouteTree() = default;

void RouteTree::add(Method method, std::string_view pattern, std::size_t route) {
    ONSALE_CHECK(pattern.starts_with('/'));
    Node* node = root_.get();
    std::string_view rest = pattern.substr(1);
    std::size_t parameters = 0;
    std::size_t depth = 0;
    for (bool last = false; !last; ++depth) {
        const auto segment = cut_segment(rest, last);
        if (!segment.starts_with('{')) {
            ONSALE_CHECK(segment.find_first_of("{}") == std::string_view::npos);
            node = &node->literal_child(segment);
            continue;
        }
        ONSALE_CHECK(segment.size() > 2 && segment.ends_with('}'));
        ++parameters;
        const bool tail = segment.ends_with("...}");
        ONSALE_CHECK(!tail || last);
        node = &node->child(tail ? node->tail : node->parameter);
    }
    ONSALE_CHECK(depth <= kSegmentsMax && parameters <= kParametersMax);
    ONSALE_CHECK(node->routes[index_of(method)] == kNoRoute);
    node->routes[index_of(method)] = route;
}

std::optional<std::size_t> RouteTree::find(Method method, std::string_view path,
                                           Match& match) const {
    if (!path.starts_with('/')) return std::nullopt;
    Walk walk{index_of(method), match};
    return descend(*root_, path.substr(1), 0, walk);
}

// The depth bounds the recursion, and with it what a hostile path can cost.
std::optional<std::size_t> RouteTree::descend(const Node& node, std::string_view rest,
                                              std::size_t depth, Walk& walk) {
    const std::string_view whole = rest;
    bool last = false;
    const auto segment = cut_segment(rest, last);
    const auto step = [&](const Node& child) {
        return last ? take(child, walk) : descend(child, rest, depth + 1, walk);
    };
    if (depth < kSegmentsMax) {
        if (const Node* literal = node.literal(segment)) {
            if (const auto route = step(*literal)) return route;
        }
        if (node.parameter && !segment.empty()) {
            walk.match.parameters[walk.parameter_count++] = segment;
            if (const auto route = step(*node.parameter)) return route;
            walk.match.parameters[--walk.parameter_count] = {};
        }
    }
    if (node.tail) {
        walk.match.parameters[walk.parameter_count++] = whole;
        if (const auto route = take(*node.tail, walk)) return route;
        walk.match.parameters[--walk.parameter_count] = {};
    }
    return std::nullopt;
}

std::optional<std::size_t> RouteTree::take(const Node& node, Walk& walk) {
    const std::size_t route = node.routes[walk.method];
    if (route != kNoRoute) return route;
    for (std::size_t method = 0; method < kMethodCount; ++method) {
        if (node.routes[method] != kNoRoute) walk.match.allowed.insert(static_cast<Method>(method));
    }
    return std::nullopt;
}

}  // namespace onsale::http::internal
