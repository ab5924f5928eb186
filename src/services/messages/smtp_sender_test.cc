// Mails against a server that speaks SMTP on a loopback socket.
#include "messages/smtp_sender.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <vector>

#include "env/posix/environment.h"

namespace onsale::messages {
namespace {

// Serves one connection and keeps what it was told.
class SmtpServer {
  public:
    explicit SmtpServer(std::string answer_to_rcpt) : answer_to_rcpt_(std::move(answer_to_rcpt)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof place;
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&place), size), 0);
        EXPECT_EQ(::listen(listener_, 1), 0);
        EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&place), &size), 0);
        port_ = ntohs(place.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~SmtpServer() {
        finish();
        ::close(listener_);
    }
    SmtpServer(const SmtpServer&) = delete;
    SmtpServer& operator=(const SmtpServer&) = delete;

    [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    // The client is gone, or never came.
    const std::vector<std::string>& finish() {
        ::shutdown(listener_, SHUT_RDWR);
        if (thread_.joinable()) thread_.join();
        return lines_;
    }

  private:
    void serve() {
        const int peer = ::accept(listener_, nullptr, nullptr);
        if (peer < 0) return;
        say(peer, "220 test ESMTP");
        std::string text;
        std::array<char, 4096> buffer{};
        for (ssize_t bytes = 1; bytes > 0;) {
            bytes = ::read(peer, buffer.data(), buffer.size());
            if (bytes > 0) text.append(buffer.data(), static_cast<std::size_t>(bytes));
            for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n")) {
                take(peer, text.substr(0, end));
                text.erase(0, end + 2);
            }
        }
        ::close(peer);
    }
    void take(int peer, const std::string& line) {
        lines_.push_back(line);
        if (in_data_) {
            in_data_ = line != ".";
            if (!in_data_) say(peer, "250 taken");
        } else if (line.starts_with("EHLO")) {
            say(peer, "250-test\r\n250 AUTH PLAIN");
        } else if (line == "AUTH PLAIN") {
            say(peer, "334 ");
        } else if (line == "AHVzZXIAc2VjcmV0") {  // \0user\0secret
            say(peer, "235 welcome");
        } else if (line.starts_with("RCPT")) {
            say(peer, answer_to_rcpt_);
        } else if (line == "DATA") {
            in_data_ = true;
            say(peer, "354 go on");
        } else {
            say(peer, line == "QUIT" ? "221 bye" : "250 ok");
        }
    }
    static void say(int peer, const std::string& line) {
        const std::string bytes = line + "\r\n";
        (void)::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

    std::string answer_to_rcpt_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    bool in_data_ = false;
    std::vector<std::string> lines_;
    std::thread thread_;
};

class SmtpSenderTest : public testing::Test {
  protected:
    base::Result<void, SendError> send(SmtpServer& server, bool tls_required,
                                       const std::string& to = "anna@example.org") {
        SmtpOptions options{server.url(), "site@example.org", "user", "secret", tls_required};
        const auto sender = make_smtp_sender(options, *environment_);
        return sender->send({Kind::mail, to, "Your code", "Your code is 123456."});
    }
    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
};

TEST_F(SmtpSenderTest, delivers_a_mail_with_a_login) {
    SmtpServer server("250 ok");
    ASSERT_TRUE(send(server, false));
    const auto& lines = server.finish();
    const auto told = [&](const std::string& line) {
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    EXPECT_TRUE(told("MAIL FROM:<site@example.org>"));
    EXPECT_TRUE(told("RCPT TO:<anna@example.org>"));
    EXPECT_TRUE(told("To: <anna@example.org>"));
    EXPECT_TRUE(told("WW91ciBjb2RlIGlzIDEyMzQ1Ni4="));  // the text
    EXPECT_TRUE(told("AHVzZXIAc2VjcmV0"));
}

TEST_F(SmtpSenderTest, tells_what_may_help_to_try_again) {
    SmtpServer full("452 mailbox full");
    const auto later = send(full, false);
    ASSERT_FALSE(later);
    EXPECT_TRUE(later.error().again);
    EXPECT_FALSE(later.error().away);
    SmtpServer unknown("550 no such mailbox anna@example.org");
    const auto never = send(unknown, false);
    ASSERT_FALSE(never);
    EXPECT_FALSE(never.error().again);
    EXPECT_EQ(never.error().message.find("anna"), std::string::npos);
}

TEST_F(SmtpSenderTest, sends_nothing_without_tls_where_it_is_required) {
    SmtpServer server("250 ok");
    const auto result = send(server, true);
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().away);  // it is not about this mail
    for (const auto& line : server.finish()) {
        EXPECT_FALSE(line.starts_with("AUTH") || line.starts_with("MAIL")) << line;
    }
}

TEST_F(SmtpSenderTest, refuses_a_recipient_that_would_be_two_lines) {
    SmtpServer server("250 ok");
    const auto result = send(server, false, "a@example.org>\r\nDATA");
    ASSERT_FALSE(result);
    EXPECT_FALSE(result.error().again);
    EXPECT_TRUE(server.finish().empty());
}

}  // namespace
}  // namespace onsale::messages
