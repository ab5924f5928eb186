#include "telemetry/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace onsale::telemetry {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

std::string logged(Level level, std::string_view message) {
    testing::internal::CaptureStderr();
    log(level, "journal", message);
    log_error("test", "end");  // an error is flushed at once, and everything before it
    return testing::internal::GetCapturedStderr();
}

TEST(Log, writes_utc_time_level_component_and_message_as_they_are) {
    EXPECT_THAT(logged(Level::warning, "slow {}"),
                ContainsRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z warning journal: "
                              "slow \\{\\}\n"));
}

TEST(Log, an_event_stays_on_one_line) {
    EXPECT_THAT(logged(Level::info, "name\nforged\r\x1b[2J"), HasSubstr("name forged  [2J\n"));
}

TEST(Log, writes_nothing_below_the_level) {
    EXPECT_THAT(logged(Level::debug, "detail"), Not(HasSubstr("detail")));
    set_level(Level::debug);
    EXPECT_THAT(logged(Level::debug, "detail"), HasSubstr("debug journal: detail"));
    set_level(Level::error);
    EXPECT_THAT(logged(Level::warning, "detail"), Not(HasSubstr("detail")));
    set_level(Level::info);
}

}  // namespace
}  // namespace onsale::telemetry
