// JsonTape: a parsed JSON text as a flat list of nodes in the order of the text, so that duplicate
// keys stay visible (a map would swallow them) and nothing is allocated per value. Used by
// described.cc within one call; one thread; nothing kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onsale::http::internal {

struct JsonNode {
    enum class Kind : std::uint8_t {
        null,
        boolean,
        negative,
        unsigned_integer,
        other_number,
        string,
        key,
        array,
        object
    };
    Kind kind = Kind::null;
    std::uint32_t next = 0;    // node behind this one and all that is in it
    std::uint64_t number = 0;  // boolean, integers (negative: two's complement)
    std::size_t text = 0;      // string, key: place in the texts
    std::size_t size = 0;
};

class JsonTape {
  public:
    // Nothing if it is one JSON value of at most kJsonDepthMax levels, else what is wrong with it.
    [[nodiscard]] std::optional<std::string> parse(std::string_view json);

    [[nodiscard]] const JsonNode& operator[](std::uint32_t index) const { return nodes_[index]; }
    [[nodiscard]] std::string_view text(const JsonNode& node) const {
        return std::string_view(texts_).substr(node.text, node.size);
    }

  private:
    struct Handler;
    std::vector<JsonNode> nodes_;
    std::string texts_;
};

}  // namespace onsale::http::internal
