#include "accounts/codes.h"

#include "accounts/internal/code_table.h"
#include "accounts/testing/fixture.h"

namespace onsale::accounts {
namespace {

using base::Duration;
using enum AccountRefusal;

class CodesTest : public AccountsTest {
  protected:
    // Whether a registration with this code is let on; each needs a name of its own.
    AccountRefusal register_with(const std::string& name, const std::string& code,
                                 const std::string& address = "192.0.2.1") {
        Registration registration{name, kPassword, name, {}, {}};
        registration.mobile = {mobile_.text, code};
        registration.address = address;
        return refusal_of(register_person(registration));
    }
    const Contact mobile_{ContactKind::mobile, "13812345678"};
    const Contact email_{ContactKind::email, "anna@example.org"};
};

TEST_F(CodesTest, are_good_for_five_minutes_and_no_longer) {
    const auto sent = send_code(CodePurpose::registration, mobile_);
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->expires_at, clock_.wall_now() + Duration::minutes(5));
    EXPECT_EQ(sent->resend_after, clock_.wall_now() + Duration::seconds(60));
    const std::string code = next_code();
    clock_.pass(kCodeLifetime);
    EXPECT_EQ(register_with("anna", code), code_wrong);
    const std::string again = code_for(CodePurpose::registration, mobile_);
    clock_.pass(kCodeLifetime - Duration::milliseconds(1));
    EXPECT_EQ(register_with("anna", again), none);
}

TEST_F(CodesTest, are_sent_again_only_after_a_minute) {
    (void)code_for(CodePurpose::registration, mobile_);
    clock_.pass(kCodeResendAfter - Duration::milliseconds(1));
    const auto again = send_code(CodePurpose::change, mobile_);
    EXPECT_EQ(refusal_of(again), code_too_soon);
    EXPECT_EQ(again.error().retry_after, Duration::milliseconds(1));
    EXPECT_TRUE(send_code(CodePurpose::registration, email_));
    clock_.pass(Duration::milliseconds(1));
    EXPECT_TRUE(send_code(CodePurpose::change, mobile_));
}

TEST_F(CodesTest, take_five_tries) {
    const std::string code = code_for(CodePurpose::registration, mobile_);
    for (std::int64_t i = 1; i < kCodeTriesMax; ++i) {
        EXPECT_EQ(register_with("anna", wrong(code)), code_wrong);
    }
    EXPECT_EQ(register_with("anna", code), none);
}

TEST_F(CodesTest, are_worthless_after_the_last_try) {
    const std::string code = code_for(CodePurpose::registration, mobile_);
    for (std::int64_t i = 0; i < kCodeTriesMax; ++i) {
        EXPECT_EQ(register_with("anna", wrong(code)), code_wrong);
    }
    EXPECT_EQ(register_with("anna", code, "192.0.2.2"), code_wrong);
    clock_.pass(kCodeResendAfter);
    EXPECT_EQ(register_with("anna", code_for(CodePurpose::registration, mobile_)), none);
}

TEST_F(CodesTest, cannot_be_guessed_at_for_a_day_with_one_code_after_another) {
    std::int64_t address = 1;
    for (std::int64_t round = 0; round < kCodeFailuresMax / kCodeTriesMax; ++round) {
        const std::string code = code_for(CodePurpose::registration, mobile_);
        for (std::int64_t i = 0; i < kCodeTriesMax; ++i) {
            EXPECT_EQ(register_with("anna", wrong(code), "192.0.2." + std::to_string(address++)),
                      code_wrong);
        }
        clock_.pass(kCodeResendAfter);
    }
    open();
    EXPECT_EQ(register_with("anna", code_for(CodePurpose::registration, mobile_)),
              too_many_attempts);
    clock_.pass(kCodeFailuresWindow);
    EXPECT_EQ(register_with("anna", code_for(CodePurpose::registration, mobile_)), none);
}

TEST_F(CodesTest, are_guessed_at_no_faster_than_passwords) {
    (void)code_for(CodePurpose::registration, mobile_);
    for (std::int64_t i = 0; i < kPairRule.free; ++i) {
        EXPECT_EQ(register_with("anna", "x"), code_wrong);
    }
    EXPECT_EQ(register_with("anna", "x"), too_many_attempts);
}

TEST_F(CodesTest, are_bound_to_purpose_and_target_and_survive_a_restart) {
    const std::string for_change = code_for(CodePurpose::change, mobile_);
    EXPECT_EQ(register_with("anna", for_change), code_wrong);
    const std::string for_mail = code_for(CodePurpose::registration, email_);
    EXPECT_EQ(register_with("anna", for_mail), code_wrong);
    clock_.pass(kCodeResendAfter);
    const std::string code = code_for(CodePurpose::registration, mobile_);
    open();
    EXPECT_EQ(register_with("anna", code), none);
}

TEST_F(CodesTest, are_used_once) {
    const std::string code = code_for(CodePurpose::change, mobile_);
    const auto set = [&](const std::string& name) {
        const auto person = person_named(name);
        return refusal_of(wait<Profile>([&](auto reply) {
            accounts_->profiles().set_contact({person, mobile_, code, kPassword, "192.0.2.1"},
                                              scratch_.home(), reply);
        }));
    };
    EXPECT_EQ(set("anna"), none);
    EXPECT_EQ(set("bert"), code_wrong);
}

TEST_F(CodesTest, for_a_reset_say_the_same_of_nobody_but_send_nothing) {
    const auto nobody = send_code(CodePurpose::reset, mobile_);
    ASSERT_TRUE(nobody);
    EXPECT_EQ(nobody->expires_at, clock_.wall_now() + kCodeLifetime);
    EXPECT_EQ(refusal_of(send_code(CodePurpose::reset, mobile_)), code_too_soon);
    (void)code_for(CodePurpose::registration, email_);  // it was the first message
    EXPECT_TRUE(kept_->messages.empty());
}

TEST_F(CodesTest, are_refused_for_what_is_no_target_and_bounded_by_address) {
    EXPECT_EQ(refusal_of(send_code(CodePurpose::change, {ContactKind::mobile, "1"})),
              mobile_invalid);
    EXPECT_EQ(refusal_of(send_code(CodePurpose::change, {ContactKind::email, "x"})), email_invalid);
    const auto target = [](std::int64_t i) {
        return Contact{ContactKind::mobile, "138000000" + std::to_string(i + 10)};
    };
    for (std::int64_t i = 0; i < kCodesRule.free; ++i) {
        EXPECT_TRUE(send_code(CodePurpose::change, target(i)));
    }
    EXPECT_EQ(refusal_of(send_code(CodePurpose::change, target(50))), too_many_attempts);
    EXPECT_TRUE(send_code(CodePurpose::change, target(50), "192.0.2.2"));
}

TEST_F(CodesTest, are_nowhere_in_the_files) {
    const std::string code = code_for(CodePurpose::registration, mobile_);
    for (const char* file : {"records.sqlite", "records.sqlite-wal", "people.sqlite"}) {
        const auto bytes = env::read_file(scratch_.environment().files(), scratch_.path(file));
        ASSERT_TRUE(bytes);
        EXPECT_EQ(bytes->find(mobile_.text), std::string::npos) << file;
    }
    EXPECT_EQ(code.size(), kCodeDigits);
}

TEST(RandomCode, has_six_digits_and_no_favourites) {
    class Numbers final : public env::Entropy {
      public:
        explicit Numbers(std::vector<std::uint64_t> numbers) : numbers_(std::move(numbers)) {}
        void fill(std::span<std::byte> out) override {
            const std::uint64_t number = numbers_.at(next_++);
            std::memcpy(out.data(), &number, out.size());
        }

      private:
        std::vector<std::uint64_t> numbers_;
        std::size_t next_ = 0;
    };
    Numbers small({7});
    EXPECT_EQ(random_code(small), "000007");
    // The last numbers, which are no whole million, are drawn again.
    Numbers high({~std::uint64_t{0}, 1'000'000 + 123'456});
    EXPECT_EQ(random_code(high), "123456");
}

}  // namespace
}  // namespace onsale::accounts
