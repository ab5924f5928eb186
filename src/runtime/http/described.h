// JSON of described structs (Boost.Describe): one definition gives strict parsing, writing and the
// OpenAPI schema. Parsing is strict: an unknown field, a missing field, a field given twice, a
// wrong type, a number that does not fit, invalid UTF-8 or depth over 16 is an error that names the
// field. Supported members: bool, integers up to 64 bits, std::string, std::optional<T>,
// std::vector<T>, described structs. std::uint64_t ids travel as JSON numbers (ours stay below
// 2^53). An optional may be absent or null; it is written only if it has a value.
//
//   struct NewOrder { std::uint64_t campaign; std::vector<NewLine> lines; };
//   BOOST_DESCRIBE_STRUCT(NewOrder, (), (campaign, lines))
//   auto order = http::parse_body<NewOrder>(request.body);   // Result<NewOrder, BodyError>
//
// Pure functions, any thread. The templates below only lay down tables of types at compile time;
// described.cc works on the tables.
#pragma once

#include <array>
#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"

namespace onsale::http {

struct BodyError {
    std::string field;    // lines[2].quantity; empty: the body as a whole
    std::string message;  // "is not an integer from 1 to 32"
};

namespace described {

enum class Kind : std::uint8_t {
    boolean,
    signed_integer,
    unsigned_integer,
    string,
    optional,
    vector,
    object
};

struct Type;

struct Member {
    std::string_view name;
    const Type* type;
    void* (*of)(void* object);
};

// What described.cc needs to know of a C++ type. Unused parts are null.
struct Type {
    Kind kind;
    std::size_t bytes = 0;                    // of an integer
    const Type* element = nullptr;            // of an optional or a vector
    std::span<const Member> members;          // of an object
    void* (*add)(void* container) = nullptr;  // a new element, or the optional's value
    std::size_t (*count)(const void* container) = nullptr;  // elements; 0 or 1 of an optional
    const void* (*at)(const void* container, std::size_t index) = nullptr;
};

template <class T>
struct TypeOf;

template <class T>
inline constexpr const Type* kType = &TypeOf<T>::value;

template <>
struct TypeOf<bool> {
    static constexpr Type value{.kind = Kind::boolean};
};

template <>
struct TypeOf<std::string> {
    static constexpr Type value{.kind = Kind::string};
};

template <class T>
requires std::is_integral_v<T>
struct TypeOf<T> {
    static_assert(!std::is_same_v<T, char>, "a char is neither a number nor a text");
    static constexpr Type value{
        .kind = std::is_signed_v<T> ? Kind::signed_integer : Kind::unsigned_integer,
        .bytes = sizeof(T)};
};

template <class T>
struct TypeOf<std::optional<T>> {
    using Container = std::optional<T>;
    static constexpr Type value{
        .kind = Kind::optional,
        .element = kType<T>,
        .add = [](void* container) -> void* {
            return &static_cast<Container*>(container)->emplace();
        },
        .count = [](const void* container) -> std::size_t {
            return static_cast<const Container*>(container)->has_value() ? 1 : 0;
        },
        .at = [](const void* container, std::size_t) -> const void* {
            return &**static_cast<const Container*>(container);
        }};
};

template <class T>
struct TypeOf<std::vector<T>> {
    static_assert(!std::is_same_v<T, bool>, "std::vector<bool> has no elements to point at");
    using Container = std::vector<T>;
    static constexpr Type value{
        .kind = Kind::vector,
        .element = kType<T>,
        .add = [](void* container) -> void* {
            return &static_cast<Container*>(container)->emplace_back();
        },
        .count =
            [](const void* container) { return static_cast<const Container*>(container)->size(); },
        .at = [](const void* container, std::size_t index) -> const void* {
            return &(*static_cast<const Container*>(container))[index];
        }};
};

template <class T, auto Pointer>
void* member_of(void* object) {
    return &(static_cast<T*>(object)->*Pointer);
}

template <class T>
requires boost::describe::has_describe_members<T>::value struct TypeOf<T> {
    template <template <class...> class List, class... D>
    static constexpr auto table(List<D...>) {
        return std::array<Member, sizeof...(D)>{Member{
            D::name, kType<std::remove_reference_t<decltype(std::declval<T&>().*D::pointer)>>,
            &member_of<T, D::pointer>}...};
    }
    using Members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                             boost::describe::mod_inherited>;
    static constexpr auto kMembers = table(Members{});
    static_assert(kMembers.size() <= 64, "described.cc marks the fields it has seen in 64 bits");
    static constexpr Type value{.kind = Kind::object, .members = kMembers};
};

[[nodiscard]] std::optional<BodyError> parse(const Type& type, void* out, std::string_view text);
[[nodiscard]] std::string write(const Type& type, const void* value);
[[nodiscard]] std::string schema(const Type& type);

}  // namespace described

template <class T>
[[nodiscard]] base::Result<T, BodyError> parse_body(std::string_view text) {
    T value{};
    if (auto error = described::parse(*described::kType<T>, &value, text)) {
        return base::Unexpected{*std::move(error)};
    }
    return value;
}

template <class T>
[[nodiscard]] std::string to_json(const T& value) {
    return described::write(*described::kType<T>, &value);
}

// The JSON Schema (2020-12, as OpenAPI 3.1 has it) of T, as JSON text.
template <class T>
[[nodiscard]] std::string schema_of() {
    return described::schema(*described::kType<T>);
}

}  // namespace onsale::http
