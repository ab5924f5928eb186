// Limits of the messages: what is bounded, and by how much.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::messages {

inline constexpr std::size_t kWaitingMax = 1000;  // messages, also those that wait to be repeated
inline constexpr int kAttemptsMax = 5;            // then it is given up
inline constexpr base::Duration kFirstBackOff = base::Duration::seconds(2);  // doubles each time
inline constexpr base::Duration kSendDeadline = base::Duration::seconds(15);
// The file of the development's sender starts again from its beginning when it is longer.
inline constexpr std::uint64_t kFileBytesMax = 16 * 1024 * 1024;

}  // namespace onsale::messages
