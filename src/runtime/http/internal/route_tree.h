// RouteTree: paths by segment, for the router. A node's literal children are sorted by name; a
// parameter child and a tail child come after them. Built once, then read by every loop without a
// lock. Finding allocates nothing: the path is walked by views.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/limits.h"
#include "http/message.h"

namespace onsale::http::internal {

inline constexpr std::size_t kMethodCount = 7;

class MethodSet {
  public:
    void insert(Method method) { bits_ |= bit(method); }
    [[nodiscard]] bool contains(Method method) const { return (bits_ & bit(method)) != 0; }
    [[nodiscard]] bool empty() const { return bits_ == 0; }

  private:
    static unsigned bit(Method method) { return 1U << static_cast<unsigned>(method); }
    unsigned bits_ = 0;
};

struct Match {
    std::array<std::string_view, kParametersMax> parameters;
    MethodSet
        allowed;  // methods of every pattern that fits the path, complete only if nothing was found
};

class RouteTree {
  public:
    RouteTree();
    ~RouteTree();

    // A pattern that is malformed, or there already for this method, is a programmer's error.
    void add(Method method, std::string_view pattern, std::size_t route);
    [[nodiscard]] std::optional<std::size_t> find(Method method, std::string_view path,
                                                  Match& match) const;

  private:
    struct Node;
    struct Walk;
    static std::optional<std::size_t> descend(const Node& node, std::string_view rest,
                                              std::size_t depth, Walk& walk);
    static std::optional<std::size_t> take(const Node& node, Walk& walk);

    std::unique_ptr<Node> root_;
};

}  // namespace onsale::http::internal
