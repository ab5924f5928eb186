#include <gtest/gtest.h>

#include "catalog/internal/check.h"
#include "catalog/internal/table.h"
#include "catalog/testing/sample.h"

namespace onsale::catalog {
namespace {

TEST(CheckTerms, without_a_word_nothing_is_given_back) {
    const auto checked = check_definition(sample(1));
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->definition->refunds, domain::RefundPolicy{});
    EXPECT_EQ(checked->definition->late_payment, domain::LatePayment::refund);
    EXPECT_EQ(checked->definition->organiser.value(), checked->organiser->id.value());
}

TEST(CheckTerms, who_speaks_of_refunds_allows_them_and_gets_the_usual_terms) {
    TermsDefinition given;
    given.refund_review = false;
    const auto checked = check_terms(given, {});
    ASSERT_TRUE(checked);
    EXPECT_TRUE(checked->refunds.allowed);
    EXPECT_EQ(checked->refunds.until_before_start, base::Duration::hours(48));
    EXPECT_EQ(checked->refunds.fee_basis_points, 1000U);
    EXPECT_FALSE(checked->refunds.reviewed);
    EXPECT_EQ(checked->refunds.second_review_from_minor, 0);
}

TEST(CheckTerms, every_field_is_taken) {
    const TermsDefinition given{true, 0, "2.5", true, "500.00", "same_or_better"};
    const auto checked = check_terms(given, {});
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->refunds.until_before_start, base::Duration{});
    EXPECT_EQ(checked->refunds.fee_basis_points, 250U);
    EXPECT_EQ(checked->refunds.second_review_from_minor, 50'000);
    EXPECT_EQ(checked->late_payment, domain::LatePayment::same_or_better);
}

TEST(CheckTerms, what_is_not_given_stays) {
    const Terms before{{true, base::Duration::hours(5), 300, false, 77}, domain::LatePayment::same};
    TermsDefinition given;
    given.refund_allowed = false;
    const auto checked = check_terms(given, before);
    ASSERT_TRUE(checked);
    EXPECT_FALSE(checked->refunds.allowed);
    EXPECT_EQ(checked->refunds.until_before_start, base::Duration::hours(5));
    EXPECT_EQ(checked->refunds.fee_basis_points, 300U);
    EXPECT_EQ(checked->refunds.second_review_from_minor, 77);
    EXPECT_EQ(checked->late_payment, domain::LatePayment::same);
}

TEST(CheckTerms, mistakes_name_their_field) {
    const auto field_of = [](const TermsDefinition& given) {
        const auto checked = check_terms(given, {});
        return checked ? std::string() : checked.error().field;
    };
    EXPECT_EQ(field_of({{}, 8785, {}, {}, {}, {}}), "session.refund_until_hours");
    EXPECT_EQ(field_of({{}, 8784, {}, {}, {}, {}}), "");
    EXPECT_EQ(field_of({{}, {}, "100.01", {}, {}, {}}), "session.refund_fee_percent");
    EXPECT_EQ(field_of({{}, {}, "100", {}, {}, {}}), "");
    EXPECT_EQ(field_of({{}, {}, "ten", {}, {}, {}}), "session.refund_fee_percent");
    EXPECT_EQ(field_of({{}, {}, {}, {}, "1.234", {}}), "session.refund_second_review_from");
    EXPECT_EQ(field_of({{}, {}, {}, {}, {}, "never"}), "session.late_payment");
}

TEST(CheckTerms, what_was_submitted_without_an_organiser_is_still_the_same) {
    const auto entry = check_definition(sample(1));
    ASSERT_TRUE(entry);
    StoredSession former{*entry, {}, true};
    auto definition = std::make_shared<domain::Session>(*entry->definition);
    definition->organiser = {};
    former.entry.definition = definition;
    former.digest = digest_of(former.entry);
    EXPECT_TRUE(is_same(former, *entry));
    auto with_terms = sample(1);
    with_terms.terms.late_payment = "same";
    const auto other = check_definition(with_terms);
    ASSERT_TRUE(other);
    EXPECT_FALSE(is_same(former, *other));
}

}  // namespace
}  // namespace onsale::catalog
