// A decrypted block of codes: one text with the places where each code ends. Plain value, kept only
// in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onsale::vault {

class Block {
  public:
    Block() = default;
    // `text`: every code followed by '\n'.
    explicit Block(std::string text) : text_(std::move(text)) {
        for (std::size_t i = 0; i < text_.size(); ++i) {
            if (text_[i] == '\n') ends_.push_back(static_cast<std::uint32_t>(i));
        }
    }

    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::optional<std::string_view> code(std::size_t index) const {
        if (index >= ends_.size()) return std::nullopt;
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1] + 1;
        return std::string_view(text_).substr(begin, ends_[index] - begin);
    }

  private:
    std::string text_;
    std::vector<std::uint32_t> ends_;
};

}  // namespace onsale::vault
