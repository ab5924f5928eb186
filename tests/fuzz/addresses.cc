// Addresses: the routes of the site as a tree, and the values of a query. What is found is the
// pattern with its parameters put in; a decoded value is UTF-8.
#include <string>
#include <vector>

#include "base/check.h"
#include "http/internal/route_tree.h"
#include "http/internal/text.h"
#include "http/message.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

using http::Method;
using http::internal::Match;
using http::internal::RouteTree;

struct Row {
    Method method;
    std::string_view pattern;
};

// The table's own word for it.
constexpr Row kRows[] = {
#define ONSALE_ROUTE(id, method, pattern, access, object) {Method::method, pattern},
#include "gate/routes.def"
#undef ONSALE_ROUTE
};

struct Table {
    RouteTree tree;
    Table() {
        std::size_t number = 0;
        for (const Row& row : kRows) tree.add(row.method, row.pattern, number++);
    }
};

class PlainRequest final : public http::Request {
  public:
    [[nodiscard]] std::string_view header(std::string_view) const override { return {}; }
};

std::string filled(std::string_view pattern, const Match& match) {
    std::string path;
    std::size_t parameter = 0;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        path.append(pattern.substr(0, open));
        if (open == std::string_view::npos) break;
        path.append(match.parameters[parameter++]);
        pattern.remove_prefix(pattern.find('}') + 1);
    }
    return path;
}

void find(std::string_view path) {
    static const Table table;
    for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del,
                                Method::head, Method::options}) {
        Match match;
        const auto found = table.tree.find(method, path, match);
        if (!found) continue;
        ONSALE_CHECK(kRows[*found].method == method);
        ONSALE_CHECK(filled(kRows[*found].pattern, match) == path);
        for (const auto value : match.parameters)
            ONSALE_CHECK(value.find('/') == std::string_view::npos);
    }
}

}  // namespace

void run(Input input) {
    const auto target = input.rest();
    const auto mark = target.find('?');
    find(target.substr(0, mark));
    PlainRequest request;
    request.path = target.substr(0, mark);
    if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
    for (const auto* name : {"page", "campaigns", "a"}) {
        const auto value = request.query_value(name);
        ONSALE_CHECK(!value || http::internal::is_utf8(*value));
        ONSALE_CHECK(!value || value->size() <= request.query.size());
    }
    const auto decoded = http::internal::decode_form(target);
    ONSALE_CHECK(!decoded || decoded->size() <= target.size());
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
