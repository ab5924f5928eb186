#include <array>

#include "catalog/internal/table.h"

namespace onsale::catalog {
namespace {

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE catalog_organisers (
        organiser INTEGER PRIMARY KEY,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL
    );
    CREATE TABLE catalog_shows (
        show INTEGER PRIMARY KEY,
        organiser INTEGER NOT NULL,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL,
        description_zh TEXT NOT NULL,
        description_en TEXT NOT NULL
    );
    CREATE TABLE catalog_sessions (
        session INTEGER PRIMARY KEY,
        show INTEGER NOT NULL,
        digest BLOB NOT NULL,       -- of everything that was submitted
        definition BLOB NOT NULL,   -- a batch of core/wire with one SessionSetUp
        accepted INTEGER NOT NULL   -- 0: the box office has not been heard of yet
    );
    CREATE TABLE catalog_tiers (
        tier INTEGER PRIMARY KEY,
        session INTEGER NOT NULL,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL,
        description_zh TEXT NOT NULL,
        description_en TEXT NOT NULL,
        valid_from_ms INTEGER,
        valid_until_ms INTEGER
    );
    CREATE TABLE catalog_campaigns (
        campaign INTEGER PRIMARY KEY,
        session INTEGER NOT NULL,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL,
        description_zh TEXT NOT NULL,
        description_en TEXT NOT NULL
    );
    CREATE TABLE catalog_lists (
        list INTEGER PRIMARY KEY,   -- a list of codes is used once
        session INTEGER NOT NULL,
        pool INTEGER NOT NULL
    );
    CREATE TABLE catalog_intents (
        session INTEGER PRIMARY KEY, -- one change of a session at a time
        fact BLOB NOT NULL           -- a batch of core/wire with the fact that the command is to become
    );
)sql"},
                                    sql::Migration{2, R"sql(
    ALTER TABLE catalog_organisers ADD COLUMN description_zh TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_organisers ADD COLUMN description_en TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_organisers ADD COLUMN picture TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_organisers ADD COLUMN changed_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE catalog_shows ADD COLUMN venue_zh TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_shows ADD COLUMN venue_en TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_shows ADD COLUMN notice_zh TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_shows ADD COLUMN notice_en TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_shows ADD COLUMN picture TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_shows ADD COLUMN changed_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE catalog_sessions ADD COLUMN venue_zh TEXT NOT NULL DEFAULT '';  -- empty: the show's
    ALTER TABLE catalog_sessions ADD COLUMN venue_en TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_sessions ADD COLUMN notice_zh TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_sessions ADD COLUMN notice_en TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_sessions ADD COLUMN cancel_reason_zh TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_sessions ADD COLUMN cancel_reason_en TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_sessions ADD COLUMN cancelled_at_ms INTEGER;            -- null: it is not cancelled
    ALTER TABLE catalog_sessions ADD COLUMN removed INTEGER NOT NULL DEFAULT 0; -- its ids stay taken
    ALTER TABLE catalog_sessions ADD COLUMN changed_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE catalog_tiers ADD COLUMN changed_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE catalog_campaigns ADD COLUMN picture TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalog_campaigns ADD COLUMN changed_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE catalog_intents ADD COLUMN texts BLOB;  -- what the records become with the fact (row_texts.h)
    CREATE INDEX catalog_tiers_by_session ON catalog_tiers (session);
    CREATE INDEX catalog_campaigns_by_session ON catalog_campaigns (session);
    CREATE INDEX catalog_lists_by_session ON catalog_lists (session);
    CREATE INDEX catalog_sessions_by_show ON catalog_sessions (show);
    CREATE INDEX catalog_shows_by_organiser ON catalog_shows (organiser);
    CREATE TABLE catalog_pictures (
        name TEXT PRIMARY KEY,      -- from the digest of the bytes: the same picture is there once
        content_type TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        bytes BLOB NOT NULL
    );
    CREATE TABLE catalog_banners (
        place INTEGER PRIMARY KEY,  -- 1, 2, 3, … as they are shown
        picture TEXT NOT NULL,
        title_zh TEXT NOT NULL,
        title_en TEXT NOT NULL,
        show INTEGER,
        campaign INTEGER,
        from_ms INTEGER,
        until_ms INTEGER
    );
)sql"},
                                    sql::Migration{3, R"sql(
    ALTER TABLE catalog_pictures ADD COLUMN sender INTEGER NOT NULL DEFAULT 0;  -- 0: the site itself
)sql"}};

}  // namespace

std::span<const sql::Migration> migrations() {
    return kMigrations;
}

}  // namespace onsale::catalog
