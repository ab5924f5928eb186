// Step: a command as a few small numbers, so that any numbers are a command, ids collide often, and
// a failing sequence shrinks to a short one. command_of() says which command it is; text_of() how
// it reads.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "domain/command.h"

namespace onsale::boxoffice::testing {

struct Step {
    std::uint8_t kind = 0;  // modulo kStepKinds
    std::uint8_t person = 0;
    std::uint8_t a = 0;
    std::uint8_t b = 0;
    std::uint8_t c = 0;
    std::uint8_t wait = 0;  // how long nothing happens before it
};
inline constexpr std::uint8_t kStepKinds = 20;

[[nodiscard]] domain::Command command_of(const Step& step);
[[nodiscard]] base::Duration wait_of(const Step& step);
[[nodiscard]] std::string text_of(const Step& step);

}  // namespace onsale::boxoffice::testing
