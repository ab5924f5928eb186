#include "tickets/calendar.h"

#include <gtest/gtest.h>

#include <vector>

namespace onsale::tickets {
namespace {

base::Timestamp at(std::string_view text) {
    const auto time = base::parse_rfc3339(text);
    EXPECT_TRUE(time);
    return time.value_or(base::Timestamp{});
}

CalendarEvent event() {
    return {"ticket-7-56475aa7@onsale",
            "演唱会",
            "上海体育馆",
            "票 7",
            at("2026-12-31T20:00:00+08:00"),
            at("2026-12-31T23:30:00+08:00"),
            at("2026-11-20T12:00:05.123Z"),
            false};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", begin)) {
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 2;
    }
    EXPECT_EQ(begin, text.size()) << "every line ends";
    return lines;
}

// Puts folded lines together again, as a reader does.
std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) {
        text.erase(at, 3);
    }
    return text;
}

TEST(Calendar, says_when_and_where_in_utc) {
    const std::vector<std::string> expected = {"BEGIN:VCALENDAR",
                                               "VERSION:2.0",
                                               "PRODID:-//Onsale//Tickets//EN",
                                               "CALSCALE:GREGORIAN",
                                               "BEGIN:VEVENT",
                                               "UID:ticket-7-56475aa7@onsale",
                                               "DTSTAMP:20261120T120005Z",
                                               "LAST-MODIFIED:20261120T120005Z",
                                               "SEQUENCE:217339205",
                                               "DTSTART:20261231T120000Z",
                                               "DTEND:20261231T153000Z",
                                               "SUMMARY:演唱会",
                                               "LOCATION:上海体育馆",
                                               "DESCRIPTION:票 7",
                                               "STATUS:CONFIRMED",
                                               "TRANSP:OPAQUE",
                                               "END:VEVENT",
                                               "END:VCALENDAR"};
    EXPECT_EQ(lines_of(to_calendar(event())), expected);
}

TEST(Calendar, a_cancelled_session_comes_later_than_the_confirmed_one) {
    CalendarEvent cancelled = event();
    cancelled.cancelled = true;
    const auto text = to_calendar(cancelled);
    EXPECT_NE(text.find("STATUS:CANCELLED\r\n"), std::string::npos);
    EXPECT_NE(text.find("SEQUENCE:217339206\r\n"), std::string::npos);
    EXPECT_NE(text.find("UID:ticket-7-56475aa7@onsale\r\n"), std::string::npos);
}

TEST(Calendar, escapes_what_has_a_meaning_and_drops_control_characters) {
    CalendarEvent odd = event();
    odd.summary = "a,b;c\\d\r\ne\x07";
    odd.location.clear();
    const auto text = to_calendar(odd);
    EXPECT_NE(text.find("SUMMARY:a\\,b\\;c\\\\d\\ne\r\n"), std::string::npos);
    EXPECT_EQ(text.find("LOCATION"), std::string::npos);
}

TEST(Calendar, folds_long_lines_between_characters) {
    CalendarEvent wordy = event();
    wordy.description.clear();
    for (int i = 0; i < 120; ++i) wordy.description += i % 7 == 0 ? "x" : "漢";
    const auto text = to_calendar(wordy);
    for (const auto& line : lines_of(text)) {
        EXPECT_LE(line.size(), 75U) << line;
        const auto first = static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]);
        EXPECT_NE(first & 0xc0, 0x80) << "a line begins within a character";
    }
    EXPECT_NE(unfolded(text).find("DESCRIPTION:" + wordy.description + "\r\n"), std::string::npos);
}

}  // namespace
}  // namespace onsale::tickets
