#include "gate/route_table.h"

#include <array>

#include "answers/json_text.h"

namespace onsale::gate {
using namespace answers;
namespace {

constexpr std::array kMethods = {http::Method::get, http::Method::post, http::Method::put,
                                 http::Method::patch, http::Method::del};
constexpr std::array<std::string_view, kMethods.size()> kMethodWords = {"get", "post", "put",
                                                                        "patch", "del"};
constexpr std::array<std::string_view, 6> kAccessWords = {"open",  "visitor",  "person",
                                                          "staff", "operator", "admin"};
constexpr std::array<std::string_view, 10> kObjectWords = {
    "none",    "order",    "ticket", "organiser", "show",
    "session", "campaign", "tier",   "webhook",   "import"};

// Words, and not tokens, because some of them are C++'s. An unknown one does not compile.
template <std::size_t Count>
consteval std::size_t place_of(const std::array<std::string_view, Count>& words,
                               std::string_view word) {
    for (std::size_t i = 0; i < Count; ++i) {
        if (words[i] == word) return i;
    }
    throw "routes.def has a word that is none of the listed ones";
}

constexpr std::array kRows = {
#define ONSALE_ROUTE(id, method, pattern, access, object)          \
    RouteRow{RouteId::id,                                          \
             #id,                                                  \
             kMethods[place_of(kMethodWords, #method)],            \
             pattern,                                              \
             static_cast<Access>(place_of(kAccessWords, #access)), \
             static_cast<Object>(place_of(kObjectWords, #object))},
#include "gate/routes.def"
#undef ONSALE_ROUTE
};

}  // namespace

std::string_view to_string(Access access) {
    return kAccessWords[static_cast<std::size_t>(access)];
}

std::string_view to_string(Object object) {
    return kObjectWords[static_cast<std::size_t>(object)];
}

std::span<const RouteRow> route_table() {
    return kRows;
}

const RouteRow& row_of(RouteId id) {
    return kRows[static_cast<std::size_t>(id)];
}

std::string routes_json() {
    std::string out = R"({"routes":[)";
    for (const auto& row : kRows) {
        if (&row != kRows.data()) out += ',';
        out += R"({"id":)";
        append_text(out, row.name);
        out += R"(,"method":)";
        append_text(out, http::to_string(row.method));
        out += R"(,"pattern":)";
        append_text(out, row.pattern);
        out += R"(,"access":)";
        append_text(out, to_string(row.access));
        out += R"(,"object":)";
        append_text(out, to_string(row.object));
        out += '}';
    }
    return out + "]}";
}

}  // namespace onsale::gate
