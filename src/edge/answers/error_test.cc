#include "answers/error.h"

#include <gtest/gtest.h>

#include <set>

#include "http/described.h"

namespace onsale::answers {
namespace {

TEST(Catalogue, has_each_code_once_with_texts_in_both_languages) {
    std::set<std::string_view> names;
    for (const auto& entry : catalogue()) {
        EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
        EXPECT_EQ(&entry_of(entry.code), &entry);
        EXPECT_TRUE(entry.status >= 400 && entry.status < 600) << entry.name;
        EXPECT_FALSE(entry.message_en.empty() || entry.message_zh.empty()) << entry.name;
        EXPECT_FALSE(entry.remedy_en.empty() || entry.remedy_zh.empty()) << entry.name;
    }
    EXPECT_GT(names.size(), 40U);
}

TEST(Catalogue, keeps_the_statuses_of_the_contract) {
    EXPECT_EQ(entry_of(Code::sold_out).status,
              409);  // never 408, which clients repeat by themselves
    EXPECT_EQ(entry_of(Code::key_reused).status, 422);
    EXPECT_EQ(entry_of(Code::campaign_ended).status, 410);
    EXPECT_EQ(entry_of(Code::over_tickets_per_order).status, 400);
    EXPECT_EQ(entry_of(Code::order_unknown).status, 404);
    EXPECT_EQ(entry_of(Code::staff_only).status, 403);
}

TEST(Codes, every_refusal_has_the_code_of_its_own_name) {
    for (std::size_t i = 1; i < domain::kRefusals; ++i) {
        const auto refusal = static_cast<domain::Refusal>(i);
        EXPECT_EQ(to_string(code_of(refusal)), to_string(refusal));
    }
}

TEST(Codes, a_success_is_no_error) {
    EXPECT_DEATH((void)code_of(domain::Refusal::none), "");
    EXPECT_DEATH((void)code_of(shard::AnswerKind::decided), "");
}

TEST(Codes, an_expired_token_is_told_from_a_bad_one) {
    EXPECT_EQ(code_of(accounts::TokenRefusal::expired), Code::token_expired);
    EXPECT_EQ(code_of(accounts::TokenRefusal::invalid), Code::token_invalid);
}

TEST(Language, the_heavier_one_wins_and_english_is_the_default) {
    EXPECT_EQ(language_of(""), Language::en);
    EXPECT_EQ(language_of("zh-CN,zh;q=0.9,en;q=0.8"), Language::zh);
    EXPECT_EQ(language_of("en-GB,en;q=0.9,zh;q=0.8"), Language::en);
    EXPECT_EQ(language_of("fr, zh;q=0.4, en;q=0.35"), Language::zh);
    EXPECT_EQ(language_of("zhuang"), Language::en);
    EXPECT_EQ(language_of("zh;q=0"), Language::en);
    EXPECT_EQ(language_of(";;q=,,,zh;q=x"), Language::en);
}

struct Envelope {
    struct Details {
        std::uint64_t free = 0;
    };
    std::string code;
    std::string message;
    std::string remedy;
    std::string request_id;
    Details details;
    std::optional<std::string> receipt;
};
BOOST_DESCRIBE_STRUCT(Envelope::Details, (), (free))
BOOST_DESCRIBE_STRUCT(Envelope, (), (code, message, remedy, request_id, details, receipt))

TEST(Envelope, holds_everything_and_speaks_the_callers_language) {
    ErrorExtras extras = refusal_details(domain::Refusal::not_enough_stock, {.free = 3});
    extras.receipt = "abc";
    const auto response = error_response(Code::not_enough_stock, Language::zh, "r-1", extras);
    EXPECT_EQ(response.status, 409);
    const auto body = http::parse_body<Envelope>(response.body);
    ASSERT_TRUE(body.has_value()) << body.error().field << " " << body.error().message
                                  << response.body;
    EXPECT_EQ(body->code, "not_enough_stock");
    EXPECT_EQ(body->message, entry_of(Code::not_enough_stock).message_zh);
    EXPECT_EQ(body->request_id, "r-1");
    EXPECT_EQ(body->details.free, 3U);
    EXPECT_EQ(body->receipt, "abc");
}

TEST(Envelope, says_when_to_try_again_and_how_to_log_in) {
    const auto busy = error_response(Code::busy, Language::en, "r");
    ASSERT_EQ(busy.headers.size(), 1U);
    EXPECT_EQ(busy.headers[0].name, "Retry-After");
    const auto login = error_response(Code::login_required, Language::en, "r");
    ASSERT_EQ(login.headers.size(), 1U);
    EXPECT_EQ(login.headers[0].name, "WWW-Authenticate");
}

TEST(Details, hold_what_the_refusal_rests_on_and_nothing_else) {
    const domain::Explanation explanation{domain::TierId(7), 2, 5, 4,
                                          base::Timestamp::from_unix_ms(0)};
    const auto of = [&](domain::Refusal refusal) {
        return refusal_details(refusal, explanation).details_json;
    };
    EXPECT_EQ(of(domain::Refusal::sold_out), R"({"tier":7,"free":2})");
    EXPECT_EQ(of(domain::Refusal::over_orders_per_person), R"({"tier":7,"limit":5,"used":4})");
    EXPECT_EQ(of(domain::Refusal::over_tickets_per_order), R"({"tier":7,"limit":5})");
    EXPECT_EQ(of(domain::Refusal::not_open_yet),
              R"({"tier":7,"opens_at":"1970-01-01T00:00:00.000Z"})");
    EXPECT_EQ(refusal_details(domain::Refusal::order_unknown, {}).details_json, "{}");
}

TEST(Details, a_fault_of_the_whole_body_names_the_body) {
    EXPECT_EQ(field_details("", "is \"odd\"").details_json,
              R"({"field":"body","message":"is \"odd\""})");
}

}  // namespace
}  // namespace onsale::answers
