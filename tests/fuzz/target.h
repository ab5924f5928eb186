// What every fuzz target shares: the name that libFuzzer calls, and a reader that spends the first
// bytes of an input on choices. Targets are pure: bytes in, a crash if a promise is broken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// Returns 0. The name and the types are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace onsale::fuzz {

class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size)
        : rest_(reinterpret_cast<const char*>(data), size) {}

    // 0 when nothing is left.
    std::uint8_t byte() {
        if (rest_.empty()) return 0;
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    // A letter chooses one of `count` ways, so that the files of a corpus can be read.
    std::size_t choice(std::size_t count) { return (byte() + count - 'a' % count) % count; }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | byte();
        return value;
    }
    [[nodiscard]] std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

}  // namespace onsale::fuzz
