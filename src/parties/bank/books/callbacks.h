// Callbacks: what a merchant is to hear, kept until it has said that it heard. An event is written
// in the transaction that it tells of, so a restart loses none. On the writer's executor.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bank/books/words.h"

namespace onsale::books {

struct NewEvent {
    std::uint64_t merchant = 0;
    std::string_view kind;       // payment, refund
    std::string_view reference;  // of the payment
    std::string_view refund;     // empty: none
    std::string_view status;
    std::optional<std::uint64_t> transaction;
    std::string_view order;
    std::int64_t amount = 0;
    base::Timestamp at;
};

struct Event {
    std::uint64_t number = 0;
    std::uint64_t merchant = 0;
    std::string merchant_name;
    std::string kind;
    std::string reference;
    std::optional<std::string> refund;
    std::string status;
    std::optional<std::uint64_t> transaction;
    std::string order;
    std::int64_t amount = 0;
    base::Timestamp at;
    CallbackState state = CallbackState::waiting;
    std::uint32_t tries = 0;
    base::Timestamp next_at;
};

[[nodiscard]] sql::SqlResult<void> add_event(sql::Connection& connection, const NewEvent& event);
// Those that wait and whose time has come, the oldest first.
[[nodiscard]] sql::SqlResult<std::vector<Event>> due_events(sql::Connection& connection,
                                                            base::Timestamp now, std::size_t max);
// After a restart nothing is under way: everything that waits may go now.
[[nodiscard]] sql::SqlResult<void> wake_events(sql::Connection& connection, base::Timestamp now);
struct Mark {
    CallbackState state = CallbackState::waiting;
    std::uint32_t tries = 0;
    base::Timestamp next_at;
};
[[nodiscard]] sql::SqlResult<void> mark_event(sql::Connection& connection, std::uint64_t event,
                                              const Mark& mark);
[[nodiscard]] sql::SqlResult<std::optional<Event>> find_event(sql::Connection& connection,
                                                              std::uint64_t event);
// The newest first, before the number `before` (0: from the end); of one state, or all.
[[nodiscard]] sql::SqlResult<std::vector<Event>> list_events(sql::Connection& connection,
                                                             std::optional<CallbackState> state,
                                                             std::uint64_t before, std::size_t max);
[[nodiscard]] sql::SqlResult<std::uint64_t> count_waiting(sql::Connection& connection,
                                                          std::uint64_t merchant);

// How long to wait after so many tries: 1 s, doubled to 10 min, plus up to a quarter by `chance`.
[[nodiscard]] base::Duration callback_wait(std::uint32_t tries, std::uint64_t chance);

}  // namespace onsale::books
