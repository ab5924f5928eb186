#include "vault/vault.h"

#include <gtest/gtest.h>

#include <set>

#include "records/testing/scratch.h"
#include "vault/limits.h"

namespace onsale::vault {
namespace {

using Codes = std::vector<std::string>;

Codes numbered(std::size_t from, std::size_t count) {
    Codes codes;
    for (std::size_t i = 0; i < count; ++i) codes.push_back("CODE-" + std::to_string(from + i));
    return codes;
}

class Vault_ : public testing::Test {
  protected:
    void SetUp() override { open({}); }
    void open(VaultOptions options) {
        vault_.reset();
        store_.reset();
        store_ = scratch_.open("records.sqlite");
        auto made = Vault::create(*store_, master_, scratch_.environment().entropy(), options);
        ASSERT_TRUE(made) << made.error().message;
        vault_ = std::move(*made);
    }
    StageResult stage(std::uint64_t list, std::uint32_t index, Codes codes) {
        return scratch_.wait<StageResult>([&](auto reply) {
            vault_->stage_chunk({ListId(list), index, by_}, std::move(codes), scratch_.home(),
                                reply);
        });
    }
    ChunkCheck check(std::uint64_t list, std::uint32_t index, Codes codes) {
        return scratch_.wait<ChunkCheck>([&](auto reply) {
            vault_->check_chunk({ListId(list), index, by_}, std::move(codes), scratch_.home(),
                                reply);
        });
    }
    SealResult seal(std::uint64_t list) {
        return scratch_.wait<SealResult>(
            [&](auto reply) { vault_->seal(ListId(list), by_, scratch_.home(), reply); });
    }
    std::string code(std::uint64_t list, std::uint64_t position) {
        auto found = scratch_.wait<CodeResult>([&](auto reply) {
            vault_->code(ListId(list), position, scratch_.home(),
                         [reply](CodeResult result) mutable { reply(std::move(result)); });
        });
        return found ? *found : "-" + std::string(to_string(found.error().refusal));
    }
    sql::Connection& connection() { return store_->connection(); }

    records::Scratch scratch_{testing::TempDir()};
    crypto::Key master_{std::byte{7}};
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<Vault> vault_;
    ListUser by_;
};

TEST_F(Vault_, refuses_another_master_key) {
    const auto with_key = [this](const crypto::Key& key) {
        return Vault::create(*store_, key, scratch_.environment().entropy(), {});
    };
    vault_.reset();
    crypto::Key other = master_;
    other[31] ^= std::byte{1};
    auto refused = with_key(other);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("keys/master.key"), std::string::npos);
    EXPECT_NE(refused.error().message.find("copy of the keys"), std::string::npos);
    EXPECT_TRUE(with_key(master_));
}

TEST_F(Vault_, gives_back_every_code_across_chunks_and_blocks) {
    ASSERT_EQ(stage(1, 0, numbered(0, 300)).stored, 300U);
    ASSERT_EQ(stage(1, 1, numbered(300, 10)).stored, 310U);
    ASSERT_EQ(stage(1, 2, numbered(310, 400)).stored, 710U);
    ASSERT_EQ(seal(1).refusal, VaultRefusal::none);
    open({});  // another life: nothing in memory
    for (const std::uint64_t position :
         {0U, 255U, 256U, 299U, 300U, 309U, 310U, 511U, 512U, 709U}) {
        EXPECT_EQ(code(1, position), "CODE-" + std::to_string(position));
    }
    EXPECT_EQ(code(1, 710), "-list_unknown");
}

TEST_F(Vault_, digests_a_list_in_order_with_a_line_end_after_each_code) {
    (void)stage(1, 0, {"a", "b"});
    (void)stage(1, 1, {"c"});
    const auto sealed = seal(1);
    EXPECT_EQ(sealed.addition.id, ListId(1));
    EXPECT_EQ(sealed.addition.count, 3U);
    EXPECT_EQ(sealed.addition.digest, crypto::sha256(std::string_view("a\nb\nc\n")));
    EXPECT_EQ(seal(1).addition, sealed.addition);
    EXPECT_EQ(seal(2).refusal, VaultRefusal::list_unknown);
}

TEST_F(Vault_, takes_the_same_chunk_again_and_refuses_another_under_its_index) {
    EXPECT_EQ(stage(1, 0, {"a", "b"}).stored, 2U);
    const auto again = stage(1, 0, {"a", "b"});
    EXPECT_EQ(again.refusal, VaultRefusal::none);
    EXPECT_EQ(again.stored, 2U);
    EXPECT_EQ(stage(1, 0, {"a", "c"}).refusal, VaultRefusal::chunk_differs);
    EXPECT_EQ(stage(1, 2, {"d"}).refusal, VaultRefusal::chunk_missing);
    (void)seal(1);
    EXPECT_EQ(stage(1, 0, {"a", "b"}).refusal, VaultRefusal::none);
    EXPECT_EQ(stage(1, 1, {"d"}).refusal, VaultRefusal::list_sealed);
}

TEST_F(Vault_, names_the_line_of_a_repeated_code_and_stores_nothing_of_its_chunk) {
    (void)stage(1, 0, {"a", "b"});
    const auto elsewhere = stage(2, 0, {"x", "y", "b", "a"});
    EXPECT_EQ(elsewhere.refusal, VaultRefusal::code_repeated);
    EXPECT_EQ(elsewhere.line, 3U);
    const auto within = stage(2, 0, {"x", "y", "z", "x"});
    EXPECT_EQ(within.refusal, VaultRefusal::code_repeated);
    EXPECT_EQ(within.line, 4U);
    EXPECT_EQ(stage(2, 0, {"x", "y"}).stored, 2U);
}

TEST_F(Vault_, knows_repeated_codes_in_another_life_sealed_or_not) {
    (void)stage(1, 0, {"a", "b"});
    open({});
    EXPECT_EQ(stage(2, 0, {"c", "b"}).line, 2U);
    (void)seal(1);
    EXPECT_EQ(stage(2, 0, {"c", "d", "a"}).line, 3U);
    open({});
    EXPECT_EQ(stage(2, 0, {"b"}).line, 1U);
    EXPECT_EQ(stage(2, 0, {"c"}).refusal, VaultRefusal::none);
}

TEST_F(Vault_, names_the_line_of_an_invalid_code) {
    for (const std::string wrong : {"", " a", "a ", "a\tb", "\xe5\x88\xb8"}) {
        const auto result = stage(1, 0, {"fine", wrong});
        EXPECT_EQ(result.refusal, VaultRefusal::code_invalid) << wrong;
        EXPECT_EQ(result.line, 2U);
    }
    EXPECT_EQ(stage(1, 0, {std::string(65, 'x')}).refusal, VaultRefusal::code_invalid);
    EXPECT_EQ(stage(1, 0, {std::string(64, 'x'), "with space"}).refusal, VaultRefusal::none);
}

TEST_F(Vault_, keeps_its_bounds) {
    EXPECT_EQ(stage(1, 0, {}).refusal, VaultRefusal::chunk_empty);
    EXPECT_EQ(stage(0, 0, {"a"}).refusal, VaultRefusal::list_invalid);
    EXPECT_EQ(stage(domain::kIdMax + 1, 0, {"a"}).refusal, VaultRefusal::list_invalid);
    EXPECT_EQ(stage(1, 0, numbered(0, kCodesPerChunkMax + 1)).refusal,
              VaultRefusal::chunk_too_long);
}

TEST_F(Vault_, says_what_a_chunk_would_find_and_changes_nothing) {
    const auto fresh = check(1, 0, {"a", "b"});
    EXPECT_EQ(fresh.refusal, VaultRefusal::none);
    EXPECT_FALSE(fresh.there);
    EXPECT_EQ(seal(1).refusal, VaultRefusal::list_unknown);

    (void)stage(1, 0, {"a", "b"});
    const auto same = check(1, 0, {"a", "b"});
    EXPECT_EQ(same.refusal, VaultRefusal::none);
    EXPECT_TRUE(same.there);
    EXPECT_EQ(same.list_count, 2U);
    EXPECT_FALSE(same.sealed);
    EXPECT_EQ(check(1, 0, {"a", "c"}).refusal, VaultRefusal::chunk_differs);
    const auto repeated = check(1, 1, {"c", "b", "d", "a", "c"});
    EXPECT_EQ(repeated.refusal, VaultRefusal::code_repeated);
    EXPECT_EQ(repeated.repeated, (std::vector<std::uint64_t>{2, 4, 5}));

    (void)seal(1);
    EXPECT_TRUE(check(1, 0, {"a", "b"}).sealed);
    EXPECT_EQ(check(1, 1, {"c"}).refusal, VaultRefusal::list_sealed);
    EXPECT_EQ(check(2, 0, {"z", "a"}).repeated, (std::vector<std::uint64_t>{2}));
}

TEST_F(Vault_, serves_no_code_of_a_list_that_is_not_sealed) {
    (void)stage(1, 0, {"a"});
    EXPECT_EQ(code(1, 0), "-list_unknown");
    (void)seal(1);
    EXPECT_EQ(code(1, 0), "a");
}

TEST_F(Vault_, reads_the_next_block_along) {
    (void)stage(1, 0, numbered(0, 1000));
    (void)seal(1);
    EXPECT_EQ(vault_->cached_code(ListId(1), 0), std::nullopt);
    EXPECT_EQ(code(1, 0), "CODE-0");
    EXPECT_EQ(vault_->cached_code(ListId(1), 300), "CODE-300");
    EXPECT_EQ(vault_->cached_code(ListId(1), 600), std::nullopt);
    EXPECT_EQ(vault_->cached_code(ListId(1), 256 + 128), "CODE-384");
    EXPECT_EQ(code(9, 0), "-list_unknown");  // answered behind the reading ahead
    EXPECT_EQ(vault_->cached_code(ListId(1), 600), "CODE-600");
}

TEST_F(Vault_, stores_no_code_in_the_clear) {
    (void)stage(1, 0, {"TOP-SECRET-CODE"});
    (void)seal(1);
    open({});  // the rows are read here, so nothing may be under way on the store
    auto rows = connection().prepare("SELECT sealed_bytes FROM vault_blocks");
    ASSERT_TRUE(*rows->step());
    EXPECT_EQ(rows->blob(0).find("SECRET"), std::string_view::npos);
    EXPECT_EQ(connection().prepare("SELECT 1 FROM vault_hash_runs")->step().value(), false);
    auto hashes = connection().prepare("SELECT hash FROM vault_code_hashes");
    ASSERT_TRUE(*hashes->step());
    EXPECT_EQ(hashes->blob(0).size(), 16U);
}

TEST_F(Vault_, notices_a_block_that_was_moved) {
    (void)stage(1, 0, numbered(0, 300));
    (void)seal(1);
    open({});
    ASSERT_TRUE(
        connection().execute("DELETE FROM vault_blocks WHERE block = 0;"
                             "UPDATE vault_blocks SET block = 0 WHERE block = 1"));
    EXPECT_EQ(code(1, 0), "-failed");
}

TEST_F(Vault_, derives_a_code_of_twenty_characters_per_ticket) {
    const auto derived = vault_->derived_code(domain::TicketId(32));
    EXPECT_EQ(derived.size(), 20U);
    EXPECT_EQ(derived.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos);
    EXPECT_EQ(derived, vault_->derived_code(domain::TicketId(32)));
    std::set<std::string> codes;
    for (std::uint64_t i = 0; i < 1000; ++i)
        codes.insert(vault_->derived_code(domain::TicketId(i)));
    EXPECT_EQ(codes.size(), 1000U);
}

TEST_F(Vault_, a_list_is_unknown_to_everybody_but_who_began_it) {
    by_ = {7, false};
    ASSERT_EQ(stage(40, 0, {"mine"}).refusal, VaultRefusal::none);
    by_ = {8, false};
    EXPECT_EQ(stage(40, 0, {"mine"}).refusal, VaultRefusal::list_unknown);
    EXPECT_EQ(stage(40, 1, {"junk"}).refusal, VaultRefusal::list_unknown);
    EXPECT_EQ(check(40, 0, {"mine"}).refusal, VaultRefusal::list_unknown);
    EXPECT_EQ(seal(40).refusal, VaultRefusal::list_unknown);
    by_ = {7, false};
    ASSERT_EQ(stage(40, 1, {"mine as well"}).refusal, VaultRefusal::none);
    const auto sealed = seal(40);
    EXPECT_EQ(sealed.addition.count, 2);
    by_ = {8, false};
    EXPECT_EQ(seal(40).refusal, VaultRefusal::list_unknown);
    by_ = {9, true};
    EXPECT_EQ(seal(40).addition, sealed.addition);
}

}  // namespace
}  // namespace onsale::vault
