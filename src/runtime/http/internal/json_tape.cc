#include "http/internal/json_tape.h"

#include <boost/json/basic_parser_impl.hpp>

#include "http/limits.h"

namespace onsale::http::internal {
namespace json = boost::json;

// The events of Boost.JSON's parser; the names are its.
struct JsonTape::Handler {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    JsonTape& tape;
    std::vector<std::uint32_t> open = {};
    std::size_t part_start = 0;

    std::uint32_t add(JsonNode::Kind kind, std::uint64_t number = 0) {
        const auto index = static_cast<std::uint32_t>(tape.nodes_.size());
        tape.nodes_.push_back({.kind = kind, .next = index + 1, .number = number});
        return index;
    }
    bool begin(JsonNode::Kind kind) {
        open.push_back(add(kind));
        return true;
    }
    bool end() {
        tape.nodes_[open.back()].next = static_cast<std::uint32_t>(tape.nodes_.size());
        open.pop_back();
        return true;
    }
    bool part(json::string_view piece) {
        tape.texts_.append(piece.data(), piece.size());
        return true;
    }
    bool text(JsonNode::Kind kind, json::string_view piece) {
        part(piece);
        auto& node = tape.nodes_[add(kind)];
        node.text = part_start;
        node.size = tape.texts_.size() - part_start;
        part_start = tape.texts_.size();
        return true;
    }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_array_begin(json::error_code&) { return begin(JsonNode::Kind::array); }
    bool on_array_end(std::size_t, json::error_code&) { return end(); }
    bool on_object_begin(json::error_code&) { return begin(JsonNode::Kind::object); }
    bool on_object_end(std::size_t, json::error_code&) { return end(); }
    bool on_string_part(json::string_view piece, std::size_t, json::error_code&) {
        return part(piece);
    }
    bool on_string(json::string_view piece, std::size_t, json::error_code&) {
        return text(JsonNode::Kind::string, piece);
    }
    bool on_key_part(json::string_view piece, std::size_t, json::error_code&) {
        return part(piece);
    }
    bool on_key(json::string_view piece, std::size_t, json::error_code&) {
        return text(JsonNode::Kind::key, piece);
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t value, json::string_view, json::error_code&) {
        add(value < 0 ? JsonNode::Kind::negative : JsonNode::Kind::unsigned_integer,
            static_cast<std::uint64_t>(value));
        return true;
    }
    bool on_uint64(std::uint64_t value, json::string_view, json::error_code&) {
        add(JsonNode::Kind::unsigned_integer, value);
        return true;
    }
    bool on_double(double, json::string_view, json::error_code&) {
        add(JsonNode::Kind::other_number);
        return true;
    }
    bool on_bool(bool value, json::error_code&) {
        add(JsonNode::Kind::boolean, value ? 1 : 0);
        return true;
    }
    bool on_null(json::error_code&) {
        add(JsonNode::Kind::null);
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

std::optional<std::string> JsonTape::parse(std::string_view text) {
    nodes_.clear();
    texts_.clear();
    json::parse_options options;
    options.max_depth = kJsonDepthMax;
    json::basic_parser<Handler> parser(options, Handler{*this});
    json::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (!error && used < text.size()) error = json::error::extra_data;
    if (!error) return std::nullopt;
    if (error == json::error::too_deep) {
        return "is nested deeper than " + std::to_string(kJsonDepthMax) + " levels";
    }
    return "is not valid JSON at byte " + std::to_string(used) + ": " + error.message();
}

}  // namespace onsale::http::internal
