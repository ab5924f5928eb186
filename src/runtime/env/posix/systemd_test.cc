#include "env/posix/systemd.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

namespace onsale::env::posix {
namespace {

// What systemd does: a datagram socket whose name stands in NOTIFY_SOCKET.
class NotifySocket {
  public:
    explicit NotifySocket(const std::string& name) {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::ranges::copy(name, address.sun_path);
        if (name.front() == '@') address.sun_path[0] = '\0';
        const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        EXPECT_EQ(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), length), 0);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    ~NotifySocket() {
        ::unsetenv("NOTIFY_SOCKET");
        ::close(descriptor_);
    }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;

    [[nodiscard]] std::string receive() const {
        std::array<char, 256> buffer{};
        const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return count < 0 ? "nothing" : std::string(buffer.data(), static_cast<std::size_t>(count));
    }

  private:
    int descriptor_ = ::socket(AF_UNIX, SOCK_DGRAM, 0);
};

class WatchdogVariables {
  public:
    WatchdogVariables(const char* timeout_us, const std::string& pid) {
        ::setenv("WATCHDOG_USEC", timeout_us, 1);
        ::setenv("WATCHDOG_PID", pid.c_str(), 1);
    }
    ~WatchdogVariables() {
        ::unsetenv("WATCHDOG_USEC");
        ::unsetenv("WATCHDOG_PID");
    }
    WatchdogVariables(const WatchdogVariables&) = delete;
    WatchdogVariables& operator=(const WatchdogVariables&) = delete;
};

TEST(SystemdNotify, sends_the_state_to_a_socket_in_a_folder) {
    const std::string path = testing::TempDir() + "onsale_" + std::to_string(::getpid());
    const NotifySocket socket(path);
    notify(kReady);
    EXPECT_EQ(socket.receive(), "READY=1");
    notify(kStopping);
    EXPECT_EQ(socket.receive(), "STOPPING=1");
    EXPECT_EQ(socket.receive(), "nothing");
    ::unlink(path.c_str());
}

TEST(SystemdNotify, sends_the_state_to_an_abstract_socket) {
    const NotifySocket socket("@onsale_" + std::to_string(::getpid()));
    notify(kWatchdog);
    EXPECT_EQ(socket.receive(), "WATCHDOG=1");
}

TEST(SystemdNotify, says_when_nobody_listens_and_goes_on) {
    ::setenv("NOTIFY_SOCKET", (testing::TempDir() + "no_such_socket").c_str(), 1);
    testing::internal::CaptureStderr();
    notify(kReady);
    EXPECT_NE(testing::internal::GetCapturedStderr().find("not notified"), std::string::npos);
    ::setenv("NOTIFY_SOCKET", std::string(200, 'x').c_str(), 1);
    testing::internal::CaptureStderr();
    notify(kReady);
    EXPECT_NE(testing::internal::GetCapturedStderr().find("not notified"), std::string::npos);
    ::unsetenv("NOTIFY_SOCKET");
}

TEST(SystemdNotify, is_silent_without_systemd) {
    ::unsetenv("NOTIFY_SOCKET");
    testing::internal::CaptureStderr();
    notify(kReady);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(SystemdWatchdog, is_fed_twice_within_its_time) {
    const WatchdogVariables variables("3000000", std::to_string(::getpid()));
    EXPECT_EQ(watchdog_interval(), base::Duration::milliseconds(1500));
}

TEST(SystemdWatchdog, is_nobodys_business_unless_it_watches_this_process) {
    EXPECT_EQ(watchdog_interval(), std::nullopt);
    {
        const WatchdogVariables variables("3000000", std::to_string(::getpid() + 1));
        EXPECT_EQ(watchdog_interval(), std::nullopt);
    }
    for (const char* odd : {"", "0", "-1", "3s", "99999999999999999999"}) {
        const WatchdogVariables variables(odd, std::to_string(::getpid()));
        EXPECT_EQ(watchdog_interval(), std::nullopt) << odd;
    }
}

}  // namespace
}  // namespace onsale::env::posix
