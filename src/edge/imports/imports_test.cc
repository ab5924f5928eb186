#include "imports/imports.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "catalog/testing/site.h"
#include "imports/limits.h"

namespace onsale::imports {
namespace {

std::string campaign(std::uint64_t session, std::uint64_t list, const std::string& more = "") {
    const auto number = [](std::uint64_t value) { return std::to_string(value); };
    return "[organiser]\nid = 1\nname = { zh = \"甲\", en = \"A\" }\n"
           "[show]\nid = 10\nname = { zh = \"乙\", en = \"B\" }\n"
           "[session]\nid = " +
           number(session) +
           "\nstarts_at = 2090-12-31T20:00:00Z\nends_at = 2090-12-31T23:00:00Z\n" + more +
           "[[pool]]\nid = 1\ncodes = { list = " + number(list) +
           ", file = \"codes.csv\" }\n[[tier]]\nid = " + number(session * 10) +
           "\nname = { zh = \"丙\", en = \"C\" }\npool = 1\n[[campaign]]\nid = " +
           number(session * 10 + 1) +
           "\nname = { zh = \"丁\", en = \"D\" }\nopens_at = 2026-12-01T00:00:00Z\n"
           "closes_at = 2090-12-31T20:00:00Z\ntiers = [" +
           number(session * 10) + "]\n";
}

std::string codes(const std::string& prefix, std::size_t count) {
    std::string text = "code\n";
    for (std::size_t i = 0; i < count; ++i) text += prefix + std::to_string(i) + "\n";
    return text;
}

class ImportsTest : public testing::Test {
  protected:
    ImportsTest() { open(); }
    ~ImportsTest() override { close(); }

    void open() {
        imports_ = std::make_unique<Imports>(
            Imports::Parts{site_.scratch.environment(), *site_.store, *site_.vault, *site_.catalog,
                           folder(), [this](std::uint64_t person, std::uint64_t organiser) {
                               return may_act_for_ ? may_act_for_(person, organiser) : true;
                           }});
    }
    void close() {
        std::promise<void> stopped;
        imports_->stop([&stopped] { stopped.set_value(); });
        stopped.get_future().wait();
        imports_.reset();
    }
    [[nodiscard]] std::string folder() const { return site_.scratch.path("imports"); }

    Imports::Created try_create(std::uint64_t owner) {
        return site_.scratch.wait<Imports::Created>(
            [&](auto reply) { imports_->create(owner, site_.scratch.home(), reply); });
    }
    std::uint64_t create(std::uint64_t owner = 7) {
        const auto created = try_create(owner);
        EXPECT_EQ(created.refusal, ImportRefusal::none);
        return created.import;
    }
    ImportRefusal write(std::uint64_t import, const std::string& name, std::string_view bytes,
                        std::uint64_t offset = 0) {
        return site_.scratch.wait<ImportRefusal>([&](auto reply) {
            imports_->write(import, {name, offset, bytes}, site_.scratch.home(), reply);
        });
    }
    ImportRefusal begin(std::uint64_t import, bool start, const Importer& importer) {
        return site_.scratch.wait<ImportRefusal>([&](auto reply) {
            auto& home = site_.scratch.home();
            start ? imports_->start(import, importer, home, reply)
                  : imports_->check(import, importer, home, reply);
        });
    }
    ImportView wait_for_end(std::uint64_t import) {
        while (true) {
            auto view = imports_->view(import);
            if (view->state != ImportState::checking && view->state != ImportState::running)
                return *view;
            std::this_thread::yield();
        }
    }
    // A whole import of these two files.
    ImportView bring(const std::string& toml, const std::string& list, bool start = true,
                     const Importer& importer = {7, true, {}}) {
        const auto import = create();
        EXPECT_EQ(write(import, "c.toml", toml), ImportRefusal::none);
        EXPECT_EQ(write(import, "codes.csv", list), ImportRefusal::none);
        EXPECT_EQ(begin(import, start, importer), ImportRefusal::none);
        auto view = wait_for_end(import);
        if (view.state != ImportState::done) {
            (void)site_.scratch.wait<ImportRefusal>(
                [&](auto reply) { imports_->remove(import, site_.scratch.home(), reply); });
        }
        return view;
    }
    [[nodiscard]] bool on_sale(std::uint64_t session) const {
        return site_.catalog->directory()->find_session(domain::SessionId(session)) != nullptr;
    }

    catalog::Site site_{testing::TempDir()};
    std::function<bool(std::uint64_t, std::uint64_t)> may_act_for_;  // null: everything
    std::unique_ptr<Imports> imports_;
};

TEST_F(ImportsTest, a_check_changes_nothing_and_a_start_does_everything) {
    const auto checked = bring(campaign(100, 5001), codes("A", 12'345), false);
    EXPECT_EQ(checked.state, ImportState::ready);
    EXPECT_EQ(checked.codes, 12'345U);
    EXPECT_EQ(checked.sessions, 1U);
    EXPECT_FALSE(on_sale(100));

    const auto done = bring(campaign(100, 5001), codes("A", 12'345));
    ASSERT_EQ(done.state, ImportState::done) << done.trouble.en;
    EXPECT_EQ(done.outcome, ImportOutcome::accepted);
    EXPECT_EQ(done.done, 12'346U);
    EXPECT_EQ(done.total, 12'346U);
    ASSERT_TRUE(on_sale(100));

    const auto again = bring(campaign(100, 5001), codes("A", 12'345));
    EXPECT_EQ(again.state, ImportState::done);
    EXPECT_EQ(again.outcome, ImportOutcome::unchanged);
    EXPECT_EQ(site_.catalog->directory()->session_count(), 1U);
}

TEST_F(ImportsTest, one_faulty_line_changes_nothing_and_is_named) {
    auto list = codes("A", 30'000);
    const auto bad = list.find("A29998\n");
    list.replace(bad, 6, "A\t9998");
    const auto faulty = bring(campaign(100, 5001), list);
    ASSERT_EQ(faulty.state, ImportState::faulty);
    ASSERT_EQ(faulty.mistakes.size(), 1U);
    EXPECT_EQ(faulty.mistakes[0].file, "codes.csv");
    EXPECT_EQ(faulty.mistakes[0].line, 30'000U);
    EXPECT_FALSE(on_sale(100));
    // Not even a part of the list: the same codes under another list are free.
    EXPECT_EQ(bring(campaign(101, 5002), codes("A", 30'000)).state, ImportState::done);
}

TEST_F(ImportsTest, what_the_site_has_already_is_named_before_anything_changes) {
    ASSERT_EQ(bring(campaign(100, 5001), codes("A", 20'000)).state, ImportState::done);

    auto list = codes("B", 15'000);
    list.replace(list.find("B12000\n"), 7, "A17\n");
    const auto repeated = bring(campaign(101, 5002), list);
    ASSERT_EQ(repeated.state, ImportState::faulty);
    ASSERT_EQ(repeated.mistakes.size(), 1U);
    EXPECT_EQ(repeated.mistakes[0].line, 12'002U);
    EXPECT_EQ(repeated.mistakes[0].message.en, "this code is on the site already");

    const auto other = bring(campaign(101, 5001), codes("C", 20'000));
    ASSERT_EQ(other.state, ImportState::faulty);
    ASSERT_EQ(other.mistakes.size(), 2U);
    EXPECT_EQ(other.mistakes[0].file, "c.toml");
    EXPECT_EQ(other.mistakes[0].line, 13U);
    EXPECT_EQ(other.mistakes[0].message.en, "the list 5001 of this site has other codes");
    EXPECT_EQ(other.mistakes[1].message.en, "this list of codes is used by another pool");

    const auto shorter = bring(campaign(100, 5001), codes("A", 10'000));
    EXPECT_EQ(shorter.state, ImportState::faulty);

    const auto changed = bring(campaign(100, 5001, "tickets_per_person = 3\n"), codes("A", 20'000));
    ASSERT_EQ(changed.state, ImportState::faulty);
    ASSERT_EQ(changed.mistakes.size(), 1U);
    EXPECT_EQ(changed.mistakes[0].line, 8U);
    EXPECT_EQ(changed.mistakes[0].message.zh, "场次编号已存在且内容不同");
    EXPECT_EQ(site_.catalog->directory()->session_count(), 1U);
}

TEST_F(ImportsTest, organisers_of_others_are_mistakes) {
    const auto refused = bring(campaign(100, 5001), codes("A", 5), true, {7, false, {2, 3}});
    ASSERT_EQ(refused.state, ImportState::faulty);
    ASSERT_EQ(refused.mistakes.size(), 1U);
    EXPECT_EQ(refused.mistakes[0].line, 2U);
    EXPECT_EQ(refused.mistakes[0].message.en, "this organiser is not yours");
    EXPECT_FALSE(on_sale(100));
    EXPECT_EQ(bring(campaign(100, 5001), codes("A", 5), true, {7, false, {1}}).state,
              ImportState::done);
}

TEST_F(ImportsTest, what_was_interrupted_is_completed) {
    // A part of the list came through, as after a crash in the middle.
    std::vector<std::string> first;
    for (std::size_t i = 0; i < 10'000; ++i) first.push_back("A" + std::to_string(i));
    const auto staged = site_.scratch.wait<vault::StageResult>([&](auto reply) {
        site_.vault->stage_chunk({vault::ListId(5001), 0, {}}, first, site_.scratch.home(), reply);
    });
    ASSERT_EQ(staged.refusal, vault::VaultRefusal::none);
    const auto done = bring(campaign(100, 5001), codes("A", 25'000));
    ASSERT_EQ(done.state, ImportState::done) << done.trouble.en;
    EXPECT_EQ(done.outcome, ImportOutcome::accepted);
    EXPECT_EQ(done.done, 25'001U);
    EXPECT_TRUE(on_sale(100));
}

TEST_F(ImportsTest, stopping_in_the_middle_leaves_what_can_be_completed) {
    const auto import = create();
    ASSERT_EQ(write(import, "c.toml", campaign(100, 5001)), ImportRefusal::none);
    ASSERT_EQ(write(import, "codes.csv", codes("A", 60'000)), ImportRefusal::none);
    ASSERT_EQ(begin(import, true, {7, true, {}}), ImportRefusal::none);
    while (imports_->view(import)->state == ImportState::checking) std::this_thread::yield();
    close();
    open();
    EXPECT_EQ(std::filesystem::exists(folder()) && !std::filesystem::is_empty(folder()), false);
    EXPECT_TRUE(imports_->all().empty());
    EXPECT_EQ(bring(campaign(100, 5001), codes("A", 60'000)).state, ImportState::done);
    EXPECT_TRUE(on_sale(100));
}

TEST_F(ImportsTest, pieces_come_in_order_and_are_bounded) {
    const auto import = create();
    EXPECT_EQ(write(import, "a.csv", "hello", 0), ImportRefusal::none);
    EXPECT_EQ(write(import, "a.csv", "!", 9), ImportRefusal::piece_missing);
    EXPECT_EQ(write(import, "a.csv", " you", 5), ImportRefusal::none);
    EXPECT_EQ(write(import, "a.csv", " you", 5), ImportRefusal::none);
    EXPECT_EQ(imports_->view(import)->files[0].bytes, 9U);
    EXPECT_EQ(write(import, "a.csv", "new", 0), ImportRefusal::none);
    EXPECT_EQ(imports_->view(import)->files[0].bytes, 3U);
    for (const char* name : {"", "..", "a/b", "a\\b", "a\n", "\xff"})
        EXPECT_EQ(write(import, name, "x"), ImportRefusal::name_invalid) << name;
    EXPECT_EQ(write(import + 1, "a.csv", "x"), ImportRefusal::import_unknown);

    const std::string piece(kPieceBytesMax, 'x');
    for (std::uint64_t at = 0; at < kFileBytesMax; at += piece.size())
        ASSERT_EQ(write(import, "big.csv", piece, at), ImportRefusal::none);
    EXPECT_EQ(write(import, "big.csv", "x", kFileBytesMax), ImportRefusal::file_too_large);

    for (std::size_t i = 1; i < kImportsAtOnceMax; ++i) create(7 + i);
    EXPECT_EQ(try_create(99).refusal, ImportRefusal::too_many_imports);
    const auto removed = site_.scratch.wait<ImportRefusal>(
        [&](auto reply) { imports_->remove(import, site_.scratch.home(), reply); });
    EXPECT_EQ(removed, ImportRefusal::none);
    EXPECT_FALSE(imports_->view(import).has_value());
    create();
}

TEST_F(ImportsTest, a_person_has_one_with_files_and_an_empty_one_makes_room) {
    const auto empty = create();
    const auto import = create();
    EXPECT_FALSE(imports_->view(empty).has_value());
    ASSERT_EQ(write(import, "a.csv", "x"), ImportRefusal::none);
    EXPECT_EQ(try_create(7).refusal, ImportRefusal::too_many_imports);
    EXPECT_TRUE(imports_->view(import).has_value());
    create(8);
    EXPECT_EQ(site_.scratch.wait<ImportRefusal>(
                  [&](auto reply) { imports_->remove(import, site_.scratch.home(), reply); }),
              ImportRefusal::none);
    create();
}

TEST_F(ImportsTest, who_loses_the_right_meanwhile_changes_nothing_more) {
    may_act_for_ = [](std::uint64_t person, std::uint64_t organiser) {
        EXPECT_EQ(person, 7U);
        EXPECT_EQ(organiser, 1U);
        return false;
    };
    const auto stopped = bring(campaign(100, 5001), codes("A", 5), true, {7, false, {1}});
    EXPECT_EQ(stopped.state, ImportState::failed);
    EXPECT_EQ(stopped.trouble.en,
              "you do not act for this organiser any more; the import has stopped");
    EXPECT_FALSE(on_sale(100));
    may_act_for_ = nullptr;
    EXPECT_EQ(bring(campaign(100, 5001), codes("A", 5)).state, ImportState::done);
}

TEST_F(ImportsTest, files_go_when_an_import_is_done) {
    ASSERT_EQ(bring(campaign(100, 5001), codes("A", 5)).state, ImportState::done);
    EXPECT_TRUE(std::filesystem::is_empty(folder()));
    const auto import = imports_->all().front().id;
    EXPECT_EQ(begin(import, true, {7, true, {}}), ImportRefusal::import_over);
}

TEST_F(ImportsTest, many_sessions_in_rows) {
    std::string rows =
        "show,session,starts_at,ends_at,pool,count,tier,tier_name_zh,tier_name_en,campaign,"
        "campaign_name_zh,campaign_name_en,opens_at,closes_at\n";
    for (int i = 1000; i < 1300; ++i) {
        const auto id = std::to_string(i);
        rows += "10," + id + ",2090-12-31T20:00:00Z,2090-12-31T23:00:00Z,1,50,7" + id + ",甲,A,9" +
                id + ",乙,B,2026-12-01T00:00:00Z,2090-12-31T20:00:00Z\n";
    }
    const std::string toml =
        "sessions_file = \"codes.csv\"\n[[organisers]]\nid = 1\nname = { zh = \"甲\", en = \"A\" "
        "}\n"
        "[[shows]]\nid = 10\norganiser = 1\nname = { zh = \"乙\", en = \"B\" }\n";
    const auto done = bring(toml, rows);
    ASSERT_EQ(done.state, ImportState::done) << done.trouble.en;
    EXPECT_EQ(done.sessions, 300U);
    EXPECT_EQ(site_.catalog->directory()->session_count(), 300U);
    EXPECT_EQ(bring(toml, rows).outcome, ImportOutcome::unchanged);
}

}  // namespace
}  // namespace onsale::imports
