#include "http/described.h"

#include <charconv>
#include <cstring>
#include <limits>

#include "base/check.h"
#include "http/internal/json_tape.h"
#include "http/internal/text.h"

namespace onsale::http::described {
namespace {

using internal::JsonNode;
using internal::JsonTape;
using NodeKind = JsonNode::Kind;

std::uint64_t largest(const Type& type) {
    const std::size_t bits = type.bytes * 8 - (type.kind == Kind::signed_integer ? 1 : 0);
    return bits == 64 ? std::numeric_limits<std::uint64_t>::max() : (std::uint64_t{1} << bits) - 1;
}

std::int64_t smallest(const Type& type) {
    return type.kind == Kind::unsigned_integer ? 0 : -static_cast<std::int64_t>(largest(type)) - 1;
}

// One walk over tape and table together. The first error ends it; the path is put together on the
// way out, so success costs nothing.
class Reader {
  public:
    explicit Reader(const JsonTape& tape) : tape_(tape) {}

    bool read(const Type& type, void* out, std::uint32_t index) {
        switch (type.kind) {
            case Kind::boolean:
                if (tape_[index].kind != NodeKind::boolean) return refuse("is not true or false");
                *static_cast<bool*>(out) = tape_[index].number != 0;
                return true;
            case Kind::signed_integer:
            case Kind::unsigned_integer:
                return read_integer(type, out, tape_[index]);
            case Kind::string:
                if (tape_[index].kind != NodeKind::string) return refuse("is not a string");
                static_cast<std::string*>(out)->assign(tape_.text(tape_[index]));
                return true;
            case Kind::optional:
                if (tape_[index].kind == NodeKind::null) return true;
                return read(*type.element, type.add(out), index);
            case Kind::vector:
                return read_vector(type, out, index);
            case Kind::object:
                return read_object(type, out, index);
        }
        return false;
    }

    BodyError take_error() { return std::move(error_); }

  private:
    bool refuse(std::string message) {
        error_.message = std::move(message);
        return false;
    }
    bool refuse_at(std::string_view name, std::string message) {
        refuse(std::move(message));
        return under(name);
    }
    // Puts a field's name before the path of the error inside it.
    bool under(std::string_view name) {
        std::string path(name);
        if (!error_.field.empty() && error_.field.front() != '[') path += '.';
        error_.field.insert(0, path);
        return false;
    }

    bool read_integer(const Type& type, void* out, const JsonNode& node) {
        const bool negative = node.kind == NodeKind::negative;
        const bool integer = negative || node.kind == NodeKind::unsigned_integer;
        const bool fits =
            integer && (negative ? static_cast<std::int64_t>(node.number) >= smallest(type)
                                 : node.number <= largest(type));
        if (!fits) {
            return refuse("is not an integer from " + std::to_string(smallest(type)) + " to " +
                          std::to_string(largest(type)));
        }
        static_assert(std::endian::native == std::endian::little, "the low bytes come first");
        std::memcpy(out, &node.number, type.bytes);
        return true;
    }

    bool read_vector(const Type& type, void* out, std::uint32_t index) {
        if (tape_[index].kind != NodeKind::array) return refuse("is not an array");
        const std::uint32_t end = tape_[index].next;
        std::size_t count = 0;
        for (std::uint32_t item = index + 1; item < end; item = tape_[item].next, ++count) {
            if (!read(*type.element, type.add(out), item))
                return under("[" + std::to_string(count) + "]");
        }
        return true;
    }

    bool read_object(const Type& type, void* out, std::uint32_t index) {
        if (tape_[index].kind != NodeKind::object) return refuse("is not an object");
        const std::uint32_t end = tape_[index].next;
        std::uint64_t seen = 0;
        for (std::uint32_t key = index + 1; key < end; key = tape_[key + 1].next) {
            const auto name = tape_.text(tape_[key]);
            const std::size_t place = find(type, name);
            if (place == type.members.size()) return refuse_at(name, "is not a field we know");
            const std::uint64_t bit = std::uint64_t{1} << place;
            if ((seen & bit) != 0) return refuse_at(name, "is given twice");
            seen |= bit;
            const Member& member = type.members[place];
            if (!read(*member.type, member.of(out), key + 1)) return under(name);
        }
        for (std::size_t i = 0; i < type.members.size(); ++i) {
            const bool needed = type.members[i].type->kind != Kind::optional;
            if (needed && (seen >> i & 1) == 0)
                return refuse_at(type.members[i].name, "is missing");
        }
        return true;
    }

    static std::size_t find(const Type& type, std::string_view name) {
        std::size_t place = 0;
        while (place < type.members.size() && type.members[place].name != name) ++place;
        return place;
    }

    const JsonTape& tape_;
    BodyError error_;
};

template <class Integer>
void append_integer(std::string& out, Integer value) {
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    out.append(digits, end);
}

void append_integer_of(std::string& out, const Type& type, const void* value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, value, type.bytes);
    if (type.kind == Kind::unsigned_integer) {
        append_integer(out, bits);
        return;
    }
    const std::size_t unused = 64 - type.bytes * 8;  // shifted out and back, the sign fills them
    append_integer(out, static_cast<std::int64_t>(bits << unused) >> unused);
}

void append(std::string& out, const Type& type, const void* value);

void append_object(std::string& out, const Type& type, const void* value) {
    out += '{';
    bool first = true;
    for (const Member& member : type.members) {
        // The table serves reading too, so it has no second, const way to a member.
        const void* place = member.of(const_cast<void*>(value));
        if (member.type->kind == Kind::optional && member.type->count(place) == 0) continue;
        if (!first) out += ',';
        first = false;
        internal::append_json_string(out, member.name);
        out += ':';
        append(out, *member.type, place);
    }
    out += '}';
}

void append(std::string& out, const Type& type, const void* value) {
    switch (type.kind) {
        case Kind::boolean:
            out += *static_cast<const bool*>(value) ? "true" : "false";
            return;
        case Kind::signed_integer:
        case Kind::unsigned_integer:
            append_integer_of(out, type, value);
            return;
        case Kind::string:
            internal::append_json_string(out, *static_cast<const std::string*>(value));
            return;
        case Kind::optional:
            if (type.count(value) == 0) {
                out += "null";
            } else {
                append(out, *type.element, type.at(value, 0));
            }
            return;
        case Kind::vector:
            out += '[';
            for (std::size_t i = 0; i < type.count(value); ++i) {
                if (i > 0) out += ',';
                append(out, *type.element, type.at(value, i));
            }
            out += ']';
            return;
        case Kind::object:
            append_object(out, type, value);
            return;
    }
}

void append_schema(std::string& out, const Type& type);

void append_integer_schema(std::string& out, const Type& type) {
    out += R"({"type":"integer")";
    if (type.bytes == 8) out += R"(,"format":"int64")";
    if (type.bytes < 8 || type.kind == Kind::unsigned_integer) {
        out += R"(,"minimum":)";
        append_integer(out, smallest(type));
    }
    if (type.bytes < 8) {
        out += R"(,"maximum":)";
        append_integer(out, largest(type));
    }
    out += '}';
}

void append_object_schema(std::string& out, const Type& type) {
    out += R"({"type":"object","properties":{)";
    std::string required;
    for (const Member& member : type.members) {
        if (&member != type.members.data()) out += ',';
        internal::append_json_string(out, member.name);
        out += ':';
        append_schema(out, *member.type);
        if (member.type->kind == Kind::optional) continue;
        if (!required.empty()) required += ',';
        internal::append_json_string(required, member.name);
    }
    out += R"(},"required":[)" + required + R"(],"additionalProperties":false})";
}

void append_schema(std::string& out, const Type& type) {
    switch (type.kind) {
        case Kind::boolean:
            out += R"({"type":"boolean"})";
            return;
        case Kind::signed_integer:
        case Kind::unsigned_integer:
            append_integer_schema(out, type);
            return;
        case Kind::string:
            out += R"({"type":"string"})";
            return;
        case Kind::optional:
            out += R"({"anyOf":[)";
            append_schema(out, *type.element);
            out += R"(,{"type":"null"}]})";
            return;
        case Kind::vector:
            out += R"({"type":"array","items":)";
            append_schema(out, *type.element);
            out += '}';
            return;
        case Kind::object:
            append_object_schema(out, type);
            return;
    }
}

}  // namespace

std::optional<BodyError> parse(const Type& type, void* out, std::string_view text) {
    JsonTape tape;
    if (auto problem = tape.parse(text)) return BodyError{{}, *std::move(problem)};
    Reader reader(tape);
    if (reader.read(type, out, 0)) return std::nullopt;
    return reader.take_error();
}

std::string write(const Type& type, const void* value) {
    std::string out;
    append(out, type, value);
    return out;
}

std::string schema(const Type& type) {
    std::string out;
    append_schema(out, type);
    return out;
}

}  // namespace onsale::http::described
