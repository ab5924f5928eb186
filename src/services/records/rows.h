// The numbers of rows: SQLite knows signed 64 bits only. Ids are below 2^53, and what uses all 64
// bits (hashes) keeps them through the round trip. Pure functions without an owner.
#pragma once

#include <cstdint>

#include "base/strong.h"
#include "base/time.h"

namespace onsale::records {

[[nodiscard]] constexpr std::int64_t to_row(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
[[nodiscard]] constexpr std::int64_t to_row(base::Timestamp time) {
    return time.unix_ms();
}
template <class Tag, class Integer>
[[nodiscard]] constexpr std::int64_t to_row(base::Strong<Tag, Integer> id) {
    return static_cast<std::int64_t>(id.value());
}

template <class Id>
[[nodiscard]] constexpr Id id_from_row(std::int64_t value) {
    return Id(static_cast<typename Id::value_type>(value));
}
[[nodiscard]] constexpr std::uint64_t number_from_row(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
}
[[nodiscard]] constexpr base::Timestamp time_from_row(std::int64_t value) {
    return base::Timestamp::from_unix_ms(value);
}

}  // namespace onsale::records
