#include "tickets/calendar.h"

#include <algorithm>

namespace onsale::tickets {
namespace {

constexpr std::size_t kLineBytesMax = 75;  // without the line end
// SEQUENCE counts seconds from here, so that it stays a 31-bit number until 2088.
constexpr std::int64_t kSequenceBeginSeconds = 1'577'836'800;  // 2020-01-01

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        if (!control) out += c;
    }
    return out;
}

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// A line that is too long goes on after CRLF and a space; never within a character.
void append_line(std::string& out, std::string_view line) {
    std::size_t room = kLineBytesMax;
    while (line.size() > room) {
        std::size_t end = room;
        while (end > 1 && is_continuation(line[end])) --end;
        out.append(line.substr(0, end)).append("\r\n ");
        line.remove_prefix(end);
        room = kLineBytesMax - 1;  // the space counts
    }
    out.append(line).append("\r\n");
}

// 20261120T120000Z, from "2026-11-20T12:00:00.000Z".
std::string utc(base::Timestamp time) {
    const std::string text = base::to_rfc3339(time);
    std::string out;
    for (const char c : text.substr(0, text.find('.'))) {
        if (c != '-' && c != ':' && c != 'Z') out += c;
    }
    return out + 'Z';
}

std::int64_t sequence_of(const CalendarEvent& event) {
    const std::int64_t seconds = event.changed_at.unix_ms() / 1000 - kSequenceBeginSeconds;
    return std::max<std::int64_t>(seconds, 0) + (event.cancelled ? 1 : 0);
}

}  // namespace

std::string to_calendar(const CalendarEvent& event) {
    std::string out;
    const auto line = [&out](std::string_view name, const std::string& value) {
        append_line(out, std::string(name) + ":" + value);
    };
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Onsale//Tickets//EN");
    line("CALSCALE", "GREGORIAN");
    line("BEGIN", "VEVENT");
    line("UID", event.uid);
    line("DTSTAMP", utc(event.changed_at));
    line("LAST-MODIFIED", utc(event.changed_at));
    line("SEQUENCE", std::to_string(sequence_of(event)));
    line("DTSTART", utc(event.starts_at));
    line("DTEND", utc(event.ends_at));
    line("SUMMARY", escaped(event.summary));
    if (!event.location.empty()) line("LOCATION", escaped(event.location));
    if (!event.description.empty()) line("DESCRIPTION", escaped(event.description));
    line("STATUS", event.cancelled ? "CANCELLED" : "CONFIRMED");
    line("TRANSP", event.cancelled ? "TRANSPARENT" : "OPAQUE");
    line("END", "VEVENT");
    line("END", "VCALENDAR");
    return out;
}

}  // namespace onsale::tickets
