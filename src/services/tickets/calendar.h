// A session as an iCalendar file (RFC 5545) with one event, for the calendar of who has a ticket.
// Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace onsale::tickets {

struct CalendarEvent {
    std::string uid;  // the same for ever, so that a later file changes the entry
    std::string summary;
    std::string location;     // empty: none
    std::string description;  // empty: none
    base::Timestamp starts_at;
    base::Timestamp ends_at;
    base::Timestamp changed_at;  // of what is said here
    bool cancelled = false;
};

// Lines end with CRLF and have at most 75 bytes; SEQUENCE rises with `changed_at` and once more
// when it is cancelled.
[[nodiscard]] std::string to_calendar(const CalendarEvent& event);

}  // namespace onsale::tickets
