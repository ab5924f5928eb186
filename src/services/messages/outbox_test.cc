#include "messages/outbox.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <vector>

#include "env/posix/environment.h"
#include "messages/file_sender.h"
#include "messages/internal/mail_text.h"

namespace onsale::messages {
namespace {

// Answers with what it was told to, in order, and then takes everything.
class ScriptedSender final : public Sender {
  public:
    explicit ScriptedSender(std::vector<SendError> errors) : errors_(std::move(errors)) {}
    [[nodiscard]] bool sends(Kind kind) const override { return kind == Kind::mail; }
    base::Result<void, SendError> send(const Message& message) override {
        if (attempts_ < errors_.size()) return base::Unexpected{errors_[attempts_++]};
        ++attempts_;
        taken.set_value(message.text);
        return {};
    }
    std::promise<std::string> taken;

  private:
    std::vector<SendError> errors_;
    std::size_t attempts_ = 0;
};

class OutboxTest : public testing::Test {
  protected:
    OutboxOptions options_{8, base::Duration::milliseconds(1)};
    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    telemetry::Metrics metrics_;
    telemetry::Counter& failed_ = metrics_.counter("onsale_messages_failed_total", "");
};

TEST_F(OutboxTest, repeats_what_was_not_taken) {
    auto sender = std::make_unique<ScriptedSender>(std::vector<SendError>(4, {true, true, "away"}));
    auto taken = sender->taken.get_future();
    Outbox outbox(*environment_, metrics_, std::move(sender), options_);
    ASSERT_TRUE(outbox.offer({Kind::mail, "a@example.org", "s", "hello"}));
    EXPECT_EQ(taken.get(), "hello");
    EXPECT_EQ(failed_.value(), 0);
}

// Says to each message what its text asks for.
class ObedientSender final : public Sender {
  public:
    [[nodiscard]] bool sends(Kind) const override { return true; }
    base::Result<void, SendError> send(const Message& message) override {
        if (message.text == "refuse")
            return base::Unexpected{SendError{false, false, "no such mailbox"}};
        if (message.text == "take") {
            taken.set_value();
            return {};
        }
        if (++attempts_ == kAttemptsMax) tried.set_value();
        return base::Unexpected{SendError{true, true, "away"}};
    }
    std::promise<void> taken;
    std::promise<void> tried;

  private:
    int attempts_ = 0;
};

TEST_F(OutboxTest, gives_up_what_is_refused_tried_too_often_or_too_late) {
    auto sender = std::make_unique<ObedientSender>();
    auto taken = sender->taken.get_future();
    auto tried = sender->tried.get_future();
    Outbox outbox(*environment_, metrics_, std::move(sender), {8, base::Duration()});
    ASSERT_TRUE(outbox.offer({Kind::mail, "a", "s", "refuse"}));
    ASSERT_TRUE(outbox.offer({Kind::mail, "a", "s", "take", base::Timestamp::from_unix_ms(1)}));
    ASSERT_TRUE(outbox.offer({Kind::mail, "a", "s", "try again"}));
    tried.get();
    ASSERT_TRUE(outbox.offer({Kind::mail, "a", "s", "take"}));
    taken.get();
    EXPECT_EQ(failed_.value(), 3);
}

TEST_F(OutboxTest, refuses_more_than_it_holds_and_what_nobody_sends) {
    class Stuck final : public Sender {
      public:
        explicit Stuck(std::future<void> gate) : gate_(std::move(gate)) {}
        [[nodiscard]] bool sends(Kind kind) const override { return kind == Kind::mail; }
        base::Result<void, SendError> send(const Message&) override {
            if (gate_.valid()) gate_.get();
            return {};
        }

      private:
        std::future<void> gate_;
    };
    std::promise<void> gate;
    Outbox outbox(*environment_, metrics_, std::make_unique<Stuck>(gate.get_future()),
                  {2, base::Duration()});
    EXPECT_TRUE(outbox.offer({Kind::mail, "a", "s", "1"}));
    EXPECT_TRUE(outbox.offer({Kind::mail, "a", "s", "2"}));
    EXPECT_FALSE(outbox.offer({Kind::mail, "a", "s", "3"}));
    EXPECT_FALSE(outbox.offer({Kind::sms, "13800000000", "", "4"}));
    EXPECT_FALSE(outbox.can_send(Kind::sms));
    gate.set_value();
}

TEST_F(OutboxTest, one_attempt_for_who_repeats_it_themselves) {
    auto sender = std::make_unique<ScriptedSender>(std::vector<SendError>(1, {true, true, "away"}));
    auto taken = sender->taken.get_future();
    Outbox outbox(*environment_, metrics_, std::move(sender), {1, base::Duration()});
    const auto attempt = [&] {
        std::promise<bool> told;
        EXPECT_TRUE(outbox.try_once(
            {Kind::mail, "a@example.org", "s", "hello"},
            [&](base::Result<void, SendError> result) { told.set_value(result.has_value()); }));
        return told.get_future().get();
    };
    EXPECT_FALSE(attempt());
    EXPECT_TRUE(attempt());
    EXPECT_EQ(taken.get(), "hello");
    EXPECT_EQ(failed_.value(), 0);
    EXPECT_FALSE(outbox.try_once({Kind::sms, "13800000000", "", "t"},
                                 [](const base::Result<void, SendError>&) { FAIL(); }));
}

TEST_F(OutboxTest, without_a_sender_sends_nothing) {
    Outbox outbox(*environment_, metrics_, nullptr, options_);
    EXPECT_FALSE(outbox.can_send(Kind::mail));
    EXPECT_FALSE(outbox.offer({Kind::mail, "a@example.org", "s", "t"}));
}

TEST_F(OutboxTest, writes_lines_of_json_in_development) {
    const auto path = std::filesystem::path(testing::TempDir()) /
                      ("outbox_" + std::to_string(environment_->entropy().next_u64()));
    FileSender sender(environment_->files(), path.string());
    ASSERT_TRUE(sender.send({Kind::mail, "a@example.org", "\"s\"", "one\ntwo"}));
    ASSERT_TRUE(sender.send({Kind::sms, "13800000000", "", "验证码"}));
    EXPECT_EQ(*env::read_file(environment_->files(), path.string()),
              "{\"kind\":\"mail\",\"to\":\"a@example.org\",\"subject\":\"\\\"s\\\"\","
              "\"text\":\"one\\u000atwo\"}\n"
              "{\"kind\":\"sms\",\"to\":\"13800000000\",\"subject\":\"\",\"text\":\"验证码\"}\n");
    std::filesystem::remove(path);
}

TEST(MailText, is_base64_of_whole_characters) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64(std::string(60, 'a')).size(), 76U + 2 + 4);
    const auto mail = mail_text({Kind::mail, "a@example.org", "您的验证码", "您的验证码是 123456"},
                                {"site@example.org", base::Timestamp::from_unix_ms(0), 7});
    EXPECT_NE(mail.find("Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n"), std::string::npos);
    EXPECT_NE(mail.find("Subject: =?utf-8?B?5oKo55qE6aqM6K+B56CB?=\r\n"), std::string::npos);
    EXPECT_NE(mail.find("\r\n\r\n5oKo55qE6aqM6K+B56CB5pivIDEyMzQ1Ng==\r\n"), std::string::npos);
    EXPECT_EQ(mail.find("123456"), std::string::npos);
    EXPECT_NE(mail.find("Message-ID: <7@example.org>\r\n"), std::string::npos);
    const auto named =
        mail_text({Kind::mail, "a@example.org", "s", "t", base::Timestamp::never(), "3-7-12-0"},
                  {"site@example.org", base::Timestamp::from_unix_ms(0), 7});
    EXPECT_NE(named.find("Message-ID: <3-7-12-0@example.org>\r\n"), std::string::npos);
}

}  // namespace
}  // namespace onsale::messages
