#include "refunds/notes.h"

#include <gtest/gtest.h>

#include "accounts/accounts.h"
#include "records/testing/scratch.h"
#include "telemetry/metrics.h"

namespace onsale::refunds {
namespace {

using domain::PersonId;
using domain::RefundId;

class Notes_ : public testing::Test {
  protected:
    Notes_() {
        accounts::AccountsOptions options;
        options.person_keys_path = scratch_.path("people.sqlite");
        auto made = accounts::Accounts::create({*store_, outbox_, master_, scratch_.environment()},
                                               options);
        ONSALE_CHECK(made.has_value());
        accounts_ = std::move(*made);
        auto notes = Notes::create(*store_, accounts_->person_texts());
        ONSALE_CHECK(notes.has_value());
        notes_ = std::move(*notes);
    }
    ~Notes_() override { store_.reset(); }

    PersonId person(const std::string& name) {
        const auto made = scratch_.wait<accounts::AccountResult<PersonId>>([&](auto reply) {
            accounts_->people().register_person({name, "secret123", name, {}, {}}, scratch_.home(),
                                                reply);
        });
        ONSALE_CHECK(made.has_value());
        return *made;
    }
    bool write_request(Notes::Words words) {
        return scratch_
            .wait<Notes::Written>([&](auto reply) {
                notes_->write_request(std::move(words), scratch_.home(), reply);
            })
            .has_value();
    }
    bool write_review(Notes::Words words) {
        return scratch_
            .wait<Notes::Written>(
                [&](auto reply) { notes_->write_review(std::move(words), scratch_.home(), reply); })
            .has_value();
    }
    NotesOfRefund read(RefundId refund, PersonId whose) {
        const auto found = scratch_.wait<Notes::Found>([&](auto reply) {
            notes_->read({{refund, whose}}, scratch_.home(), reply);
        });
        ONSALE_CHECK(found.has_value() && found->size() == 1);
        return found->front();
    }

    records::Scratch scratch_{testing::TempDir()};
    telemetry::Metrics metrics_;
    messages::Outbox outbox_{scratch_.environment(), metrics_, nullptr, {}};
    const crypto::Key master_{std::byte{7}};
    std::unique_ptr<records::Store> store_ = scratch_.open("records.sqlite");
    std::unique_ptr<accounts::Accounts> accounts_;
    std::unique_ptr<Notes> notes_;
};

TEST_F(Notes_, keep_the_first_words_of_the_buyer_and_the_last_of_the_reviewers) {
    const auto buyer = person("alice");
    EXPECT_EQ(read(RefundId(32), buyer), NotesOfRefund{});
    EXPECT_TRUE(write_request({RefundId(32), buyer, "临时有事"}));
    EXPECT_TRUE(write_request({RefundId(32), buyer, "again"}));
    EXPECT_TRUE(write_review({RefundId(32), buyer, "no"}));
    EXPECT_TRUE(write_review({RefundId(32), buyer, "yes"}));
    EXPECT_TRUE(write_request({RefundId(33), buyer, ""}));
    EXPECT_EQ(read(RefundId(32), buyer), (NotesOfRefund{"临时有事", "yes"}));
    EXPECT_EQ(read(RefundId(33), buyer), NotesOfRefund{});
}

TEST_F(Notes_, are_sealed_for_their_buyer_and_gone_with_the_account) {
    const auto buyer = person("alice");
    const auto other = person("robert");
    ASSERT_TRUE(write_request({RefundId(32), buyer, "mine"}));
    EXPECT_EQ(read(RefundId(32), other), NotesOfRefund{});
    const auto erased = scratch_.wait<accounts::AccountResult<void>>([&](auto reply) {
        accounts_->profiles().erase({buyer, "secret123", "192.0.2.1"}, scratch_.home(), reply);
    });
    ASSERT_TRUE(erased.has_value());
    EXPECT_EQ(read(RefundId(32), buyer), NotesOfRefund{});
}

TEST(IsNote, counts_characters_and_refuses_what_is_no_text) {
    std::string longest;
    for (std::size_t i = 0; i < kNoteCharactersMax; ++i) longest += "退";
    EXPECT_TRUE(is_note(longest));
    EXPECT_FALSE(is_note(longest + "a"));
    EXPECT_TRUE(is_note(""));
    EXPECT_TRUE(is_note("two\nlines"));
    EXPECT_FALSE(is_note(std::string_view("a\0b", 3)));
    EXPECT_FALSE(is_note("\xe9\x80"));
    EXPECT_FALSE(is_note("\xff"));
}

}  // namespace
}  // namespace onsale::refunds
